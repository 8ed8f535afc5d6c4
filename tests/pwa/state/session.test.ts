/** The whole door of screens to records, with a real IndexedDB and a server at the far end. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Cache } from "../../../pwa/src/db/cache";
import { FakeServer } from "../fake-server";

type Door = typeof import("../../../pwa/src/state");

let server: FakeServer;
let opened: Door[];

beforeEach(() => {
  server = new FakeServer();
  for (const member of ["ana", "ben"]) server.grant(member, `own:${member}`, "network:net");
  globalThis.fetch = server.fetch as typeof fetch;
  opened = [];
});

afterEach(async () => {
  for (const door of opened) await door.stop();
});

/** The app is opened on the tablet: a new page, the same databases. */
async function open(): Promise<Door> {
  for (const door of opened.splice(0)) await door.stop();
  vi.resetModules();
  const door = await import("../../../pwa/src/state");
  opened.push(door);
  await door.start();
  return door;
}

const texts = (door: Door) => door.list("note").value.map((note) => note.fields.text);
const until = (holds: () => boolean) => vi.waitFor(() => expect(holds()).toBe(true), 3_000);
const serverTexts = () => [...server.db.log.values()].map((row) => row.body?.set["text"]);

test("nobody signed in: the app opens, knows nobody, and shows nothing", async () => {
  const door = await open();

  expect(door.me.value).toBeNull();
  expect(door.network.value).toBeNull();
  expect(door.list("note").value).toEqual([]);
  expect(door.saveTrouble.value).toBe(false);
});

test("after one sign-in the app opens offline, with who one is and what one wrote", async () => {
  const door = await open();
  await door.signIn("ana@sample.test", "right");
  await door.save("note", door.newId(), "own:ana", { text: "with a network" });
  await until(() => serverTexts().length === 1);
  server.unreachable = true;

  const later = await open();
  await later.save("note", later.newId(), "own:ana", { text: "without" });

  expect(later.me.value?.person.name).toBe("ana");
  expect(texts(later).sort()).toEqual(["with a network", "without"]);
  await until(() => later.link.value === "offline");
  expect(later.waiting.value.count).toBe(1);
});

test("a wrong password is refused with the code of its message", async () => {
  const door = await open();

  const refused = door.signIn("ana@sample.test", "wrong");

  await expect(refused).rejects.toMatchObject({ code: "wrong", status: 403 });
  expect(door.me.value).toBeNull();
});

test("an expired session keeps everything, writing goes on, and signing in again sends it", async () => {
  const door = await open();
  await door.signIn("ana@sample.test", "right");
  await until(() => door.link.value === "online" && server.asked.some((p) => p.endsWith("/pull")));
  server.session = null;

  await door.save("note", door.newId(), "own:ana", { text: "mid-visit" });
  door.syncNow();
  await until(() => door.link.value === "signed_out");
  await door.save("note", door.newId(), "own:ana", { text: "and more" });
  expect(texts(door).sort()).toEqual(["and more", "mid-visit"]);
  expect(serverTexts()).toEqual([]);

  await door.signIn("ana@sample.test", "right");
  await until(() => serverTexts().length === 2);
  await until(() => door.waiting.value.count === 0);
});

test("a second person can neither read nor send what the first left unsent", async () => {
  const door = await open();
  await door.signIn("ana@sample.test", "right");
  server.unreachable = true;
  await door.save("note", door.newId(), "own:ana", { text: "ana's own" });
  await door.signOut();
  server.unreachable = false;

  await door.signIn("ben@sample.test", "right");
  await door.save("note", door.newId(), "own:ben", { text: "ben's own" });
  await until(() => serverTexts().length === 1);

  expect(texts(door)).toEqual(["ben's own"]);
  expect(serverTexts()).toEqual(["ben's own"]);

  await door.signOut();
  await door.signIn("ana@sample.test", "right");
  await until(() => serverTexts().length === 2);
  expect(texts(door)).toEqual(["ana's own"]);
});

test("a session of somebody else at the server sends nothing of this person", async () => {
  const door = await open();
  await door.signIn("ana@sample.test", "right");
  server.unreachable = true;
  await door.save("note", door.newId(), "own:ana", { text: "ana's own" });
  server.unreachable = false;
  server.session = "ben";

  const later = await open();
  await until(() => later.link.value === "signed_out");

  expect(server.pushes).toEqual([]);
  expect(texts(later)).toEqual(["ana's own"]);
});

test("signing out waits for no network that hangs, and nothing leaves after it", async () => {
  const door = await open();
  await door.signIn("ana@sample.test", "right");
  server.hanging = true;
  await door.save("note", door.newId(), "own:ana", { text: "ana's own" });
  const before = server.tried;
  door.syncNow();
  await until(() => server.tried > before);

  void door.signOut();
  await until(() => door.me.value === null);
  server.hanging = false;
  await door.signIn("ben@sample.test", "right");
  await door.save("note", door.newId(), "own:ben", { text: "ben's own" });
  await until(() => serverTexts().length === 1);

  expect(server.pushes.flat().map((change) => change.by)).toEqual(["ben"]);
  expect(server.session).toBe("ben");
});

test("a sign-out without a network ends the session as soon as there is one", async () => {
  const door = await open();
  await door.signIn("ana@sample.test", "right");
  server.unreachable = true;
  await door.signOut();
  expect(server.session).toBe("ana");

  server.unreachable = false;
  const later = await open();

  await until(() => server.session === null);
  expect(later.me.value).toBeNull();
});

test("signing out leaves what was written here, and nothing that was read from the server", async () => {
  const door = await open();
  await door.signIn("ana@sample.test", "right");
  await door.save("note", door.newId(), "own:ana", { text: "sent" });
  await until(() => serverTexts().length === 1);
  const later = await open();
  later.syncNow();
  await vi.waitFor(async () => expect(await cached("person-ana")).toBe(1), 3_000);
  server.unreachable = true;
  await later.save("note", later.newId(), "own:ana", { text: "unsent" });

  await later.signOut();

  expect(await cached("person-ana")).toBe(0);
  server.unreachable = false;
  await later.signIn("ana@sample.test", "right");
  await until(() => serverTexts().length === 2);
  expect(texts(later).sort()).toEqual(["sent", "unsent"]);
});

/** How many records of the server's the tablet holds for somebody. */
async function cached(person: string): Promise<number> {
  const cache = new Cache(person);
  const count = await cache.records.count();
  cache.close();
  return count;
}

test("a copy of what is unsent holds every word", async () => {
  const door = await open();
  await door.signIn("ana@sample.test", "right");
  server.unreachable = true;
  await door.save("note", door.newId(), "own:ana", { text: "T: “Why?” 😀" });

  const copy = JSON.parse(await door.unsentCopy()) as {
    changes: { change: { set: unknown } }[];
  };

  expect(copy.changes.map(({ change }) => change.set)).toEqual([{ text: "T: “Why?” 😀" }]);
});

test("a role in a round decides what a screen offers", async () => {
  const door = await open();
  await door.signIn("ana@sample.test", "right");

  expect(door.may("note", "own:ana")).toBe(true);
  expect(door.may("note", "own:ben")).toBe(false);
  expect(door.may("card", "round:r1")).toBe(false);
  expect(door.may("member", "network:net")).toBe(false);
});

/** A cache as some other release left it: of another version, with other stores. */
async function anotherCache(version: number): Promise<void> {
  const names = (await indexedDB.databases()).map(({ name }) => name!);
  const cache = names.find((name) => name.startsWith("rounds-cache-"))!;
  await new Promise((resolve) => (indexedDB.deleteDatabase(cache).onsuccess = resolve));
  const opening = indexedDB.open(cache, version);
  opening.onupgradeneeded = () => opening.result.createObjectStore("of_another_release");
  await new Promise((resolve) => (opening.onsuccess = resolve));
  opening.result.close();
}

async function storesOfCache(): Promise<string[]> {
  const names = (await indexedDB.databases()).map(({ name }) => name!);
  const opening = indexedDB.open(names.find((name) => name.startsWith("rounds-cache-"))!);
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const stores = [...opening.result.objectStoreNames];
  opening.result.close();
  return stores;
}

test.each([10, 990])(
  "a cache of another release (version %i) is thrown away and filled again; the outbox stays",
  async (version) => {
    const door = await open();
    await door.signIn("ana@sample.test", "right");
    await door.save("note", door.newId(), "own:ana", { text: "on the server" });
    await until(() => serverTexts().length === 1);
    server.unreachable = true;
    await door.save("note", door.newId(), "own:ana", { text: "only here" });
    await door.stop();
    await anotherCache(version);
    const told = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    vi.spyOn(console, "debug").mockImplementation(() => undefined);

    const later = await open();
    expect(String(told.mock.calls)).toContain("Dexie SchemaDiff"); // Of the cache that goes.
    vi.restoreAllMocks();
    expect(await storesOfCache()).toEqual(["packs", "readings", "records"]);
    expect(later.saveTrouble.value).toBe(false);
    expect(texts(later).sort()).toEqual(["on the server", "only here"]);

    server.unreachable = false;
    later.syncNow();
    await until(() => later.waiting.value.count === 0);
  },
);
