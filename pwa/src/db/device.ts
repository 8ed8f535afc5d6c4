/**
 * What the tablet itself remembers: who is signed in, which network is open, its own id.
 *
 * Apart from the outbox, of which there is one a person. No text by anybody is in here.
 */
import { openDB, type IDBPDatabase } from "idb";

const NAME = "rounds-device";

function open(): Promise<IDBPDatabase> {
  return openDB(NAME, 1, { upgrade: (db) => void db.createObjectStore("kept") });
}

export async function readKept<T>(key: string): Promise<T | undefined> {
  const db = await open();
  try {
    return (await db.get("kept", key)) as T | undefined;
  } finally {
    db.close();
  }
}

/** Keep a value; undefined forgets it. */
export async function keep(key: string, value: unknown): Promise<void> {
  const db = await open();
  try {
    const tx = db.transaction("kept", "readwrite", { durability: "strict" });
    await (value === undefined ? tx.store.delete(key) : tx.store.put(value, key));
    await tx.done;
  } finally {
    db.close();
  }
}
