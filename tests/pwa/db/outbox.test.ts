import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keep, readKept } from "../../../pwa/src/db/device";
import {
  openOutbox,
  readChanges,
  saveChanges,
  type Draft,
  type Outbox,
} from "../../../pwa/src/db/outbox";
import { newId } from "../../../pwa/src/domain/identifiers";
import { SCHEMA } from "../../../pwa/src/generated/records";
import { FakeServer } from "../fake-server";
import { Tablet } from "../tablet";

let outbox: Outbox;

beforeEach(() => {
  outbox = openOutbox("ana");
});

afterEach(() => vi.restoreAllMocks());

function aDraft(text: string) {
  const change = {
    ...{
      id: newId(),
      by: "ana",
      kind: "note",
      record: newId(),
      scope: "own:ana",
    },
    ...{ schema: SCHEMA, made_at: "2026-11-22T09:14:03Z" },
    ...{ set: { text }, seen: { text: [] }, depth: { text: 1 } },
  } as const;
  const draft = {
    network: "net",
    change: structuredClone(change),
    editing: false,
    amends: null,
  };
  return { ...draft, shown: new Map() } as unknown as Draft;
}

const textsIn = async (one: Outbox) =>
  (await readChanges(one, "net")).waiting.map((entry) => entry.change.set["text"]);

test("all stores are there from the first release, in version 1", async () => {
  await saveChanges(outbox, [aDraft("x")], 0);
  const db = await outbox.connection!;

  expect(db.version).toBe(1);
  expect([...db.objectStoreNames].sort()).toEqual([
    ...["acknowledged", "blobs", "meta", "waiting", "witness"],
  ]);
});

test("a save is one strict transaction on the outbox alone", async () => {
  await saveChanges(outbox, [aDraft("warm")], 0);
  const opened: { stores: unknown; options: unknown; name: string }[] = [];
  const transaction = IDBDatabase.prototype.transaction;
  vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (
    this: IDBDatabase,
    stores,
    mode,
    options,
  ) {
    opened.push({ stores, options, name: this.name });
    return transaction.call(this, stores, mode, options);
  });

  await saveChanges(outbox, [aDraft("x")], 0);

  expect(opened).toEqual([
    {
      stores: ["waiting"],
      options: { durability: "strict" },
      name: "rounds-outbox-ana",
    },
  ]);
});

test("n is the order of writing, and travels with the change", async () => {
  const [first] = await saveChanges(outbox, [aDraft("1")], 0);
  const [second] = await saveChanges(outbox, [aDraft("2")], 0);

  expect(second!.n).toBeGreaterThan(first!.n);
});

test("a connection that the system closed is opened once more, with the text still in memory", async () => {
  await saveChanges(outbox, [aDraft("before")], 0);
  (await outbox.connection!).close();

  await saveChanges(outbox, [aDraft("after")], 0);

  expect(await textsIn(outbox)).toEqual(["before", "after"]);
});

test("a transaction that fails in the middle leaves nothing, and the next one works", async () => {
  await saveChanges(outbox, [aDraft("before")], 0);
  vi.spyOn(IDBObjectStore.prototype, "add").mockImplementationOnce(() => {
    throw new DOMException("no room", "QuotaExceededError");
  });

  await expect(saveChanges(outbox, [aDraft("no room")], 0)).rejects.toThrow("no room");
  await saveChanges(outbox, [aDraft("after")], 0);

  expect(await textsIn(outbox)).toEqual(["before", "after"]);
});

test("whichever call to the database fails, nothing that was called saved is lost", async () => {
  const server = new FakeServer();
  server.grant("ana", "own:ana");
  for (let failing = 0; failing < 12; failing++) {
    const tablet = await Tablet.open(server, "ana", `ana-${failing}`);
    const saved: string[] = [];
    let calls = 0;
    const open = IDBDatabase.prototype.transaction;
    const spy = vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (
      this: IDBDatabase,
      ...args
    ) {
      calls += 1;
      if (calls === failing || calls === failing + 1)
        throw new DOMException("gone", "UnknownError");
      return open.apply(this, args);
    });
    for (const text of ["a", "b", "c"]) {
      const save = tablet.save("note", newId(), "own:ana", { text });
      await save.then(
        () => saved.push(text),
        () => undefined,
      );
    }
    spy.mockRestore();
    await tablet.restart();
    const kept = tablet.book.memory.list("note").value.map((view) => view.fields["text" as never]);
    expect(kept).toEqual(expect.arrayContaining(saved));
    expect(kept.length).toBe(3);
  }
});

test("what did not reach the disk stays on screen, is never called saved, and goes with the next save", async () => {
  const server = new FakeServer();
  const tablet = await Tablet.open(server, "ana");
  const id = newId();
  vi.spyOn(IDBObjectStore.prototype, "add").mockImplementationOnce(() => {
    throw new DOMException("no room", "QuotaExceededError");
  });

  await expect(tablet.save("note", id, "own:ana", { text: "typed" })).rejects.toThrow("no room");

  expect(tablet.book.trouble.value).toBe(true);
  expect(tablet.texts(id)).toEqual(["typed"]);
  expect(tablet.record("note", id)?.status).toBe("saving");

  await tablet.save("note", newId(), "own:ana", { text: "another" });
  expect(tablet.book.trouble.value).toBe(false);
  expect(tablet.record("note", id)?.status).toBe("on_tablet");
  await tablet.restart();
  expect(tablet.texts(id)).toEqual(["typed"]);
});

test("the tablet remembers who is signed in, apart from anybody's outbox", async () => {
  await keep("me", { person: { id: "ana" } });
  expect(await readKept("me")).toEqual({ person: { id: "ana" } });

  await keep("me", undefined);
  expect(await readKept("me")).toBeUndefined();
});

test("another tab that changes the database is not held up, and nothing is called saved meanwhile", async () => {
  await saveChanges(outbox, [aDraft("before")], 0);
  const other = indexedDB.open("rounds-outbox-ana", 2);
  const upgraded = await new Promise<IDBDatabase>((resolve, reject) => {
    other.onsuccess = () => resolve(other.result);
    other.onerror = () => reject(other.error!);
    other.onblocked = () => reject(new Error("our connection stood in its way"));
  });
  upgraded.close();

  await expect(saveChanges(outbox, [aDraft("refused")], 0)).rejects.toThrow();
});

/** What the first release made, by hand: its stores, and one change of each state. */
async function anOutboxOfTheFirstRelease(): Promise<void> {
  const opening = indexedDB.open("rounds-outbox-ana", 1);
  opening.onupgradeneeded = () => {
    const db = opening.result;
    const waiting = db.createObjectStore("waiting", { keyPath: "n", autoIncrement: true });
    waiting.createIndex("id", "id", { unique: true });
    waiting.createIndex("record", ["network", "record"]);
    waiting.createIndex("network", "network");
    const acknowledged = db.createObjectStore("acknowledged", { keyPath: "id" });
    acknowledged.createIndex("record", ["network", "record"]);
    acknowledged.createIndex("network", "network");
    db.createObjectStore("blobs", { keyPath: "sha256" });
    db.createObjectStore("witness", { keyPath: "network" });
    db.createObjectStore("meta", { keyPath: "key" });
  };
  const db = await new Promise<IDBDatabase>((resolve) => {
    opening.onsuccess = () => resolve(opening.result);
  });
  const { change } = aDraft("of the first release");
  const { id, record, scope } = change;
  const address = { id, network: "net", record, scope, change };
  const tx = db.transaction("waiting", "readwrite");
  const times = { began_at: 0, touched_at: 0 };
  tx.objectStore("waiting").add({ ...address, frozen: false, editing: false, ...times });
  await new Promise((resolve) => (tx.oncomplete = resolve));
  db.close();
}

test("what the first release wrote is read, amended and sent by this one", async () => {
  await anOutboxOfTheFirstRelease();
  const server = new FakeServer();
  server.grant("ana", "own:ana");
  const tablet = await Tablet.open(server, "ana");
  expect(await textsIn(outbox)).toEqual(["of the first release"]);

  await tablet.push();

  expect([...server.db.log.values()].map((row) => row.body?.set["text"])).toEqual([
    "of the first release",
  ]);
});
