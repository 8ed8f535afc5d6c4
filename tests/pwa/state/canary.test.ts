/** A device that was emptied says so, when it was last whole, and what may have gone with it. */
import { IDBFactory } from "fake-indexeddb";
import Dexie from "dexie";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeServer } from "../fake-server";

type Door = typeof import("../../../pwa/src/state");

/** What is left here is told once it has settled (watchman.ts). */
const SETTLED = { timeout: 10_000 };

let server: FakeServer;
let door: Door | null;

beforeEach(() => {
  localStorage.clear();
  door = null;
  server = new FakeServer();
  for (const member of ["ana", "ben"]) server.grant(member, `own:${member}`, "network:net");
  globalThis.fetch = server.fetch as typeof fetch;
});

afterEach(async () => {
  await door?.stop();
  vi.restoreAllMocks();
});

async function open(): Promise<Door> {
  await door?.stop();
  vi.resetModules();
  door = await import("../../../pwa/src/state");
  await door.start();
  return door;
}

async function openAs(name: string): Promise<Door> {
  const opened = await open();
  await opened.signIn(`${name}@sample.test`, "right");
  return opened;
}

/** As a browser that ran short of room does it. */
async function emptyTheStorage(): Promise<void> {
  await door?.stop();
  globalThis.indexedDB = new IDBFactory();
  Dexie.dependencies.indexedDB = globalThis.indexedDB;
}

async function write(text: string): Promise<void> {
  await door!.save("note", door!.newId(), "own:ana", { text });
}

test("what was only here when the storage was emptied is told, with the time it was last whole", async () => {
  await openAs("ana");
  server.unreachable = true;
  await write("one");
  await write("two");
  const before = Date.now();
  await emptyTheStorage();
  server.unreachable = false;

  const later = await openAs("ana");

  const told = later.loss.value!;
  expect(told.waiting).toBe(2);
  expect(Math.abs(Date.parse(told.last_whole_at) - before)).toBeLessThan(5_000);
});

test("it is told until the person has read it, and then no more", async () => {
  await openAs("ana");
  await emptyTheStorage();
  await openAs("ana");

  expect((await open()).loss.value).toMatchObject({ waiting: 0 });
  await door!.understood();

  expect(door!.loss.value).toBeNull();
  expect((await open()).loss.value).toBeNull();
});

function lossesTold(): unknown[] {
  return server.beats.map((beat) => beat["emptied"]).filter(Boolean);
}

test("the server hears once how much was only here, and no word of it", async () => {
  await openAs("ana");
  server.unreachable = true;
  await write("a word of mine");
  await emptyTheStorage();
  server.unreachable = false;
  await openAs("ana");
  await vi.waitFor(() => expect(lossesTold()).toHaveLength(1), SETTLED);

  await open();
  await write("another");
  await vi.waitFor(() => expect(server.beats.at(-1)).toMatchObject({ unsent: 0 }), SETTLED);

  expect(lossesTold()).toEqual([
    { emptied_at: expect.any(String), last_whole_at: expect.any(String), lost: 1 },
  ]);
  expect(JSON.stringify(server.beats)).not.toContain("a word of mine");
});

test("what the person has read is kept until the server has heard of it too", async () => {
  const canary = await import("../../../pwa/src/state/canary");
  const { openOutbox } = await import("../../../pwa/src/db/outbox");
  localStorage.setItem(
    "rounds.canary",
    JSON.stringify({ dee: { at: "2026-11-22T10:12:00Z", waiting: 2 } }),
  );
  const outbox = openOutbox("dee");
  const look = async () => {
    await canary.lookForLoss(outbox, "dee", Date.now());
    return [canary.loss.value?.waiting ?? null, canary.untoldLoss()?.waiting ?? null];
  };

  expect(await look()).toEqual([2, 2]);
  await canary.understood();
  expect(await look()).toEqual([null, 2]);
  await canary.lossIsTold();
  expect(await look()).toEqual([null, null]);
});

test("an emptied device comes back as the same device", async () => {
  await openAs("ana");
  const before = localStorage.getItem("rounds.device");
  await emptyTheStorage();

  await openAs("ana");

  expect(before).toMatch(/^[0-9a-f-]{36}$/);
  expect(server.devices.at(-1)).toBe(before);
});

test("nothing is said on a new device, on opening again, or to another account", async () => {
  expect((await openAs("ana")).loss.value).toBeNull();
  await write("one");
  expect((await open()).loss.value).toBeNull();
  await door!.signOut();
  expect((await openAs("ben")).loss.value).toBeNull();
  await door!.signOut();
  expect((await openAs("ana")).loss.value).toBeNull();
});

test("a full disk does not look like an emptied one, and the app opens all the same", async () => {
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
    this: IDBObjectStore,
    ...args
  ) {
    if (this.name === "meta") throw new DOMException("no room", "QuotaExceededError");
    return realPut.apply(this, args);
  });
  await openAs("ana");
  expect(door!.saveTrouble.value).toBe(false);
  vi.restoreAllMocks();

  expect((await open()).loss.value).toBeNull();
});

const realPut = IDBObjectStore.prototype.put;
