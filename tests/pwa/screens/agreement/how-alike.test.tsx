/** Reading apart: nobody sees another's reading before their own is done, and never whose it is. */
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HowAlike } from "../../../../pwa/src/screens/agreement/how-alike";
import { answer, finish, ownReadings } from "../../../../pwa/src/screens/agreement/readings";
import { boardOf } from "../../../../pwa/src/screens/debriefs/board";
import { loadAllWords } from "../../../../pwa/src/i18n";
import { derivedId, list, newId, remove, save } from "../../../../pwa/src/state";
import type { CoreElement } from "../../../../pwa/src/generated/records";
import { aNotebook, MEMBER, ROUND } from "../evidence/notebook";

const SCOPE = `round:${ROUND}`;
const VISITORS = `visitors:${ROUND}`;
const OWN = `own:${MEMBER}`;
const TEAM = "77777777-7777-4777-8777-777777777777";
const OTHERS = [1, 2, 3].map((each) => `99999999-9999-4999-8999-99999999999${each}`);
const QUESTION = "55555555-5555-4555-8555-555555555555";

beforeEach(async () => {
  await loadAllWords();
  await aNotebook();
  await save("participant", newId(), SCOPE, { member: MEMBER, "roles/visitor": true });
  const members = Object.fromEntries(
    [MEMBER, ...OTHERS].map((each) => [`members/${each}`, true] as const),
  );
  await save("team", TEAM, SCOPE, { name: "Team A", order: 1, ...members });
  await save("focus_question", QUESTION, SCOPE, { text: "Who thinks?", order: 1 });
});
afterEach(cleanup);

async function aCard(text: string): Promise<string> {
  const id = newId();
  await save("card", id, SCOPE, { text, element: "task", standing: "agreed" });
  await save("card_source", newId(), VISITORS, { card: id, team: TEAM });
  return id;
}

/** A reading by somebody else, under the id that only they could lead back. */
async function readsIt(card: string, reader: string, element: CoreElement, bears = "bears") {
  const tag = { [`${bears}/${QUESTION}`]: true };
  await save("reading", newId(), VISITORS, { card, reader, element, ...tag });
}

async function othersRead(card: string, elements: readonly CoreElement[]): Promise<void> {
  for (const [at, element] of elements.entries()) await readsIt(card, OTHERS[at]!, element);
}

function Step() {
  return <HowAlike board={boardOf(ROUND)} />;
}

const tap = (name: string) => fireEvent.click(screen.getByRole("radio", { name }));
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const shows = (text: RegExp | string) => screen.queryByText(text);

test("nobody sees how others read a card before having read all themselves", async () => {
  const first = await aCard("S: “nine”");
  const second = await aCard("Sheet: name the poem’s theme");
  for (const card of [first, second]) await othersRead(card, ["task", "task", "teacher"]);
  render(<Step />);

  expect(shows("Where we read it differently")).toBeNull();
  expect(shows("How alike did we read it?")).toBeNull();
  for (const _ of [first, second]) {
    tap("Task");
    tap("Yes");
    await vi.waitFor(() =>
      expect(screen.getByRole<HTMLInputElement>("radio", { name: "Yes" }).checked).toBe(true),
    );
    expect(shows(/2 said task/)).toBeNull();
    if (_ === first) press("Next card");
  }
  const done = screen.getByRole<HTMLButtonElement>("button", { name: "I have read them all" });
  await vi.waitFor(() => expect(done.disabled).toBe(false));
  press("I have read them all");

  await vi.waitFor(() => expect(shows("Where we read it differently")).not.toBeNull());
  expect(screen.getAllByText("What it is about: 3 said task and 1 said teacher")).toHaveLength(2);
});

test("a card cannot be called read while a question of it waits", async () => {
  await aCard("S: “nine”");
  render(<Step />);

  tap("Task");

  await vi.waitFor(() => expect(ownReadings(boardOf(ROUND)).size).toBe(1));
  expect(
    screen.getByRole<HTMLButtonElement>("button", { name: "I have read them all" }).disabled,
  ).toBe(true);
  expect(shows("Some cards still wait for an answer.")).not.toBeNull();
});

test("two readers see nothing of each other: each would know how the other read", async () => {
  const card = await aCard("S: “nine”");
  await readsIt(card, OTHERS[0]!, "teacher");
  const mine = newId();
  await save("reader", mine, OWN, { round: ROUND, finished: true });
  await readsIt(card, mine, "task");
  const { container } = render(<Step />);

  expect(container.textContent).not.toMatch(/1 said teacher|1 said task|of 10 times/);
  expect(shows(/Once three have/)).not.toBeNull();

  await readsIt(card, OTHERS[1]!, "teacher");
  await vi.waitFor(() =>
    expect(shows("What it is about: 2 said teacher and 1 said task")).not.toBeNull(),
  );
});

test("a reading holds no member, and its id cannot be made from a member's", async () => {
  const card = await aCard("S: “nine”");
  render(<Step />);
  tap("Task");
  await vi.waitFor(() => expect(list("reading", VISITORS).value).toHaveLength(1));

  const [reading] = list("reading", VISITORS).value;

  expect(JSON.stringify(reading!.fields)).not.toContain(MEMBER);
  const guesses = [`reading:${MEMBER}`, MEMBER].map((each) => derivedId(card, each));
  expect(guesses).not.toContain(reading!.id);
  const first = list("reader", OWN).value.map(({ id }) => id);
  expect(first).toEqual([reading!.fields.reader]);
  await remove("reader", first[0]!);
  await answer(boardOf(ROUND), card, "element", 0);
  const [second] = list("reader", OWN).value.map(({ id }) => id);
  expect(second).toBeDefined();
  expect(second).not.toBe(first[0]);
});

test("two taps before the first is on the disk are one reader's", async () => {
  await aCard("S: “nine”");
  render(<Step />);

  tap("Task");
  tap("Partly");

  await vi.waitFor(() => {
    const [reading] = list("reading", VISITORS).value;
    expect(reading?.fields.element).toBe("task");
    expect([...(reading?.fields.bears_partly ?? [])]).toEqual([QUESTION]);
  });
  expect(list("reader", OWN).value).toHaveLength(1);
  expect(list("reading", VISITORS).value).toHaveLength(1);
});

test("whoever began on two devices that were apart is one reader again, with all that was read", async () => {
  const [one, other] = [await aCard("S: “nine”"), await aCard("S: “ten”")];
  const [first, second] = [newId(), newId()].sort() as [string, string];
  for (const reader of [first, second]) await save("reader", reader, OWN, { round: ROUND });
  await readsIt(one, first, "task");
  await readsIt(one, second, "teacher");
  await readsIt(other, second, "relation", "bears_not");
  expect(ownReadings(boardOf(ROUND)).get(one)?.fields.element).toBe("task");

  await finish(boardOf(ROUND));

  const read = list("reading", VISITORS).value.map(({ fields }) => fields);
  expect(read.map(({ reader }) => reader)).toEqual([first, first]);
  expect(read.map(({ card, element }) => [card, element]).sort()).toEqual(
    [
      [one, "task"],
      [other, "relation"],
    ].sort(),
  );
  expect([...read.find(({ card }) => card === other)!.bears_not]).toEqual([QUESTION]);
});

test("the wording that was read most differently is asked to be said more plainly", async () => {
  const theme = newId();
  await save("focus_question", theme, SCOPE, { text: "Is the task rich?", order: 2 });
  const mine = newId();
  await save("reader", mine, OWN, { round: ROUND, finished: true });
  for (let at = 0; at < 6; at += 1) {
    const card = await aCard(`card ${at}`);
    for (const [place, reader] of [mine, ...OTHERS].entries()) {
      const rich = ["bears", "bears_partly", "bears_not", "bears"][(place + at) % 4]!;
      const thinks = at + place === 0 ? "bears_partly" : "bears";
      const tags = { [`${thinks}/${QUESTION}`]: true, [`${rich}/${theme}`]: true };
      const fields = { card, reader, element: "task" as const, ...tags };
      await save("reading", newId(), VISITORS, fields);
    }
  }
  render(<Step />);

  expect(shows(/Read most differently: “Is the task rich\?”/)).not.toBeNull();
  expect(screen.getAllByText("Krippendorff’s alpha, ordinal")).toHaveLength(2);
});

test("a host, and whoever belongs to the host school, sees that people read, and nothing more", async () => {
  const card = await aCard("S: “nine”");
  await othersRead(card, ["task", "task", "teacher"]);
  const part = list("participant", SCOPE).value[0]!;
  await save("participant", part.id, SCOPE, { "roles/visitor": false, "roles/host": true });
  const { container } = render(<Step />);

  expect(container.textContent).toBe("Those who visited are reading cards in silence.");
});
