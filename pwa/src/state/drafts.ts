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

export async function readDraft(name: string): Promise<string | undefined> {
  return readMeta<string>(shelfOf(me.peek()?.person.id), keyOf(name));
}

/** Resolves when it is on disk; undefined forgets it. */
export async function keepDraft(name: string, words: string | undefined): Promise<void> {
  await keepMeta(shelfOf(me.peek()?.person.id), keyOf(name), words);
}
