/**
 * Is this device ready for hours without a network? Each check tries the thing itself; one
 * that cannot be tried here is left out rather than guessed. None may hang: engines exist in
 * which asking for storage never answers.
 */
import { writeTestLine } from "../../state";

export const CHECKS = [
  "installed",
  "kept",
  "writes",
  "own",
  "lasting",
  "room",
  "plan",
  "sent",
  "reach",
] as const;
export type Check = (typeof CHECKS)[number];
export type Findings = Readonly<Partial<Record<Check, boolean>>>;

/** What a day of notes needs, with a margin of a thousand. */
const ROOM_BYTES = 50 * 2 ** 20;
const PATIENCE_MS = 2_000;
const TEST_LINE = "A camera could have seen this.";

type Answer = Promise<boolean | undefined>;

/** What was found in time; else what silence means. */
function within(answer: Answer, silence?: boolean): Answer {
  const late = new Promise<boolean | undefined>((resolve) =>
    setTimeout(() => resolve(silence), PATIENCE_MS),
  );
  return Promise.race([answer.catch(() => silence), late]);
}

const storage = () => navigator.storage as Partial<StorageManager> | undefined;

export function isInstalled(): boolean {
  const onHomeScreen = (navigator as { standalone?: boolean }).standalone === true;
  return onHomeScreen || matchMedia("(display-mode: standalone)").matches;
}

/** Whether the app's own files are on this device, and a worker that serves them. */
async function isKept(): Promise<boolean> {
  if (!("serviceWorker" in navigator) || !navigator.serviceWorker.controller) return false;
  return (await caches.match("/index.html")) !== undefined;
}

/** A line written as strictly as a note, and read back. */
async function writes(): Promise<boolean> {
  return (await writeTestLine(TEST_LINE)) === TEST_LINE;
}

/** Safari and Firefox give a private window no folder of its own; Chromium gives it little room. */
async function isOwn(): Answer {
  const { getDirectory, estimate } = storage() ?? {};
  if (!getDirectory || !estimate) return undefined;
  const refused = await getDirectory.call(navigator.storage).then(
    () => false,
    () => true,
  );
  if (refused) return false;
  const { memory } = performance as { memory?: { jsHeapSizeLimit: number } };
  const { quota } = await estimate.call(navigator.storage);
  return !(memory && quota && quota < 2 * memory.jsHeapSizeLimit);
}

/** Ask to be kept when the device runs short: an installed app is told yes, without a question. */
async function isLasting(): Answer {
  const { persisted, persist } = storage() ?? {};
  if (!persisted || !persist) return undefined;
  return (await persisted.call(navigator.storage)) || persist.call(navigator.storage);
}

async function hasRoom(): Answer {
  const { quota, usage = 0 } = (await storage()?.estimate?.()) ?? {};
  return quota === undefined ? undefined : quota - usage > ROOM_BYTES;
}

/** No answer is no trouble: that is what the device gets ready for. Somebody else's answer is. */
async function isReached(): Answer {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const how = { cache: "no-store", redirect: "manual", signal } as const;
  const answer = await fetch("/api/v1/ready", how);
  return answer.headers.get("Sync-Server") === "1";
}

/** A tablet that is handed round may be in a guest session, which no page can tell. */
export function mayBeShared(): boolean {
  const { userAgent, maxTouchPoints } = navigator;
  return /iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
}

/** What can be tried without knowing of rounds. */
export async function tryDevice(): Promise<Findings> {
  const tried: [Check, Answer][] = [
    ["kept", within(isKept(), false)],
    ["writes", within(writes(), false)],
    ["own", within(isOwn())],
    ["lasting", within(isLasting())],
    ["room", within(hasRoom())],
    ["reach", within(isReached())],
  ];
  const found = await Promise.all(tried.map(async ([check, answer]) => [check, await answer]));
  const told = found.filter(([, holds]) => holds !== undefined);
  return { installed: isInstalled(), ...Object.fromEntries(told) };
}
