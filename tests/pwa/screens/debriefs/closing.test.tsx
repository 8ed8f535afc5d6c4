/** The end of a debrief, on a tablet that is shown to the room too, and the way back from it. */
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { LocationProvider } from "preact-iso";
import { afterEach, expect, test } from "vitest";
import { dayToLookBack } from "../../../../pwa/src/domain/improvement";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import { CloseButton, OpenAgain } from "../../../../pwa/src/screens/debriefs/closing";
import { runbookOf } from "../../../../pwa/src/screens/debriefs/runbook-steps";
import { PresentingStrip } from "../../../../pwa/src/screens/projector/presenting-strip";
import { todayHere } from "../../../../pwa/src/screens/rounds/rounds";
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

test("closing names what nobody looks back at, and one tap gives it a day", async () => {
  await aNotebook();
  asLead();
  await save("round", ROUND, SCOPE, { title: "Oak" });
  const id = derivedId(ROUND, "an item");
  const item = { text: "One why a task", horizon: "next_week", level: "school" } as const;
  await save("next_level_item", id, SCOPE, { ...item, taken_on_by: "grade_teams" });
  await save("next_level_item", derivedId(ROUND, "another"), SCOPE, { text: " " });
  const strip = () => <CloseButton board={boardOf(ROUND)} />;
  const { rerender } = render(strip());
  const button = { name: "Close the debrief" };

  fireEvent.click(screen.getByRole("button", button));

  const asked = within(screen.getByRole("dialog"));
  expect(asked.getAllByRole("listitem")).toHaveLength(1);
  expect(asked.getByText("One why a task")).toBeTruthy();
  expect(asked.getByText("Choose a day to check back.")).toBeTruthy();
  expect(boardOf(ROUND).debrief?.closed_at).toBeFalsy();
  fireEvent.click(asked.getByRole("button", { name: /^Check back / }));
  const day = dayToLookBack("next_week", todayHere());
  await waitFor(() => {
    expect(record("next_level_item", id).value?.fields.check_back_on).toBe(day);
  });
  rerender(strip());
  expect(asked.getByText(/Grade teams/)).toBeTruthy();
  expect(asked.queryByRole("button", { name: /^Check back / })).toBeNull();
  expect(asked.queryByText(/Something is still open/)).toBeNull();
  expect(asked.getByText(/^Nothing is open any more/)).toBeTruthy();
  expect(asked.queryByRole("button", { name: "Close" })).toBeNull();
  expect(asked.getByRole("button", { name: "Back" })).toBeTruthy();
  fireEvent.click(asked.getByRole("button", button));
  await waitFor(() => expect(boardOf(ROUND).debrief?.closed_at).toBeTruthy());
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
