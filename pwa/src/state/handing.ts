/**
 * Handing cards over without a network: one's own as a file, others' from their files.
 *
 * Loaded with the screens of a debrief. A file is taken in on the tablet of whoever may bring it
 * to the server later (`sync.carry`), and nothing of a scope that they do not hold.
 */
import { freezeForHand } from "../db/handing";
import { newOf, takeIn } from "../db/taking-in";
import { mayHold } from "../domain/access";
import { readHanded, writeHanded, type Refusal } from "../domain/handed-cards";
import type { Change } from "../domain/registers";
import { list, notebook, record, standing } from "./records";
import { openPost, VERSION } from "./sending";

export interface HandOver {
  text: string;
  /** Cards in it. */
  count: number;
}

/** This person's cards of the round as a file; null where there are none. */
export async function handOver(round: string): Promise<HandOver | null> {
  const post = openPost();
  const by = standing.peek()?.memberId;
  if (!post || !by) return null;
  await notebook.peek()?.closeAllEditors();
  const changes = await freezeForHand(post.outbox, post.network, round);
  await notebook.peek()?.load();
  const count = cardsIn(changes).length;
  if (count === 0) return null;
  const text = writeHanded({ network: post.network, round, by, changes }, VERSION);
  return { text, count };
}

/** What a file holds, as far as this person may have it. */
export interface Looked {
  /** Cards in it, and how many of them are here already. */
  count: number;
  here: number;
  /** Nothing in it is new. */
  isKnown: boolean;
  team: string | null;
  changes: readonly Change[];
}

/** Look into a file: nothing is written. */
export async function lookAtCards(round: string, text: string): Promise<Looked | Refusal> {
  const post = openPost();
  const me = standing.peek();
  if (!post || !me) return "other_network";
  const parts = list("participant", `round:${round}`).peek();
  const people = new Set(parts.map(({ fields }) => fields.member ?? ""));
  const reader = { network: post.network, round, member: me.memberId, people };
  const read = readHanded(text, reader);
  if (typeof read === "string") return read;
  const changes = read.changes.filter(({ scope }) => mayHold(me, scope));
  if (!changes.every(isOfItsRecord)) return "contradicts";
  const fresh = await newOf(post.outbox, changes);
  if (fresh === null) return "contradicts";
  const cards = cardsIn(changes);
  const here = cards.filter((id) => record("card", id).peek()).length;
  const team = teamOf(round, read.by);
  return { count: cards.length, here, isKnown: fresh.length === 0, team, changes };
}

/** Take in what was looked at, whole or not at all: it may contradict what came meanwhile. */
export async function takeInCards({ changes }: Looked): Promise<Refusal | null> {
  const post = openPost();
  if (!post) return "other_network";
  if (!changes.every(isOfItsRecord)) return "contradicts";
  const fresh = await takeIn(post.outbox, post.network, changes);
  await notebook.peek()?.load();
  return fresh === null ? "contradicts" : null;
}

/** The record that it names is here as what it says, or not at all: no card becomes a debrief. */
function isOfItsRecord({ record, kind, scope }: Change): boolean {
  const known = notebook.peek()?.memory.scopeAndKind(record);
  return !known || (known.kind === kind && known.scope === scope);
}

function cardsIn(changes: readonly Change[]): string[] {
  return [...new Set(changes.filter(({ kind }) => kind === "card").map((each) => each.record))];
}

function teamOf(round: string, member: string): string | null {
  const teams = list("team", `round:${round}`).peek();
  return teams.find(({ fields }) => fields.members.has(member))?.fields.name ?? null;
}
