/** A full disk: a press that made something is pressed again, and there is one of it. */
import { beforeEach, expect, test, vi } from "vitest";
import { readChanges, type Outbox } from "../../../pwa/src/db/outbox";
import { makeOnce } from "../../../pwa/src/screens/making";
import { list, record, remove, save, saveTrouble } from "../../../pwa/src/state";
import { addTeam } from "../../../pwa/src/screens/rounds/drafting";
import { planOf } from "../../../pwa/src/screens/rounds/round-plan";
import { aNotebook, NETWORK, ROUND } from "./evidence/notebook";

const SCOPE = `round:${ROUND}`;
const add = IDBObjectStore.prototype.add;
let outbox: Outbox;

beforeEach(async () => {
  freeTheDisk();
  outbox = await aNotebook();
});

function fillTheDisk(): void {
  IDBObjectStore.prototype.add = () => {
    throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
  };
}

function freeTheDisk(): void {
  IDBObjectStore.prototype.add = add;
}

const write = () =>
  makeOnce("pattern", SCOPE, (id) =>
    save("pattern", id, SCOPE, { form: "pattern", statement: "", order: 1 }),
  );
const onDisk = async () =>
  new Set((await readChanges(outbox, NETWORK)).waiting.map(({ change }) => change.record));

test("a pattern begun on a full disk is one pattern, however often it is pressed", async () => {
  fillTheDisk();
  await expect(write()).rejects.toThrow();
  await expect(write()).rejects.toThrow();
  expect(list("pattern", SCOPE).value).toHaveLength(1);
  expect(await onDisk()).toEqual(new Set());

  freeTheDisk();
  const id = await write();

  expect(list("pattern", SCOPE).value.map((each) => each.id)).toEqual([id]);
  expect(await onDisk()).toEqual(new Set([id]));
  expect(saveTrouble.value).toBe(false);
});

test("what was written into it meanwhile stays, and the next press begins another", async () => {
  fillTheDisk();
  await expect(write()).rejects.toThrow();
  const [begun] = list("pattern", SCOPE).value;
  await expect(
    save("pattern", begun!.id, SCOPE, { statement: "give one number" }),
  ).rejects.toThrow();
  freeTheDisk();

  expect(await write()).toBe(begun!.id);
  expect(record("pattern", begun!.id).value?.fields.statement).toBe("give one number");
  expect(await write()).not.toBe(begun!.id);
  expect(list("pattern", SCOPE).value).toHaveLength(2);
});

test("one that was taken away again is not gone on with", async () => {
  fillTheDisk();
  await expect(write()).rejects.toThrow();
  const [begun] = list("pattern", SCOPE).value;
  await expect(remove("pattern", begun!.id)).rejects.toThrow();
  freeTheDisk();

  const id = await write();

  expect(list("pattern", SCOPE).value.map((each) => each.id)).toEqual([id]);
});

test("a team comes with its spare numbers, once, when there is room again", async () => {
  await save("round", ROUND, SCOPE, { title: "Sample School" });
  const teams = () => list("team", SCOPE).value;
  fillTheDisk();
  await expect(addTeam(planOf(ROUND)!)).rejects.toThrow();
  freeTheDisk();

  await addTeam(planOf(ROUND)!);

  await vi.waitFor(() => expect(teams()).toHaveLength(1));
  expect(list("classroom", SCOPE).value.map(({ fields }) => fields.spare_of)).toEqual(
    teams().flatMap(({ id }) => [id, id]),
  );
});
