/**
 * Takes in cards that others handed over as a file, and says before what of it is new here.
 * Beside `handed.ts`, which every start needs: this comes with the screens of a debrief.
 */
import { canonical } from "../domain/canonical";
import type { Change } from "../domain/registers";
import { HANDED, handedIn, inTransaction } from "./outbox";
import type { Outbox, Store, Transaction } from "./outbox";

const STORES: Store[] = ["waiting", "acknowledged", "meta"];

/**
 * Which of these are new here, before anything is written: null where one of them stands here
 * already, in other words or as this person's own.
 */
export function newOf(outbox: Outbox, changes: readonly Change[]): Promise<Change[] | null> {
  return inTransaction(outbox, STORES, (tx) => newIn(tx, changes), "readonly");
}

/** How many of these are new here. Taken in whole, in one transaction, or not at all: null. */
export function takeIn(
  outbox: Outbox,
  network: string,
  changes: readonly Change[],
): Promise<number | null> {
  return inTransaction(outbox, STORES, async (tx) => {
    const fresh = await newIn(tx, changes);
    if (!fresh) return null;
    const value = [...(await handedIn(tx)), ...fresh.map((change) => ({ network, change }))];
    if (fresh.length > 0) await tx.objectStore("meta").put({ key: HANDED, value });
    return fresh.length;
  });
}

async function newIn(tx: Transaction, changes: readonly Change[]): Promise<Change[] | null> {
  const known = new Map((await handedIn(tx)).map(({ change }) => [change.id, canonical(change)]));
  for (const change of changes) {
    const said = known.get(change.id);
    if (said !== undefined && said !== canonical(change)) return null;
    if (await isOwn(tx, change.id)) return null;
  }
  return changes.filter(({ id }) => !known.has(id));
}

async function isOwn(tx: Transaction, id: string): Promise<boolean> {
  const waiting = await tx.objectStore("waiting").index("id").get(id);
  return (waiting ?? (await tx.objectStore("acknowledged").get(id))) !== undefined;
}
