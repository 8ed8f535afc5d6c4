/**
 * The cache: what the server said, and how far this device has read. Disposable: emptied or
 * lost, the next pull fills it again. Nothing that somebody typed here is only in here.
 */
import Dexie, { type Table } from "dexie";
import type { Kind } from "../generated/records";
import type { Registers } from "../domain/registers";

/** A merged record as the server sent it. */
export interface Row {
  network: string;
  id: string;
  kind: Kind;
  scope: string;
  seq: number;
  schema: number;
  deleted: boolean;
  fields: Registers;
  /** Of a history that the server no longer has; shown until replaced. */
  old?: boolean;
}

/** How far one network was read. */
export interface Reading {
  network: string;
  cursors: Record<string, number>;
  synced: number | null;
  grants: string | null;
  /** Held scopes; null before the first pull. */
  scopes: string[] | null;
  /** The head of the reply that said so. */
  scopes_head: number;
  /** Scopes that were held once: own changes of them leave the view. */
  dropped: string[];
  durable: number;
  generation: number;
  /** Rows of a lost history are still shown. */
  holds_old: boolean;
  /** Large scopes that are being read from their beginning: how far each came. */
  snapshots?: Record<string, SnapshotBegun>;
  /** When the server was last heard; absent before that. */
  contact?: ContactMade;
}

/** Both clocks at the last contact, and how much time is known to have passed since. */
export interface ContactMade {
  server: number;
  wall: number;
  passed: number;
}

/** What the first attempt was told, and the last record that is stored. */
export interface SnapshotBegun {
  head: number;
  chain: string;
  after: string;
}

/** Archived scopes: 500 records a pack, unpacked when opened. */
export interface Pack {
  network: string;
  scope: string;
  part: number;
  rows: Row[];
}

export class Cache extends Dexie {
  records!: Table<Row, [string, string]>;
  readings!: Table<Reading, string>;
  packs!: Table<Pack, [string, string, number]>;

  constructor(personId: string) {
    super(`rounds-cache-${personId}`);
    this.version(1).stores({
      records: "[network+id], [network+scope], network",
      readings: "network",
      packs: "[network+scope+part], [network+scope]",
    });
  }
}

/**
 * Forget everything that was read from the server: others' words do not stay on a tablet whose
 * person signed out. What the person wrote lies in the outbox and is not touched.
 */
export async function emptyCache(personId: string): Promise<void> {
  const cache = new Cache(personId);
  try {
    await cache.transaction("rw", cache.tables, () =>
      Promise.all(cache.tables.map((table) => table.clear())),
    );
  } finally {
    cache.close();
  }
}

export const nothingRead = (network: string, generation: number): Reading => ({
  network,
  cursors: {},
  synced: null,
  grants: null,
  scopes: null,
  scopes_head: 0,
  dropped: [],
  durable: 0,
  generation,
  holds_old: false,
});

/** A page of a pull, as far as the cache cares. */
export interface Page {
  head: number;
  durable: number;
  grants: string;
  scopes?: string[];
  rows: (Omit<Row, "network"> & { purged?: boolean })[];
  cursors: Record<string, number>;
  more: boolean;
  /** Scopes to be taken by snapshot. */
  large?: string[];
}

export interface Stored {
  changed: string[];
  purged: string[];
}

/**
 * The reading to ask with. A cache of another generation belongs to a lost history: its rows
 * stay for display, marked old and without a number, and everything is read again.
 */
export function readingOf(cache: Cache, network: string, generation: number): Promise<Reading> {
  return cache.transaction("rw", cache.readings, cache.records, async () => {
    const known = await cache.readings.get(network);
    if (known?.generation === generation) return known;
    const reading = { ...nothingRead(network, generation), ...keptFrom(known) };
    await cache.records.where("network").equals(network).modify({ seq: 0, old: true });
    await cache.readings.put(reading);
    return reading;
  });
}

function keptFrom(known: Reading | undefined): Partial<Reading> {
  if (!known) return {};
  const { scopes, dropped, contact } = known;
  return { scopes, dropped, holds_old: true, ...(contact ? { contact } : {}) };
}

export async function contactOf(cache: Cache, network: string): Promise<ContactMade | undefined> {
  return (await cache.readings.get(network))?.contact;
}

/** Nothing was read yet: nothing is to be locked, and nothing is kept. */
export async function keepContact(
  cache: Cache,
  network: string,
  contact: ContactMade,
): Promise<void> {
  await cache.readings.update(network, { contact });
}

/** Store a page, whole or not at all. Null when the history was reset meanwhile. */
export function storePage(
  cache: Cache,
  network: string,
  generation: number,
  page: Page,
): Promise<Stored | null> {
  return cache.transaction("rw", cache.readings, cache.records, async () => {
    const reading = await cache.readings.get(network);
    if (!reading || reading.generation !== generation) return null;
    const stored = await storeRows(cache, network, page.rows);
    const scopes = page.scopes ?? reading.scopes;
    const gone = (reading.scopes ?? []).filter((scope) => !(scopes ?? []).includes(scope));
    const left = await dropScopes(cache, network, gone);
    if (reading.holds_old && !page.more) left.push(...(await dropOld(cache, network)));
    await cache.readings.put(advance(reading, page, scopes, gone));
    return { ...stored, changed: [...stored.changed, ...left] };
  });
}

async function storeRows(cache: Cache, network: string, rows: Page["rows"]): Promise<Stored> {
  const keys = rows.map(({ id }): [string, string] => [network, id]);
  const known = await cache.records.bulkGet(keys);
  const fresh = rows.filter((row, i) => row.seq >= (known[i]?.seq ?? 0));
  const purged = fresh.filter((row) => row.purged).map((row) => row.id);
  const kept = fresh.filter((row) => !row.purged);
  await cache.records.bulkPut(kept.map((row) => ({ ...row, network })));
  await cache.records.bulkDelete(purged.map((id): [string, string] => [network, id]));
  return { changed: fresh.map((row) => row.id), purged };
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
  return cache.transaction("rw", cache.readings, cache.records, async () => {
    const reading = await cache.readings.get(network);
    if (!reading || reading.generation !== generation) return null;
    const stored = await storeRows(cache, network, rows);
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
  }
  return ids;
}

/** Rows of the lost history that no page replaced go when everything was read. */
async function dropOld(cache: Cache, network: string): Promise<string[]> {
  const rows = cache.records.where("network").equals(network);
  const old = rows.filter((row) => row.old === true);
  const ids = (await old.primaryKeys()).map(([, id]) => id);
  await cache.records.bulkDelete(ids.map((id): [string, string] => [network, id]));
  return ids;
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
    durable: page.durable,
    holds_old: reading.holds_old && page.more,
    scopes_head: page.scopes ? page.head : reading.scopes_head,
  };
}
