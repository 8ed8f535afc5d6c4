/**
 * Says how much waits on this tablet, so that the lead need not ask around: what is unsent,
 * since when, what was set aside. Never a word of it, and never how much was written.
 *
 * Said at the start, when it changed, and every few minutes while the app is looked at; a
 * tablet that says nothing is shown as unknown.
 */
import { ask } from "./api";

const EVERY_MS = 3 * 60_000;
const PATIENCE_MS = 2_000;

/** What is held here now. Moments by the tablet's own clock. */
export interface Held {
  unsent: number;
  oldestAt: string | null;
  setAside: number;
  /** That the storage was emptied, until the server has heard of it. */
  loss: { last_whole_at: string; noticed_at: string; waiting: number } | null;
}

export interface Heart {
  network: string;
  version: string;
  now: () => number;
  /** Milliseconds that the server's clock is ahead of this tablet's. */
  clockAhead: () => number;
  isVisible: () => boolean;
}

export class Heartbeat {
  private told = "";
  private toldAt = -Infinity;

  constructor(private readonly heart: Heart) {}

  /**
   * Say it, unless nothing changed and it was said a moment ago. Never throws. True: the
   * server has it now.
   */
  async beat(held: Held, until?: AbortSignal): Promise<boolean> {
    const { network, version, now, isVisible } = this.heart;
    const { unsent, setAside } = held;
    const said = JSON.stringify(held);
    const isDue = isVisible() && Math.abs(now() - this.toldAt) >= EVERY_MS;
    if (said === this.told && !isDue) return false;
    const oldest_at = unsent > 0 ? this.byServerClock(held.oldestAt) : null;
    const body = { network, unsent, oldest_at, set_aside: setAside, app_version: version };
    const beat = { ...body, ...this.emptied(held.loss), ...(await storageHere()) };
    const answer = await ask("POST", "/devices/heartbeat", beat, until);
    if (answer?.status !== 204) return false;
    this.told = said;
    this.toldAt = now();
    return true;
  }

  private emptied(loss: Held["loss"]) {
    if (!loss) return {};
    const emptied_at = this.byServerClock(loss.noticed_at);
    const last_whole_at = this.byServerClock(loss.last_whole_at);
    return { emptied: { emptied_at, last_whole_at, lost: loss.waiting } };
  }

  /** A tablet whose clock is wrong knows all the same how long something has waited. */
  private byServerClock(at: string | null): string | null {
    if (at === null || Number.isNaN(Date.parse(at))) return null;
    const corrected = new Date(Date.parse(at) + this.heart.clockAhead());
    return `${corrected.toISOString().slice(0, 19)}Z`;
  }
}

/** What the browser says of its storage, where it says anything in time. */
async function storageHere(): Promise<{ persisted: boolean | null; free_space: number | null }> {
  const storage = (globalThis.navigator as Partial<Navigator> | undefined)?.storage;
  const [persisted, estimate] = await Promise.all([
    inTime(() => storage?.persisted?.()),
    inTime(() => storage?.estimate?.()),
  ]);
  const { quota, usage } = estimate ?? {};
  const isKnown = quota !== undefined && usage !== undefined;
  return { persisted: persisted ?? null, free_space: isKnown ? Math.max(0, quota - usage) : null };
}

async function inTime<T>(ask: () => Promise<T> | undefined): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    return await Promise.race([ask(), tooLate]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
