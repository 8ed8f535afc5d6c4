/**
 * Cards that others handed over as a file: kept beside this person's own changes until the
 * server has them. They are their authors' words, never this person's, and never amended.
 */
import type { Change } from "../domain/registers";
import { HANDED, handedIn, inTransaction, type Handed, type Outbox } from "./outbox";

/** How many of these are new here. Taken in whole, in one transaction, or not at all. */
export function takeIn(
  outbox: Outbox,
  network: string,
  changes: readonly Change[],
): Promise<number> {
  return inTransaction(outbox, ["meta"], async (tx) => {
    const there = await handedIn(tx);
    const known = new Set(there.map(({ change }) => change.id));
    const fresh = changes.filter(({ id }) => !known.has(id));
    const value = [...there, ...fresh.map((change) => ({ network, change }))];
    if (fresh.length > 0) await tx.objectStore("meta").put({ key: HANDED, value });
    return fresh.length;
  });
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
