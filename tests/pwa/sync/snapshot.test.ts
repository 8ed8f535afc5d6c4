import { beforeEach, expect, test } from "vitest";
import { newId } from "../../../pwa/src/domain/identifiers";
import { inTransaction, readChanges } from "../../../pwa/src/db/outbox";
import { witnessOf } from "../../../pwa/src/db/witness";
import { takeSnapshot } from "../../../pwa/src/sync/snapshot";
import { FakeServer } from "../fake-server";
import { Tablet } from "../tablet";

let server: FakeServer;
let ana: Tablet;
let ben: Tablet;

beforeEach(async () => {
  server = new FakeServer();
  server.largest = 5;
  server.grant("ana", "own:ana", "network:net", "round:1");
  server.grant("ben", "own:ben", "network:net", "round:1");
  ana = await Tablet.open(server, "ana");
  ben = await Tablet.open(server, "ben");
});

async function cards(one: Tablet, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, newId).sort();
  for (const id of ids) await one.save("card", id, "round:1", { text: `card ${id}` });
  return ids;
}

const shownTo = (one: Tablet) => one.book.memory.list("card").value.map((card) => card.id);
const readingOf = (one: Tablet) => one.cache.readings.get("net");
const snapshots = () => server.asked.filter((path) => path.includes("/snapshot/"));

test("a large scope comes by snapshot, its head becomes the cursor, and pull goes on", async () => {
  const ids = await cards(ana, 12);
  await ana.push();

  await ben.pull();

  expect(shownTo(ben)).toEqual(ids);
  expect(snapshots()).toHaveLength(1);
  expect(await readingOf(ben)).toMatchObject({
    cursors: { "round:1": 12 },
    synced: 12,
    snapshots: {},
  });

  const more = await cards(ana, 1);
  await ana.push();
  await ben.pull();
  expect(shownTo(ben)).toEqual([...ids, ...more].sort());
  expect(snapshots()).toHaveLength(1);
});

test("a cut loses nothing: the next attempt goes on behind what is stored", async () => {
  const ids = await cards(ana, 12);
  await ana.push();
  server.cuts = [6, 4];

  await ben.pull();

  expect(shownTo(ben)).toEqual(ids);
  const afters = snapshots().map((path) => new URL(path, "http://x").searchParams.get("after"));
  expect(afters).toEqual([null, ids[4], ids[7]]);
});

test("what was read before the app was killed is not read again", async () => {
  const ids = await cards(ana, 12);
  await ana.push();
  server.cuts = [6, 1];
  expect(await ben.pull()).toEqual({ how: "later", afterMs: null });
  await ben.restart();
  expect(shownTo(ben)).toEqual(ids.slice(0, 5));
  server.asked = [];

  await ben.pull();

  expect(shownTo(ben)).toEqual(ids);
  expect(snapshots()[0]).toContain(`after=${ids[4]}`);
});

test("what changes before and behind the place of a cut is there in the end", async () => {
  const ids = await cards(ana, 12);
  await ana.sync();
  server.cuts = [6, 1];
  await ben.pull();
  await ana.save("card", ids[0]!, "round:1", { text: "before" });
  await ana.save("card", ids[11]!, "round:1", { text: "behind" });
  await ana.book.remove("card", ids[1]!);
  const added = await cards(ana, 2);
  await ana.push();

  await ben.pull();

  expect(shownTo(ben)).toEqual([...ids.filter((id) => id !== ids[1]), ...added].sort());
  expect(ben.record("card", ids[0]!)?.fields.text).toBe("before");
  expect(ben.record("card", ids[11]!)?.fields.text).toBe("behind");
  expect(ben.shown(["card"])).toBe(ana.shown(["card"]));
});

test("a snapshot that lacks a line is not believed: the scope is pulled", async () => {
  const ids = await cards(ana, 12);
  await ana.push();
  server.garbled = 1;

  await ben.pull();

  expect(shownTo(ben)).toEqual(ids);
  expect(snapshots()).toHaveLength(1);
  expect((await readingOf(ben))?.synced).toBe(12);
});

test("a server that has no snapshots is pulled from", async () => {
  const ids = await cards(ana, 12);
  await ana.push();
  const reach = server.fetch;
  server.session = "ben";
  globalThis.fetch = ((path: string, init: RequestInit) =>
    path.includes("/snapshot/")
      ? Promise.resolve(
          new Response(`{"error": {"code": "not_found"}}`, {
            status: 404,
            headers: { "Sync-Server": "1" },
          }),
        )
      : reach(path, init)) as typeof fetch;
  const { pullAll } = await import("../../../pwa/src/sync/puller");
  const { outbox, cache } = ben;

  const outcome = await pullAll({
    ...{ outbox, cache, network: "net" },
    changed: (_network, records) => ben.refresh(records),
  });

  expect(outcome).toEqual({ how: "done" });
  expect(shownTo(ben)).toEqual(ids);
});

test("a portal's page in place of a snapshot changes nothing", async () => {
  await cards(ana, 12);
  await ana.push();
  const reach = server.fetch;
  server.session = "ben";
  globalThis.fetch = ((path: string, init: RequestInit) =>
    path.includes("/snapshot/")
      ? Promise.resolve(new Response("<h1>Welcome</h1>"))
      : reach(path, init)) as typeof fetch;
  const { pullAll } = await import("../../../pwa/src/sync/puller");
  const { outbox, cache } = ben;

  const outcome = await pullAll({ outbox, cache, network: "net", changed: async () => {} });

  expect(outcome.how).toBe("later");
  expect((await readingOf(ben))?.synced).toBeNull();
});

test("a purge that comes by snapshot ends the acknowledged copies too", async () => {
  const ids = await cards(ana, 12);
  await ana.sync();
  server.purge(ids[3]!);
  await ana.cache.delete();
  await ana.restart();

  await ana.pull();

  expect(shownTo(ana)).toEqual(ids.filter((id) => id !== ids[3]));
  const { acknowledged } = await readChanges(ana.outbox, "net");
  expect(acknowledged.map((held) => held.record)).not.toContain(ids[3]);
});

test("a history that was lost while a snapshot was cut is begun anew", async () => {
  const backup = server.backup();
  await cards(ana, 12);
  await ana.push();
  server.cuts = [6, 1];
  await ben.pull();
  server.restore(backup, "e1");
  const ids = await cards(ana, 12);
  await ana.sync();
  await ana.sync();

  await ben.pull();

  expect(shownTo(ben)).toEqual(shownTo(ana));
  expect(shownTo(ben)).toEqual(expect.arrayContaining(ids));
  expect(snapshots().at(-1)).not.toContain("first_head");
});

test("a scope that is taken away while it is read leaves nothing behind", async () => {
  await cards(ana, 12);
  await ana.push();
  server.cuts = [6, 1];
  await ben.pull();
  server.revoke("ben", "round:1");

  await ben.pull();

  expect(shownTo(ben)).toEqual([]);
  expect(await readingOf(ben)).toMatchObject({ snapshots: {}, synced: 12 });
});

test("what a snapshot told of the history is remembered: another one is noticed", async () => {
  const backup = server.backup();
  await cards(ana, 12);
  await ana.push();
  server.session = "ben";
  globalThis.fetch = server.fetch as typeof fetch;
  const { outbox, cache } = ben;
  await takeSnapshot({ outbox, cache, network: "net", changed: async () => {} }, "round:1");

  server.restore(backup);
  const other = await Tablet.open(server, "ana", "ana-too");
  await cards(other, 13);
  await other.push();
  await ben.pull();

  expect(await inTransaction(outbox, ["witness"], (tx) => witnessOf(tx, "net"))).toMatchObject({
    generation: 1,
  });
  await ben.pull();
  expect(shownTo(ben)).toHaveLength(13);
});
