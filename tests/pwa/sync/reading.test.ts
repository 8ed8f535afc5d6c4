import { beforeEach, expect, test, vi } from "vitest";
import { readChanges } from "../../../pwa/src/db/outbox";
import { newId } from "../../../pwa/src/domain/identifiers";
import { FakeServer } from "../fake-server";
import { Tablet } from "../tablet";

const DAY = 24 * 60 * 60 * 1000;
let server: FakeServer;
let ana: Tablet;
let ben: Tablet;

beforeEach(async () => {
  server = new FakeServer();
  server.grant("ana", "own:ana", "network:net", "round:1", "round:2");
  server.grant("ben", "own:ben", "network:net", "round:1", "round:2");
  ana = await Tablet.open(server, "ana");
  ben = await Tablet.open(server, "ben");
});

async function aCard(one: Tablet, text: string, scope = "round:1"): Promise<string> {
  const id = newId();
  await one.save("card", id, scope, { text });
  return id;
}

const cardText = (one: Tablet, id: string) => one.record("card", id)?.fields.text;
const keptIn = async (one: Tablet) => (await readChanges(one.outbox, "net")).acknowledged;

test("pages follow each other until there is no more", async () => {
  server.pageLimit = 3;
  const ids: string[] = [];
  for (let i = 0; i < 10; i++) ids.push(await aCard(ana, `card ${i}`));
  await ana.push();

  await ben.pull();

  expect(ids.map((id) => cardText(ben, id))).toEqual(ids.map((_, i) => `card ${i}`));
  expect((await ben.cache.readings.get("net"))?.synced).toBe(10);
});

test("when nothing can be new, no row is read", async () => {
  await aCard(ana, "x");
  await ana.push();
  await ben.pull();
  server.asked = [];

  await ben.pull();

  expect(server.asked).toEqual(["/api/v1/pull"]);
});

test("a page that brings nothing makes nothing on screen again", async () => {
  const id = await aCard(ana, "x");
  await ana.push();
  await ben.pull();
  const shown = ben.record("card", id);

  await ben.pull();

  expect(ben.record("card", id)).toBe(shown);
});

test("a scope that is granted before anything lies in it is known at once", async () => {
  await ben.pull();
  server.grant("ben", "own:ben", "network:net", "round:1", "round:2", "round:3");

  await ben.pull();

  expect(ben.book.memory.scopes.value).toContain("round:3");
});

test("two people who edit one text both keep their words, and a resolve ends it", async () => {
  const id = await aCard(ana, "first");
  await ana.push();
  await ben.pull();
  await ana.save("card", id, "round:1", { text: "by ana" });
  await ben.save("card", id, "round:1", { text: "by ben" });
  await ana.push();
  await ben.sync();
  await ana.pull();

  const versions = ana.record("card", id)?.versions["text"]?.map((each) => each.value);
  expect([...versions!].sort()).toEqual(["by ana", "by ben"]);
  expect(ben.shown(["card"])).toBe(ana.shown(["card"]));

  await ben.save("card", id, "round:1", { text: "by both" }, { resolve: true });
  await ben.push();
  await ana.pull();
  expect(ana.record("card", id)?.versions).toEqual({});
  expect(cardText(ana, id)).toBe("by both");
});

test("to clear a tag that another has set too clears it", async () => {
  const id = await aCard(ana, "first");
  await ana.sync();
  await ben.pull();
  await ben.save("card", id, "round:1", { "context/inclusion": true });
  await ben.push();
  await ana.save("card", id, "round:1", { "context/inclusion": true });
  await ana.pull();

  await ana.save("card", id, "round:1", { "context/inclusion": false });
  await ana.sync();
  await ben.pull();

  expect([...ana.record("card", id)!.fields.context]).toEqual([]);
  expect(ben.shown(["card"])).toBe(ana.shown(["card"]));
});

test("a page that another tab has overtaken overwrites nothing", async () => {
  const id = await aCard(ana, "older");
  await ana.sync();
  await ben.pull();
  const older = (await ben.cache.records.get(["net", id]))!;
  await ana.save("card", id, "round:1", { text: "newer" });
  await ana.sync();
  await ben.pull();

  const { storePage } = await import("../../../pwa/src/db/pages");
  const rest = { head: 1, durable: 0, grants: "", cursors: {}, more: true };
  await storePage(ben.cache, "net", 0, { ...rest, rows: [older] });
  await ben.restart();

  expect(cardText(ben, id)).toBe("newer");
});

test("a delete does not win over an edit that it did not see", async () => {
  const id = await aCard(ana, "first");
  await ana.push();
  await ben.pull();
  await ben.save("card", id, "round:1", { text: "edited" });
  await ana.book.remove("card", id);
  expect(ana.record("card", id)).toBeUndefined();

  await ben.push();
  await ana.sync();
  await ben.pull();

  expect(cardText(ana, id)).toBe("edited");
  expect(ana.record("card", id)?.deletedThenEdited).toBe(true);
  expect(ben.shown(["card"])).toBe(ana.shown(["card"]));
});

test("a deleted record comes back by an undo, with its words", async () => {
  const id = await aCard(ana, "kept");
  await ana.sync();
  await ana.book.remove("card", id);
  await ana.sync();
  await ana.restart();
  expect(ana.record("card", id)).toBeUndefined();

  await ana.book.restore("card", id);
  await ana.sync();

  expect(cardText(ana, id)).toBe("kept");
});

test("one's own words stay on screen while a page ends before them", async () => {
  const id = await aCard(ana, "mine");
  await ana.sync();
  await ana.save("card", id, "round:1", { text: "mine, again" });
  await ana.push();
  for (let i = 0; i < 5; i++) await aCard(ben, `other ${i}`);
  await ben.push();
  server.pageLimit = 1;

  await ana.pull("none", "lost_reply");

  expect(cardText(ana, id)).toBe("mine, again");
});

test("a scope that is no longer listed leaves the tablet; own changes leave the view alone", async () => {
  const id = await aCard(ben, "of ben");
  const mine = await aCard(ana, "of ana");
  await ben.push();
  await ana.sync();
  const unsent = await aCard(ana, "unsent");
  server.revoke("ana", "round:1");

  await ana.pull();

  expect(cardText(ana, id)).toBeUndefined();
  expect(cardText(ana, mine)).toBeUndefined();
  expect(cardText(ana, unsent)).toBeUndefined();
  expect(await ana.cache.records.toArray()).toEqual([]);
  expect(await keptIn(ana)).toHaveLength(1);
  expect((await readChanges(ana.outbox, "net")).waiting).toHaveLength(1);
});

test("a scope that comes back is read again from its beginning", async () => {
  const id = await aCard(ben, "of ben");
  await ben.push();
  await ana.pull();
  server.revoke("ana", "round:1");
  await ana.pull();
  server.grant("ana", "round:1");

  await ana.pull();

  expect(cardText(ana, id)).toBe("of ben");
});

test("a round begun here is shown before the server ever heard of it", async () => {
  await ana.pull();
  const round = newId();

  await ana.save("round", round, `round:${round}`, { title: "Spring" });

  expect(ana.record("round", round)?.fields.title).toBe("Spring");
  expect(ana.book.memory.scopes.value).toContain(`round:${round}`);
  server.grant("ana", `round:${round}`);
  await ana.push();
  expect(ana.record("round", round)?.fields.title).toBe("Spring");
  await ana.pull();
  expect(ana.record("round", round)?.fields.title).toBe("Spring");
});

test("a server restored from an old backup gets everything back", async () => {
  const first = await aCard(ana, "in the backup");
  await ana.sync();
  const backup = server.backup();
  const second = await aCard(ana, "after the backup");
  await ana.sync();
  await ben.pull();
  server.restore(backup);
  await aCard(ben, "written past it");
  await ben.push();

  await ana.sync();
  await ana.sync();
  await ben.sync();

  expect([cardText(ana, first), cardText(ana, second)]).toEqual([
    "in the backup",
    "after the backup",
  ]);
  expect(ben.shown(["card"])).toBe(ana.shown(["card"]));
  expect(ben.book.memory.list("card").value).toHaveLength(3);
});

test("numbers of a lost history rank nothing: a record that got a smaller one is shown", async () => {
  const start = server.backup();
  const mine = await aCard(ana, "mine");
  await ana.sync();
  const theirs: string[] = [];
  for (let i = 0; i < 5; i++) theirs.push(await aCard(ben, `by ben ${i}`));
  await ben.sync();
  await ana.pull();
  server.restore(start);

  await ben.sync();
  await ben.sync();
  await ana.sync();
  await ana.sync();
  await ben.pull();

  expect(cardText(ana, mine)).toBe("mine");
  expect(theirs.map((id) => cardText(ana, id))).toEqual(theirs.map((_, i) => `by ben ${i}`));
  expect(ben.shown(["card"])).toBe(ana.shown(["card"]));
});

test("another epoch is a lost history too, even where head and chain agree", async () => {
  const id = await aCard(ana, "mine");
  await ana.sync();
  server.restore(server.backup(), "e1");
  server.pushes = [];
  server.asked = [];

  await ana.pull();
  await ana.push();

  expect(server.pushes.flat().map((change) => change.record)).toEqual([id]);
  expect(server.asked.filter((path) => path.endsWith("/pull"))).toHaveLength(2);
  expect(server.db.head).toBe(1);
  expect(cardText(ana, id)).toBe("mine");
});

test("rows of a lost history are shown until they are replaced, then go", async () => {
  const backup = server.backup();
  const id = await aCard(ben, "gone with the restore");
  await ben.sync();
  await ana.pull();
  server.restore(backup);
  await aCard(ana, "written past it");

  await ana.push("none", "lost_request");
  expect(cardText(ana, id)).toBe("gone with the restore");

  await ana.sync();
  expect(cardText(ana, id)).toBeUndefined();
});

test("an acknowledged change is kept until a backup covers it and 30 days have passed", async () => {
  await aCard(ana, "mine");
  await ana.sync();

  ana.now += 31 * DAY;
  await ana.retire();
  expect(await keptIn(ana)).toHaveLength(1);

  server.backup();
  await aCard(ben, "something new");
  await ben.push();
  await ana.pull();
  await ana.retire();
  expect(await keptIn(ana)).toEqual([]);
});

test("within 30 days it is kept although a backup covers it", async () => {
  await aCard(ana, "mine");
  await ana.push();
  server.backup();
  await ana.pull();

  ana.now += 29 * DAY;
  await ana.retire();

  expect(await keptIn(ana)).toHaveLength(1);
});

test("however much is kept, nothing is looked up for what is not old yet", async () => {
  for (let i = 0; i < 30; i++) await aCard(ana, `card ${i}`);
  await ana.sync();
  const looks = vi.spyOn(IDBObjectStore.prototype, "get");

  await ana.retire();

  expect(looks.mock.calls.length).toBeLessThan(5);
  looks.mockRestore();
  expect(await keptIn(ana)).toHaveLength(30);
});

test("a set-aside change never expires", async () => {
  await aCard(ana, "not accepted", "round:9");
  await ana.push();
  server.backup();
  await ana.pull();

  ana.now += 400 * DAY;
  await ana.retire();
  await ana.restart();

  expect(ana.book.setAside.value).toMatchObject([{ values: { text: "not accepted" } }]);
});

test("a purge deletes record and acknowledged copies at once", async () => {
  const id = await aCard(ana, "canary");
  await ana.sync();
  server.purge(id);

  await ana.pull();

  expect(cardText(ana, id)).toBeUndefined();
  expect(await keptIn(ana)).toEqual([]);
  expect(await ana.cache.records.toArray()).toEqual([]);
});

test("a change of a purged record is acknowledged, and its text offered once more", async () => {
  const id = await aCard(ana, "first");
  await ana.sync();
  await ana.save("card", id, "round:1", {
    text: "written while it was purged",
  });
  server.purge(id);

  await ana.sync();

  expect(ana.book.setAside.value).toMatchObject([
    { reason: "purged", values: { text: "written while it was purged" } },
  ]);
});

test("a cache that was lost is filled again; what was written stays meanwhile", async () => {
  const id = await aCard(ana, "mine");
  const theirs = await aCard(ben, "theirs");
  await ben.push();
  await ana.sync();
  await ana.cache.delete();
  await ana.restart();
  expect(cardText(ana, id)).toBe("mine");

  await ana.pull();

  expect(cardText(ana, id)).toBe("mine");
  expect(cardText(ana, theirs)).toBe("theirs");
});

test("away for longer than deletions are told: everything is sent, then read anew", async () => {
  const gone = await aCard(ben, "deleted while ana was away");
  const kept = await aCard(ben, "kept");
  await ben.sync();
  await ana.pull();
  await ben.book.remove("card", gone);
  await ben.sync();
  server.forgotten = server.db.head;
  const mine = await aCard(ana, "written meanwhile");
  server.asked = [];

  await ana.sync();

  expect([cardText(ana, gone), cardText(ana, kept), cardText(ana, mine)]).toEqual([
    undefined,
    "kept",
    "written meanwhile",
  ]);
  expect(server.asked.map((path) => path.slice("/api/v1/".length))).toEqual([
    "push",
    "pull",
    "pull",
  ]);
  expect(await ana.cache.records.get(["net", gone])).toBeUndefined();
  expect((await readChanges(ana.outbox, "net")).waiting).toEqual([]);
});

test("half read and then left for that long, it is read anew too", async () => {
  const gone = await aCard(ben, "deleted while ana was away");
  for (let i = 0; i < 3; i++) await aCard(ben, `card ${i}`);
  await ben.sync();
  server.pageLimit = 2;
  await ana.pull("none", "lost_reply");
  expect(cardText(ana, gone)).toBe("deleted while ana was away");
  const long_ago = Date.now() - 395 * DAY;
  await ana.cache.readings.update("net", {
    contact: { server: long_ago, wall: long_ago, passed: 0 },
  });
  await ben.book.remove("card", gone);
  await ben.sync();
  server.forgotten = server.db.head;

  await ana.pull();

  expect(cardText(ana, gone)).toBeUndefined();
  expect(ana.book.memory.list("card").value).toHaveLength(3);
});

test("an app too old to read still sends", async () => {
  await aCard(ana, "mine");
  await ana.push();
  const reach = server.fetch;
  globalThis.fetch = ((path: string) =>
    path.endsWith("/pull")
      ? Promise.resolve(new Response("{}", { status: 426, headers: { "Sync-Server": "1" } }))
      : reach(path)) as typeof fetch;
  const { pullAll } = await import("../../../pwa/src/sync/puller");
  const { outbox, cache } = ana;
  const changed = () => Promise.resolve();

  expect(await pullAll({ outbox, cache, network: "net", changed })).toEqual({
    how: "too_old",
  });
  expect(server.db.head).toBe(1);
});

test("a second person on the same tablet has databases of their own", async () => {
  const id = newId();
  await ana.save("note", id, "own:ana", { text: "ana's own" });

  const carl = await Tablet.open(server, "carl");
  server.grant("carl", "own:carl");
  await carl.sync();

  expect(carl.record("note", id)).toBeUndefined();
  expect(server.db.head).toBe(0);
  await ana.restart();
  expect(ana.texts(id)).toEqual(["ana's own"]);
});
