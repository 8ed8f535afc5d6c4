/**
 * One person's notebook in one network: what they see, and how a save reaches the disk.
 *
 * A save is put into the view at once and written in turn; it is called saved only when its
 * transaction is complete. What could not be written stays in memory and in the view, is
 * never called saved, and is tried again with the next save.
 */
import { computed, type ReadonlySignal } from "@preact/signals";
import { canonical } from "../domain/canonical";
import { derivedId, newId } from "../domain/identifiers";
import {
  composeDelete,
  composeEdit,
  composeUndo,
  DELETED,
  type Change,
  type Edit,
} from "../domain/registers";
import { SCHEMA, type Kind, type SetOf } from "../generated/records";
import { closeEditors, type Entry } from "../db/outbox";
import type { Moved } from "../sync/leader";
import { fromEntry, onItsWay } from "./kept";
import { LastWords, takeUp } from "./last-words";
import { Memory, type Local } from "./memory";
import { Pen } from "./pen";
import { Reading, type Shelf } from "./reading";
import { continuation, repaired } from "./repair";
import { Stock } from "./stock";
import type { SaveOptions } from "./types";
import { saysNothingNew } from "./views";

/** Where a notebook lies. */
export interface Desk extends Shelf {
  member: string;
  now: () => number;
  /** Hears that a save is on disk; `editing`: its editor is still open. */
  saved: (record: string, editing: boolean) => void;
}

function isOwnWaiting(local: Local | undefined): local is Local {
  return local?.place === "saving" || local?.place === "waiting";
}

export class Notebook {
  readonly memory = new Memory();
  private readonly stock = new Stock((record) => this.memory.isOnServer(record));
  private readonly pen: Pen;
  private readonly reading: Reading;
  private readonly lastWords: LastWords;

  /** Records that are only on this tablet, and when the oldest was written. */
  readonly waiting = this.stock.waiting;
  readonly setAside = this.stock.setAside;

  /** An editor is open, or something is not on disk yet: do not interrupt. */
  readonly editing = computed(() => this.stock.anyEditorOpen.value || this.pen.unwritten.value > 0);

  constructor(private readonly desk: Desk) {
    const taken = () => this.stock.take(this.memory.allLocals());
    this.reading = new Reading(desk, this.memory, taken);
    this.pen = new Pen(desk.outbox, desk.now, {
      drafted: (draft) => this.memory.put(onItsWay(draft)),
      written: (draftId, entry) => this.written(draftId, entry),
    });
    this.lastWords = new LastWords(desk.outbox, desk.network, () => this.pen.drafts());
  }

  /** The last save did not reach the disk: offer to open the app again. */
  get trouble(): ReadonlySignal<boolean> {
    return this.pen.trouble;
  }

  /** Hide what others wrote, or show it again: after weeks without contact. */
  lock(isLocked: boolean): void {
    this.memory.lock(isLocked ? this.desk.member : null);
  }

  /** Write whatever is not on disk. */
  flush(): Promise<void> {
    return this.pen.flush();
  }

  /** Read everything from disk, and first what the last page could only just put down. */
  async load(): Promise<void> {
    const { outbox, network, now } = this.desk;
    // A disk that takes nothing now keeps it for the next time.
    await takeUp(outbox, network, now).catch(() => undefined);
    await this.reading.all();
  }

  /** The page goes (or is back): whatever is typed from here on may be the last of it. */
  leave(isLeaving: boolean): void {
    this.lastWords.leave(isLeaving);
  }

  /** Read what of these scopes lies in packs. Null when all is in memory. */
  open(scopes: readonly string[]): Promise<void> | null {
    return this.reading.open(scopes);
  }

  /** Read again what moved, and in any case which scopes are here. */
  refresh(moved: Moved): Promise<void> {
    return moved === "everything" ? this.reading.all() : this.reading.some(moved);
  }

  /** All that `work` saves before it answers is on disk together, or none of it. */
  together<T>(work: () => T): T {
    return this.pen.together(work);
  }

  save<K extends Kind>(
    kind: K,
    id: string,
    scope: string,
    set: SetOf<K>,
    options: SaveOptions = {},
  ): Promise<void> {
    const { first, rest } = repaired(kind, set);
    const saved = this.edit(kind, id, scope, first, options);
    if (rest === undefined) return saved;
    const more = continuation(this.memory.view(id)?.fields ?? {}, first, rest);
    const next = this.save(kind, derivedId(id, "continued"), scope, more as SetOf<K>, options);
    return Promise.all([saved, next]).then(() => undefined);
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
    const saved = this.pen.write(draft);
    this.lastWords.drafted();
    return saved;
  }

  /** Our own changes, not yet in a request, that the edit names. */
  private ownParents(record: string, edit: Edit): Local[] {
    const ids = new Set(Object.values(edit.seen).flat());
    const locals = [...ids].map((id) => this.memory.local(record, id));
    return locals.filter((local): local is Local => isOwnWaiting(local));
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
    this.reading.outdated();
    this.memory.put(fromEntry(entry), draftId);
    this.stock.wrote(entry);
    this.lastWords.written();
    this.desk.saved(entry.record, entry.editing);
  }

  /** Whether the record's editor is open, or was when the app was killed. */
  editorIsOpen(record: string): boolean {
    return this.stock.editorIsOpen(record);
  }

  /** The editor was left: its change may go. */
  async closeEditor(record: string): Promise<void> {
    await this.flush();
    if (!this.stock.editorIsOpen(record)) return;
    await closeEditors(this.desk.outbox, [record]);
    this.stock.mark(record, false);
    this.desk.saved(record, false);
  }

  /** The app is hidden: whatever is open may go. */
  async closeAllEditors(): Promise<void> {
    await this.flush();
    if (!this.stock.anyEditorOpen.value) return;
    await closeEditors(this.desk.outbox);
    this.stock.closeEditors();
  }
}
