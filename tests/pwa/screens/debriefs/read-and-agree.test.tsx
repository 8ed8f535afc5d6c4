/** A card goes back to its author with a reason, in one press, and is read once it is back. */
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import { ReadAndAgree } from "../../../../pwa/src/screens/debriefs/read-and-agree";
import { list, newId, record, save } from "../../../../pwa/src/state";
import { aNotebook, asLead, MEMBER, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;
const VISITORS = `visitors:${ROUND}`;
const [TEAM, CARD] = [newId(), newId()];

beforeEach(async () => {
  await aNotebook();
  asLead();
  await save("team", TEAM, SCOPE, { name: "Team A", order: 1, [`members/${MEMBER}`]: true });
  await aCard(CARD, "The lesson was engaging");
});

afterEach(cleanup);

async function aCard(id: string, text: string, made_from: string | null = null): Promise<void> {
  await save("card", id, SCOPE, { text, standing: "posted", made_from });
  await save("card_source", newId(), VISITORS, { card: id, team: TEAM, member: MEMBER, minute: 4 });
}

const show = () => <ReadAndAgree board={boardOf(ROUND)} />;
const standing = (card = CARD) => record("card", card).value?.fields.standing;
const reasons = () => list("dot", VISITORS).value.map(({ fields }) => fields.reason);

async function giveBack(): Promise<() => void> {
  const { rerender } = render(show());
  fireEvent.click(screen.getByRole("button", { name: "Still judges" }));
  await waitFor(() => expect([standing(), reasons()]).toEqual(["returned", ["judges"]]));
  rerender(show());
  return () => rerender(show());
}

test("one press gives it back with its reason, which lies where the host does not look", async () => {
  await giveBack();

  expect(list("dot", SCOPE).value).toEqual([]);
  const back = screen.getByText("1 card is back with its author").closest("details")!;
  within(back).getByText("Still judges");
});

test("a card that is back with its author is not counted as read", async () => {
  await giveBack();

  expect(screen.queryByText(/cards? read$/)).toBeNull();
  expect(screen.queryByText("All cards of your team are read.")).toBeNull();
  screen.getByText("1 card is back with its author. Posted anew, it comes here to be read.");
});

test("posted anew it is read, and the one before waits for nobody", async () => {
  const again = await giveBack();
  const anew = newId();
  await aCard(anew, "9 of 12 wrote", CARD);
  again();
  expect(screen.queryByText("1 card is back with its author")).toBeNull();

  fireEvent.click(screen.getByRole("button", { name: "We agree" }));

  await waitFor(() => expect(standing(anew)).toBe("agreed"));
  again();
  screen.getByText("1 card read");
});

test("read again and agreed on, it bears its own team's dot no more", async () => {
  const again = await giveBack();

  fireEvent.click(screen.getByRole("button", { name: /^Read again/ }));

  await waitFor(() => expect([standing(), reasons()]).toEqual(["posted", [null]]));
  again();
  fireEvent.click(screen.getByRole("button", { name: "We agree" }));
  await waitFor(() => expect(standing()).toBe("agreed"));
  expect(reasons()).toEqual([null]);
});
