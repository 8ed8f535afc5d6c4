/**
 * Telling the server what failed in the app: the kind of failure, the version, and places in
 * our own files. Never a message: it may quote what somebody wrote. Loaded only when
 * something failed, and gives up in silence: a failure to tell must not be another one.
 */
import { me, network } from "./state";
import { request } from "./sync/api";

const MOST_PLACES = 10;
const MOST_TOLD = 10;
const KIND = /^[A-Za-z][A-Za-z0-9_.]{0,63}$/;
const FILE = /\/((?:assets\/)?[A-Za-z0-9_-]{1,40}\.js):(\d{1,7}):(\d{1,7})/;

const told = new Set<string>();

/** Where it happened, the innermost first: lines of a stack that name a file of this origin. */
export function placesOf(stack: string, origin: string): string[] {
  return stack
    .split("\n")
    .map((line) => (line.includes(`${origin}/`) ? FILE.exec(line) : null))
    .filter((found) => found !== null)
    .map(([, file, line, column]) => `${file}:${line}:${column}`)
    .slice(0, MOST_PLACES);
}

/** The name of the failure's class, and no word of it. */
export function kindOf(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  return KIND.test(name) ? name : "Unknown";
}

/** Tell it once. Nobody signed in, or no connection: it is not told. */
export async function tellFailure(error: unknown): Promise<void> {
  const open = network.value;
  if (!me.value || !open || told.size >= MOST_TOLD) return;
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const code = kindOf(error);
  const places = placesOf(stack, location.origin);
  const key = `${code} ${places[0] ?? ""}`;
  if (told.has(key)) return;
  told.add(key);
  const body = { network: open.network.id, code, version: __APP_VERSION__, places };
  await request("POST", "/client-errors", body).catch(() => undefined);
}
