/** A team that is not there yet: what it still does is said where the debrief waits for it. */
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import { ControlStrip } from "../../../../pwa/src/screens/debriefs/control-strip";
import { factsOf } from "../../../../pwa/src/screens/debriefs/facts";
import { currentStep, runbookOf } from "../../../../pwa/src/screens/debriefs/runbook-steps";
import { derivedId, list, newId, save } from "../../../../pwa/src/state";
import { aNotebook, asLead, MEMBER, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;
const VISITORS = `visitors:${ROUND}`;
const [A, B] = [newId(), newId()];

beforeEach(async () => {
  await aNotebook();
  asLead();
  const step = runbookOf(ROUND).steps.find((each) => each.activity === "cross_check")!;
  const debrief = derivedId(ROUND, "debrief");
  await save("debrief", debrief, SCOPE, { phase: "describe", step: step.id });
  for (const [id, name] of [
    [A, "Team A"],
    [B, "Team B"],
  ] as const)
    await save("team", id, SCOPE, { name, order: 1, [`members/${MEMBER}`]: true });
});

afterEach(cleanup);

async function aCard(team: string, standing: "agreed" | "posted" | "returned"): Promise<void> {
  const id = newId();
  await save("card", id, SCOPE, { text: "S: “Six.”", element: "task", standing });
  await save("card_source", newId(), VISITORS, { card: id, team, member: MEMBER, minute: 4 });
}

function show(): void {
  const [board, runbook] = [boardOf(ROUND), runbookOf(ROUND)];
  const current = currentStep(runbook, board.debrief);
  render(<ControlStrip {...{ board, runbook, current }} facts={factsOf(board)} />);
}

const next = () => screen.getByRole<HTMLButtonElement>("button", { name: /^On to: / });
const without = (name: string) => screen.queryByRole("button", { name: `Go on without ${name}` });

test("one press asks; the press in its question goes on, and keeps the team alone", async () => {
  await aCard(A, "agreed");
  await aCard(B, "posted");
  show();
  expect(next().disabled).toBe(true);
  screen.getByText("Team B: 1 card is still to be read and agreed on.");

  fireEvent.click(without("Team B")!);

  expect(list("late_team", VISITORS).value).toEqual([]);
  const question = within(screen.getByRole("dialog"));
  question.getByText(/wait in the late tray beside the wall/);
  fireEvent.click(question.getByRole("button", { name: "Go on without Team B" }));
  await waitFor(() => expect(boardOf(ROUND).debrief?.phase).toBe("analyze"));
  const [kept] = list("late_team").value;
  expect([kept!.scope, kept!.fields.team]).toEqual([VISITORS, B]);
  expect(JSON.stringify(kept!.fields)).not.toContain(MEMBER);
  expect(boardOf(ROUND).teams.find(({ id }) => id === B)?.posted).toHaveLength(1);
});

test("where no card is agreed on there is nothing to go on with", async () => {
  await aCard(B, "posted");
  show();

  screen.getByText(/Team A: no card has come yet/);
  expect(next().disabled).toBe(true);
  expect(screen.queryByRole("button", { name: /^Go on without/ })).toBeNull();
});

test("all teams that are missing are named in one press", async () => {
  const C = newId();
  await save("team", C, SCOPE, { name: "Team C", order: 3, [`members/${MEMBER}`]: true });
  await aCard(A, "agreed");
  await aCard(B, "returned");
  show();

  screen.getByText(/Team B: its card is back with its author. Team C: no card has come yet./);
  expect(without("Team B and Team C")).not.toBeNull();
});
