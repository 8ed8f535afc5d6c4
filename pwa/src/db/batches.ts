/**
 * What leaves the outbox: batches, picked and frozen in one transaction.
 *
 * One obligation above all: a change is frozen durably before its first byte leaves
 * (docs/sync-protocol.md, 6). From then on it is never altered.
 */
import { canonical } from "../domain/canonical";
import type { Change } from "../domain/registers";
import { inTransaction, type Entry, type Outbox, type Transaction } from "./outbox";
import { nextClaim, type Claim } from "./witness";

export const IDLE_MS = 5_000;
export const TYPING_MS = 30_000;
const MAX_BYTES = 2 * 1024 * 1024;

export interface Batch extends Claim {
  changes: Change[];
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
