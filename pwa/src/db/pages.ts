/**
 * Storing what the server sent: pages of a pull, lines of a snapshot, and what goes with them.
 * Nothing here is needed before somebody can write.
 */
import type { Cache, Reading, SnapshotBegun } from "./cache";
import {
  dropOldPacked,
  dropPacks,
  isPacked,
  packScope,
  putPacked,
  unpackScope,
  type Incoming,
} from "./packs";

/** A page of a pull, as far as the cache cares. */
export interface Page {
  head: number;
  durable: number;
  grants: string;
  scopes?: string[];
  rows: Incoming[];
  cursors: Record<string, number>;
  more: boolean;
  /** Scopes to be taken by snapshot. */
  large?: string[];
  /** Scopes of rounds of long ago. Absent: nothing was said of it. */
  archived?: string[];
}

export interface Stored {
  changed: string[];
  purged: string[];
}

/** Store a page, whole or not at all. Null when the history was reset meanwhile. */
export function storePage(
  cache: Cache,
  network: string,
  generation: number,
  page: Page,
): Promise<Stored | null> {
  return cache.transaction("rw", cache.tables, async () => {
    const known = await cache.readings.get(network);
    if (!known || known.generation !== generation) return null;
    const reading = await packedAtOnce(cache, known, page);
    const stored = await storeRows(cache, reading, page.rows);
    const scopes = page.scopes ?? reading.scopes;
    const gone = (reading.scopes ?? []).filter((scope) => !(scopes ?? []).includes(scope));
    const left = await dropScopes(cache, network, gone);
    if (reading.holds_old && !page.more) left.push(...(await dropOld(cache, network)));
    await cache.readings.put(advance(reading, page, scopes, gone));
    return { ...stored, changed: [...stored.changed, ...left] };
  });
}

/** Archived scopes of which nothing is here yet go into packs from the first row on. */
async function packedAtOnce(cache: Cache, reading: Reading, page: Page): Promise<Reading> {
  const { network } = reading;
  const packed = new Set(reading.packed);
  for (const scope of page.archived ?? []) {
    if (packed.has(scope)) continue;
    const any = await cache.records.where("[network+scope]").equals([network, scope]).first();
    if (!any) packed.add(scope);
  }
  const archived = page.archived ?? reading.archived;
  return { ...reading, packed: [...packed], ...(archived && { archived }) };
}

async function storeRows(cache: Cache, reading: Reading, rows: Incoming[]): Promise<Stored> {
  const { network } = reading;
  const packed = new Set(reading.packed);
  const fresh = await putSingle(
    cache,
    network,
    rows.filter((row) => !isPacked(packed, row)),
  );
  const packable = rows.filter((row) => isPacked(packed, row));
  for (const scope of new Set(packable.map((row) => row.scope))) {
    const mine = packable.filter((row) => row.scope === scope);
    fresh.push(...(await putPacked(cache, network, scope, mine)));
  }
  const purged = fresh.filter((row) => row.purged).map((row) => row.id);
  return { changed: fresh.map((row) => row.id), purged };
}

async function putSingle(cache: Cache, network: string, rows: Incoming[]): Promise<Incoming[]> {
  const keys = rows.map(({ id }): [string, string] => [network, id]);
  const known = await cache.records.bulkGet(keys);
  const fresh = rows.filter((row, i) => row.seq >= (known[i]?.seq ?? 0));
  const purged = fresh.filter((row) => row.purged);
  const kept = fresh.filter((row) => !row.purged);
  await cache.records.bulkPut(kept.map((row) => ({ ...row, network })));
  await cache.records.bulkDelete(purged.map(({ id }): [string, string] => [network, id]));
  return fresh;
}

/** Store some lines of a snapshot and how far they reach. Null when the history was reset. */
export function storeSnapshotRows(
  cache: Cache,
  network: string,
  generation: number,
  scope: string,
  begun: SnapshotBegun,
  rows: Page["rows"],
): Promise<Stored | null> {
  return cache.transaction("rw", cache.tables, async () => {
    const reading = await cache.readings.get(network);
    if (!reading || reading.generation !== generation) return null;
    const stored = await storeRows(cache, reading, rows);
    await cache.readings.put({ ...reading, snapshots: { ...reading.snapshots, [scope]: begun } });
    return stored;
  });
}

/** The last line came: from here on the scope is pulled. */
export function endSnapshot(
  cache: Cache,
  network: string,
  generation: number,
  scope: string,
  head: number,
): Promise<void> {
  return withoutSnapshot(cache, network, scope, (reading) =>
    reading.generation === generation
      ? { ...reading, cursors: { ...reading.cursors, [scope]: head } }
      : reading,
  );
}

/** What was begun cannot be gone on with. Its rows stay: the pull replaces them. */
export function forgetSnapshot(cache: Cache, network: string, scope: string): Promise<void> {
  return withoutSnapshot(cache, network, scope, (reading) => reading);
}

function withoutSnapshot(
  cache: Cache,
  network: string,
  scope: string,
  change: (reading: Reading) => Reading,
): Promise<void> {
  return cache.transaction("rw", cache.readings, async () => {
    const reading = await cache.readings.get(network);
    if (!reading) return;
    const { [scope]: _, ...snapshots } = reading.snapshots ?? {};
    await cache.readings.put({ ...change(reading), snapshots });
  });
}

/** A scope that is no longer listed leaves the device. */
async function dropScopes(
  cache: Cache,
  network: string,
  gone: readonly string[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const scope of gone) {
    const rows = cache.records.where("[network+scope]").equals([network, scope]);
    ids.push(...(await rows.primaryKeys()).map(([, id]) => id));
    await rows.delete();
    ids.push(...(await dropPacks(cache, network, scope)));
  }
  return ids;
}

/** Rows of the lost history that no page replaced go when everything was read. */
async function dropOld(cache: Cache, network: string): Promise<string[]> {
  const rows = cache.records.where("network").equals(network);
  const old = rows.filter((row) => row.old === true);
  const ids = (await old.primaryKeys()).map(([, id]) => id);
  await cache.records.bulkDelete(ids.map((id): [string, string] => [network, id]));
  return [...ids, ...(await dropOldPacked(cache, network))];
}

function advance(reading: Reading, page: Page, scopes: string[] | null, gone: string[]): Reading {
  const held = new Set(scopes ?? []);
  const cursors: Record<string, number> = {};
  for (const [scope, seq] of Object.entries({ ...reading.cursors, ...page.cursors })) {
    if (held.has(scope)) cursors[scope] = Math.max(seq, reading.cursors[scope] ?? 0);
  }
  const dropped = [...new Set([...reading.dropped, ...gone])].filter((scope) => !held.has(scope));
  const begun = Object.entries(reading.snapshots ?? {}).filter(([scope]) => held.has(scope));
  const done = { synced: page.head, grants: page.grants };
  return {
    ...reading,
    ...(page.more ? { synced: null, grants: null } : done),
    cursors,
    scopes,
    dropped,
    snapshots: Object.fromEntries(begun),
    packed: (reading.packed ?? []).filter((scope) => held.has(scope)),
    ...(reading.archived && { archived: reading.archived.filter((scope) => held.has(scope)) }),
    durable: page.durable,
    holds_old: reading.holds_old && page.more,
    scopes_head: page.scopes ? page.head : reading.scopes_head,
  };
}

/**
 * Pack what the server has called archived since it was read, and unpack what no longer is: a
 * scope at a time, so that nobody waits for it. Answers whether anything was unpacked.
 */
export async function tidyPacks(cache: Cache, network: string): Promise<boolean> {
  const { archived, packed } = (await cache.readings.get(network)) ?? {};
  if (!archived) return false;
  const going = archived.filter((scope) => !packed?.includes(scope));
  const coming = (packed ?? []).filter((scope) => !archived.includes(scope));
  for (const scope of going) await move(cache, network, scope, packScope);
  for (const scope of coming) await move(cache, network, scope, unpackScope);
  return coming.length > 0;
}

function move(cache: Cache, network: string, scope: string, how: typeof packScope): Promise<void> {
  return cache.transaction("rw", cache.tables, async () => {
    const reading = await cache.readings.get(network);
    if (!reading?.scopes?.includes(scope)) return;
    await how(cache, network, scope);
    const others = (reading.packed ?? []).filter((each) => each !== scope);
    const packed = how === packScope ? [...others, scope] : others;
    await cache.readings.put({ ...reading, packed });
  });
}
