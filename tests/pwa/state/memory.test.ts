import { effect } from "@preact/signals";
import { beforeEach, expect, test, vi } from "vitest";
import { newId } from "../../../pwa/src/domain/identifiers";
import { Memory, type Local, type ServerRow } from "../../../pwa/src/state/memory";
import { FakeServer } from "../fake-server";
import { Tablet } from "../tablet";

const OWN = "own:ana";
let server: FakeServer;
let tablet: Tablet;

beforeEach(async () => {
  server = new FakeServer();
  server.grant("ana", OWN, "round:1");
  tablet = await Tablet.open(server, "ana");
});

test("a list is live, without deleted records, in the order of ids", async () => {
  const list = tablet.book.memory.list("note", OWN);
  const sizes: number[] = [];
  effect(() => void sizes.push(list.value.length));
  const ids = [newId(), newId(), newId()];

  for (const id of ids) await tablet.save("note", id, OWN, { text: id });
  await tablet.book.remove("note", ids[1]!);

  expect(list.value.map((view) => view.id)).toEqual([ids[0]!, ids[2]!].sort());
  expect(sizes[0]).toBe(0);
  expect(sizes.at(-1)).toBe(2);
});

test("an index finds the notes of one visit, also when they move to another", async () => {
  const [here, there, note] = [newId(), newId(), newId()];
  const ofHere = tablet.book.memory.listBy("note", "observation", here);
  const ofThere = tablet.book.memory.listBy("note", "observation", there);
  await tablet.save("note", note, OWN, { text: "x", observation: here });
  expect(ofHere.value.map((view) => view.id)).toEqual([note]);

  await tablet.save("note", note, OWN, { observation: there });

  expect(ofHere.value).toEqual([]);
  expect(ofThere.value.map((view) => view.id)).toEqual([note]);
});

test("who is removed keeps what they wrote for themselves in view, and nothing that was shared", async () => {
  const [note, card] = [newId(), newId()];
  await tablet.save("note", note, OWN, { text: "S: six" });
  await tablet.save("card", card, "round:1", { element: "task" });
  await tablet.sync();
  for (const scope of [OWN, "round:1"]) server.revoke("ana", scope);

  await tablet.sync();
  await tablet.save("note", newId(), OWN, { text: "T: why six?" });
  await tablet.sync();

  const texts = tablet.book.memory
    .list("note", OWN)
    .value.map(({ id }) => tablet.record("note", id)?.fields.text);
  expect(texts.sort()).toEqual(["S: six", "T: why six?"]);
  expect(tablet.book.memory.list("card", "round:1").value).toEqual([]);
});

test("fields that nobody set are empty: text, words, numbers, tags and places", async () => {
  const [note, card] = [newId(), newId()];
  await tablet.save("note", note, OWN, { starred: true });
  await tablet.save("card", card, "round:1", { element: "task" });

  expect(tablet.record("note", note)?.fields).toMatchObject({
    ...{
      text: "",
      element: null,
      minute: null,
      starred: true,
      tags: new Set(),
    },
  });
  expect(tablet.record("card", card)?.fields.position).toBeNull();
});

test("tags are set and cleared one by one", async () => {
  const id = newId();
  await tablet.save("card", id, "round:1", {
    "context/inclusion": true,
    "context/advanced": true,
  });
  await tablet.save("card", id, "round:1", { "context/advanced": false });

  expect([...tablet.record("card", id)!.fields.context]).toEqual(["inclusion"]);
});

test("to say again what is already said makes no change", async () => {
  const id = newId();
  await tablet.save("note", id, OWN, { text: "same", "tags/a": true });
  await tablet.save("note", id, OWN, { text: "same", "tags/a": true });

  expect(tablet.book.memory.allLocals()).toHaveLength(1);
});

test("beyond 64 KiB a note goes on in a second one, and typing on does not make a third", async () => {
  const [id, observation] = [newId(), newId()];
  const text = "é".repeat(40_000);
  await tablet.save("note", id, OWN, { text, observation, minute: 7 });
  await tablet.save("note", id, OWN, { text: `${text}!` });

  const notes = tablet.book.memory.listBy("note", "observation", observation).value;

  const first = notes.find((note) => note.id === id)!;
  const second = notes.find((note) => note.id !== id)!;
  expect(notes).toHaveLength(2);
  expect(`${textOf(first)}${textOf(second)}`).toBe(`${text}!`);
  expect((second.fields as unknown as { minute: number }).minute).toBe(7);
});

const textOf = (view: { fields: unknown }) => (view.fields as { text: string }).text;

test("the word for a record's status is never wrong", async () => {
  const id = newId();
  const saving = tablet.save("note", id, OWN, { text: "x" });
  expect(tablet.record("note", id)?.status).toBe("saving");
  await saving;
  expect(tablet.record("note", id)?.status).toBe("on_tablet");
  expect(tablet.book.waiting.value).toEqual({
    ...{ count: 1, notes: 1, changes: 0 },
    oldestAt: "2026-11-22T09:00:00Z",
  });
  await tablet.push();
  expect(tablet.record("note", id)?.status).toBe("on_server");
  expect(tablet.book.waiting.value).toEqual({
    ...{ count: 0, notes: 0, changes: 0 },
    oldestAt: null,
  });
});

test.each([["some records"], ["everything"]])(
  "reading %s again while somebody types takes no word off the screen",
  async (what) => {
    const id = newId();
    await tablet.save("note", id, OWN, { text: "before" });
    const look = tablet.cache.transaction.bind(tablet.cache) as (...asked: unknown[]) => unknown;
    vi.spyOn(tablet.cache, "transaction").mockImplementationOnce((async (...asked: unknown[]) => {
      await tablet.save("note", id, OWN, { text: "typed meanwhile" });
      return look(...asked);
    }) as never);

    await tablet.book.refresh(what === "everything" ? what : [id]);

    expect(tablet.texts(id)).toEqual(["typed meanwhile"]);
    expect(tablet.record("note", id)?.status).toBe("on_tablet");
  },
);

function manyRows(count: number): ServerRow[] {
  const head = (value: unknown) => [{ id: newId(), value, depth: 1, seen: [] }];
  return Array.from({ length: count }, (_, i) => ({
    ...{ id: newId(), kind: "note" as const, scope: OWN, seq: i + 1 },
    fields: {
      text: head(`note ${i}`),
      minute: head(i % 25),
      observation: head(`visit ${i % 200}`),
    },
  }));
}

function aLocal(record: string, text: string): Local {
  const change = {
    ...{
      id: newId(),
      by: "ana",
      kind: "note" as const,
      record,
      scope: OWN,
      schema: 1,
    },
    ...{ made_at: "", set: { text }, seen: { text: [] }, depth: { text: 2 } },
  };
  const rest = {
    status: null,
    seq: 0,
    frozen: false,
    editing: true,
    reason: null,
    field: null,
  };
  return { change, n: 1, place: "waiting", ...rest };
}

test("a key press costs one record, not a walk over five thousand", () => {
  const memory = new Memory();
  const rows = manyRows(5_000);
  const holding = { scopes: null, scopesHead: 0, dropped: new Set<string>() };
  memory.replace(rows, [], holding);
  memory.list("note", OWN);
  memory.listBy("note", "observation", "visit 7");
  const reads = { count: 0 };
  for (const row of rows) {
    const fields = row.fields;
    Object.defineProperty(row, "fields", {
      get: () => ((reads.count += 1), fields),
    });
  }

  memory.put(aLocal(rows[7]!.id, "typed"));

  expect(reads.count).toBeLessThan(5);
  expect(textOf(memory.view(rows[7]!.id)!)).toBe("typed");
});

test("five thousand notes are on screen at once, and a key press takes far less than a frame", () => {
  const memory = new Memory();
  const rows = manyRows(5_000);
  const holding = { scopes: null, scopesHead: 0, dropped: new Set<string>() };
  memory.replace(rows, [], holding);
  const list = memory.list("note", OWN);
  const times: number[] = [];
  for (let i = 0; i < 200; i++) {
    const before = performance.now();
    memory.put(aLocal(rows[i]!.id, `typed ${i}`));
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);

  expect(list.value).toHaveLength(5_000);
  expect(times[100]).toBeLessThan(4);
});
