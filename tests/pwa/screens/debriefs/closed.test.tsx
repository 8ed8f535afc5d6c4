/** A closed debrief is there to be read: its clock is gone, and so is what only runs with it. */
import { cleanup, render, screen } from "@testing-library/preact";
import { LocationProvider, Route, Router } from "preact-iso";
import { afterEach, beforeEach, expect, test } from "vitest";
import { asClosed, boardOf } from "../../../../pwa/src/screens/debriefs/board";
import DebriefScreen from "../../../../pwa/src/screens/debriefs/debrief";
import { PatternEditor } from "../../../../pwa/src/screens/debriefs/pattern-editor";
import { runbookOf } from "../../../../pwa/src/screens/debriefs/runbook-steps";
import { StepView } from "../../../../pwa/src/screens/debriefs/step-view";
import { derivedId, newId, save } from "../../../../pwa/src/state";
import { aNotebook, asLead, MEMBER, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;
const VISITORS = `visitors:${ROUND}`;
const [TEAM, PATTERN, GROUP, DEBRIEF] = [newId(), newId(), newId(), derivedId(ROUND, "debrief")];

beforeEach(async () => {
  await aNotebook();
  asLead();
  await save("round", ROUND, SCOPE, { title: "Oak" });
  await save("participant", newId(), SCOPE, { member: MEMBER, "roles/visitor": true });
  await save("team", TEAM, SCOPE, { name: "Team A", order: 1, [`members/${MEMBER}`]: true });
  await save("norm", newId(), SCOPE, { text: "We write what we see.", order: 1 });
  await save("group", GROUP, SCOPE, { name: "Reasons", order: 1 });
  for (const standing of ["agreed", "posted", "returned"] as const) {
    const card = newId();
    await save("card", card, SCOPE, { text: `It is ${standing}`, element: "task", standing });
    await save("card_source", newId(), VISITORS, { card, team: TEAM, member: MEMBER, minute: 4 });
  }
  const said = { form: "pattern", statement: "give reasons", consensus: "not_yet" } as const;
  await save("pattern", PATTERN, SCOPE, { ...said, open_question: "All of them?" });
  const last = runbookOf(ROUND).steps.at(-1)!;
  const stands = { phase: last.phase, step: last.id, step_began_at: "2026-11-22T20:00:00Z" };
  await save("debrief", DEBRIEF, SCOPE, { ...stands, closed_at: "2026-11-22T21:00:00Z" });
});

afterEach(cleanup);

function offered(): string[] {
  const fields = screen.queryAllByRole<HTMLTextAreaElement>("textbox");
  const ticks = [...screen.queryAllByRole("radio"), ...screen.queryAllByRole("checkbox")];
  const isOpen = (field: HTMLInputElement | HTMLTextAreaElement) =>
    !field.disabled && !field.closest("fieldset[disabled]");
  const open = [...fields, ...(ticks as HTMLInputElement[])].filter(isOpen);
  const presses = screen.queryAllByRole("button");
  return [...presses, ...open].map((each) => each.getAttribute("aria-label") ?? each.textContent);
}

test.each(["reread", "read_and_agree", "cross_check", "own_wall", "one_wall", "predict"])(
  "at %s nothing is offered that would write",
  (activity) => {
    const step = runbookOf(ROUND).steps.find((each) => each.activity === activity)!;

    render(<StepView board={asClosed(boardOf(ROUND))} step={step} />);

    const looks = /smaller|larger|print|paper|look at|fields|step|wall|give reasons/i;
    expect(offered().filter((name) => !looks.test(name))).toEqual([]);
  },
);

test("a card that was not agreed on is told of, so that nobody thinks it lost", () => {
  const step = runbookOf(ROUND).steps.find((each) => each.activity === "one_wall")!;

  render(<StepView board={asClosed(boardOf(ROUND))} step={step} />);

  screen.getByText(/1 card was not agreed on before the debrief closed. It is kept/);
});

test("a pattern is read with its open question, and no field is there", () => {
  const board = asClosed(boardOf(ROUND));

  render(<PatternEditor board={board} pattern={board.patterns[0]!} onClose={() => undefined} />);

  screen.getByText("All of them?");
  expect(offered().filter((name) => !/^(Close|Done)$/.test(name))).toEqual([]);
});

test("what one will do oneself can still be written, and what was said together is read", () => {
  const commit = runbookOf(ROUND).steps.find((each) => each.activity === "commit")!;

  render(<StepView board={asClosed(boardOf(ROUND))} step={commit} />);

  expect(offered()).toEqual(["Write what I will do"]);
});

test("the clock is gone, the strip is gone, and the summary is the one thing to press", () => {
  history.replaceState(null, "", `/rounds/${ROUND}/debrief`);
  render(
    <LocationProvider>
      <Router>
        <Route path="/rounds/:round/debrief" component={DebriefScreen} />
        <Route default component={() => null} />
      </Router>
    </LocationProvider>,
  );

  expect(screen.queryByRole("timer")).toBeNull();
  expect(screen.queryByText("We are here")).toBeNull();
  expect(screen.queryByRole("region", { name: "Lead the debrief" })).toBeNull();
  const first = document.querySelectorAll('.button[data-look="primary"]');
  expect([...first].map((each) => each.textContent)).toEqual(["Read the summary"]);
  screen.getByRole("button", { name: "Open the debrief again" });
});
