/**
 * One person's notebook in one network: what they see, and how a save reaches the disk.
 *
 * A save is put into the view at once and written in turn; it is called saved only when its
 * transaction is complete. What could not be written stays in memory and in the view, is
 * never called saved, and is tried again with the next save.
 */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import { canonical } from "../domain/canonical";
import { derivedId, newId } from "../domain/identifiers";
import {
  composeDelete,
  composeEdit,
  composeUndo,
  DELETED,
  kindOfRegister,
  type Change,
  type Edit,
} from "../domain/registers";
import { pieces } from "../domain/safe-text";
import { SCHEMA, type Kind, type SetOf } from "../generated/records";
import type { Cache, Row } from "../db/cache";
import {
  closeEditors,
  readChanges,
  readChangesOf,
  type Entry,
  type Kept,
  type Outbox,
} from "../db/outbox";
import { fromEntry, holdingOf, inTray, localsIn, onItsWay, onlyOf } from "./kept";
import { Memory, type Local } from "./memory";
import { Pen } from "./pen";
import type { SaveOptions, SetAside } from "./types";
import { saysNothingNew } from "./views";

/** Where a notebook lies. */
export interface Desk {
  outbox: Outbox;
  cache: Cache;
  network: string;
  member: string;
  now: () => number;
  /** Hears that a save is on disk; `editing`: its editor is still open. */
  saved: (record: string, editing: boolean) => void;
}

const MANY = 20;

export class Notebook {
  readonly memory = new Memory();
  readonly setAside = signal<readonly SetAside[]>([]);
  private readonly pen: Pen;
  private reading: Promise<void> = Promise.resolve();
  private writes = 0;
  private readonly openEditors = signal<ReadonlySet<string>>(new Set());
  private readonly waitingNow = signal<ReadonlyMap<string, string>>(new Map());

  /** An editor is open, or something is not on disk yet: do not interrupt. */
  readonly editing = computed(
    () => this.openEditors.value.size > 0 || this.pen.unwritten.value > 0,
  );

  /** Records that are only on this tablet, and when the oldest was written. */
  readonly waiting = computed(() => {
    const times = [...this.waitingNow.value.values()].sort();
    return { count: times.length, oldestAt: times[0] ?? null };
  });

  constructor(private readonly desk: Desk) {
    this.pen = new Pen(desk.outbox, desk.now, {
      drafted: (draft) => this.memory.put(onItsWay(draft)),
      written: (draftId, entry) => this.written(draftId, entry),
    });
  }

  /** The last save did not reach the disk: offer to open the app again. */
  get trouble(): ReadonlySignal<boolean> {
    return this.pen.trouble;
  }

  /** Write whatever is not on disk. */
  flush(): Promise<void> {
    return this.pen.flush();
  }

  /** Read everything from disk. */
  load(): Promise<void> {
    return this.inTurn(async () => {
      const { outbox, cache, network } = this.desk;
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
      this.takeStock();
    });
  }

  /** Read some records again: another tab, the worker or the server changed them. */
  refresh(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return this.load();
    return this.inTurn(async () => {
      const { cache, network } = this.desk;
      const keys = ids.map((id): [string, string] => [network, id]);
      const [kept, rows, reading] = await this.steadily(() =>
        Promise.all([this.keptOf(ids), cache.records.bulkGet(keys), cache.readings.get(network)]),
      );
      const found = rows.filter((row): row is Row => row !== undefined);
      this.memory.hold(holdingOf(reading));
      this.memory.renew(ids, found, localsIn(kept));
      this.takeStock();
    });
  }

  /** One reading after the other: an older one never overwrites a newer. */
  private inTurn(read: () => Promise<void>): Promise<void> {
    this.reading = this.reading.then(read, read);
    return this.reading;
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
    const { outbox, network } = this.desk;
    if (ids.length > MANY) return onlyOf(new Set(ids), await readChanges(outbox, network));
    const each = await Promise.all(ids.map((id) => readChangesOf(outbox, network, id)));
    return {
      waiting: each.flatMap((kept) => kept.waiting),
      acknowledged: each.flatMap((kept) => kept.acknowledged),
    };
  }

  /** What is only here, what was not accepted, which editors are open. */
  private takeStock(): void {
    const locals = this.memory.allLocals();
    const waiting = locals.filter((local) => local.place !== "acknowledged");
    const times = waiting.map(({ change }) => [change.record, change.made_at] as const);
    this.waitingNow.value = new Map(times.reverse());
    const open = waiting.filter((local) => local.editing && !local.frozen);
    this.openEditors.value = new Set(open.map((local) => local.change.record));
    this.setAside.value = locals.filter((local) => local.reason !== null).map(inTray);
  }

  save<K extends Kind>(
    kind: K,
    id: string,
    scope: string,
    set: SetOf<K>,
    options: SaveOptions = {},
  ): Promise<void> {
    const { first, rest } = this.repaired(kind, set);
    const saved = this.edit(kind, id, scope, first, options);
    if (rest === undefined) return saved;
    const more = this.continuation(id, first, rest);
    const next = this.save(kind, derivedId(id, "continued"), scope, more as SetOf<K>, options);
    return Promise.all([saved, next]).then(() => undefined);
  }

  /** Texts as every store can keep them; of a note, what goes on in a second one. */
  private repaired(kind: Kind, set: object): { first: Record<string, unknown>; rest?: string } {
    const first: Record<string, unknown> = { ...set };
    let rest: string | undefined;
    for (const [name, value] of Object.entries(first)) {
      if (typeof value !== "string" || kindOfRegister(kind, name) !== "text") continue;
      const [head = "", ...others] = pieces(value);
      first[name] = head;
      if (others.length === 0) continue;
      if (kind !== "note") throw new RangeError("text.too_long");
      rest = others.join("");
    }
    return rest === undefined ? { first } : { first, rest };
  }

  private continuation(id: string, set: Record<string, unknown>, rest: string) {
    const known = (this.memory.view(id)?.fields ?? {}) as Record<string, unknown>;
    const { round, observation, classroom, minute, order } = { ...known, ...set };
    const from = { round, observation, classroom, minute, order };
    const present = Object.entries(from).filter(([, value]) => value !== undefined);
    return { ...Object.fromEntries(present), text: rest };
  }

  private edit(
    kind: Kind,
    id: string,
    scope: string,
    set: Record<string, unknown>,
    options: SaveOptions,
  ): Promise<void> {
    const registers = this.memory.registersOf(id);
    const { resolve = false, editing = false } = options;
    const news = Object.entries(set).filter(
      ([name, value]) =>
        value !== undefined && (resolve || !saysNothingNew(registers[name], value)),
    );
    if (news.length === 0) return this.alreadySaid(id, editing);
    const said = this.amendsAll(kind, id, set, resolve) ? set : Object.fromEntries(news);
    const edit = composeEdit(kind, said, registers, resolve);
    return this.write(kind, id, scope, said, edit, { editing, amendable: !resolve });
  }

  /** Nothing new was said. It is saved only when what says it already is on disk. */
  private async alreadySaid(id: string, isOpen: boolean): Promise<void> {
    await this.flush();
    if (this.pen.holds(id)) throw new Error("what was said before is not on disk");
    if (!isOpen) await this.closeEditor(id);
  }

  /** An editor that says all fields of its waiting change again amends it, whichever changed. */
  private amendsAll(kind: Kind, id: string, set: Record<string, unknown>, resolve: boolean) {
    if (resolve || Object.values(set).includes(undefined)) return false;
    const edit = composeEdit(kind, set, this.memory.registersOf(id), false);
    const parents = this.ownParents(id, edit);
    return this.amendable({ set, ...edit }, parents) !== null;
  }

  remove(kind: Kind, id: string): Promise<void> {
    const edit = composeDelete(this.memory.registersOf(id));
    return this.flag(kind, id, true, edit);
  }

  restore(kind: Kind, id: string): Promise<void> {
    const edit = composeUndo(this.memory.registersOf(id));
    return this.flag(kind, id, false, edit);
  }

  private flag(kind: Kind, id: string, deleted: boolean, edit: Edit): Promise<void> {
    const scope = this.memory.scopeAndKind(id)?.scope;
    if (scope === undefined) return Promise.resolve();
    const set = { [DELETED]: deleted };
    return this.write(kind, id, scope, set, edit, { editing: false, amendable: false });
  }

  private write(
    kind: Kind,
    record: string,
    scope: string,
    set: Record<string, unknown>,
    edit: Edit,
    how: { editing: boolean; amendable: boolean },
  ): Promise<void> {
    const made_at = `${new Date(this.desk.now()).toISOString().slice(0, 19)}Z`;
    const { member: by, network } = this.desk;
    const id = newId();
    const change = { id, by, kind, record, scope, schema: SCHEMA, made_at, set, ...edit };
    const parents = this.ownParents(record, edit);
    const amends = how.amendable ? this.amendable(change, parents) : null;
    const shown = new Map(parents.map((local) => [local.change.id, local.change.set]));
    const draft = { network, change, editing: how.editing, amends, shown };
    return this.pen.write(draft);
  }

  /** Our own changes, not yet in a request, that the edit names. */
  private ownParents(record: string, edit: Edit): Local[] {
    const ids = new Set(Object.values(edit.seen).flat());
    const locals = [...ids].map((id) => this.memory.local(record, id));
    return locals.filter((local): local is Local => !!local && local.place !== "acknowledged");
  }

  /** The one change that an ordinary edit of exactly its fields replaces, and nothing else. */
  private amendable(
    change: Pick<Change, "set" | "seen">,
    parents: readonly Local[],
  ): string | null {
    const [only] = parents;
    if (!only || only.frozen || only.reason) return null;
    const { id, set } = only.change;
    const namesIt = Object.values(change.seen).every((ids) => canonical(ids) === `["${id}"]`);
    const sameFields =
      canonical(Object.keys(set).sort()) === canonical(Object.keys(change.set).sort());
    return namesIt && sameFields && !(DELETED in set) ? id : null;
  }

  private written(draftId: string, entry: Entry): void {
    const { record, editing } = entry;
    this.writes += 1;
    this.memory.put(fromEntry(entry), draftId);
    const known = this.waitingNow.value;
    if (!known.has(record)) {
      this.waitingNow.value = new Map(known).set(record, entry.change.made_at);
    }
    this.markEditor(record, editing);
    this.desk.saved(record, editing);
  }

  /** Whether the record's editor is open, or was when the app was killed. */
  editorIsOpen(record: string): boolean {
    return this.openEditors.peek().has(record);
  }

  private markEditor(record: string, isOpen: boolean): void {
    if (this.openEditors.value.has(record) === isOpen) return;
    const open = new Set(this.openEditors.value);
    if (isOpen) open.add(record);
    else open.delete(record);
    this.openEditors.value = open;
  }

  /** The editor was left: its change may go. */
  async closeEditor(record: string): Promise<void> {
    await this.flush();
    if (!this.openEditors.value.has(record)) return;
    await closeEditors(this.desk.outbox, [record]);
    this.markEditor(record, false);
    this.desk.saved(record, false);
  }

  /** The app is hidden: whatever is open may go. */
  async closeAllEditors(): Promise<void> {
    await this.flush();
    if (this.openEditors.value.size === 0) return;
    await closeEditors(this.desk.outbox);
    this.openEditors.value = new Set();
  }
}
