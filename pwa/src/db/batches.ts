/**
 * What leaves the outbox and what comes back: batches, the witness, acknowledgements.
 *
 * Numbers in brackets are sections of docs/sync-protocol.md. One obligation above all: a
 * change is frozen durably before its first byte leaves [6], and a reply to anything but
 * the newest request changes nothing [3].
 */
import type { SetAsideReason } from "../generated/records";
import { canonical, hashOf } from "../domain/canonical";
import { newId } from "../domain/identifiers";
import type { Change } from "../domain/registers";
import {
  inTransaction,
  type Acknowledged,
  type Entry,
  type Outbox,
  type Transaction,
  type Witness,
} from "./outbox";

export const IDLE_MS = 5_000;
export const TYPING_MS = 30_000;
const MAX_BYTES = 2 * 1024 * 1024;

/** What a request says of itself: its number, and the history that the device knows. */
export interface Claim {
  request: number;
  head: number;
  chain: string;
  generation: number;
}

export interface Batch extends Claim {
  changes: Change[];
}

export interface Told {
  epoch: string;
  head: number;
  chain: string;
}

export interface Result {
  id: string;
  sha256: string | null;
  status: "applied" | "set_aside" | "purged" | "invalid";
  seq: number | null;
  reason?: string | null;
  field?: string | null;
}

const unknownHistory = (network: string): Witness => ({
  network,
  head: 0,
  chain: "",
  epoch: null,
  request: 0,
  generation: 0,
});

async function witnessOf(tx: Transaction, network: string): Promise<Witness> {
  return (await tx.objectStore("witness").get(network)) ?? unknownHistory(network);
}

export async function generationOf(outbox: Outbox, network: string): Promise<number> {
  return inTransaction(
    outbox,
    ["witness"],
    async (tx) => (await witnessOf(tx, network)).generation,
    "readonly",
  );
}

async function nextClaim(tx: Transaction, network: string): Promise<Claim> {
  const witness = await witnessOf(tx, network);
  const request = witness.request + 1;
  await tx.objectStore("witness").put({ ...witness, request });
  return { request, head: witness.head, chain: witness.chain, generation: witness.generation };
}

/** Number a request that carries no change: from here on all earlier ones are late. */
export function claimRequest(outbox: Outbox, network: string): Promise<Claim> {
  return inTransaction(outbox, ["witness"], (tx) => nextClaim(tx, network));
}

/** An open editor's change goes after 5 s of idling or 30 s of typing. Clocks may jump back. */
export function isDue(entry: Entry, now: number): boolean {
  if (!entry.editing || entry.frozen) return true;
  const idle = now - entry.touched_at;
  const typed = now - entry.began_at;
  return idle >= IDLE_MS || typed >= TYPING_MS || idle < 0 || typed < 0;
}

export interface Picking {
  now: number;
  limit: number;
  version: string;
  skip: ReadonlySet<string>;
}

/** Pick and freeze in one transaction [6]. Null when there is nothing to send. */
export function pickBatch(
  outbox: Outbox,
  network: string,
  picking: Picking,
): Promise<Batch | null> {
  return inTransaction(outbox, ["waiting", "acknowledged", "witness"], async (tx) => {
    const changes = [
      ...(await retried(tx, network, picking)),
      ...(await freeze(tx, network, picking)),
    ];
    const fitting = within(changes.slice(0, picking.limit));
    if (fitting.length === 0) return null;
    return { ...(await nextClaim(tx, network)), changes: fitting };
  });
}

async function retried(tx: Transaction, network: string, picking: Picking): Promise<Change[]> {
  const all = await tx.objectStore("acknowledged").index("network").getAll(network);
  const wanted = all.filter((each) => each.retry && !picking.skip.has(each.id));
  return wanted.map(({ change, n }) => ({ ...change, n }));
}

async function freeze(tx: Transaction, network: string, picking: Picking): Promise<Change[]> {
  const store = tx.objectStore("waiting");
  const changes: Change[] = [];
  for (const entry of await store.index("network").getAll(network)) {
    const held = entry.held?.version === picking.version || picking.skip.has(entry.id);
    if (held || !isDue(entry, picking.now)) continue;
    if (changes.push({ ...entry.change, n: entry.n }) > picking.limit) break;
    if (!entry.frozen) await store.put({ ...entry, frozen: true });
  }
  return changes;
}

/** As many as fit into one request, one at least. The rest are frozen and go with the next. */
function within(changes: Change[]): Change[] {
  const encoder = new TextEncoder();
  let bytes = 0;
  const end = changes.findIndex((change, index) => {
    bytes += encoder.encode(canonical(change)).length + 1;
    return index > 0 && bytes > MAX_BYTES;
  });
  return end === -1 ? changes : changes.slice(0, end);
}

export type Belief = "believed" | "late" | "diverged";

/** Epoch, lateness, witness [3]. Unless "believed", nothing in the reply may be used. */
async function believe(
  tx: Transaction,
  network: string,
  request: number,
  told: Told,
): Promise<Belief> {
  const witness = await witnessOf(tx, network);
  if (witness.request !== request) return "late";
  if (witness.epoch !== null && witness.epoch !== told.epoch) return "diverged";
  const raised = told.head > witness.head ? { head: told.head, chain: told.chain } : {};
  await tx.objectStore("witness").put({ ...witness, ...raised, epoch: told.epoch });
  return "believed";
}

export function raiseWitness(
  outbox: Outbox,
  network: string,
  request: number,
  told: Told,
): Promise<Belief> {
  return inTransaction(outbox, ["witness"], (tx) => believe(tx, network, request, told));
}

export interface Settled {
  belief: Belief;
  /** Records whose changes moved. */
  records: string[];
  /** The session is somebody else's: a change was refused for its author. */
  foreign: boolean;
}

/** Take the server's word on a batch: acks and witness in one transaction. */
export function settle(
  outbox: Outbox,
  network: string,
  request: number,
  reply: Told & { results: Result[] },
  context: { now: number; version: string },
): Promise<Settled> {
  return inTransaction(outbox, ["waiting", "acknowledged", "witness"], async (tx) => {
    const belief = await believe(tx, network, request, reply);
    if (belief !== "believed") return { belief, records: [], foreign: false };
    const records = new Set<string>();
    const own = reply.results.filter((result) => !isForeign(result));
    for (const result of own) {
      const record = await settleOne(tx, result, context);
      if (record) records.add(record);
    }
    return { belief, records: [...records], foreign: own.length < reply.results.length };
  });
}

/** Refused for its author: our change is well, the session is not ours. */
function isForeign(result: Result): boolean {
  return result.status === "invalid" && result.reason === "author";
}

async function settleOne(
  tx: Transaction,
  result: Result,
  context: { now: number; version: string },
): Promise<string | null> {
  const entry = await tx.objectStore("waiting").index("id").get(result.id);
  if (!entry) return settleAgain(tx, result);
  if (result.status === "invalid") return refuse(tx, entry, result, context.version);
  if (result.sha256 !== hashOf({ ...entry.change, n: entry.n })) return null;
  const { id, n, network, record, scope, change } = entry;
  const address = { id, n, network, record, scope, change };
  await tx.objectStore("waiting").delete(n);
  await tx
    .objectStore("acknowledged")
    .put({ ...address, ...verdictOf(result), acked_at: context.now });
  return record;
}

function verdictOf(result: Result): Pick<Acknowledged, "status" | "seq" | "reason" | "field"> {
  return {
    status: result.status as Acknowledged["status"],
    seq: result.seq ?? 0,
    reason: (result.reason ?? null) as SetAsideReason | null,
    field: result.field ?? null,
  };
}

/** The answer to a retry from the tray, or a repeat of a late one. */
async function settleAgain(tx: Transaction, result: Result): Promise<string | null> {
  const store = tx.objectStore("acknowledged");
  const known = await store.get(result.id);
  if (!known || result.status === "invalid") return null;
  if (result.sha256 !== hashOf({ ...known.change, n: known.n })) return null;
  await store.put({ ...known, ...verdictOf(result), retry: false });
  return known.record;
}

/** Not stored and not acknowledged: it stays here, shown. A taken id is renewed once. */
async function refuse(
  tx: Transaction,
  entry: Entry,
  result: Result,
  version: string,
): Promise<string> {
  const store = tx.objectStore("waiting");
  if (result.reason === "id_reuse" && !entry.renewed) {
    const id = newId();
    await store.put({ ...entry, id, change: { ...entry.change, id }, renewed: true });
  } else {
    await store.put({ ...entry, held: { why: "refused", field: result.field ?? null, version } });
  }
  return entry.record;
}

/** A single change that no request is wide enough for: held and shown; the others go on. */
export function holdBack(
  outbox: Outbox,
  id: string,
  why: "refused" | "too_large",
  version: string,
): Promise<void> {
  return inTransaction(outbox, ["waiting"], async (tx) => {
    const entry = await tx.objectStore("waiting").index("id").get(id);
    const held = { why, field: null, version };
    if (entry) await tx.objectStore("waiting").put({ ...entry, held });
  });
}

/** The person asks to offer it again: the same id, held or set aside. */
export function offerAgain(outbox: Outbox, id: string): Promise<void> {
  return inTransaction(outbox, ["waiting", "acknowledged"], async (tx) => {
    const entry = await tx.objectStore("waiting").index("id").get(id);
    const { held, ...rest } = entry ?? {};
    if (entry) await tx.objectStore("waiting").put(rest as Entry);
    const known = await tx.objectStore("acknowledged").get(id);
    if (known?.status === "set_aside") {
      await tx.objectStore("acknowledged").put({ ...known, retry: true });
    }
  });
}

/** Its author lets a change go that was not accepted. Nothing else may be discarded. */
export function discard(outbox: Outbox, id: string): Promise<void> {
  return inTransaction(outbox, ["waiting", "acknowledged"], async (tx) => {
    const entry = await tx.objectStore("waiting").index("id").get(id);
    if (entry?.held) await tx.objectStore("waiting").delete(entry.n);
    const known = await tx.objectStore("acknowledged").get(id);
    if (known && known.status !== "applied") await tx.objectStore("acknowledged").delete(id);
  });
}

/**
 * The history that this device knew is not the server's [4, 409]: forget the witness, offer
 * every acknowledged change again under its own id, and let the cache start over.
 */
export function forgetHistory(outbox: Outbox, network: string): Promise<void> {
  return inTransaction(outbox, ["waiting", "acknowledged", "witness"], async (tx) => {
    const { request, generation } = await witnessOf(tx, network);
    const lost = { request: request + 1, generation: generation + 1 };
    await tx.objectStore("witness").put({ ...unknownHistory(network), ...lost });
    const acknowledged = tx.objectStore("acknowledged");
    for (const held of await acknowledged.index("network").getAll(network)) {
      if (held.status === "purged") continue;
      const { id, n, record, scope, change } = held;
      const address = { id, n, network, record, scope, change };
      const past = { frozen: true, editing: false, began_at: 0, touched_at: 0 };
      await tx.objectStore("waiting").put({ ...address, ...past });
      await acknowledged.delete(id);
    }
  });
}

/**
 * Purge ends a record's acknowledged copies at once [5]. What was written without knowing of
 * it, and came back as `purged`, is offered to its author once more.
 */
export function forgetRecords(
  outbox: Outbox,
  network: string,
  records: readonly string[],
): Promise<void> {
  return inTransaction(outbox, ["acknowledged"], async (tx) => {
    const store = tx.objectStore("acknowledged");
    for (const record of records) {
      for (const held of await store.index("record").getAll([network, record])) {
        if (held.status !== "purged") await store.delete(held.id);
      }
    }
  });
}

export function forgetAcknowledged(outbox: Outbox, ids: readonly string[]): Promise<void> {
  return inTransaction(outbox, ["acknowledged"], async (tx) => {
    for (const id of ids) await tx.objectStore("acknowledged").delete(id);
  });
}
