/** What was on its way to disk when the page went is there when the notebook is opened next. */
import { beforeEach, expect, test } from "vitest";
import { openOutbox, readChanges, type Draft, type Outbox } from "../../../pwa/src/db/outbox";
import { newId } from "../../../pwa/src/domain/identifiers";
import { LastWords, takeUp } from "../../../pwa/src/state/last-words";
import { Pen } from "../../../pwa/src/state/pen";
import { MEMBER, NETWORK } from "../screens/evidence/notebook";

const NOTE = newId();
const silent = { drafted: () => undefined, written: () => undefined };

function aDraft(text: string, amends: Draft | null = null): Draft {
  const address = { by: MEMBER, kind: "note", record: NOTE, scope: `own:${MEMBER}`, schema: 1 };
  const rest = { made_at: "2026-11-24T09:00:00Z", set: { text }, seen: { text: [] }, depth: {} };
  const change = { id: newId(), ...address, ...rest } as unknown as Draft["change"];
  const amended = amends?.change.id ?? null;
  const shown = new Map(amends ? [[amends.change.id, amends.change.set]] : []);
  return { network: NETWORK, change, editing: true, amends: amended, shown };
}

const putDown = () => Object.keys(localStorage).filter((key) => key.startsWith("last_words/"));

beforeEach(() => localStorage.clear());

/** A page that goes while these are on their way; nothing of them was written as usual. */
function left(...drafts: Draft[]): Outbox {
  const outbox = openOutbox(newId());
  new LastWords(outbox, NETWORK, () => drafts).leave(true);
  expect(putDown()).toHaveLength(1);
  return outbox;
}

async function textsIn(outbox: Outbox): Promise<unknown[]> {
  const { waiting } = await readChanges(outbox, NETWORK);
  return waiting.map(({ change }) => change.set["text"]);
}

const open = (outbox: Outbox) => takeUp(outbox, NETWORK, Date.now);

test("what was on its way is saved at the next opening, once", async () => {
  const outbox = left(aDraft("T: because"));

  await open(outbox);
  await open(outbox);

  expect(await textsIn(outbox)).toEqual(["T: because"]);
  expect(putDown()).toEqual([]);
});

test("what had reached the disk after all is only said again", async () => {
  const draft = aDraft("T: because");
  const outbox = left(draft);
  await new Pen(outbox, Date.now, silent).write(draft);

  await open(outbox);

  expect(await textsIn(outbox)).toEqual(["T: because"]);
});

test("of one line that was typed on, the last words stand, in one change", async () => {
  const first = aDraft("T: bec");
  const outbox = left(first, aDraft("T: because", first));

  await open(outbox);

  expect(await textsIn(outbox)).toEqual(["T: because"]);
});

test("another person's words stay theirs: they wait for whoever wrote them", async () => {
  const outbox = left(aDraft("T: because"));
  const other = openOutbox(newId());

  await open(other);
  expect(await textsIn(other)).toEqual([]);

  await open(outbox);
  expect(await textsIn(outbox)).toEqual(["T: because"]);
});

test("words for another network wait until that one is opened", async () => {
  const outbox = left(aDraft("T: because"));

  await takeUp(outbox, newId(), Date.now);
  expect(await textsIn(outbox)).toEqual([]);

  await open(outbox);
  expect(await textsIn(outbox)).toEqual(["T: because"]);
});

test("a page that goes on after all leaves nothing behind", () => {
  const outbox = openOutbox(newId());
  const drafts = [aDraft("T: because")];
  const words = new LastWords(outbox, NETWORK, () => drafts);
  words.leave(true);

  drafts.pop();
  words.written();

  expect(putDown()).toEqual([]);
});
