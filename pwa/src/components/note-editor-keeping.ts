/**
 * When a text that is being typed goes to disk, and what may be said of it meanwhile.
 *
 * Obligations (README, promise 1): within 500 ms of a pause, at most 1 s while typing, at
 * once when `flush` is called. A text that could not be written stays here, in memory, and is
 * tried again until it is on disk. It must not know where or how a text is kept.
 */
import { signal, type ReadonlySignal } from "@preact/signals";

/** After the last key. The rest of the 500 ms is for the disk. */
const PAUSE_MS = 300;
/** After the first key that is not kept. The rest of the second is for the disk. */
const LONGEST_MS = 700;
/** "Saved" does not blink between two keys. */
const CALM_MS = 250;
/** A disk that has not answered for so long has failed: it is told, and tried again. */
const LATE_MS = 5_000;
const LONGEST_RETRY_MS = 8_000;

/** `open`: the person is still in the line, so that more of it is to come. */
export type Save = (text: string, open: boolean) => Promise<void>;

/** `kept` is only ever said of the whole text as it stands in the field. */
export type Kept = "nothing" | "writing" | "kept" | "trouble";

export interface Keeper {
  readonly state: ReadonlySignal<Kept>;
  /** A key was pressed: the text as it stands now. */
  typed(text: string): void;
  /**
   * Write at once what is not written yet; the save is begun before this returns. Without
   * `open` the line is left: it may be sent. Resolves when it is kept or has failed.
   */
  flush(options?: { open: boolean }): Promise<void>;
}

function inTime(save: Promise<void>): Promise<void> {
  let late: ReturnType<typeof setTimeout>;
  const tooLate = new Promise<void>((_, reject) => {
    late = setTimeout(() => reject(new Error("the disk did not answer")), LATE_MS);
  });
  return Promise.race([save, tooLate]).finally(() => clearTimeout(late));
}

/** Times are the page's own and only ever go forward, whatever the tablet's clock does. */
export function keeperOf(save: Save): Keeper {
  const state = signal<Kept>("nothing");
  let text = "";
  let open = true;
  let typedCount = 0;
  let keptCount = 0;
  let typedAt = 0;
  let unwrittenSince = 0;
  let saving = 0;
  let failures = 0;
  let due: ReturnType<typeof setTimeout> | undefined;

  function writeIn(delay: number): void {
    clearTimeout(due);
    due = setTimeout(() => (saving > 0 ? writeIn(50) : void write()), Math.max(0, delay));
  }

  async function write(): Promise<void> {
    clearTimeout(due);
    const count = typedCount;
    unwrittenSince = 0;
    saving += 1;
    try {
      await inTime(save(text, open));
      keptCount = Math.max(keptCount, count);
      failures = 0;
      sayKept();
    } catch {
      if (keptCount < count) sayTrouble();
    } finally {
      saving -= 1;
    }
  }

  function sayKept(): void {
    if (keptCount < typedCount) return;
    const calmIn = typedAt + CALM_MS - performance.now();
    if (calmIn <= 0 || !open || state.peek() === "trouble") state.value = "kept";
    else setTimeout(sayKept, calmIn);
  }

  function sayTrouble(): void {
    state.value = "trouble";
    writeIn(Math.min(500 * 2 ** failures, LONGEST_RETRY_MS));
    failures += 1;
  }

  return {
    state,
    typed(value) {
      const now = performance.now();
      text = value;
      open = true;
      typedAt = now;
      typedCount += 1;
      unwrittenSince ||= now || 1;
      if (state.peek() !== "trouble") state.value = "writing";
      writeIn(Math.min(PAUSE_MS, unwrittenSince + LONGEST_MS - now));
    },
    async flush(options = { open: false }) {
      const nothingNew = keptCount === typedCount && (options.open || !open);
      if (typedCount === 0 || nothingNew) return;
      open = options.open;
      await write();
    },
  };
}
