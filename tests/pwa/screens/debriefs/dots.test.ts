/** Dots, and what a team makes of a card that has one: nothing is erased. */
import { beforeEach, expect, test } from "vitest";
import { boardOf, type Card } from "../../../../pwa/src/screens/debriefs/board";
import {
  agreeOnRewrite,
  beginRewrite,
  dotsOf,
  putDot,
  rewrittenId,
  takeBack,
} from "../../../../pwa/src/screens/debriefs/dots";
import { list, newId, record, save } from "../../../../pwa/src/state";
import { aNotebook, MEMBER, ROUND } from "../evidence/notebook";

const ROUND_SCOPE = `round:${ROUND}`;
const VISITORS = `visitors:${ROUND}`;
const GROUP = "55555555-5555-4555-8555-555555555555";
const ROOM = "66666666-6666-4666-8666-666666666666";
const OURS = "77777777-7777-4777-8777-777777777777";
const THEIRS = "88888888-8888-4888-8888-888888888888";

beforeEach(() => aNotebook());

async function anAgreedCard(text: string): Promise<Card> {
  const id = newId();
  await save("team", OURS, ROUND_SCOPE, { name: "A", order: 1, [`members/${MEMBER}`]: true });
  await save("card", id, ROUND_SCOPE, {
    ...{ text, element: "task", standing: "agreed" },
    position: { group: GROUP, order: "V" },
  });
  const source = { card: id, team: OURS, classroom: ROOM, member: MEMBER, minute: 4 };
  await save("card_source", newId(), VISITORS, source);
  return boardOf(ROUND).agreed.find((card) => card.id === id)!;
}

const reasons = (card: Card) =>
  dotsOf(boardOf(ROUND))
    .get(card.id)
    ?.map((dot) => dot.fields.reason);
const team = () => boardOf(ROUND).teams[0]!;

test("a team has one dot a card: another reason stands instead, the same again takes it off", async () => {
  const card = await anAgreedCard("The lesson was engaging");
  const board = boardOf(ROUND);

  await putDot(board, card, THEIRS, "vague");
  await putDot(board, card, THEIRS, "judges");
  expect(reasons(card)).toEqual(["judges"]);
  await putDot(board, card, THEIRS, "judges");
  expect(reasons(card)).toBeUndefined();
  await putDot(board, card, THEIRS, "off_problem");
  expect(reasons(card)).toEqual(["off_problem"]);
});

test("dots lie where the host does not look, and nothing in the round's scope tells of them", async () => {
  const card = await anAgreedCard("The lesson was engaging");

  await putDot(boardOf(ROUND), card, THEIRS, "judges");

  expect(list("dot", VISITORS).value).toHaveLength(1);
  expect(list("dot", ROUND_SCOPE).value).toEqual([]);
  expect(JSON.stringify(record("card", card.id).value?.fields)).not.toContain(THEIRS);
});

test("words that the team has not agreed on yet are no card of anybody's", async () => {
  const card = await anAgreedCard("The lesson was engaging");

  await beginRewrite(boardOf(ROUND), card);
  await save("card", rewrittenId(card.id), ROUND_SCOPE, { text: "9 of 12 wrote" });
  await beginRewrite(boardOf(ROUND), card);

  expect(boardOf(ROUND).agreed.map((each) => each.fields.text)).toEqual([card.fields.text]);
  expect(team()).toMatchObject({ posted: [], returned: [] });
  expect(record("card", rewrittenId(card.id)).value?.fields).toMatchObject({
    text: "9 of 12 wrote",
  });
});

test("the new card takes the old one's place on the wall and in patterns, and says what it was", async () => {
  const card = await anAgreedCard("The lesson was engaging");
  const pattern = newId();
  await save("pattern", pattern, ROUND_SCOPE, { [`cards/${card.id}`]: true });
  await beginRewrite(boardOf(ROUND), card);
  const id = rewrittenId(card.id);
  await save("card", id, ROUND_SCOPE, { text: "9 of 12 wrote" });

  await agreeOnRewrite(boardOf(ROUND), card);

  const board = boardOf(ROUND);
  expect(board.agreed.map((each) => each.id)).toEqual([id]);
  expect(board.agreed[0]?.fields).toMatchObject({
    ...{ text: "9 of 12 wrote", element: "task", made_from: card.id },
    position: { group: GROUP, order: "V" },
  });
  expect(board.sources.get(id)).toMatchObject({ team: OURS, classroom: ROOM, minute: 4 });
  expect(board.patterns[0]?.fields.cards.has(id)).toBe(true);
  const old = team().all.find((each) => each.id === card.id);
  expect(old?.fields).toMatchObject({ text: "The lesson was engaging", standing: "withdrawn" });
});

test("a card that is taken back stays in its team's hands, and comes back as it was", async () => {
  const card = await anAgreedCard("The lesson was engaging");

  const undo = await takeBack(boardOf(ROUND), card);
  expect(boardOf(ROUND).agreed).toEqual([]);
  expect(team().all.map((each) => each.id)).toEqual([card.id]);

  await undo();
  expect(boardOf(ROUND).agreed.map((each) => each.id)).toEqual([card.id]);
});
