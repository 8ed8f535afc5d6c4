/**
 * Words that the tablet keeps beside a person's changes, in the same database: what happens to
 * those happens to these. Never a note.
 */
import { inTransaction, type Outbox } from "./outbox";

export async function readMeta<T>(outbox: Outbox, key: string): Promise<T | undefined> {
  const kept = await inTransaction(
    outbox,
    ["meta"],
    (tx) => tx.objectStore("meta").get(key),
    "readonly",
  );
  return kept?.value as T | undefined;
}

/** Keep a value; undefined forgets it. */
export function keepMeta(outbox: Outbox, key: string, value: unknown): Promise<void> {
  return inTransaction(outbox, ["meta"], async (tx) => {
    const meta = tx.objectStore("meta");
    await (value === undefined ? meta.delete(key) : meta.put({ key, value }));
  });
}
