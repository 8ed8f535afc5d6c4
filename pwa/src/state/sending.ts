/**
 * Sending and reading, as screens see it: what is under way, what waits, what was set aside.
 *
 * Tries at start, when the network returns, when the app is looked at, after a save, now and
 * then, and when asked.
 */
import { signal } from "@preact/signals";
import { discard, offerAgain } from "../db/acknowledgements";
import { IDLE_MS } from "../db/batches";
import type { Cache } from "../db/cache";
import { letGo, readHandedIn } from "../db/handed";
import { hasWaiting, readEverything, type Outbox } from "../db/outbox";
import { rescueFile, rescuedAcknowledged, rescuedEntry } from "../db/rescue-file";
import { startEngine, type Engine } from "../sync/engine";
import { alone, hear, tell, type Moved } from "../sync/leader";
import { listen } from "../sync/live";
import { align } from "../sync/pulling";
import { sendAll, sessionIsOf, type Outcome } from "../sync/sender";
import type { Notebook } from "./notebook";
import { me } from "./open-network";
import { notebook } from "./records";
import type { Link } from "./types";
import { Watchman } from "./watchman";

export { setAside, waiting } from "./records";
export { locked, serverNow } from "./watchman";

/** The app's version: what was refused is offered again when it changes. */
export const VERSION = __APP_VERSION__;
const RETIRE_MS = 60 * 60_000;
const ONLINE_MS = 3_000;

export const link = signal<Link>("online");

/** Who is where right now, as the server told it last. */
export const placesTold = signal("");

/** The app is too old to read what the server has; sending still works. */
export const tooOld = signal(false);

export interface Post {
  person: string;
  network: string;
  outbox: Outbox;
  cache: Cache;
}

interface Open {
  post: Post;
  notebook: Notebook;
  engine: Engine;
  /** Nothing leaves after this; resolves when nothing is under way. */
  close: () => Promise<void>;
}

let open: Open | null = null;
let knownSession: string | null = null;
let retiredAt = -Infinity;

async function moved(post: Post, network: string, records: Moved): Promise<void> {
  if (network === post.network) {
    if (records === "everything") await align(post.outbox, post.cache, network);
    await notebook.value?.refresh(records);
  }
  tell({ about: "records", person: post.person, network, records });
}

/** Whether the session at the server is ours: asked once, before anything is sent. */
async function isSignedIn(person: string): Promise<boolean | null> {
  if (knownSession === person) return true;
  const answer = await sessionIsOf(person);
  if (answer) knownSession = person;
  return answer;
}

async function round(
  post: Post,
  signal: AbortSignal,
  heard: (at: number | null) => void,
): Promise<Outcome> {
  const signedIn = await isSignedIn(post.person);
  if (signal.aborted) return { how: "later", afterMs: null };
  if (signedIn === null) return ended({ how: "later", afterMs: null });
  if (!signedIn) return ended({ how: "signed_out" });
  const { person, network, outbox, cache } = post;
  const work = async () => {
    if (await hasWaiting(outbox)) link.value = "sending";
    const moves: Promise<void>[] = [];
    const sent = await sendAll({
      ...{ outbox, person, version: VERSION, now: Date.now, signal },
      moved: (where, records) => void moves.push(moved(post, where, records)),
    });
    await Promise.all(moves);
    if (signal.aborted) return sent;
    if (sent.how === "signed_out") return ended(sent);
    const brought = await bring(outbox, network, signal);
    const puller = await import("../sync/puller").catch(() => null);
    if (puller === null) return ended({ how: "later", afterMs: null });
    const { pullAll, retire } = puller;
    const read = await pullAll({
      ...{ outbox, cache, network, signal, heard },
      changed: (where, records) => moved(post, where, records),
    });
    if (signal.aborted) return read;
    if (read.how === "done" && brought.size > 0) {
      await letGo(outbox, brought);
      await moved(post, network, "everything");
    }
    await nowAndThen((now) => retire(outbox, cache, network, now));
    return ended(read.how === "done" ? sent : read);
  };
  return alone(person, work, signal);
}

/** What others handed over goes too, from the tablet of whoever may bring it. */
async function bring(outbox: Outbox, network: string, signal: AbortSignal): Promise<Set<string>> {
  if ((await readHandedIn(outbox)).length === 0) return new Set();
  const { bringHanded } = await import("../sync/handing");
  return bringHanded(outbox, network, signal);
}

function ended(outcome: Outcome): Outcome {
  if (outcome.how === "signed_out") knownSession = null;
  tooOld.value = outcome.how === "too_old";
  link.value =
    outcome.how === "signed_out" ? "signed_out" : outcome.how === "later" ? "offline" : "online";
  return outcome;
}

async function nowAndThen(retire: (now: number) => Promise<unknown>): Promise<void> {
  const now = Date.now();
  if (now - retiredAt < RETIRE_MS) return;
  retiredAt = now;
  await retire(now);
}

/** Where it exists, the browser wakes the worker once there is a network: a bonus. */
function askForHelp(): void {
  interface WithSync {
    sync?: { register: (tag: string) => Promise<void> };
  }
  const ready = navigator.serviceWorker?.ready as Promise<WithSync> | undefined;
  ready?.then((registration) => registration.sync?.register("send")).catch(() => undefined);
}

function watch(engine: Engine, book: Notebook): () => void {
  const seen = () => {
    if (document.visibilityState === "visible") engine.within(0);
    else void book.closeAllEditors().then(() => engine.within(0));
    if (document.visibilityState === "hidden" && book.waiting.value.count > 0) askForHelp();
  };
  const online = () => engine.within(Math.random() * ONLINE_MS);
  const leaving = () => {
    book.leave(true);
    void book.closeAllEditors();
  };
  const back = () => book.leave(false);
  const listeners = [
    [document, "visibilitychange", seen],
    [window, "focus", seen],
    [window, "online", online],
    [window, "pagehide", leaving],
    [window, "pageshow", back],
  ] as const;
  for (const [target, event, listener] of listeners) target.addEventListener(event, listener);
  return () => {
    for (const [target, event, listener] of listeners) target.removeEventListener(event, listener);
  };
}

/** Follow the server's hints, unless what they point at was read already. */
function listenFor({ person, network, cache }: Post, engine: Engine): () => void {
  const readHead = async () => (await cache.readings.get(network))?.synced ?? null;
  const hinted = async (head: number) => {
    if (((await readHead()) ?? -1) < head) engine.hint();
  };
  return listen({
    ...{ person, network, readHead, random: Math.random },
    hinted: (head) => void hinted(head).catch(() => engine.hint()),
    places: (told) => (placesTold.value = told),
  });
}

/** Begin to send and read for one person in one network. Nothing else may be open. */
export function startSending(post: Post, book: Notebook): void {
  const leaving = new AbortController();
  const watchman = new Watchman({ ...post, version: VERSION }, book, leaving.signal);
  const engine = startEngine({
    round: () => watchman.after(round(post, leaving.signal, (at) => watchman.heard(at))),
    random: Math.random,
    now: Date.now,
  });
  const unwatch = watch(engine, book);
  const unlisten = listenFor(post, engine);
  const unhear = hear((message) => {
    if (message.about === "records" && message.person === post.person) {
      if (message.network === post.network) void book.refresh(message.records);
    }
  });
  const close = () => {
    unwatch();
    unlisten();
    unhear();
    leaving.abort();
    return engine.stop();
  };
  open = { post, notebook: book, engine, close };
  engine.within(0);
}

/** Nothing of this person leaves after this. */
export async function stopSending(): Promise<void> {
  const ending = open;
  open = null;
  await ending?.close();
}

/** The session is known to be this person's (they just signed in), or no longer known. */
export function sessionBelongsTo(person: string | null): void {
  knownSession = person;
}

/** A save is on disk: other tabs look, and it leaves soon, or after a pause in typing. */
export function afterSave(post: Post, record: string, isEditing: boolean): void {
  tell({ about: "records", person: post.person, network: post.network, records: [record] });
  if (isEditing) open?.engine.within(IDLE_MS);
  else open?.engine.saved();
}

export function syncNow(): void {
  open?.engine.now();
}

/** Ask the server at least this often, until stopped: while a debrief is open. */
export function pollEvery(ms: number): () => void {
  return open?.engine.pollEvery(ms) ?? (() => undefined);
}

/** Offer a change again that was not accepted: under the same id. */
export async function retrySetAside(changeId: string): Promise<void> {
  if (!open) return;
  await offerAgain(open.post.outbox, changeId);
  syncNow();
}

/** Its author lets go of a change that was not accepted. */
export async function discardSetAside(changeId: string): Promise<void> {
  if (!open) return;
  await discard(open.post.outbox, changeId);
  await open.notebook.load();
}

/** A copy of everything that is not safely on the server, for the person to save. */
export async function unsentCopy(): Promise<string> {
  const account = me.peek();
  if (!open || !account) return "";
  const { waiting, acknowledged } = await readEverything(open.post.outbox);
  const unserved = acknowledged.filter((held) => held.status !== "applied");
  const changes = [...waiting.map(rescuedEntry), ...unserved.map(rescuedAcknowledged)];
  return rescueFile(account, changes, VERSION, new Date());
}

/** Where the open network's changes lie; null where none is open. */
export function openPost(): Post | null {
  return open?.post ?? null;
}
