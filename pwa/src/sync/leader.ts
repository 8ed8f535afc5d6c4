/**
 * One sender at a time, over all tabs and the service worker.
 *
 * Whoever has something to do takes the lock for one round of sending and reading. A tab
 * that froze while holding it is overtaken: the numbered request of the outbox makes its
 * late reply worthless, so double sending stays harmless.
 */

const OVERTAKE_MS = 90_000;

const lockOf = (personId: string) => `rounds-sender-${personId}`;

let chain: Promise<unknown> = Promise.resolve();

/** Where the browser has no locks: one after the other within this tab. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = chain.then(work, work);
  chain = mine.catch(() => undefined);
  return mine;
}

/** Run `work` while nobody else sends for this person. Gives up waiting when `until` aborts. */
export async function alone<T>(
  personId: string,
  work: () => Promise<T>,
  until?: AbortSignal,
): Promise<T> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return inTurn(work);
  const name = lockOf(personId);
  const patience = new AbortController();
  const giveUp = () => patience.abort();
  const timer = setTimeout(giveUp, OVERTAKE_MS);
  until?.addEventListener("abort", giveUp);
  try {
    return await locks.request(name, { signal: patience.signal }, () => {
      clearTimeout(timer);
      until?.removeEventListener("abort", giveUp);
      return work();
    });
  } catch (error) {
    if (!patience.signal.aborted || until?.aborted) throw error;
    return locks.request(name, { steal: true }, work);
  } finally {
    clearTimeout(timer);
    until?.removeEventListener("abort", giveUp);
  }
}

/** From the worker: a tab that sends already needs no help. */
export function unlessBusy(personId: string, work: () => Promise<unknown>): Promise<unknown> {
  return navigator.locks.request(lockOf(personId), { ifAvailable: true }, (lock) => lock && work());
}

/** Which records to look at again: a page may have brought none. Or whatever is on disk. */
export type Moved = readonly string[] | "everything";

/** What tabs tell each other. A message carries no text: only where to look again. */
export type Message =
  | { about: "records"; person: string; network: string; records: Moved }
  | { about: "reading"; person: string; network: string }
  | { about: "person" }
  | { about: "presenting"; round: string | null };

const CHANNEL = "rounds";
let channel: BroadcastChannel | null = null;

function open(): BroadcastChannel | null {
  if (typeof BroadcastChannel === "undefined") return null;
  channel ??= new BroadcastChannel(CHANNEL);
  return channel;
}

export function tell(message: Message): void {
  open()?.postMessage(message);
}

/** Hear the other tabs and the worker, never oneself. Answers how to stop. */
export function hear(listener: (message: Message) => void): () => void {
  const heard = (event: MessageEvent<Message>) => listener(event.data);
  const opened = open();
  opened?.addEventListener("message", heard);
  return () => opened?.removeEventListener("message", heard);
}
