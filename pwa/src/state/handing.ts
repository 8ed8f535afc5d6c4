/**
 * Handing cards over without a network: one's own as a file, others' from their files.
 *
 * Loaded with the screens of a debrief. A file is taken in on the tablet of whoever may bring it
 * to the server later (`sync.carry`), and nothing of a scope that they do not hold.
 */
import { takeIn } from "../db/handed";
import { freezeForHand } from "../db/handing";
import { mayHold } from "../domain/access";
import { readHanded, writeHanded, type Refusal } from "../domain/handed-cards";
import type { Change } from "../domain/registers";
import { list, notebook, standing } from "./records";
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
  const cards = new Set(changes.filter(({ kind }) => kind === "card").map(({ record }) => record));
  if (cards.size === 0) return null;
  const text = writeHanded({ network: post.network, round, by, changes }, VERSION);
  return { text, count: cards.size };
}

export interface TakenIn {
  /** Cards in the file, and how many of its changes were new here. */
  count: number;
  fresh: number;
  team: string | null;
}

/** Take a file in, whole or not at all. */
export async function takeInCards(round: string, text: string): Promise<TakenIn | Refusal> {
  const post = openPost();
  const me = standing.peek();
  if (!post || !me) return "other_network";
  const parts = list("participant", `round:${round}`).peek();
  const people = new Set(parts.map(({ fields }) => fields.member ?? ""));
  const reader = { network: post.network, round, member: me.memberId, people };
  const read = readHanded(text, reader);
  if (typeof read === "string") return read;
  const held = read.changes.filter(({ scope }) => mayHold(me, scope));
  if (!held.every(isOfItsRecord)) return "contradicts";
  const fresh = await takeIn(post.outbox, post.network, held);
  if (fresh === null) return "contradicts";
  await notebook.peek()?.load();
  return { count: cardsIn(held), fresh, team: teamOf(round, read.by) };
}

/** The record that it names is here as what it says, or not at all: no card becomes a debrief. */
function isOfItsRecord({ record, kind, scope }: Change): boolean {
  const known = notebook.peek()?.memory.scopeAndKind(record);
  return !known || (known.kind === kind && known.scope === scope);
}

function cardsIn(changes: readonly { kind: string; record: string }[]): number {
  return new Set(changes.filter(({ kind }) => kind === "card").map(({ record }) => record)).size;
}

function teamOf(round: string, member: string): string | null {
  const teams = list("team", `round:${round}`).peek();
  return teams.find(({ fields }) => fields.members.has(member))?.fields.name ?? null;
}
