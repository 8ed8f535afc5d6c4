/**
 * What of a notebook is only on this tablet, what was not accepted, which editors are open.
 *
 * Told in the person's words: a note is a note that the server has never had, everything else
 * is a change. Must not know how anything is written or sent.
 */
import { computed, signal } from "@preact/signals";
import { DELETED } from "../domain/registers";
import type { Entry } from "../db/outbox";
import { inTray } from "./kept";
import type { Local } from "./memory";
import type { SetAside, Waiting } from "./types";

type Change = Local["change"];

interface Waits {
  what: "note" | "visit" | "change";
  since: string;
}

const NOTHING: Waiting = { count: 0, notes: 0, changes: 0, oldestAt: null };

/** A visit is the page that its notes stand on: told by itself only where no note is. */
function told(all: readonly Waits[]): Waiting {
  if (all.length === 0) return NOTHING;
  const count = all.length;
  const notes = all.filter(({ what }) => what === "note").length;
  const visits = all.filter(({ what }) => what === "visit").length;
  const [oldestAt = null] = all.map(({ since }) => since).sort();
  return { count, notes, changes: count - notes - (notes > 0 ? visits : 0), oldestAt };
}

export class Stock {
  readonly setAside = signal<readonly SetAside[]>([]);
  private readonly openEditors = signal<ReadonlySet<string>>(new Set());
  private readonly waitingNow = signal<ReadonlyMap<string, Waits>>(new Map());

  /** Records that are only on this tablet, and when the oldest was written. */
  readonly waiting = computed(() => told([...this.waitingNow.value.values()]));
  readonly anyEditorOpen = computed(() => this.openEditors.value.size > 0);

  constructor(private readonly isOnServer: (record: string) => boolean) {}

  /** Count anew, from every change of this tablet's in the order of writing. */
  take(locals: readonly Local[]): void {
    const waiting = locals.filter(({ place }) => place === "saving" || place === "waiting");
    const found = new Map<string, Waits>();
    for (const { change } of waiting) found.set(change.record, this.waits(change, found));
    this.waitingNow.value = found;
    const open = waiting.filter((local) => local.editing && !local.frozen);
    this.openEditors.value = new Set(open.map((local) => local.change.record));
    this.setAside.value = locals.filter((local) => local.reason !== null).map(inTray);
  }

  /** A save is on disk. */
  wrote({ change, editing }: Entry): void {
    const known = this.waitingNow.value;
    const before = known.get(change.record);
    const now = this.waits(change, known);
    if (before?.what !== now.what) {
      this.waitingNow.value = new Map(known).set(change.record, now);
    }
    this.mark(change.record, editing);
  }

  private waits(change: Change, known: ReadonlyMap<string, Waits>): Waits {
    const since = known.get(change.record)?.since ?? change.made_at;
    const isGone = change.set[DELETED] === true;
    const isKnown = isGone || this.isOnServer(change.record);
    if (change.kind === "note") return { what: isKnown ? "change" : "note", since };
    return { what: change.kind === "observation" ? "visit" : "change", since };
  }

  editorIsOpen(record: string): boolean {
    return this.openEditors.peek().has(record);
  }

  mark(record: string, isOpen: boolean): void {
    if (this.openEditors.value.has(record) === isOpen) return;
    const open = new Set(this.openEditors.value);
    if (isOpen) open.add(record);
    else open.delete(record);
    this.openEditors.value = open;
  }

  closeEditors(): void {
    this.openEditors.value = new Set();
  }
}
