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

/**
 * Keep a value; undefined forgets it. Done in one stroke: where the connection is open, it is
 * committed before the page that asks can be gone.
 */
export function keepMeta(outbox: Outbox, key: string, value: unknown): Promise<void> {
  return inTransaction(outbox, ["meta"], async (tx) => {
    const meta = tx.objectStore("meta");
    const kept = value === undefined ? meta.delete(key) : meta.put({ key, value });
    tx.commit();
    await kept;
  });
}
