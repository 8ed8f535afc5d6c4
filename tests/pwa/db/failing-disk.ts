/**
 * A disk that fails: the Nth call to IndexedDB, whichever it is, in one of the ways of real
 * engines. Counts every call that the app makes, so that a test can go through all of them.
 */
import { vi } from "vitest";

export const WAYS = {
  /** Once, as an iPad that closed the connection in the background. */
  connection_lost: { error: "UnknownError", after: "well", closes: true },
  /** Once, as a transaction that the engine gave up. */
  gave_up: { error: "AbortError", after: "well", closes: false },
  /** Once: the transaction is on disk, but the connection was gone before it could say so. */
  unheard: { error: "", after: "well", closes: false },
  /** From then on: the disk is full. */
  full: { error: "QuotaExceededError", after: "writes_fail", closes: false },
  /** From then on nothing works: the tab was killed between this call and the one before. */
  killed: { error: "InvalidStateError", after: "dead", closes: true },
} as const;
export type Way = keyof typeof WAYS;

const READS = ["get", "getAll", "count", "index"] as const;
const WRITES = ["put", "add", "delete"] as const;

export class FailingDisk {
  calls = 0;
  private hit = false;
  private open = new Set<IDBTransaction>();

  constructor(
    private readonly failAt: number,
    private readonly way: Way,
  ) {
    this.watch(IDBFactory.prototype, "open", false);
    this.watch(IDBDatabase.prototype, "transaction", false);
    for (const name of READS) this.watch(IDBObjectStore.prototype, name, false);
    for (const name of WRITES) this.watch(IDBObjectStore.prototype, name, true);
    for (const name of ["get", "getAll", "count"]) this.watch(IDBIndex.prototype, name, false);
  }

  /** Whether the scenario was long enough for this call to come. */
  get wasHit(): boolean {
    return this.hit;
  }

  heal(): void {
    vi.restoreAllMocks();
  }

  private watch(owner: object, name: string, writes: boolean): void {
    const methods = owner as Record<string, (...args: unknown[]) => unknown>;
    const real = methods[name]!;
    const count = (self: unknown, args: unknown[]) => {
      if (this.way === "unheard" && name !== "transaction") return real.apply(self, args);
      this.calls += 1;
      const fails = this.fails(writes);
      if (fails && this.way !== "unheard") this.fail(self);
      const result = real.apply(self, args);
      if (name === "transaction") this.open.add(result as IDBTransaction);
      if (fails && this.way === "unheard") this.mute(result as IDBTransaction);
      return result;
    };
    vi.spyOn(methods, name).mockImplementation(function (this: unknown, ...args: unknown[]) {
      return count(this, args);
    });
  }

  private fails(writes: boolean): boolean {
    if (this.calls === this.failAt) return true;
    const { after } = WAYS[this.way];
    if (!this.hit || after === "well") return false;
    return after === "dead" || writes;
  }

  private fail(self: unknown): never {
    const isFirst = !this.hit;
    this.hit = true;
    const { error, closes } = WAYS[this.way];
    if (isFirst && closes) this.close(self);
    throw new DOMException("on purpose", error);
  }

  private mute(tx: IDBTransaction): void {
    this.hit = true;
    Object.defineProperty(tx, "oncomplete", { set: () => undefined });
    tx.addEventListener("complete", () => tx.onabort?.(new Event("abort")));
  }

  /** What a connection takes with it: every transaction that has not committed. */
  private close(self: unknown): void {
    for (const tx of this.open) {
      try {
        tx.abort();
      } catch {
        // It has committed: that is on disk.
      }
    }
    if (self instanceof IDBDatabase) self.close();
  }
}
