/**
 * When to try: one round at a time, soon after a save, and again later when it did not work.
 *
 * Full jitter, 1 s x 2^k up to 5 minutes; a tap starts over. Knows nothing of what a round
 * does, only how it ended.
 */
import type { Outcome } from "./sender";

const FIRST_MS = 1_000;
const LONGEST_MS = 5 * 60_000;
const POLL_MS = 30_000;
const SOON_MS = 300;
const HINT_MS = 1_000;
const AFTER_SAVE_MS = 300;
/** Where somebody waits for others' moves, in a debrief: saves leave and hints are followed sooner. */
const LIVELY_MS = 100;
const LIVELY_APART_MS = 250;
const LIVELY_SAVE_MS = 60;
/** Those who were all told to come back in so many seconds come one after the other. */
const APART_MS = 1_000;

export interface Engine {
  /** Try within this time, sooner if something else asked for it. */
  within: (ms: number) => void;
  /** A save is on disk: it leaves soon, with others of the same moment. */
  saved: () => void;
  /** The server hints at news: within a second, and at most once a second; sooner in a debrief. */
  hint: () => void;
  /** A tap: now, whatever failed before. */
  now: () => void;
  /** Poll at least this often until told to stop. */
  pollEvery: (ms: number) => () => void;
  /** No more rounds. Resolves when the running one has ended. */
  stop: () => Promise<void>;
}

interface Timers {
  round: () => Promise<Outcome>;
  random: () => number;
  now: () => number;
}

/** How long to wait after `failures` in a row. */
export function backOff(failures: number, random: () => number): number {
  return Math.max(250, random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** failures));
}

export function startEngine({ round, random, now }: Timers): Engine {
  const polls = new Set<{ ms: number }>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = Infinity;
  let earliest = 0;
  let began = -Infinity;
  let failures = 0;
  let running = false;
  let stopped = false;
  let current: Promise<void> = Promise.resolve();

  function schedule(ms: number, floor = earliest): void {
    const wanted = Math.max(now() + ms, floor);
    if (stopped || wanted >= due) return;
    due = wanted;
    clearTimeout(timer);
    if (!running) timer = setTimeout(() => void (current = run()), Math.max(0, wanted - now()));
  }

  async function run(): Promise<void> {
    running = true;
    began = now();
    due = Infinity;
    const outcome = await round().catch((): Outcome => ({ how: "later", afterMs: null }));
    running = false;
    if (outcome.how === "done") succeed();
    else fail(outcome);
  }

  function succeed(): void {
    failures = 0;
    earliest = 0;
    const wanted = due;
    due = Infinity;
    schedule(Math.min(restMs(), Math.max(0, wanted - now())));
  }

  function fail(outcome: Outcome): void {
    const asked = outcome.how === "later" ? outcome.afterMs : null;
    const wait = asked === null ? backOff(failures++, random) : asked + random() * APART_MS;
    earliest = now() + wait;
    due = Infinity;
    schedule(wait);
  }

  function restMs(): number {
    const wanted = Math.min(...[...polls].map((poll) => poll.ms));
    return Number.isFinite(wanted) ? wanted : POLL_MS * (1 + random());
  }

  /** All tablets of a room hear it at the same moment: they do not all ask at once. */
  function hint(): void {
    const [within, apart] = polls.size > 0 ? [LIVELY_MS, LIVELY_APART_MS] : [HINT_MS, HINT_MS];
    schedule(random() * within, Math.max(earliest, began + apart));
  }

  function startOver(): void {
    failures = 0;
    earliest = 0;
    schedule(0, 0);
  }

  function pollEvery(ms: number): () => void {
    const poll = { ms };
    polls.add(poll);
    schedule(SOON_MS);
    return () => void polls.delete(poll);
  }

  function stop(): Promise<void> {
    stopped = true;
    clearTimeout(timer);
    return current;
  }

  const saved = () => schedule(polls.size > 0 ? LIVELY_SAVE_MS : AFTER_SAVE_MS);

  return { within: (ms) => schedule(ms), saved, hint, now: startOver, pollEvery, stop };
}
