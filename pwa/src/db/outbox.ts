/**
 * The outbox: one database a person, holding what they wrote until nobody can lose it.
 *
 * A save is one strict transaction here and nowhere else: the change *is* the note. All
 * stores exist from the first release and the version stays 1: no migration ever rewrites
 * what somebody typed. Knows no network and no cache.
 */
import type { SetAsideReason } from "../generated/records";
import { canonical } from "../domain/canonical";
import type { Change } from "../domain/registers";
import { openDatabase, transact, type Stores } from "./indexed";

/** A change that no server has answered for. `n` is the order of writing. */
export interface Entry {
  n: number;
  network: string;
  id: string;
  record: string;
  scope: string;
  change: Omit<Change, "n">;
  /** Was put into a request: never altered again. */
  frozen: boolean;
  /** Its editor is open: waits for a pause. */
  editing: boolean;
  began_at: number;
  touched_at: number;
  /** Not offered again before an app update or a tap. */
  held?: { why: "refused" | "too_large"; field: string | null; version: string };
  /** Was offered under another id that was taken. Happens once. */
  renewed?: boolean;
}

/** A change that the server stored. Kept until a backup covers it, and longer. */
export interface Acknowledged {
  id: string;
  n: number;
  network: string;
  record: string;
  scope: string;
  change: Omit<Change, "n">;
  status: "applied" | "set_aside" | "purged";
  seq: number;
  reason: SetAsideReason | null;
  field: string | null;
  acked_at: number;
  /** The person asked to offer it again, under the same id. */
  retry?: boolean;
}

/** The greatest head this device was ever told of a network, and the newest request. */
export interface Witness {
  network: string;
  head: number;
  chain: string;
  epoch: string | null;
  /** Number of the newest request: a reply to any other is thrown away. */
  request: number;
  /** Grows with every reset: a cache of another generation is of a lost history. */
  generation: number;
}

type Tables = {
  waiting: {
    key: number;
    value: Entry;
    indexes: { id: string; record: [string, string]; network: string };
  };
  acknowledged: {
    key: string;
    value: Acknowledged;
    indexes: { record: [string, string]; network: string };
  };
  blobs: { key: string; value: { sha256: string; blob: Blob; network: string } };
  witness: { key: string; value: Witness };
  meta: { key: string; value: { key: string; value: unknown } };
};

export type Store = "waiting" | "acknowledged" | "blobs" | "witness" | "meta";
export type Transaction = Stores<Tables>;

export interface Outbox {
  readonly name: string;
  connection: Promise<IDBDatabase> | null;
}

/** No connection is made yet: the first use makes it, and makes it again when it was lost. */
export function openOutbox(personId: string): Outbox {
  return { name: `rounds-outbox-${personId}`, connection: null };
}

function createStores(db: IDBDatabase): void {
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
}

function connect(outbox: Outbox): Promise<IDBDatabase> {
  const forget = () => (outbox.connection = null);
  outbox.connection ??= openDatabase(outbox.name, createStores, forget).catch((error: unknown) => {
    forget();
    throw error;
  });
  return outbox.connection;
}

export async function closeOutbox(outbox: Outbox): Promise<void> {
  const connection = outbox.connection;
  outbox.connection = null;
  if (connection) (await connection).close();
}

/** Tablets close connections when the app goes to the background; these errors say so. */
const LOST = new Set(["InvalidStateError", "UnknownError", "AbortError", "NotFoundError"]);

/**
 * Run `work` in one strict transaction; `work` may run twice. When the connection was lost,
 * it is opened once more: what was typed is still in the caller's memory.
 */
export async function inTransaction<T>(
  outbox: Outbox,
  stores: Store[],
  work: (tx: Transaction) => Promise<T>,
  mode: "readwrite" | "readonly" = "readwrite",
): Promise<T> {
  try {
    return await transact(await connect(outbox), stores, mode, work);
  } catch (error) {
    if (!(error instanceof DOMException) || !LOST.has(error.name)) throw error;
    outbox.connection = null;
    return transact(await connect(outbox), stores, mode, work);
  }
}

/** A save on its way to the outbox. */
export interface Draft {
  network: string;
  change: Omit<Change, "n">;
  editing: boolean;
  /** The one change of ours that this edit replaces, when it may be amended in place. */
  amends: string | null;
  /** What the person was shown of our own waiting changes: change id to its values. */
  shown: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

const sameKeys = (a: object, b: object) =>
  Object.keys(a).sort().join(" ") === Object.keys(b).sort().join(" ");

/** A draft's id to that of the older change which it was amended into. */
export type Names = ReadonlyMap<string, string>;

/**
 * Save what was typed, here, now: all of these drafts, or none. Answers the entry that holds
 * each: an amended one, while it was never put into a request and still says what the person
 * was shown; else a new one.
 */
export function saveChanges(
  outbox: Outbox,
  drafts: readonly Draft[],
  now: number,
  known: Names = new Map(),
): Promise<Entry[]> {
  return inTransaction(outbox, ["waiting"], async (tx) => {
    const names = new Map(known);
    const entries: Entry[] = [];
    for (const draft of drafts) {
      const entry = await saveOne(tx, underRealNames(draft, names), now);
      names.set(draft.change.id, entry.id);
      entries.push(entry);
    }
    return entries;
  });
}

async function saveOne(tx: Transaction, draft: Draft, now: number): Promise<Entry> {
  const store = tx.objectStore("waiting");
  const found = draft.amends ? await store.index("id").get(draft.amends) : undefined;
  if (found && mayAmend(found, draft)) return amend(tx, found, draft, now);
  // A commit that was not heard of, tried once more: it is on disk already.
  const known = await store.index("id").get(draft.change.id);
  if (known) return amend(tx, known, draft, now);
  const change = await withHonestParents(tx, draft);
  const entry = { ...addressOf(draft, change), frozen: false, editing: draft.editing };
  const fresh = { ...entry, began_at: now, touched_at: now };
  const n = (await store.add(fresh as Entry)) as number;
  return { ...fresh, n };
}

/** A draft whose parents were amended into older changes names those. */
function underRealNames(draft: Draft, names: Names): Draft {
  const real = (id: string) => names.get(id) ?? id;
  const seen = Object.entries(draft.change.seen).map(([name, ids]) => [
    name,
    [...new Set(ids.map(real))].sort(),
  ]);
  return {
    ...draft,
    change: { ...draft.change, seen: Object.fromEntries(seen) as Record<string, string[]> },
    amends: draft.amends && real(draft.amends),
    shown: new Map([...draft.shown].map(([id, values]) => [real(id), values])),
  };
}

function addressOf(draft: Draft, change: Omit<Change, "n">) {
  const { id, record, scope } = change;
  return { network: draft.network, id, record, scope, change };
}

function mayAmend(entry: Entry, draft: Draft): boolean {
  const shown = draft.shown.get(entry.id);
  return (
    !entry.frozen &&
    !entry.held &&
    sameKeys(entry.change.set, draft.change.set) &&
    (shown === undefined || canonical(shown) === canonical(entry.change.set))
  );
}

/** `id`, `seen` and `depth` stay: only the words change. */
async function amend(tx: Transaction, entry: Entry, draft: Draft, now: number): Promise<Entry> {
  const change = { ...entry.change, set: draft.change.set, made_at: draft.change.made_at };
  const amended = { ...entry, change, editing: draft.editing, touched_at: now };
  await tx.objectStore("waiting").put(amended);
  return amended;
}

/**
 * Another tab may have amended a change after this one was drawn. Such a version was not
 * seen: the edit names what *it* had seen, and both stay.
 */
async function withHonestParents(tx: Transaction, draft: Draft): Promise<Omit<Change, "n">> {
  const seen = { ...draft.change.seen };
  for (const [id, shown] of draft.shown) {
    const entry = await tx.objectStore("waiting").index("id").get(id);
    if (!entry || canonical(entry.change.set) === canonical(shown)) continue;
    for (const [name, ids] of Object.entries(seen)) {
      if (!ids.includes(id) || !(name in entry.change.set)) continue;
      if (canonical(entry.change.set[name]) === canonical(shown[name])) continue;
      const others = ids.filter((each) => each !== id);
      seen[name] = [...new Set([...others, ...(entry.change.seen[name] ?? [])])].sort();
    }
  }
  return { ...draft.change, seen };
}

/** The editors of these records (of all, when none is named) are closed: their changes may go. */
export function closeEditors(outbox: Outbox, records?: readonly string[]): Promise<void> {
  return inTransaction(outbox, ["waiting"], async (tx) => {
    const store = tx.objectStore("waiting");
    for (const entry of await store.getAll()) {
      const wanted = records === undefined || records.includes(entry.record);
      if (entry.editing && wanted) await store.put({ ...entry, editing: false });
    }
  });
}

export interface Kept {
  waiting: Entry[];
  acknowledged: Acknowledged[];
}

/** A change that somebody else handed over as a file, `n` included (handed.ts). */
export interface Handed {
  network: string;
  change: Change;
}

/** Everything that a view is computed from, beside the server's rows. */
export interface KeptForView extends Kept {
  handed: Handed[];
}

export const HANDED = "handed";

export async function handedIn(tx: Transaction): Promise<Handed[]> {
  const kept = await tx.objectStore("meta").get(HANDED);
  return (kept?.value as Handed[] | undefined) ?? [];
}

function read<T>(outbox: Outbox, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return inTransaction(outbox, ["waiting", "acknowledged"], work, "readonly");
}

/** Everything of one network that is still here, oldest first. */
export function readChanges(outbox: Outbox, network: string): Promise<Kept> {
  return read(outbox, async (tx) => ({
    waiting: await tx.objectStore("waiting").index("network").getAll(network),
    acknowledged: await tx.objectStore("acknowledged").index("network").getAll(network),
  }));
}

/** The same for a few records. */
export function readChangesOf(
  outbox: Outbox,
  network: string,
  records: readonly string[],
): Promise<Kept> {
  const keys = records.map((record): [string, string] => [network, record]);
  return read(outbox, async (tx) => {
    const waiting = tx.objectStore("waiting").index("record");
    const acknowledged = tx.objectStore("acknowledged").index("record");
    const both = await Promise.all([
      Promise.all(keys.map((key) => waiting.getAll(key))),
      Promise.all(keys.map((key) => acknowledged.getAll(key))),
    ]);
    return { waiting: both[0].flat(), acknowledged: both[1].flat() };
  });
}

/** Everything of this person: for the copy they may save, and for signing out. */
export function readEverything(outbox: Outbox): Promise<Kept> {
  return read(outbox, async (tx) => ({
    waiting: await tx.objectStore("waiting").getAll(),
    acknowledged: await tx.objectStore("acknowledged").getAll(),
  }));
}

/** Whether anything of this person's, in any network, still has to go. */
export async function hasWaiting(outbox: Outbox): Promise<boolean> {
  const count = (tx: Transaction) => tx.objectStore("waiting").count();
  return (await inTransaction(outbox, ["waiting"], count, "readonly")) > 0;
}
