import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { readChanges } from "../../../../pwa/src/db/outbox";
import { linesOf } from "../../../../pwa/src/components/note-editor-text";
import { repair } from "../../../../pwa/src/domain/safe-text";
import { list, record, save } from "../../../../pwa/src/state";
import { moveNotes } from "../../../../pwa/src/screens/evidence/moving";
import type { Place } from "../../../../pwa/src/screens/evidence/line";
import { notesOf, observationId } from "../../../../pwa/src/screens/evidence/own-notes";
import { Writing } from "../../../../pwa/src/screens/evidence/writing";
import { aNotebook, MEMBER, NETWORK, ROUND, textsOnDisk } from "./notebook";

const REAL_DATA = resolve(process.env["ROUNDS_REAL_DATA"] ?? "../../shared/data");
const BLNS = resolve(REAL_DATA, "vectors/blns.json");

const V3: Place = {
  slot: "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaa3",
  classroom: "cccccccc-cccc-4ccc-8ccc-ccccccccccc3",
  sincePlanned: () => null,
};
const V4: Place = {
  slot: "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaa4",
  classroom: "cccccccc-cccc-4ccc-8ccc-ccccccccccc4",
  sincePlanned: () => null,
};

const add = IDBObjectStore.prototype.add;

beforeEach(() => {
  localStorage.clear();
  IDBObjectStore.prototype.add = add;
});

function aWriting(place = V3, now?: () => Date) {
  return new Writing(ROUND, MEMBER, place, now);
}

const kept = (writing: Writing) =>
  vi.waitFor(() => expect(["kept", "nothing"]).toContain(writing.state.value));

test("each line is a note of its own, with the minute in which it was begun", async () => {
  const outbox = await aNotebook();
  let now = new Date("2026-11-24T09:05:00Z");
  const writing = aWriting(V3, () => now);

  writing.finish(['T: "Open your books."']);
  now = new Date("2026-11-24T09:12:30Z");
  writing.finish(["S: opens the book, page 12"]);
  await kept(writing);

  expect(await textsOnDisk(outbox)).toEqual([
    'T: "Open your books."',
    "S: opens the book, page 12",
  ]);
  expect(notesOf(ROUND, MEMBER).map((note) => note.fields.minute)).toEqual([0, 7]);
});

test("T: and S: propose teacher and students, and a choice by hand stands", async () => {
  await aNotebook();
  const writing = aWriting();

  writing.finish(["T: why?", "S: because"]);
  writing.typed("T: points at the sheet");
  writing.choose("task");
  writing.finish(["T: points at the sheet with two columns"]);
  writing.finish(["two columns on the sheet"]);
  await kept(writing);

  const elements = notesOf(ROUND, MEMBER).map((note) => note.fields.element);
  expect(elements).toEqual(["teacher", "student", "task", null]);
});

test("a line that is typed for long is one change until it is sent", async () => {
  const outbox = await aNotebook();
  const writing = aWriting();

  for (const text of ["T", "T: ", "T: wait", "T: wait for it"]) {
    writing.typed(text);
    writing.flush(true);
    await kept(writing);
  }
  writing.finish(["T: wait for it"]);
  await kept(writing);

  const { waiting } = await readChanges(outbox, NETWORK);
  expect(waiting.filter(({ change }) => change.kind === "note").length).toBe(1);
  expect(waiting.every(({ editing }) => !editing)).toBe(true);
});

test("the line under way comes back into the field after the app was killed", async () => {
  const outbox = await aNotebook();
  const killed = aWriting();
  killed.finish(["S: five times ten is fifty"]);
  killed.typed("S: ten times ten is");
  killed.flush(true);
  await kept(killed);

  localStorage.clear();
  await aNotebook(outbox);
  const reopened = aWriting();

  expect(reopened.line.value.text).toBe("S: ten times ten is");
  reopened.typed("S: ten times ten is a hundred");
  reopened.flush(false);
  await kept(reopened);
  expect(notesOf(ROUND, MEMBER).map((note) => note.fields.text)).toEqual([
    "S: five times ten is fifty",
    "S: ten times ten is a hundred",
  ]);
});

test("a line that came back into the field is remembered anew, in case it is sent meanwhile", async () => {
  const outbox = await aNotebook();
  const killed = aWriting();
  killed.typed("S: ten times ten is");
  killed.flush(true);
  await kept(killed);
  localStorage.clear();
  await aNotebook(outbox);

  const reopened = aWriting();

  expect(localStorage.getItem("rounds.line")).toBe(reopened.line.value.id);
});

test("a line that was ended does not come back into the field, whatever a kill set back", async () => {
  await aNotebook();
  const killed = aWriting();
  killed.typed("ended long ago");
  const remembered = localStorage.getItem("rounds.line")!;
  killed.finish(["ended long ago", "ended too"]);
  await kept(killed);
  localStorage.setItem("rounds.line", remembered);

  const reopened = aWriting();

  expect(reopened.line.value.text).toBe("");
});

test("to amend an earlier note does not lose the line under way", async () => {
  await aNotebook();
  const writing = aWriting();
  writing.finish(["the first line"]);
  await kept(writing);
  writing.typed("the second li");

  writing.amend(notesOf(ROUND, MEMBER)[0]!);
  writing.typed("the very first line");
  writing.done();

  expect(writing.line.value.text).toBe("the second li");
  writing.finish(["the second line"]);
  await kept(writing);
  const texts = notesOf(ROUND, MEMBER).map((note) => note.fields.text);
  expect(texts).toEqual(["the very first line", "the second line"]);
});

test("yes, from this note: the line under way goes along to the next classroom", async () => {
  await aNotebook();
  const writing = aWriting();
  writing.finish(["still in V3"]);
  writing.typed("already in V4");

  writing.goTo(V4, { carry: true });
  writing.finish(["already in V4, at the door"]);
  await kept(writing);

  const where = notesOf(ROUND, MEMBER).map(({ fields }) => [fields.text, fields.classroom]);
  expect(where).toContainEqual(["still in V3", V3.classroom]);
  expect(where).toContainEqual(["already in V4, at the door", V4.classroom]);
  expect(where.length).toBe(2);
});

test("without it the line stays where it was written", async () => {
  await aNotebook();
  const writing = aWriting();
  writing.typed("in V3");

  writing.goTo(V4);
  writing.finish(["in V4"]);
  await kept(writing);

  const classrooms = new Map(
    notesOf(ROUND, MEMBER).map((n) => [n.fields.text, n.fields.classroom]),
  );
  expect(classrooms.get("in V3")).toBe(V3.classroom);
  expect(classrooms.get("in V4")).toBe(V4.classroom);
});

test("a line whose words were all taken out again is no note", async () => {
  await aNotebook();
  const writing = aWriting();
  writing.typed("oh");
  writing.flush(true);
  await kept(writing);

  writing.typed("");
  writing.close();

  await vi.waitFor(() => expect(notesOf(ROUND, MEMBER)).toEqual([]));
});

test("a full disk: the person is told, the words stay, and they are kept when there is room", async () => {
  const outbox = await aNotebook();
  IDBObjectStore.prototype.add = () => {
    throw new DOMException("no room", "QuotaExceededError");
  };
  const writing = aWriting();
  writing.finish(['T: "Who can say why?"']);
  await vi.waitFor(() => expect(writing.state.value).toBe("trouble"));
  expect(writing.unkept.value.map((line) => line.text)).toEqual(['T: "Who can say why?"']);
  writing.flush(true);
  await vi.waitFor(() => expect(writing.state.value).toBe("trouble"));

  IDBObjectStore.prototype.add = add;

  await vi.waitFor(() => expect(writing.state.value).toBe("kept"), {
    timeout: 5_000,
  });
  expect(await textsOnDisk(outbox)).toEqual(['T: "Who can say why?"']);
});

test("a run of notes moves to another classroom, keeps its moments, and can be put back", async () => {
  await aNotebook();
  const own = `own:${MEMBER}`;
  const there = { round: ROUND, slot: V4.slot, classroom: V4.classroom };
  const began_at = "2026-11-24T09:27:00Z";
  await save("observation", observationId(V4.slot, MEMBER), own, {
    ...there,
    began_at,
  });
  let now = new Date("2026-11-24T09:05:00Z");
  const writing = aWriting(V3, () => now);
  writing.finish(["in V3"]);
  now = new Date("2026-11-24T09:29:00Z");
  writing.finish(["in V4 already", "and here too"]);
  await kept(writing);

  const undo = await moveNotes(ROUND, MEMBER, notesOf(ROUND, MEMBER).slice(1), V4);

  const inV4 = () =>
    notesOf(ROUND, MEMBER).filter((note) => note.fields.classroom === V4.classroom);
  expect(inV4().map(({ fields }) => [fields.text, fields.minute])).toEqual([
    ["in V4 already", 2],
    ["and here too", 2],
  ]);
  await undo();
  expect(inV4()).toEqual([]);
  expect(notesOf(ROUND, MEMBER).map((note) => note.fields.minute)).toEqual([0, 24, 24]);
});

test("two devices that begin one visit make one record of it", () => {
  expect(observationId(V3.slot, MEMBER)).toBe(observationId(V3.slot, MEMBER));
  expect(observationId(V3.slot, MEMBER)).not.toBe(observationId(V4.slot, MEMBER));
});

test.skipIf(!existsSync(BLNS))(
  "every naughty string is kept as it was typed (skipped: no real data where it is absent)",
  async () => {
    const outbox = await aNotebook();
    const writing = aWriting();
    const strings = JSON.parse(readFileSync(BLNS, "utf8")) as string[];

    const typed: string[] = [];
    for (const each of strings) {
      const { finished } = linesOf(`${each}\n`);
      typed.push(...finished);
      if (finished.length > 0) writing.finish(finished);
    }
    await vi.waitFor(() => expect(writing.state.value).toBe("kept"), {
      timeout: 20_000,
    });

    expect(await textsOnDisk(outbox)).toEqual(typed.map(repair));
    expect(list("note").value.length).toBe(typed.length);
    expect(typed.length).toBeGreaterThan(500);
  },
  30_000,
);

test("a lone surrogate and a NUL are mended on the way to disk, and nothing else is", async () => {
  const outbox = await aNotebook();
  const writing = aWriting();

  writing.finish(["S: \uD83D half \u0000 done 😀"]);
  await kept(writing);

  expect(await textsOnDisk(outbox)).toEqual(["S: \uFFFD half  done 😀"]);
  expect(record("note", notesOf(ROUND, MEMBER)[0]!.id).value?.fields.element).toBe("student");
});

test("an earlier note that was only looked at is never called unkept", async () => {
  await aNotebook();
  const writing = aWriting();
  writing.finish(["S: packs the things"]);
  await kept(writing);
  const [note] = notesOf(ROUND, MEMBER);

  writing.amend(note!);
  writing.done();

  expect(writing.unkept.value).toEqual([]);
});
