/**
 * Reading one network from disk into memory, in turn, while somebody may be typing.
 *
 * Obligation: nothing on screen ever goes back. What was written while the disk was read is
 * read again, and an older reading never overwrites a newer one.
 */
import type { Cache, Row } from "../db/cache";
import { readChanges, readChangesOf, type Kept, type Outbox } from "../db/outbox";
import { holdingOf, localsIn, onlyOf } from "./kept";
import type { Memory } from "./memory";

/** Where to read from. */
export interface Shelf {
  outbox: Outbox;
  cache: Cache;
  network: string;
}

const MANY = 20;

export class Reading {
  private last: Promise<void> = Promise.resolve();
  private writes = 0;

  constructor(
    private readonly shelf: Shelf,
    private readonly memory: Memory,
    /** Hears that memory holds something new. */
    private readonly taken: () => void,
  ) {}

  /** Something was written: a reading under way is not the newest any more. */
  outdated(): void {
    this.writes += 1;
  }

  /** Read everything from disk. */
  all(): Promise<void> {
    return this.inTurn(async () => {
      const { outbox, cache, network } = this.shelf;
      const [kept, rows, reading] = await this.steadily(() =>
        Promise.all([
          readChanges(outbox, network),
          cache.records.where("network").equals(network).toArray(),
          cache.readings.get(network),
        ]),
      );
      const saving = this.memory.allLocals().filter((local) => local.place === "saving");
      const locals = [...localsIn(kept), ...saving];
      this.memory.replace(rows, locals, holdingOf(reading));
      this.taken();
    });
  }

  /** Read some records again: another tab, the worker or the server changed them. */
  some(ids: readonly string[]): Promise<void> {
    return this.inTurn(async () => {
      const { cache, network } = this.shelf;
      const keys = ids.map((id): [string, string] => [network, id]);
      const [kept, rows, reading] = await this.steadily(() =>
        Promise.all([this.keptOf(ids), cache.records.bulkGet(keys), cache.readings.get(network)]),
      );
      const found = rows.filter((row): row is Row => row !== undefined);
      this.memory.hold(holdingOf(reading));
      this.memory.renew(ids, found, localsIn(kept));
      this.taken();
    });
  }

  /** One reading after the other: an older one never overwrites a newer. */
  private inTurn(read: () => Promise<void>): Promise<void> {
    this.last = this.last.then(read, read);
    return this.last;
  }

  /** Read again when something was written meanwhile: what is on screen never goes back. */
  private async steadily<T>(read: () => Promise<T>): Promise<T> {
    for (;;) {
      const before = this.writes;
      const result = await read();
      if (before === this.writes) return result;
    }
  }

  private async keptOf(ids: readonly string[]): Promise<Kept> {
    const { outbox, network } = this.shelf;
    if (ids.length > MANY) return onlyOf(new Set(ids), await readChanges(outbox, network));
    const each = await Promise.all(ids.map((id) => readChangesOf(outbox, network, id)));
    return {
      waiting: each.flatMap((kept) => kept.waiting),
      acknowledged: each.flatMap((kept) => kept.acknowledged),
    };
  }
}
