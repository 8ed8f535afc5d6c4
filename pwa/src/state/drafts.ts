/**
 * Words in a form that makes nothing before it is sent: names to invite, a text put together
 * from two. They lie on this tablet beside the person's changes, and never leave it.
 */
import { keepMeta, readMeta } from "../db/meta";
import { openOutbox, type Outbox } from "../db/outbox";
import { me, network } from "./open-network";

let shelf: { person: string; outbox: Outbox } | null = null;

/** Stays open, so that the last words are written in time when the app is hidden. */
function shelfOf(person: string | undefined): Outbox {
  if (person === undefined) throw new Error("nobody is signed in");
  if (shelf?.person !== person) shelf = { person, outbox: openOutbox(person) };
  return shelf.outbox;
}

const keyOf = (name: string) => `draft/${network.peek()?.network.id ?? ""}/${name}`;

/**
 * What is on its way to disk, by its place in the page's own storage: a page that goes gives up
 * its transactions (last-words.ts), so it puts these down there.
 */
const onTheirWay = new Map<string, string | undefined>();
let isLeaving = false;

function putDown(): void {
  if (!isLeaving) return;
  try {
    for (const [place, words] of onTheirWay) localStorage.setItem(place, words ?? "");
  } catch {
    // No room, or none is granted: the usual way is still under way.
  }
}

function goes(event: Event): void {
  isLeaving = event.type === "pagehide";
  putDown();
}

for (const event of ["pagehide", "pageshow"]) addEventListener(event, goes);

const placeOf = (name: string) => `last_draft/${me.peek()?.person.id ?? ""}/${keyOf(name)}`;

export async function readDraft(name: string): Promise<string | undefined> {
  const last = localStorage.getItem(placeOf(name));
  if (last !== null) await keepDraft(name, last || undefined);
  return readMeta<string>(shelfOf(me.peek()?.person.id), keyOf(name));
}

/** Resolves when it is on disk; undefined forgets it. */
export async function keepDraft(name: string, words: string | undefined): Promise<void> {
  const [shelf, key, place] = [shelfOf(me.peek()?.person.id), keyOf(name), placeOf(name)];
  onTheirWay.set(place, words);
  putDown();
  await keepMeta(shelf, key, words);
  if (onTheirWay.get(place) !== words) return;
  onTheirWay.delete(place);
  localStorage.removeItem(place);
}
