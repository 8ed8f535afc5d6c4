/**
 * What is not on disk when the page goes.
 *
 * A save reads before it writes, and a page that is reloaded or closed does not live to hear
 * the answer: its transaction is given up. So whatever is still on its way is put down in one
 * stroke, which a browser keeps, and saved as usual when the person's notebook is opened next.
 * A save that did reach the disk is only said again (docs/sync-protocol.md, 6).
 */
import { keepMeta, readAllMeta } from "../db/meta";
import type { Draft, Outbox } from "../db/outbox";
import { newId } from "../domain/identifiers";
import { Pen } from "./pen";

const prefixOf = (network: string) => `last_words/${network}/`;

/** Another page may be open beside this one: each has its own. */
export class LastWords {
  private readonly key: string;
  private isLeaving = false;
  private isHeld = false;

  constructor(
    private readonly outbox: Outbox,
    network: string,
    private readonly drafts: () => Draft[],
  ) {
    this.key = prefixOf(network) + newId();
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
    this.isHeld = true;
    keepMeta(this.outbox, this.key, drafts).catch(() => undefined);
  }

  /** A draft is on disk: the page goes on after all. */
  written(): void {
    if (!this.isHeld || this.drafts().length > 0) return;
    this.isHeld = false;
    keepMeta(this.outbox, this.key, undefined).catch(() => undefined);
  }
}

/** Save what pages before this one were about to. */
export async function takeUp(outbox: Outbox, network: string, now: () => number): Promise<void> {
  const silent = { drafted: () => undefined, written: () => undefined };
  for (const [key, drafts] of await readAllMeta<Draft[]>(outbox, prefixOf(network))) {
    const pen = new Pen(outbox, now, silent);
    await Promise.all(drafts.map((draft) => pen.write(draft)));
    await keepMeta(outbox, key, undefined);
  }
}
