/**
 * Writes drafts to disk in the order they were typed, one strict transaction each; those that
 * belong together, in one.
 *
 * A save is saved when its transaction is complete, never before. What could not be written
 * stays in the queue, is called unsaved to everybody who waits, and goes with the next try.
 */
import { signal } from "@preact/signals";
import { saveChanges, type Draft, type Entry, type Outbox } from "../db/outbox";

interface Pending {
  draft: Draft;
  /** The same of all that go to disk together; null of one by itself. */
  set: symbol | null;
  started: boolean;
  promises: Waiter[];
}

interface Waiter {
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Who hears what becomes of a draft. */
interface Reader {
  /** It is in the queue, new or reworded. */
  drafted: (draft: Draft) => void;
  /** It is on disk, perhaps amended into an older change of another id. */
  written: (draftId: string, entry: Entry) => void;
}

export class Pen {
  /** The last save did not reach the disk. */
  readonly trouble = signal(false);
  /** Drafts that are not on disk. */
  readonly unwritten = signal(0);
  private queue: Pending[] = [];
  private flushing: Promise<void> | null = null;
  private aliases = new Map<string, string>();
  private set: symbol | null = null;

  constructor(
    private readonly outbox: Outbox,
    private readonly now: () => number,
    private readonly reader: Reader,
  ) {}

  /** What is not on disk, in the order it was typed. */
  drafts(): Draft[] {
    return this.queue.map(({ draft }) => draft);
  }

  /** Whether something of this record is not on disk. */
  holds(record: string): boolean {
    return this.queue.some(({ draft }) => draft.change.record === record);
  }

  /**
   * What `work` writes before it answers goes to disk together: a page that is killed leaves
   * all of it there, or nothing.
   */
  together<T>(work: () => T): T {
    this.set = Symbol();
    try {
      return work();
    } finally {
      this.set = null;
    }
  }

  /** Resolves when the draft is on disk, and all that belongs together with it. */
  write(draft: Draft): Promise<void> {
    const last = this.queue.at(-1);
    const { set } = this;
    const isWaiting = last && !last.started && last.set === set;
    const goesOn = isWaiting && draft.amends === last.draft.change.id;
    const pending = goesOn ? last : { draft, set, started: false, promises: [] };
    if (goesOn) last.draft = reworded(last.draft, draft);
    else this.queue.push(pending);
    this.unwritten.value = this.queue.length;
    this.reader.drafted(pending.draft);
    const saved = new Promise<void>((resolve, reject) =>
      pending.promises.push({ resolve, reject }),
    );
    void this.flush();
    return saved;
  }

  /** Write what is queued, in the order it was typed. */
  flush(): Promise<void> {
    this.flushing ??= this.writeQueue();
    return this.flushing;
  }

  /** Whoever hears that a save is on disk may save again at once: the end is no gap. */
  private async writeQueue(): Promise<void> {
    await Promise.resolve();
    while (this.queue[0] && (await this.writeNext(this.queue[0])));
    this.flushing = null;
  }

  private async writeNext(first: Pending): Promise<boolean> {
    const next = this.queue.filter(
      (each) => each === first || (first.set && each.set === first.set),
    );
    for (const each of next) each.started = true;
    try {
      const drafts = next.map(({ draft }) => draft);
      const entries = await saveChanges(this.outbox, drafts, this.now(), this.aliases);
      this.queue.splice(0, next.length);
      entries.forEach((entry, at) => this.settle(drafts[at]!.change.id, entry));
      for (const promise of next.flatMap(({ promises }) => promises)) promise.resolve();
      return true;
    } catch (error) {
      this.trouble.value = true;
      // Whoever waits behind it is told too: nobody thinks that their words are on their way.
      const waiting = this.queue.flatMap(({ promises }) => promises.splice(0));
      for (const promise of waiting) promise.reject(error);
      return false;
    }
  }

  private settle(draftId: string, entry: Entry): void {
    if (entry.id !== draftId) this.aliases.set(draftId, entry.id);
    if (this.queue.length === 0) this.aliases.clear();
    this.trouble.value = false;
    this.unwritten.value = this.queue.length;
    this.reader.written(draftId, entry);
  }
}

function reworded(draft: Draft, newer: Draft): Draft {
  const { set, made_at } = newer.change;
  return { ...draft, editing: newer.editing, change: { ...draft.change, set, made_at } };
}
