/**
 * Reads what this tablet holds, without the app: the databases themselves, batch by batch.
 *
 * Never writes, never makes a database that is not there, and gives up on a disk that does
 * not answer. What cannot be read in one place does not hide the rest.
 */
import {
  rescuedAcknowledged,
  rescuedEntry,
  type Account,
  type RescuedChange,
} from "../db/rescue-file";
import type { Acknowledged, Entry } from "../db/outbox";

const PATIENCE_MS = 8_000;
const BATCH = 200;
const OUTBOX = "rounds-outbox-";

export class NoAnswer extends Error {}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new NoAnswer());
  });
}

function inTime<T>(work: Promise<T>): Promise<T> {
  let late: ReturnType<typeof setTimeout>;
  const tooLate = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new NoAnswer()), PATIENCE_MS);
  });
  return Promise.race([work, tooLate]).finally(() => clearTimeout(late));
}

/** Null where there is none: opening must not make one. */
async function openExisting(name: string): Promise<IDBDatabase | null> {
  const request = indexedDB.open(name);
  let isNew = false;
  request.onupgradeneeded = () => {
    isNew = true;
    request.transaction!.abort();
  };
  try {
    const db = await inTime(answered(request));
    db.onversionchange = () => db.close();
    return db;
  } catch (error) {
    if (isNew) return null;
    throw error;
  }
}

async function read<T>(
  name: string,
  work: (db: IDBDatabase) => Promise<T>,
): Promise<T | undefined> {
  const db = await openExisting(name);
  try {
    return db ? await inTime(work(db)) : undefined;
  } finally {
    db?.close();
  }
}

export interface LastAccount extends Account {
  signedOut: boolean;
}

/** Who is signed in here, else who was last. */
export async function lastAccount(): Promise<LastAccount | null> {
  const found = await read("rounds-device", async (db) => {
    const kept = db.transaction("kept").objectStore("kept");
    const [me, before] = [answered(kept.get("me")), answered(kept.get("last_me"))];
    return { me: (await me) as Account | undefined, before: (await before) as Account | undefined };
  });
  if (found?.me) return { ...found.me, signedOut: false };
  return found?.before ? { ...found.before, signedOut: true } : null;
}

/** One store in batches: each its own transaction, so that nothing large is held at once. */
async function* batches<T>(db: IDBDatabase, store: string, key: keyof T): AsyncGenerator<T[]> {
  let after: IDBKeyRange | undefined;
  for (;;) {
    const found = answered(db.transaction(store).objectStore(store).getAll(after, BATCH));
    const batch = (await inTime(found)) as T[];
    if (batch.length > 0) yield batch;
    if (batch.length < BATCH) return;
    after = IDBKeyRange.lowerBound(batch.at(-1)![key], true);
  }
}

/** Everything of one person that is still here: what is unsent first. */
export async function* changesOf(person: string): AsyncGenerator<RescuedChange[]> {
  const db = await openExisting(OUTBOX + person);
  if (!db) return;
  try {
    for await (const batch of batches<Entry>(db, "waiting", "n")) yield batch.map(rescuedEntry);
    for await (const batch of batches<Acknowledged>(db, "acknowledged", "id")) {
      yield batch.map(rescuedAcknowledged);
    }
  } finally {
    db.close();
  }
}

/** How much of other accounts waits here: a number, never a word of it. */
export async function waitingOfOthers(person: string | null): Promise<number> {
  const all = (await indexedDB.databases?.()) ?? [];
  const names = all.flatMap(({ name }) => (name?.startsWith(OUTBOX) ? [name] : []));
  let count = 0;
  for (const name of names.filter((each) => each !== OUTBOX + person)) {
    count += await read(name, (db) =>
      answered(db.transaction("waiting").objectStore("waiting").count()),
    ).then(
      (found) => found ?? 0,
      () => 0,
    );
  }
  return count;
}

/** The visit number of each classroom that this tablet knows, to say where a note was written. */
export async function classroomNumbers(person: string): Promise<Map<string, number>> {
  interface Row {
    id: string;
    kind: string;
    fields: Record<string, { value: unknown }[]>;
  }
  const numbers = new Map<string, number>();
  await read(`rounds-cache-${person}`, async (db) => {
    const rows = await answered(db.transaction("records").objectStore("records").getAll());
    for (const { id, kind, fields } of rows as Row[]) {
      const number = fields["number"]?.[0]?.value;
      if (kind === "classroom" && typeof number === "number") numbers.set(id, number);
    }
  }).catch(() => undefined);
  return numbers;
}
