/**
 * IndexedDB with promises, as little of it as the outbox needs.
 *
 * The service worker carries this within its 15 KB, where a library has no room. Await
 * nothing inside a transaction but the transaction's own requests: it would end.
 */

/** A store's values and keys, and those of its indexes. */
export interface Shape {
  [store: string]: { value: unknown; key: IDBValidKey; indexes?: Record<string, IDBValidKey> };
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!);
  });
}

export interface Readable<Value, Key extends IDBValidKey> {
  get(key: Key): Promise<Value | undefined>;
  getAll(key?: Key): Promise<Value[]>;
  count(): Promise<number>;
}

export interface Writable<S extends Shape[string]> extends Readable<S["value"], S["key"]> {
  put(value: S["value"], key?: S["key"]): Promise<IDBValidKey>;
  add(value: S["value"]): Promise<IDBValidKey>;
  delete(key: S["key"]): Promise<undefined>;
  index<I extends keyof S["indexes"] & string>(
    name: I,
  ): Readable<S["value"], NonNullable<S["indexes"]>[I]>;
}

/** A store that died throws where it is asked: whoever asked for several hears it as the rest. */
function readable(from: IDBObjectStore | IDBIndex): Readable<unknown, IDBValidKey> {
  return {
    get: async (key) => answered(from.get(key)),
    getAll: async (key) => answered(from.getAll(key)),
    count: async () => answered(from.count()),
  };
}

function writable(store: IDBObjectStore): unknown {
  return {
    ...readable(store),
    put: async (value: unknown, key?: IDBValidKey) => answered(store.put(value, key)),
    add: async (value: unknown) => answered(store.add(value)),
    delete: async (key: IDBValidKey) => answered(store.delete(key)),
    index: (name: string) => readable(store.index(name)),
  };
}

export interface Stores<T extends Shape> {
  objectStore<N extends keyof T & string>(name: N): Writable<T[N]>;
  /** Nothing more will be asked: what was asked is kept, though the page ends right here. */
  commit(): void;
}

/** Resolves when the transaction is complete, which is when a strict one is on disk. */
function completed(tx: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error ?? new DOMException("aborted", "AbortError"));
  });
}

/** Do `work` in one strict transaction, whole or not at all. */
export async function transact<T extends Shape, R>(
  db: IDBDatabase,
  stores: (keyof T & string)[],
  mode: "readonly" | "readwrite",
  work: (tx: Stores<T>) => Promise<R>,
): Promise<R> {
  const tx = db.transaction(stores, mode, { durability: "strict" });
  const done = completed(tx);
  try {
    const objectStore = (name: string) => writable(tx.objectStore(name));
    const commit = () => tx.commit();
    const result = await work({ objectStore, commit } as unknown as Stores<T>);
    await done;
    return result;
  } catch (error) {
    done.catch(() => undefined);
    abort(tx);
    throw error;
  }
}

function abort(tx: IDBTransaction): void {
  try {
    tx.abort();
  } catch {
    // Already aborted, by the very error that is being thrown.
  }
}

/** Open, making the stores where there are none. `lost` hears that the connection is gone. */
export async function openDatabase(
  name: string,
  create: (db: IDBDatabase) => void,
  lost: () => void = () => undefined,
): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => create(request.result);
  const db = await answered(request);
  db.onclose = lost;
  db.onversionchange = () => {
    db.close();
    lost();
  };
  return db;
}
