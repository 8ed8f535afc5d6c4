/** Each team's own wall, and one wall together: whatever is done, no card is lost and no team told. */
import { beforeEach, expect, test } from "vitest";
import { cardCodes } from "../../../../pwa/src/domain/card-codes";
import { boardOf, type Board } from "../../../../pwa/src/screens/debriefs/board";
import { makeFromPaper, readPaper } from "../../../../pwa/src/screens/debriefs/paper-acts";
import { evidenceOf } from "../../../../pwa/src/screens/debriefs/pattern-list";
import {
  addGroup,
  APART,
  joinGroup,
  joinStack,
  leaveApart,
  moveCard,
  NEW,
  splitOff,
  takeAway,
  takeOut,
} from "../../../../pwa/src/screens/debriefs/wall-acts";
import {
  laidId,
  oneWall,
  teamsWithWalls,
  teamWall,
  type WallView,
} from "../../../../pwa/src/screens/debriefs/walls";
import { list, newId, record, save } from "../../../../pwa/src/state";
import { aNotebook, MEMBER, ROUND } from "../evidence/notebook";

const ROUND_SCOPE = `round:${ROUND}`;
const VISITORS = `visitors:${ROUND}`;
const OURS = "77777777-7777-4777-8777-777777777777";
const THEIRS = "88888888-8888-4888-8888-888888888888";

beforeEach(async () => {
  await aNotebook();
  await save("participant", newId(), ROUND_SCOPE, { member: MEMBER, "roles/visitor": true });
  await save("team", OURS, ROUND_SCOPE, { name: "A", order: 1, [`members/${MEMBER}`]: true });
  await save("team", THEIRS, ROUND_SCOPE, { name: "B", order: 2 });
});

async function aCard(text: string, team: string): Promise<string> {
  const id = newId();
  await save("card", id, ROUND_SCOPE, { text, element: "task", standing: "agreed" });
  await save("card_source", newId(), VISITORS, { card: id, team, minute: 4 });
  return id;
}

const board = (): Board => boardOf(ROUND);
const wallOf = (team: string): WallView =>
  teamWall(
    board(),
    board().teams.find(({ id }) => id === team)!,
  );
const one = (): WallView => oneWall(board());
const texts = (cards: readonly { fields: { text: string } }[]) =>
  cards.map(({ fields }) => fields.text).sort();

/** What hangs where on a wall, by words alone. */
function hung({ loose, apart, piles, stacks }: WallView) {
  const told = (all: WallView["piles"]) =>
    Object.fromEntries(all.map(({ typed, cards }) => [typed, texts(cards)]));
  return { loose: texts(loose), apart: texts(apart), piles: told(piles), stacks: told(stacks) };
}

/** Two cards of ours in a group, one of theirs in another, one of theirs that fits nowhere. */
async function twoTeams() {
  const [why, how, what, odd] = [
    await aCard("why", OURS),
    await aCard("how", OURS),
    await aCard("what", THEIRS),
    await aCard("odd", THEIRS),
  ];
  const questions = await addGroup(wallOf(OURS), "Questions");
  await moveCard(wallOf(OURS), why, questions);
  await moveCard(wallOf(OURS), how, questions);
  const answers = await addGroup(wallOf(THEIRS), "Answers");
  await moveCard(wallOf(THEIRS), what, answers);
  await moveCard(wallOf(THEIRS), odd, APART);
  return { why, how, what, odd, questions, answers };
}

const stack = (name: string) => one().stacks.find(({ typed }) => typed === name)!;
const pile = (name: string) => one().piles.find(({ typed }) => typed === name)!;

test("a team groups its own cards, and another team's wall stays as it is", async () => {
  await twoTeams();

  expect(hung(wallOf(OURS))).toMatchObject({ loose: [], piles: { Questions: ["how", "why"] } });
  expect(hung(wallOf(THEIRS))).toMatchObject({ apart: ["odd"], piles: { Answers: ["what"] } });
});

test("one team alone has no wall of its own: its wall is the one wall", async () => {
  await aCard("why", OURS);

  expect(teamsWithWalls(board())).toEqual([]);
  await aCard("what", THEIRS);
  expect(teamsWithWalls(board()).map(({ id }) => id)).toEqual([OURS, THEIRS]);
});

test("while teams group, nothing in the round's scope tells of a team, a group or a place", async () => {
  const { why, questions } = await twoTeams();

  expect(list("group", ROUND_SCOPE).value).toEqual([]);
  for (const { fields } of list("card", ROUND_SCOPE).value) expect(fields.position).toBeNull();
  expect(record("team_group", questions).value?.scope).toBe(VISITORS);
  expect(list("team_place").value.every(({ scope }) => scope === VISITORS)).toBe(true);
  expect(record("card", why).value?.scope).toBe(ROUND_SCOPE);
});

test("team groups come to the one wall as stacks, and what fits nowhere stays apart", async () => {
  await twoTeams();

  expect(hung(one())).toEqual({
    loose: [],
    apart: ["odd"],
    piles: {},
    stacks: { Questions: ["how", "why"], Answers: ["what"] },
  });
});

test("groups of one name are told apart, whether they hang on the one wall or wait for it", async () => {
  await twoTeams();
  await addGroup(one(), "Questions");
  await addGroup(one());
  await addGroup(one());

  const names = [...one().piles, ...one().stacks].map(({ name }) => name);
  expect(new Set(names)).toHaveLength(5);
  expect(names).toContain("Questions (2)");
  expect(names).toContain("A group without a name (2)");
});

test("a stack that is left apart is a group by its name, and can be taken up again", async () => {
  const { questions } = await twoTeams();
  await leaveApart(one(), [stack("Questions")]);

  expect(hung(one())).toMatchObject({
    piles: { Questions: ["how", "why"] },
    stacks: { Answers: ["what"] },
  });
  expect(record("group", laidId(questions)).value?.fields.name).toBe("Questions");
  const stored = JSON.stringify([
    list("group", ROUND_SCOPE).value.map(({ id, fields }) => [id, fields]),
    list("card", ROUND_SCOPE).value.map(({ fields }) => fields.position),
  ]);
  for (const hidden of [OURS, THEIRS, questions]) expect(stored).not.toContain(hidden);
});

test("two stacks that are joined are one group, whose cards lie among each other", async () => {
  await twoTeams();

  await joinStack(one(), stack("Questions"), stack("Answers").id);

  expect(hung(one())).toMatchObject({ piles: { Answers: ["how", "what", "why"] }, stacks: {} });
  const places = new Set(board().agreed.map(({ fields }) => fields.position?.group));
  expect(places.size, "nothing tells which cards came with which stack").toBe(2);
});

test("a card taken out of a stack hangs alone, and the rest stays in the stack", async () => {
  const { why } = await twoTeams();

  await moveCard(one(), why, NEW);

  expect(hung(one())).toMatchObject({ piles: { "": ["why"] }, stacks: { Questions: ["how"] } });
});

test("a stack laid twice, by two tablets, is one group", async () => {
  await twoTeams();
  const before = one();
  const both = before.stacks.find(({ typed }) => typed === "Questions")!;

  await leaveApart(before, [both]);
  await leaveApart(before, [both]);

  expect(one().piles).toHaveLength(1);
});

test("joined groups are one, and can be taken apart again", async () => {
  await twoTeams();
  await leaveApart(one(), one().stacks);
  const answers = pile("Answers");

  await joinGroup(one(), answers, pile("Questions").id);
  expect(hung(one()).piles).toEqual({ Questions: ["how", "what", "why"] });

  await takeOut(pile("Questions"), answers.id);
  expect(hung(one()).piles).toEqual({ Questions: ["how", "why"], Answers: ["what"] });
});

test("some cards of a group become a group of their own", async () => {
  const { why } = await twoTeams();
  await leaveApart(one(), one().stacks);
  const chosen = pile("Questions").cards.filter(({ id }) => id === why);

  await splitOff(one(), chosen);

  expect(hung(one()).piles).toEqual({ Questions: ["how"], Answers: ["what"], "": ["why"] });
});

test("a group that is taken away leaves its cards loose, with those of what was joined to it", async () => {
  await twoTeams();
  await leaveApart(one(), one().stacks);
  await joinGroup(one(), pile("Answers"), pile("Questions").id);

  await takeAway(pile("Questions"));

  expect(hung(one())).toMatchObject({ loose: ["how", "what", "why"], piles: {} });
});

test("a group that carries a pattern carries it after it was joined to another", async () => {
  await twoTeams();
  await leaveApart(one(), one().stacks);
  const pattern = newId();
  await save("pattern", pattern, ROUND_SCOPE, { [`groups/${pile("Answers").id}`]: true });

  await joinGroup(one(), pile("Answers"), pile("Questions").id);

  const [found] = board().patterns;
  expect(texts(evidenceOf(board(), found!))).toEqual(["how", "what", "why"]);
});

/** The codes of these cards, as they are printed. */
function codesOf(...cards: string[]): string {
  const codes = cardCodes(board().agreed.map(({ id }) => id));
  return cards.map((card) => codes.get(card)).join(" ");
}

test("a line typed from the paper wall makes a group, and further codes come into the one of that name", async () => {
  const { why, how, what } = await twoTeams();

  const left = await makeFromPaper(one, `${codesOf(why, what)} = One word`);
  expect(left).toBe("");
  expect(hung(one()).piles).toEqual({ "One word": ["what", "why"] });

  await makeFromPaper(one, `${codesOf(how).toLowerCase()} = one word`);
  expect(hung(one()).piles).toEqual({ "One word": ["how", "what", "why"] });
});

test("codes that no card has stay in the field, with their name, and the others make the group", async () => {
  const { why } = await twoTeams();
  const codes = codesOf(why);
  const unknown = codes.startsWith("Z") ? "A99999" : "Z99999";
  const typed = `${codes} ${unknown} soon = One word\nB99999999 = Other`;

  const asks = readPaper(one(), typed).flatMap((line) => line.asks);
  expect(asks).toHaveLength(3);
  expect(asks.join(" ")).toContain(unknown);

  expect(await makeFromPaper(one, typed)).toBe(`soon ${unknown} = One word\nB99999999 = Other`);
  expect(hung(one()).piles).toEqual({ "One word": ["why"] });
});

test("a team types what hangs on its own paper wall, and another team's code is none there", async () => {
  const { why, what } = await twoTeams();
  const ours = () => wallOf(OURS);

  const left = await makeFromPaper(ours, `${codesOf(why, what)} = Ours`);

  expect(left).toBe(`${codesOf(what)} = Ours`);
  expect(hung(ours()).piles).toEqual({ Questions: ["how"], Ours: ["why"] });
});

test("whoever is also of the host's school, by another record too, lays no wall", async () => {
  await aCard("why", OURS);
  expect(one().mayWrite).toBe(true);

  const first = "00000000-0000-4000-8000-000000000001";
  await save("participant", first, ROUND_SCOPE, { member: MEMBER, "roles/host": true });

  expect(board().maySeeSources).toBe(false);
  expect(one().mayWrite).toBe(false);
});
