/** Before a team agrees on a pattern it can judge whether its cards come from two classrooms. */
import { cleanup, render } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import { PatternEditor } from "../../../../pwa/src/screens/debriefs/pattern-editor";
import { newId, save } from "../../../../pwa/src/state";
import { me } from "../../../../pwa/src/state/open-network";
import { aNotebook, asLead, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;
const PATTERN = newId();
const SCHOOL = "99999999-9999-4999-8999-999999999999";
const ROOMS = [newId(), newId(), newId()];

beforeEach(async () => {
  await aNotebook();
  asLead();
  await save("round", ROUND, SCOPE, { title: "Oak" });
  for (const [at, room] of ROOMS.entries())
    await save("classroom", room, SCOPE, { number: at + 1 });
  await save("pattern", PATTERN, SCOPE, { form: "pattern", statement: "give reasons" });
});

afterEach(cleanup);

async function aCardFrom(classroom: string): Promise<void> {
  const card = newId();
  await save("card", card, SCOPE, { text: "S: “Six.”", standing: "agreed" });
  await save("card_source", newId(), `visitors:${ROUND}`, { card, classroom });
  await save("pattern", PATTERN, SCOPE, { [`cards/${card}`]: true });
}

function show(): string {
  const board = boardOf(ROUND);
  render(<PatternEditor board={board} pattern={board.patterns[0]!} onClose={() => undefined} />);
  return document.body.textContent;
}

test("two cards of one classroom come from one so far", async () => {
  await aCardFrom(ROOMS[0]!);
  await aCardFrom(ROOMS[0]!);

  const said = show();

  expect(said).toContain("These cards come from one classroom so far.");
  expect(said.indexOf("one classroom so far")).toBeLessThan(said.indexOf("Do we agree?"));
});

test("of several it says how many, and no number of a room", async () => {
  for (const room of ROOMS) await aCardFrom(room);

  const said = show();

  expect(said).toContain("These cards come from 3 classrooms.");
  expect(said).not.toMatch(/V[123]/);
});

async function saidOf(quantifier: string): Promise<string> {
  await save("pattern", PATTERN, SCOPE, { quantifier } as never);
  const said = show();
  cleanup();
  return said;
}

test("many and most over cards of few of the rooms say of how many; few and some do not", async () => {
  const others = [newId(), newId(), newId()];
  for (const room of [...ROOMS, ...others])
    await save("slot", newId(), SCOPE, { classroom: room, minutes: 20 });
  await save("slot", newId(), SCOPE, { classroom: newId(), skipped: true });
  await aCardFrom(ROOMS[0]!);
  await aCardFrom(ROOMS[1]!);

  expect(await saidOf("many")).toContain("The attached cards are from 2 of 6 classrooms.");
  expect(await saidOf("most")).toContain("The attached cards are from 2 of 6 classrooms.");
  expect(await saidOf("some")).not.toContain("of 6 classrooms");

  await aCardFrom(ROOMS[2]!);
  expect(await saidOf("many")).not.toContain("of 6 classrooms");
});

test("nothing is said where no card is attached", () => {
  expect(show()).not.toContain("These cards come from");
});

test("a lead whose school hosts holds no sources, and is told who can see it instead", async () => {
  const account = me.value!;
  const [here] = account.memberships;
  me.value = { ...account, memberships: [{ ...here!, roles: ["lead"], school_id: SCHOOL }] };
  await save("round", ROUND, SCOPE, { host_school: SCHOOL });
  for (const room of ROOMS) await aCardFrom(room);

  const said = show();

  expect(said).not.toContain("These cards come from");
  expect(said).toContain("is shown to those who visited, not to you");
});

test("the list of cards stays open while one after the other is ticked", async () => {
  await save("card", newId(), SCOPE, { text: "S: “Half.”", standing: "agreed" });
  const card = newId();
  await save("card", card, SCOPE, { text: "S: “Six.”", standing: "agreed" });
  const sheet = () => {
    const board = boardOf(ROUND);
    return <PatternEditor board={board} pattern={board.patterns[0]!} onClose={() => undefined} />;
  };
  const { rerender } = render(sheet());

  await save("pattern", PATTERN, SCOPE, { [`cards/${card}`]: true });
  rerender(sheet());

  expect(document.querySelector<HTMLDetailsElement>("details.evidence")!.open).toBe(true);
});
