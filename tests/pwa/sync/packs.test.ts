/** Rounds of long ago lie in packs, and nobody can tell: what is read, written, lost or kept. */
import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { offerAgain } from "../../../pwa/src/db/acknowledgements";
import { Cache, type Row } from "../../../pwa/src/db/cache";
import { keepAsOld, readingOf } from "../../../pwa/src/db/reading";
import { readChanges } from "../../../pwa/src/db/outbox";
import { PACK_SIZE, rowsAt, rowsOfScopes, type Incoming } from "../../../pwa/src/db/packs";
import { storePage, tidyPacks } from "../../../pwa/src/db/pages";
import { newId } from "../../../pwa/src/domain/identifiers";
import { FakeServer } from "../fake-server";
import { Tablet } from "../tablet";

const ROUND = "round:1";
const SCOPES = ["own:ana", "network:net", ROUND, "visitors:1", "round:2"];

let server: FakeServer;
let ana: Tablet;
let ben: Tablet;

beforeEach(async () => {
  server = new FakeServer();
  server.grant("ana", ...SCOPES);
  server.grant("ben", "own:ben", ...SCOPES.slice(1));
  ana = await Tablet.open(server, "ana");
  ben = await Tablet.open(server, "ben");
  ben.archived = new Set([ROUND, "visitors:1"]);
});

async function cards(one: Tablet, count: number, scope = ROUND): Promise<string[]> {
  const ids = Array.from({ length: count }, newId).sort();
  for (const id of ids) await one.save("card", id, scope, { text: `card ${id}` });
  return ids;
}

const shownTo = (one: Tablet) => one.book.memory.list("card").value.map((card) => card.id);
const text = (one: Tablet, id: string) => one.record("card", id)?.fields.text;
const packsOf = async (one: Tablet) => (await one.cache.packs.toArray()).map((p) => p.rows.length);
const singles = async (one: Tablet) => (await one.cache.records.toArray()).map((row) => row.kind);
const open = (one: Tablet) => one.book.open([ROUND, "visitors:1"]);

/** Ben's tablet as it is the next day: the archived round in packs, and not in memory. */
async function archived(count: number): Promise<string[]> {
  const ids = await cards(ana, count);
  await ana.sync();
  await ben.pull();
  await ben.restart();
  return ids;
}

test("what comes of an archived round goes into packs, and into memory when it is opened", async () => {
  const ids = await cards(ana, 12);
  await ana.push();

  await ben.pull();

  expect([await packsOf(ben), await singles(ben)]).toEqual([[12], []]);
  expect(shownTo(ben)).toEqual([]);
  await open(ben);
  expect(shownTo(ben)).toEqual(ids);
  expect(open(ben)).toBeNull();
  expect(ben.shown(["card"])).toBe(ana.shown(["card"]));
});

test("a snapshot goes straight into packs of at most five hundred", async () => {
  const ids = await cards(ana, 1_230);
  await ana.sync();

  await ben.pull();

  expect(server.asked.some((path) => path.includes("/snapshot/"))).toBe(true);
  const sizes = await packsOf(ben);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1_230);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(PACK_SIZE);
  expect(sizes.length).toBeLessThanOrEqual(4);
  expect(await singles(ben)).toEqual([]);
  await ben.restart();
  expect(shownTo(ben)).toEqual([]);
  await open(ben);
  expect(shownTo(ben)).toEqual(ids);
}, 60_000);

test("the round itself, its people and its teams stay at hand: lists need no pack", async () => {
  const [round, part, team] = ["1", newId(), newId()];
  await ana.save("round", round, ROUND, { title: "Spring", visits_on: "2024-04-02" });
  await ana.save("participant", part, ROUND, { member: "ben", "roles/visitor": true });
  await ana.save("team", team, ROUND, { name: "A" });
  await archived(3);

  expect(ben.book.memory.list("round").value.map((each) => each.id)).toEqual([round]);
  expect(ben.record("round", round)?.fields.title).toBe("Spring");
  expect(ben.record("participant", part)?.fields.member).toBe("ben");
  expect(ben.record("team", team)?.fields.name).toBe("A");
  expect(shownTo(ben)).toEqual([]);
});

test("a round that was read before it was archived is packed, and stays where it is shown", async () => {
  ben.archived = new Set();
  const ids = await cards(ana, 4);
  await ana.push();
  await ben.pull();
  ben.archived = new Set([ROUND]);
  const [elsewhere] = await cards(ana, 1, "round:2");
  await ana.push();

  await ben.pull();

  expect(await packsOf(ben)).toEqual([4]);
  expect(shownTo(ben)).toEqual([...ids, elsewhere!].sort());
  const [late] = await cards(ana, 1);
  await ana.save("card", ids[0]!, ROUND, { text: "worded anew" });
  await ana.push();
  await ben.pull();
  expect(text(ben, ids[0]!)).toBe("worded anew");
  expect(shownTo(ben)).toContain(late);
  await ben.restart();
  expect(shownTo(ben)).toEqual([elsewhere]);
});

test("a round that is given a new day leaves its packs, and is there without being opened", async () => {
  const ids = await archived(4);
  ben.archived = new Set();
  await cards(ana, 1, "round:2");
  await ana.push();

  await ben.pull();

  expect(await packsOf(ben)).toEqual([]);
  expect(shownTo(ben)).toEqual(expect.arrayContaining(ids));
  expect(open(ben)).toBeNull();
});

test("news of a packed record reach its pack, and the screen where it is open", async () => {
  const ids = await archived(3);
  await ana.save("card", ids[1]!, ROUND, { text: "worded anew" });
  await ana.book.remove("card", ids[2]!);
  await ana.push();

  await ben.pull();

  expect(shownTo(ben)).toEqual([]);
  await open(ben);
  expect(text(ben, ids[1]!)).toBe("worded anew");
  expect(shownTo(ben)).toEqual(ids.slice(0, 2));
  await ana.save("card", ids[0]!, ROUND, { text: "while it is open" });
  const [fresh] = await cards(ana, 1);
  await ana.push();
  await ben.pull();
  expect(text(ben, ids[0]!)).toBe("while it is open");
  expect(shownTo(ben)).toContain(fresh);
});

test("an edit in a packed round names what it replaces, and its own words never go", async () => {
  const [id] = await archived(3);
  await open(ben);

  await ben.save("card", id!, ROUND, { text: "by ben" });

  await ben.restart();
  expect(text(ben, id!)).toBe("by ben");
  await ben.push();
  await ben.restart();
  expect(text(ben, id!)).toBe("by ben");
  await ben.pull();
  await ben.restart();
  expect(ben.record("card", id!)?.versions).toEqual({});
  expect(text(ben, id!)).toBe("by ben");
  await ana.pull();
  expect([text(ana, id!), ana.record("card", id!)?.versions]).toEqual(["by ben", {}]);
});

test("an acknowledged change stays in the view until its packed record has caught up", async () => {
  const [id] = await archived(2);
  await open(ben);
  await ben.save("card", id!, ROUND, { text: "by ben" });
  await ben.push();
  await ana.pull();
  await ana.save("card", id!, ROUND, { text: "by ana, who saw it" });
  await ana.push();

  await ben.restart();
  expect(text(ben, id!)).toBe("by ben");

  await ben.pull();
  expect(text(ben, id!)).toBe("by ana, who saw it");
  await ben.restart();
  expect(text(ben, id!)).toBe("by ana, who saw it");
});

test("an acknowledged change is let go only when its packed record has caught up", async () => {
  const [id] = await archived(2);
  await open(ben);
  await ben.save("card", id!, ROUND, { text: "by ben" });
  await ben.push();
  await ana.sync();
  server.backup();
  await cards(ana, 1, "round:2");
  await ana.push();
  const kept = async () => (await readChanges(ben.outbox, "net")).acknowledged.length;
  ben.now = Date.now() + 40 * 24 * 3_600_000;
  await ben.cache.readings.update("net", { durable: 1_000 });

  await ben.retire();
  expect(await kept()).toBe(1);

  await ben.pull();
  await ben.cache.readings.update("net", { durable: 1_000 });
  await ben.retire();
  expect(await kept()).toBe(0);
  expect(text(ben, id!)).toBe("by ben");
});

test("a purge takes a record out of its pack, and the acknowledged copies with it", async () => {
  const ids = await archived(3);
  await open(ben);
  await ben.save("card", ids[0]!, ROUND, { text: "by ben" });
  await ben.sync();
  server.purge(ids[0]!);

  await ben.pull();

  expect(shownTo(ben)).toEqual(ids.slice(1));
  expect((await readChanges(ben.outbox, "net")).acknowledged).toEqual([]);
  await ben.restart();
  await open(ben);
  expect(shownTo(ben)).toEqual(ids.slice(1));
});

test("a round that is taken away leaves no pack behind, open or not; given back, it comes anew", async () => {
  const ids = await archived(3);
  await open(ben);
  server.revoke("ben", ROUND);

  await ben.pull();

  expect([shownTo(ben), await packsOf(ben)]).toEqual([[], []]);
  expect((await ben.cache.readings.get("net"))?.packed).toEqual(["visitors:1"]);
  server.grant("ben", ROUND);
  await ben.pull();
  await open(ben);
  expect(shownTo(ben)).toEqual(ids);
  expect(await packsOf(ben)).toEqual([3]);
});

test("a lost history: packs are shown as they were, and only what came again stays", async () => {
  const backup = server.backup();
  const lost = await archived(3);
  server.restore(backup, "e1");
  await ana.cache.delete();
  const theirs = await Tablet.open(server, "ana", "another of ana's");
  const [again] = await cards(theirs, 1);
  await theirs.push();

  await open(ben);
  expect(shownTo(ben)).toEqual(lost);
  await ben.pull();

  expect(shownTo(ben)).toEqual([again]);
  expect(await packsOf(ben)).toEqual([1]);
  await ben.restart();
  await open(ben);
  expect(shownTo(ben)).toEqual([again]);
});

test("away for too long: everything is read anew, and what was deleted meanwhile goes", async () => {
  const ids = await archived(3);
  await ana.book.remove("card", ids[1]!);
  await ana.push();
  server.forgotten = server.db.head;

  await ben.pull();

  await open(ben);
  expect(shownTo(ben)).toEqual([ids[0], ids[2]]);
});

test("after weeks without contact what is packed is as hidden as everything else", async () => {
  const [theirs, mine] = await archived(3);
  await open(ben);
  await ben.save("card", mine!, ROUND, { text: "by ben" });
  await ben.sync();
  await ben.restart();

  ben.book.lock(true);
  await open(ben);

  expect(text(ben, theirs!)).toBeUndefined();
  expect(text(ben, mine!)).toBe("by ben");
  ben.book.lock(false);
  expect(text(ben, theirs!)).toBe(`card ${theirs}`);
});

test("a change that was set aside in a packed round can be offered again", async () => {
  const [id] = await archived(2);
  await open(ben);
  server.revoke("ben", ROUND);
  await ben.save("card", id!, ROUND, { text: "by ben" });
  await ben.push();
  server.grant("ben", ROUND);
  for (const held of ben.book.setAside.value) await offerAgain(ben.outbox, held.changeId);

  await ben.sync();
  await ben.restart();

  expect(text(ben, id!)).toBe("by ben");
  expect(ben.book.setAside.value).toEqual([]);
});

test("what a second tab stores is seen in the first, which has the round open", async () => {
  const ids = await archived(3);
  await open(ben);
  const second = await Tablet.open(server, "ben");
  second.archived = ben.archived;
  await ana.save("card", ids[0]!, ROUND, { text: "worded anew" });
  const [fresh] = await cards(ana, 1);
  await ana.push();

  await second.pull();
  await ben.refresh([ids[0]!, fresh!]);

  expect(text(ben, ids[0]!)).toBe("worded anew");
  expect(text(ben, fresh!)).toBe(`card ${fresh}`);
});

/** One reply of a server, as numbers say it. */
interface Reply {
  rows: [record: number, purged: boolean][];
  gone: number | null;
  archived: number;
  lost: boolean;
  /** It was overtaken: its rows are older than some that are here. */
  late: boolean;
  tidies: boolean;
}

const replies = fc.array(
  fc.record<Reply>({
    rows: fc.uniqueArray(fc.tuple(fc.nat({ max: 1_400 }), fc.boolean()), {
      ...{ maxLength: 40, selector: ([record]) => record },
    }),
    gone: fc.option(fc.nat({ max: 2 }), { freq: 8 }),
    archived: fc.nat({ max: 7 }),
    lost: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    late: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    tidies: fc.boolean(),
  }),
  { minLength: 3, maxLength: 12 },
);

const idOf = (n: number) => `${String((n * 7_919) % 1_409).padStart(4, "0")}-${n}`;
const scopeOf = (n: number) => `round:${n % 3}`;

function aRow(n: number, seq: number, purged: boolean): Incoming {
  const address = { id: idOf(n), kind: "card" as const, scope: scopeOf(n), seq, schema: 1 };
  const fields = { text: [{ id: `v${seq}`, value: `words ${seq}`, depth: 1, seen: [] }] };
  return { ...address, deleted: false, fields, ...(purged && { purged }) };
}

async function takeReply(cache: Cache, reply: Reply, seq: number, packs: boolean): Promise<void> {
  const reading = await readingOf(cache, "net", 0);
  if (reply.lost) await cache.transaction("rw", cache.tables, () => keepAsOld(cache, reading));
  const held = [0, 1, 2].filter((n) => n !== reply.gone).map((n) => `round:${n}`);
  const archived = held.filter((_, i) => packs && (reply.archived >> i) & 1);
  const numbered = reply.rows.map(([n, purged], i) => aRow(n, seq + i, purged && i % 5 === 0));
  const rows = numbered.filter((row) => held.includes(row.scope));
  const rest = { head: seq, durable: 0, grants: "g", cursors: {}, more: !reply.tidies };
  await storePage(cache, "net", 0, { ...rest, scopes: held, rows, archived });
  if (reply.tidies) await tidyPacks(cache, "net");
}

async function everything(cache: Cache): Promise<Row[]> {
  const single = await cache.records.toArray();
  const packed = await rowsOfScopes(cache, "net", ["round:0", "round:1", "round:2"]);
  return [...single, ...packed].sort((a, b) => (a.id < b.id ? -1 : 1));
}

test("packed or not, the tablet holds the same rows, each in one place", async () => {
  let packed = 0;
  await fc.assert(
    fc.asyncProperty(replies, async (all) => {
      const [packing, plain] = [new Cache(newId()), new Cache(newId())];
      const first = Array.from({ length: 1_300 }, (_, n): [number, boolean] => [n, false]);
      const begin = {
        rows: first,
        gone: null,
        archived: 3,
        lost: false,
        late: false,
        tidies: true,
      };
      let seq = 1;
      for (const reply of [begin, ...all]) {
        const from = reply.late ? seq - 3_000 : seq;
        await takeReply(packing, reply, Math.max(1, from), true);
        await takeReply(plain, reply, Math.max(1, from), false);
        seq += 2_000;
        packed += await packing.packs.count();
      }
      const rows = await everything(packing);
      expect(rows).toEqual(await everything(plain));
      const addresses = rows.map(({ id, scope }) => ({ id, scope }));
      expect((await rowsAt(packing, "net", addresses)).size).toBe(rows.length);
      expect((await packing.packs.toArray()).every((pack) => pack.rows.length <= PACK_SIZE)).toBe(
        true,
      );
      for (const cache of [packing, plain]) await cache.delete();
    }),
    { numRuns: 25 },
  );
  expect(packed).toBeGreaterThanOrEqual(75);
}, 120_000);
