/** Cross-check where a round has one team: nobody else reads its cards, and it goes on. */
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import { CrossCheck } from "../../../../pwa/src/screens/debriefs/cross-check";
import { list, newId, save } from "../../../../pwa/src/state";
import { aNotebook, asLead, MEMBER, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;
const VISITORS = `visitors:${ROUND}`;
const [A, B] = [newId(), newId()];

beforeEach(async () => {
  await aNotebook();
  await save("participant", newId(), SCOPE, { member: MEMBER, "roles/visitor": true });
  await save("team", A, SCOPE, { name: "Team A", order: 1 });
  const card = newId();
  const set = { text: "S: “Six.”", element: "task", standing: "agreed" } as const;
  await save("card", card, SCOPE, set);
  await save("card_source", newId(), VISITORS, { card, team: A, member: MEMBER, minute: 4 });
});

afterEach(cleanup);

function Shown() {
  return <CrossCheck board={boardOf(ROUND)} />;
}

test("one team alone is told so, and dots and rewrites its own cards", async () => {
  await save("team", A, SCOPE, { [`members/${MEMBER}`]: true });
  render(<Shown />);

  screen.getByText(/^There is only one team, so no other team can check its cards/);
  fireEvent.click(screen.getByRole("button", { name: "Still judges" }));

  await waitFor(() => expect(list("dot", VISITORS).value).toHaveLength(1));
  expect(await screen.findByRole("button", { name: /^Rewrite/ })).toBeTruthy();
});

test("whoever leads and is in no team is told so too, and can read for the one there is", () => {
  asLead();
  render(<Shown />);

  screen.getByText(/^There is only one team/);
  expect(screen.queryByText(/^The teams read each other/)).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: /Team A/ }));
  expect(screen.getByRole("heading", { name: "Cards of Team A" })).toBeTruthy();
});

test("beside a second team that has no cards yet, nobody is told that it is alone", async () => {
  await save("team", A, SCOPE, { [`members/${MEMBER}`]: true });
  await save("team", B, SCOPE, { name: "Team B", order: 2 });
  render(<Shown />);

  screen.getByText(/^No other team has agreed on cards yet/);
  expect(screen.queryByText(/only one team/)).toBeNull();
});
