/**
 * What the server said of our changes, and what becomes of them [2, 4, 6].
 *
 * Numbers in brackets are sections of docs/sync-protocol.md. Nothing is let go of here but
 * what its author discards, what a purge ends, and what the caller says has served.
 */
import type { SetAsideReason } from "../generated/records";
import { hashOf } from "../domain/canonical";
import { newId } from "../domain/identifiers";
import {
  inTransaction,
  type Acknowledged,
  type Entry,
  type Outbox,
  type Transaction,
} from "./outbox";
import { believe, unknownHistory, witnessOf, type Belief, type Told } from "./witness";

export interface Result {
  id: string;
  sha256: string | null;
  status: "applied" | "set_aside" | "purged" | "invalid";
  seq: number | null;
  reason?: string | null;
  field?: string | null;
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
