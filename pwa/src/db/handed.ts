/**
 * Cards that others handed over as a file: kept beside this person's own changes until the
 * server has them. They are their authors' words, never this person's, and never amended.
 */
import { HANDED, handedIn, inTransaction } from "./outbox";
import type { Handed, Outbox } from "./outbox";

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
