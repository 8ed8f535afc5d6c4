/**
 * Looks after what must not be forgotten while somebody is signed in: that the tablet tells
 * how much waits on it, and that others' records lock after weeks without contact.
 */
import { signal } from "@preact/signals";
import type { Cache } from "../db/cache";
import { Contact } from "../sync/contact";
import { Heartbeat, type Held } from "../sync/heartbeat";
import type { Outcome } from "../sync/sender";
import { lossIsTold, untoldLoss } from "./canary";
import type { Notebook } from "./notebook";

const LOOK_MS = 10 * 60_000;

/** What is saved and leaves within this time is no news for anybody. */
const SETTLES_MS = 2_000;

/** No contact for weeks: what others wrote is hidden until there is one. */
export const locked = signal(false);

/** An answer's own way, and its clock's whole seconds: not a reason to move a clock on screen. */
const SAME_CLOCK_MS = 2_000;

/** How far the server's clock is ahead of this tablet's, in milliseconds: for showing alone. */
export const clockAhead = signal(0);

/** What the server's clock shows now, as far as this tablet was told. */
export function serverNow(): number {
  return Date.now() + clockAhead.value;
}

function told(ahead: number): void {
  if (Math.abs(ahead - clockAhead.peek()) > SAME_CLOCK_MS) clockAhead.value = ahead;
}

interface Place {
  network: string;
  cache: Cache;
  version: string;
}

export class Watchman {
  private readonly heartbeat: Heartbeat;
  private readonly contact: Promise<Contact>;
  private clockAhead = 0;
  private saying: ReturnType<typeof setTimeout> | undefined;

  constructor(
    { network, cache, version }: Place,
    private readonly book: Notebook,
    private readonly leaving: AbortSignal,
  ) {
    const clocks = { wall: Date.now, steady: () => performance.now() };
    this.contact = Contact.open(cache, network, clocks);
    void this.contact.then((contact) => told(contact.clockAhead)).catch(() => undefined);
    this.heartbeat = new Heartbeat({
      ...{ network, version, now: Date.now },
      clockAhead: () => this.clockAhead,
      isVisible: () => document.visibilityState === "visible",
    });
    void this.look();
    const timer = setInterval(() => void this.look(), LOOK_MS);
    leaving.addEventListener("abort", () => clearInterval(timer));
  }

  /** Our server answered; `at` is its clock. */
  heard(at: number | null): void {
    const taken = this.contact.then(async (contact) => {
      await contact.heard(at);
      this.clockAhead = contact.clockAhead;
      if (at !== null) told(contact.clockAhead);
    });
    void taken.catch(() => undefined).then(() => this.look());
  }

  /** Whether others' records are locked. A cache that cannot be read has none to show. */
  private async look(): Promise<void> {
    const isLocked = await this.contact.then((contact) => contact.isLocked()).catch(() => false);
    if (this.leaving.aborted) return;
    locked.value = isLocked;
    this.book.lock(isLocked);
  }

  /** A round of sending and reading ends: where somebody answered, say soon what is left here. */
  async after(ending: Promise<Outcome>): Promise<Outcome> {
    const outcome = await ending;
    if (outcome.how === "done" || outcome.how === "too_old") {
      this.saying ??= setTimeout(() => void this.say(), SETTLES_MS);
    }
    return outcome;
  }

  private async say(): Promise<void> {
    this.saying = undefined;
    const held = this.held();
    const isHeard = await this.heartbeat.beat(held, this.leaving);
    if (isHeard && held.loss) await lossIsTold().catch(() => undefined);
  }

  private held(): Held {
    const { notes, changes, oldestAt } = this.book.waiting.peek();
    const loss = untoldLoss();
    return { unsent: notes + changes, oldestAt, setAside: this.book.setAside.peek().length, loss };
  }
}
