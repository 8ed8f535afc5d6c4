/** A device that was emptied says so, when it was last whole, and what may have gone with it. */
import { IDBFactory } from "fake-indexeddb";
import Dexie from "dexie";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeServer } from "../fake-server";

type Door = typeof import("../../../pwa/src/state");

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
