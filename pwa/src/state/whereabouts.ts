/**
 * Who is at which group or text right now, and saying where this person is: over the server's
 * hints, and kept nowhere. Loaded with the screens of a debrief.
 *
 * Nothing is said or shown where a room looks on, without a connection, or to the host; and
 * nothing about whoever has not touched the tablet for a minute.
 */
import { computed, effect, type ReadonlySignal } from "@preact/signals";
import { mayHold } from "../domain/access";
import { ask } from "../sync/api";
import { presented } from "./presenting";
import { standing } from "./records";
import { link, openPost, placesTold } from "./sending";

/** How often one says again where one is: the server believes it for twelve seconds. */
const AGAIN_MS = 5_000;
/** Between two things said, however fast somebody goes from field to field. */
const PAUSE_MS = 500;
const UNTOUCHED_MS = 60_000;

export interface Other {
  member: string;
  writing: boolean;
}

interface Place {
  round: string;
  record: string;
  writing: boolean;
}

type Told = { network: string; here: (Other & { record: string })[] };

function mayTell(): boolean {
  return presented.value === null && link.value !== "offline" && link.value !== "signed_out";
}

const NOBODY: readonly Other[] = [];

const others = computed(() => {
  const found = new Map<string, Other[]>();
  const told = mayTell() && placesTold.value ? (JSON.parse(placesTold.value) as Told) : null;
  if (!told || told.network !== openPost()?.network) return found;
  for (const { record, ...other } of told.here) {
    found.set(record, [...(found.get(record) ?? []), other]);
  }
  return found;
});

const byRecord = new Map<string, ReadonlySignal<readonly Other[]>>();

/** Who else is at this record now. */
export function othersAt(record: string): ReadonlySignal<readonly Other[]> {
  const known = byRecord.get(record) ?? computed(() => others.value.get(record) ?? NOBODY);
  byRecord.set(record, known);
  return known;
}

/** Where the person is, the last one on top: a sheet lies over the wall. */
const places: Place[] = [];
let said: Place | null = null;
let saidAt = -Infinity;
let touchedAt = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let isAsking = false;
let watches = false;

function placeNow(): Place | null {
  const here = places.at(-1);
  const me = standing.peek();
  if (!here || !me || !mayHold(me, `visitors:${here.round}`)) return null;
  const isAway = document.visibilityState !== "visible" || Date.now() - touchedAt > UNTOUCHED_MS;
  return isAway || presented.peek() !== null || link.peek() === "offline" ? null : here;
}

/** Say it where it is new or due; one request at a time, so that none overtakes another. */
async function say(): Promise<void> {
  const here = placeNow();
  const round = (here ?? said)?.round;
  const network = openPost()?.network;
  const isSame = here?.record === said?.record && here?.writing === said?.writing;
  const isDue = here !== null && Date.now() - saidAt >= AGAIN_MS;
  if (round === undefined || network === undefined || (isSame && !isDue)) return;
  if (isAsking) return;
  isAsking = true;
  [said, saidAt] = [here, Date.now()];
  const { record = null, writing = false } = here ?? {};
  await ask("POST", "/live/here", { network, round, record, writing });
  isAsking = false;
  if (placeNow() !== here) saySoon();
}

function sayAgain(): void {
  clearTimeout(timer);
  void say().finally(() => {
    if (places.length > 0 || said) timer = setTimeout(sayAgain, said ? AGAIN_MS : UNTOUCHED_MS);
  });
}

function saySoon(): void {
  clearTimeout(timer);
  timer = setTimeout(sayAgain, Math.max(0, saidAt + PAUSE_MS - Date.now()));
}

function watch(): void {
  if (watches) return;
  watches = true;
  const touched = () => {
    const wasLong = Date.now() - touchedAt > UNTOUCHED_MS;
    touchedAt = Date.now();
    if (wasLong && places.length > 0) saySoon();
  };
  for (const event of ["pointerdown", "keydown"]) addEventListener(event, touched, true);
  document.addEventListener("visibilitychange", saySoon);
  effect(() => {
    mayTell();
    if (places.length > 0 || said) saySoon();
  });
}

/** Be at a record of a round, until what is answered is called. */
export function beAt(place: Place): () => void {
  watch();
  touchedAt = Date.now();
  places.push(place);
  saySoon();
  return () => {
    places.splice(places.indexOf(place), 1);
    saySoon();
  };
}
