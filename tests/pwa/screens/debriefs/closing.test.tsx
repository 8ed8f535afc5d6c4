/** The end of a debrief, on a tablet that is shown to the room too, and the way back from it. */
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, expect, test } from "vitest";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import { OpenAgain } from "../../../../pwa/src/screens/debriefs/closing";
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

test("to open it again asks, and says that the summary goes away for that time", async () => {
  await aNotebook();
  asLead();
  const debrief = derivedId(ROUND, "debrief");
  await save("round", ROUND, SCOPE, { title: "Oak" });
  await save("debrief", debrief, SCOPE, { closed_at: "2026-11-22T21:00:00Z" });
  const again = () => <OpenAgain board={boardOf(ROUND)} />;
  const { rerender } = render(again());
  const button = { name: "Open the debrief again" };

  fireEvent.click(screen.getByRole("button", button));

  const question = within(screen.getByRole("dialog"));
  expect(question.getByText(/nobody can read the return summary/)).toBeTruthy();
  expect(question.queryByText(/has opened this summary/)).toBeNull();
  expect(boardOf(ROUND).debrief?.closed_at).toBeTruthy();
  const summary = derivedId(ROUND, "summary");
  await save("return_summary", summary, SCOPE, { "opened/network": true });
  rerender(again());
  expect(question.getByText(/has opened this summary/)).toBeTruthy();
  fireEvent.click(question.getByRole("button", button));
  await waitFor(() => expect(boardOf(ROUND).debrief?.closed_at).toBeNull());
});
