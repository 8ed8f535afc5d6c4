/** A tablet that is shown to the room leads the debrief to its end, too. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, expect, test } from "vitest";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import { runbookOf } from "../../../../pwa/src/screens/debriefs/runbook-steps";
import { PresentingStrip } from "../../../../pwa/src/screens/projector/presenting-strip";
import { derivedId, record, save } from "../../../../pwa/src/state";
import { aNotebook, asLead, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;

afterEach(cleanup);

test("at the last step the strip under the picture closes the debrief, and thanks are drafted", async () => {
  await aNotebook();
  asLead();
  await save("round", ROUND, SCOPE, { title: "Oak" });
  const last = runbookOf(ROUND).steps.at(-1)!;
  const debrief = derivedId(ROUND, "debrief");
  await save("debrief", debrief, SCOPE, { phase: last.phase, step: last.id });
  const strip = (
    <LocationProvider>
      <PresentingStrip roundId={ROUND} />
    </LocationProvider>
  );
  const { rerender } = render(strip);

  fireEvent.click(screen.getByRole("button", { name: "Close the debrief" }));

  await waitFor(() => expect(boardOf(ROUND).debrief?.closed_at).toBeTruthy());
  const summary = record("return_summary", derivedId(ROUND, "summary")).value;
  expect(summary?.fields.thanks).toMatch(/^Thank you/);
  rerender(strip);
  expect(screen.queryByRole("button", { name: "Close the debrief" })).toBeNull();
  expect(screen.getByRole("button", { name: "End presenting" })).toBeTruthy();
});
