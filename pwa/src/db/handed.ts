/**
 * Cards that others handed over as a file: kept beside this person's own changes until the
 * server has them. They are their authors' words, never this person's, and never amended.
 */
import { canonical } from "../domain/canonical";
import type { Change } from "../domain/registers";
import { HANDED, handedIn, inTransaction } from "./outbox";
import type { Handed, Outbox, Transaction } from "./outbox";

/**
 * How many of these are new here. Taken in whole, in one transaction, or not at all: null where
 * one of them stands here already, in other words or as this person's own.
 */
export function takeIn(
  outbox: Outbox,
  network: string,
  changes: readonly Change[],
): Promise<number | null> {
  return inTransaction(outbox, ["waiting", "acknowledged", "meta"], async (tx) => {
    const there = await handedIn(tx);
    const known = new Map(there.map(({ change }) => [change.id, canonical(change)]));
    for (const change of changes) {
      const said = known.get(change.id);
      if (said !== undefined && said !== canonical(change)) return null;
      if (await isOwn(tx, change.id)) return null;
    }
    const fresh = changes.filter(({ id }) => !known.has(id));
    const value = [...there, ...fresh.map((change) => ({ network, change }))];
    if (fresh.length > 0) await tx.objectStore("meta").put({ key: HANDED, value });
    return fresh.length;
  });
}

async function isOwn(tx: Transaction, id: string): Promise<boolean> {
  const waiting = await tx.objectStore("waiting").index("id").get(id);
  return (waiting ?? (await tx.objectStore("acknowledged").get(id))) !== undefined;
}

export function readHandedIn(outbox: Outbox): Promise<Handed[]> {
  return inTransaction(outbox, ["meta"], handedIn, "readonly");
}

/** The server has these, and so has this tablet by now. */
export function letGo(outbox: Outbox, ids: ReadonlySet<string>): Promise<void> {
  return inTransaction(outbox, ["meta"], async (tx) => {
    const left = (await handedIn(tx)).filter(({ change }) => !ids.has(change.id));
    const meta = tx.objectStore("meta");
    if (left.length > 0) await meta.put({ key: HANDED, value: left });
    else await meta.delete(HANDED);
  });
}
