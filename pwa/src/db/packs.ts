/**
 * Archived scopes on the device: their records lie in packs, so that a network's years neither
 * take long to come nor slow down the opening of the app (docs/sync-protocol.md, 6).
 *
 * A record lies in one place alone: in its scope's packs, or among the single records. Every
 * function but `rowsAt` is called within a transaction over both tables.
 */
import type { Kind } from "../generated/records";
import type { Cache, Pack, Row } from "./cache";

/** Rows that a pack holds at most. */
export const PACK_SIZE = 500;

/** What lists of all rounds ask for stays at hand: the round's line, its people, its teams. */
const AT_HAND: ReadonlySet<Kind> = new Set<Kind>(["round", "participant", "team"]);

export const isPacked = (
  packed: ReadonlySet<string>,
  { scope, kind }: Pick<Row, "scope" | "kind">,
) => packed.has(scope) && !AT_HAND.has(kind);

/** After every scope, which are ASCII. */
const LAST = "\uffff";

/** A row as the server sent it. */
export type Incoming = Omit<Row, "network"> & { purged?: boolean };

const keyOf = ({ network, scope, part }: Pack): [string, string, string] => [network, scope, part];

const ofScope = (cache: Cache, network: string, scope: string) =>
  cache.packs.where("[network+scope]").equals([network, scope]);

const ofNetwork = (cache: Cache, network: string) =>
  cache.packs.where("[network+scope+part]").between([network, "", ""], [network, LAST, ""]);

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

/** The packs that these ids belong into: the part's name, and the ids. A pack begins at its name. */
async function partsOf<T extends { id: string }>(
  cache: Cache,
  network: string,
  scope: string,
  wanted: readonly T[],
): Promise<Map<string, T[]>> {
  const keys = await ofScope(cache, network, scope).primaryKeys();
  const names = keys.map(([, , part]) => part);
  const found = new Map<string, T[]>();
  let at = 0;
  for (const each of [...wanted].sort(byId)) {
    while (at + 1 < names.length && names[at + 1]! <= each.id) at += 1;
    const name = names[at] ?? "";
    const part = found.get(name) ?? [];
    part.push(each);
    found.set(name, part);
  }
  return found;
}

/** Put rows of one archived scope into its packs. Answers those that were new. */
export async function putPacked(
  cache: Cache,
  network: string,
  scope: string,
  rows: readonly Incoming[],
): Promise<Incoming[]> {
  const parts = [...(await partsOf(cache, network, scope, rows))];
  const packs = await cache.packs.bulkGet(parts.map(([part]) => [network, scope, part]));
  const fresh: Incoming[] = [];
  for (const [i, [part, news]] of parts.entries()) {
    const before = packs[i]?.rows ?? [];
    const merged = new Map(before.map((row) => [row.id, row]));
    for (const { purged, ...row } of news) {
      if (row.seq < (merged.get(row.id)?.seq ?? 0)) continue;
      fresh.push(purged ? { ...row, purged } : row);
      if (purged) merged.delete(row.id);
      else merged.set(row.id, { ...row, network });
    }
    await putParts(cache, { network, scope, part, rows: before }, [...merged.values()].sort(byId));
  }
  return fresh;
}

/** A pack that grew too large becomes several of one size; the first keeps its name. */
async function putParts(cache: Cache, before: Pack, rows: Row[]): Promise<void> {
  const { network, scope } = before;
  if (rows.length === 0) return cache.packs.delete(keyOf(before));
  const size = Math.ceil(rows.length / Math.ceil(rows.length / PACK_SIZE));
  const packs: Pack[] = [];
  for (let from = 0; from < rows.length; from += size) {
    const part = from === 0 ? before.part : rows[from]!.id;
    packs.push({ network, scope, part, rows: rows.slice(from, from + size) });
  }
  const isSame = (pack: Pack) =>
    pack.rows.length === before.rows.length && pack.rows.every((row, i) => row === before.rows[i]);
  await cache.packs.bulkPut(packs.filter((pack) => !isSame(pack)));
}

/** Where a record is to be looked for. */
export interface Address {
  id: string;
  scope: string;
}

/** Records by their addresses, packed or not. */
export async function rowsAt(
  cache: Cache,
  network: string,
  addresses: readonly Address[],
): Promise<Map<string, Row>> {
  const single = await cache.records.bulkGet(
    addresses.map(({ id }): [string, string] => [network, id]),
  );
  const found = new Map(single.flatMap((row): [string, Row][] => (row ? [[row.id, row]] : [])));
  const missing = addresses.filter(({ id }) => !found.has(id));
  for (const scope of new Set(missing.map((each) => each.scope))) {
    const wanted = missing.filter((each) => each.scope === scope);
    for (const row of await lookInPacks(cache, network, scope, wanted)) found.set(row.id, row);
  }
  return found;
}

async function lookInPacks(
  cache: Cache,
  network: string,
  scope: string,
  wanted: readonly Address[],
): Promise<Row[]> {
  const ids = new Set(wanted.map(({ id }) => id));
  const parts = [...(await partsOf(cache, network, scope, wanted)).keys()];
  const packs = await cache.packs.bulkGet(parts.map((part) => [network, scope, part]));
  return packs.flatMap((pack) => pack?.rows.filter((row) => ids.has(row.id)) ?? []);
}

/** Every packed record of these scopes. */
export async function rowsOfScopes(
  cache: Cache,
  network: string,
  scopes: Iterable<string>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const scope of scopes) {
    for (const pack of await ofScope(cache, network, scope).toArray()) rows.push(...pack.rows);
  }
  return rows;
}

/** A scope leaves the device. Answers the ids of what lay in its packs. */
export async function dropPacks(cache: Cache, network: string, scope: string): Promise<string[]> {
  const ids = (await rowsOfScopes(cache, network, [scope])).map(({ id }) => id);
  await ofScope(cache, network, scope).delete();
  return ids;
}

/** The history was lost: what is packed stays for display, without a number. */
export async function markPacksOld(cache: Cache, network: string): Promise<void> {
  await ofNetwork(cache, network).modify((pack) => {
    for (const row of pack.rows) Object.assign(row, { seq: 0, old: true });
  });
}

/** What no page replaced goes. Answers the ids. */
export async function dropOldPacked(cache: Cache, network: string): Promise<string[]> {
  const ids: string[] = [];
  for (const key of await ofNetwork(cache, network).primaryKeys()) {
    const pack = await cache.packs.get(key);
    const old = pack?.rows.filter((row) => row.old === true) ?? [];
    if (!pack || old.length === 0) continue;
    ids.push(...old.map((row) => row.id));
    await putParts(
      cache,
      pack,
      pack.rows.filter((row) => row.old !== true),
    );
  }
  return ids;
}

/** The single records of a scope become packs. */
export async function packScope(cache: Cache, network: string, scope: string): Promise<void> {
  const rows = await cache.records.where("[network+scope]").equals([network, scope]).toArray();
  const going = rows.filter((row) => isPacked(new Set([scope]), row));
  await putPacked(cache, network, scope, going);
  await cache.records.bulkDelete(going.map(({ id }): [string, string] => [network, id]));
}

/** A round that was given a new day is no longer archived. */
export async function unpackScope(cache: Cache, network: string, scope: string): Promise<void> {
  const rows = await rowsOfScopes(cache, network, [scope]);
  await ofScope(cache, network, scope).delete();
  await cache.records.bulkPut(rows);
}
