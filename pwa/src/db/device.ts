/**
 * What the tablet itself remembers: who is signed in, which network is open, its own id.
 *
 * Apart from the outbox, of which there is one a person. No text by anybody is in here.
 */
import { openDatabase, transact, type Stores } from "./indexed";

const NAME = "rounds-device";

type Tables = { kept: { key: string; value: unknown } };

async function withKept<R>(work: (tx: Stores<Tables>) => Promise<R>): Promise<R> {
  const db = await openDatabase(NAME, (fresh) => void fresh.createObjectStore("kept"));
  try {
    return await transact<Tables, R>(db, ["kept"], "readwrite", work);
  } finally {
    db.close();
  }
}

export async function readKept<T>(key: string): Promise<T | undefined> {
  return (await withKept((tx) => tx.objectStore("kept").get(key))) as T | undefined;
}

/** Keep a value; undefined forgets it. */
export async function keep(key: string, value: unknown): Promise<void> {
  await withKept(async (tx) => {
    const kept = tx.objectStore("kept");
    await (value === undefined ? kept.delete(key) : kept.put(value, key));
  });
}
