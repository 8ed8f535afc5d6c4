/**
 * What is not on disk when the page goes.
 *
 * A save reads before it writes, and a page that is reloaded or closed does not live to hear
 * the answer: its transaction is given up, and so is one that is begun then, although it was
 * committed at once (seen in Chromium). So whatever is still on its way is put down in the
 * page's own storage, which takes it before `pagehide` returns, and saved as usual when the
 * person's notebook is opened next. A save that did reach the disk is only said again
 * (docs/sync-protocol.md, 6).
 */
import type { Draft, Outbox } from "../db/outbox";
import { newId } from "../domain/identifiers";
import { Pen } from "./pen";

const prefixOf = ({ name }: Outbox, network: string) => `last_words/${name}/${network}/`;

/** A draft as text: what it was shown stands as pairs. */
function spelled(drafts: readonly Draft[]): string {
  return JSON.stringify(drafts.map((draft) => ({ ...draft, shown: [...draft.shown] })));
}

function read(text: string): Draft[] {
  const drafts = JSON.parse(text) as (Omit<Draft, "shown"> & {
    shown: [string, Readonly<Record<string, unknown>>][];
  })[];
  return drafts.map((draft) => ({ ...draft, shown: new Map(draft.shown) }));
}

/** Another page may be open beside this one: each has its own. */
export class LastWords {
  private readonly key: string;
  private isLeaving = false;
  private isHeld = false;

  constructor(
    outbox: Outbox,
    network: string,
    private readonly drafts: () => Draft[],
  ) {
    this.key = prefixOf(outbox, network) + newId();
  }

  /** The page goes, or it is back. */
  leave(isLeaving: boolean): void {
    this.isLeaving = isLeaving;
    this.drafted();
  }

  /** A draft is on its way. */
  drafted(): void {
    const drafts = this.drafts();
    if (!this.isLeaving || drafts.length === 0) return;
    try {
      localStorage.setItem(this.key, spelled(drafts));
      this.isHeld = true;
    } catch {
      // No room, or none is granted: the usual save is still under way.
    }
  }

  /** A draft is on disk: the page goes on after all. */
  written(): void {
    if (!this.isHeld || this.drafts().length > 0) return;
    this.isHeld = false;
    localStorage.removeItem(this.key);
  }
}

/** Save what pages before this one were about to. */
export async function takeUp(outbox: Outbox, network: string, now: () => number): Promise<void> {
  const silent = { drafted: () => undefined, written: () => undefined };
  const prefix = prefixOf(outbox, network);
  for (const key of Object.keys(localStorage).filter((each) => each.startsWith(prefix))) {
    const pen = new Pen(outbox, now, silent);
    await Promise.all(read(localStorage.getItem(key) ?? "[]").map((draft) => pen.write(draft)));
    localStorage.removeItem(key);
  }
}
