/**
 * Reading one network from disk into memory, in turn, while somebody may be typing.
 *
 * Obligation: nothing on screen ever goes back. What was written while the disk was read is
 * read again, and an older reading never overwrites a newer one. What lies in packs stays on
 * disk until its round is opened, but for records that this tablet has changes of.
 */
import { signal } from "@preact/signals";
import type { Cache, Reading as Read, Row } from "../db/cache";
import { readHandedIn } from "../db/handed";
import { readChanges, readChangesOf } from "../db/outbox";
import type { Handed, Kept, KeptForView, Outbox } from "../db/outbox";
import { isPacked, rowsAt, rowsOfScopes, type Address } from "../db/packs";
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
  /** Packed scopes that are not in memory. */
  readonly closed = signal<ReadonlySet<string>>(new Set());
  /** Packed scopes that are: they were opened, or packed while they were here. */
  private readonly opened = new Set<string>();
  private opening: Promise<void> | null = null;
  private last: Promise<void> = Promise.resolve();
  private writes = 0;
  /** What others handed over, as it was when everything was read: it moves only then. */
  private handed: Handed[] = [];

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
      const handed = await readHandedIn(outbox);
      this.handed = handed.filter((each) => each.network === network);
      const [kept, rows, reading] = await this.steadily(async () => {
        const kept = this.withHanded(await readChanges(outbox, network));
        return cache.transaction("r", cache.tables, async () => {
          const reading = await cache.readings.get(network);
          this.sortOut(reading);
          const single = await cache.records.where("network").equals(network).toArray();
          const packed = await rowsOfScopes(cache, network, this.opened);
          const changed = await rowsAt(cache, network, this.closedAddresses(kept));
          return [kept, [...single, ...packed, ...changed.values()], reading] as const;
        });
      });
      const saving = this.memory.allLocals().filter((local) => local.place === "saving");
      const locals = [...localsIn(kept), ...saving];
      this.memory.replace(rows, locals, holdingOf(reading));
      this.taken();
    });
  }

  /** Read some records again: another tab, the worker or the server changed them. */
  some(ids: readonly string[]): Promise<void> {
    return this.inTurn(async () => {
      const [kept, rows, reading] = await this.steadily(async () => {
        const kept = await this.keptOf(ids);
        return [kept, ...(await this.rowsOf(ids, kept))] as const;
      });
      this.memory.hold(holdingOf(reading));
      this.memory.renew(ids, rows, localsIn(kept));
      this.taken();
    });
  }

  /**
   * Read the packs of those of these scopes that are closed; from then on they are followed like
   * all others. Null when all are in memory.
   */
  open(scopes: readonly string[]): Promise<void> | null {
    const wanted = scopes.filter((scope) => this.closed.value.has(scope));
    if (wanted.length === 0) return null;
    this.opening ??= this.inTurn(() => this.openNow(wanted)).finally(() => (this.opening = null));
    return this.opening;
  }

  private async openNow(scopes: readonly string[]): Promise<void> {
    const { outbox, cache, network } = this.shelf;
    const [rows, kept] = await this.steadily(() =>
      Promise.all([rowsOfScopes(cache, network, scopes), readChanges(outbox, network)]),
    );
    const ids = rows.map(({ id }) => id);
    this.memory.renew(ids, rows, localsIn(onlyOf(new Set(ids), this.withHanded(kept))));
    for (const scope of scopes) this.opened.add(scope);
    this.closed.value = new Set([...this.closed.peek()].filter((each) => !this.opened.has(each)));
  }

  private rowsOf(ids: readonly string[], kept: KeptForView): Promise<[Row[], Read | undefined]> {
    const { cache, network } = this.shelf;
    return cache.transaction("r", cache.tables, async () => {
      const reading = await cache.readings.get(network);
      this.sortOut(reading);
      const keys = ids.map((id): [string, string] => [network, id]);
      const single = (await cache.records.bulkGet(keys)).filter((row) => row !== undefined);
      const found = new Set(single.map(({ id }) => id));
      const missing = ids.filter((id) => !found.has(id));
      const open = [...this.opened].filter((scope) => reading?.packed?.includes(scope));
      const anywhere = open.flatMap((scope) => missing.map((id) => ({ id, scope })));
      const addresses = [...anywhere, ...this.closedAddresses(kept)];
      const packed = await rowsAt(cache, network, addresses);
      return [[...single, ...packed.values()], reading];
    });
  }

  /** Records in closed scopes of which this tablet has changes: their versions are needed. */
  private closedAddresses({ waiting, acknowledged, handed }: KeptForView): Address[] {
    const closed = this.closed.peek();
    const others = handed.map(({ change: { record, scope } }) => ({ record, scope }));
    const mine = [...waiting, ...acknowledged, ...others].filter(({ scope }) => closed.has(scope));
    return mine.map(({ record: id, scope }) => ({ id, scope }));
  }

  /** Which packed scopes are in memory. One that was packed meanwhile is where it was. */
  private sortOut(reading: Read | undefined): void {
    const packed = new Set(reading?.packed);
    const fresh = [...packed].filter((each) => !this.closed.peek().has(each));
    const unknown = new Set(fresh.filter((each) => !this.opened.has(each)));
    for (const scope of unknown) {
      const one = new Set([scope]);
      if (this.memory.holdsAny((row) => isPacked(one, row))) this.opened.add(scope);
    }
    const closed = [...packed].filter((each) => !this.opened.has(each)).sort();
    if (closed.join(" ") !== [...this.closed.peek()].join(" ")) this.closed.value = new Set(closed);
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

  private async keptOf(ids: readonly string[]): Promise<KeptForView> {
    const { outbox, network } = this.shelf;
    const wanted = new Set(ids);
    if (ids.length > MANY) {
      return onlyOf(wanted, this.withHanded(await readChanges(outbox, network)));
    }
    return onlyOf(wanted, this.withHanded(await readChangesOf(outbox, network, ids)));
  }

  private withHanded(kept: Kept): KeptForView {
    return { ...kept, handed: this.handed };
  }
}
