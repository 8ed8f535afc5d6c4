/**
 * What people do on a wall. Each act is one save of a record or a few that are each harmless
 * alone, so that two tablets that were apart end with the same wall and no card is lost.
 *
 * Cards of a stack come onto the one wall in a drawn order: neither the numbers of the changes
 * nor the places among other cards tell which lay together (rule 15).
 */
import { showToast } from "../../components";
import { between, spread } from "../../domain/fractional";
import { t } from "../../i18n";
import { record, remove, restore, save } from "../../state";
import { makeOnce } from "../making";
import { apartOf, type Card } from "./board";
import { mentionOf } from "./long-words";
import { laidId, placeId, type Pile, type WallView } from "./walls";

export const LOOSE = "loose";
export const APART = "apart";
export const NEW = "new";

type Position = Card["fields"]["position"];

/** The place of a card on this wall, as it is stored. */
export function positionOf(wall: WallView, card: Card): Position {
  if (!wall.team) return card.fields.position;
  return record("team_place", placeId(card.id)).value?.fields.position ?? null;
}

export function place(wall: WallView, card: Card, position: Position): Promise<void> {
  if (!wall.team) return save("card", card.id, wall.scope, { position });
  return save("team_place", placeId(card.id), wall.scope, { card: card.id, position });
}

function nextOrder(wall: WallView): number {
  return 1 + Math.max(0, ...[...wall.piles, ...wall.stacks].map(({ order }) => order));
}

export function addGroup(wall: WallView, name = ""): Promise<string> {
  const { kind, scope, team } = wall;
  const set = { name, order: nextOrder(wall) };
  return makeOnce(kind, `${team?.id ?? scope} ${name}`, (id) =>
    team ? save("team_group", id, scope, { ...set, team: team.id }) : save("group", id, scope, set),
  );
}

function pileAt(wall: WallView, id: string): Pile | undefined {
  return wall.piles.find((pile) => pile.id === id);
}

export function stackAt(wall: WallView, id: string): Pile | undefined {
  return wall.stacks.find((stack) => stack.id === id);
}

function lyingAt(wall: WallView, target: string): readonly Card[] {
  if (target === LOOSE) return wall.loose;
  return target === APART ? wall.apart : (pileAt(wall, target)?.cards ?? []);
}

/** Where a card lies: the id of its group or stack, or one of the places above. */
export function whereIs(wall: WallView, card: Card): string {
  const pile = [...wall.piles, ...wall.stacks].find(({ cards }) => cards.includes(card));
  return pile?.id ?? (wall.apart.includes(card) ? APART : LOOSE);
}

/** The id of the group that a target means; a new one or a stack's is made for it. */
async function groupFor(wall: WallView, target: string): Promise<string | null> {
  if (target === LOOSE) return null;
  if (target === APART) return apartOf(wall.team?.id ?? wall.board.roundId);
  if (target === NEW) return addGroup(wall);
  const stack = stackAt(wall, target);
  return stack ? lay(wall, stack) : target;
}

/** Put cards at the end of a group, in the order given. */
export async function putInto(wall: WallView, cards: readonly Card[], group: string | null) {
  const there = lyingAt(wall, group ?? LOOSE).filter((card) => !cards.includes(card));
  let last = there.map((card) => positionOf(wall, card)?.order).at(-1) ?? null;
  await Promise.all(
    cards.map((card) => {
      last = between(last, null);
      return place(wall, card, { group, order: last });
    }),
  );
}

export async function moveCard(wall: WallView, cardId: string, target: string): Promise<void> {
  const card = wall.cards.find(({ id }) => id === cardId);
  if (!card || whereIs(wall, card) === target) return;
  const from = positionOf(wall, card);
  await putInto(wall, [card], await groupFor(wall, target));
  const text = t("debriefs.card_moved", { text: mentionOf(card.fields.text) });
  showToast({ text, undo: () => place(wall, card, from) });
}

function shuffled<T>(all: readonly T[]): T[] {
  const drawn = new Map(all.map((each) => [each, crypto.getRandomValues(new Uint32Array(1))[0]!]));
  return [...all].sort((a, b) => drawn.get(a)! - drawn.get(b)!);
}

/** The group that a stack is laid as; one that was taken away meanwhile comes back. */
async function laidGroup(wall: WallView, stack: Pile, order = nextOrder(wall)): Promise<string> {
  const id = laidId(stack.id);
  const isThere = () => record("group", id).value !== undefined;
  if (!isThere()) await save("group", id, wall.scope, { name: stack.typed, order });
  if (!isThere()) await restore("group", id);
  return id;
}

/** Lay a stack onto the one wall as a group of its own; answers the group's id. */
async function lay(wall: WallView, stack: Pile, order?: number): Promise<string> {
  const group = await laidGroup(wall, stack, order);
  const cards = shuffled(stack.cards);
  const keys = spread(null, null, cards.length);
  await Promise.all(cards.map((card, at) => place(wall, card, { group, order: keys[at]! })));
  return group;
}

function takenUp(wall: WallView, stacks: readonly Pile[]): () => Promise<unknown> {
  const cards = stacks.flatMap((stack) => stack.cards);
  return () => Promise.all(cards.map((card) => place(wall, card, null)));
}

/** Stacks stay apart: each is a group of its own. */
export async function leaveApart(wall: WallView, stacks: readonly Pile[]): Promise<void> {
  const first = nextOrder(wall);
  for (const [at, stack] of stacks.entries()) await lay(wall, stack, first + at);
  const text = t("debriefs.left_apart", { count: stacks.length });
  showToast({ text, undo: takenUp(wall, stacks) });
}

/** A key at a drawn place among those there. */
function drawnKey(keys: readonly string[]): string {
  const at = crypto.getRandomValues(new Uint32Array(1))[0]! % (keys.length + 1);
  return between(keys[at - 1] ?? null, keys[at] ?? null);
}

/** The cards of a stack go among those of a group, or of another stack that is laid for it. */
export async function joinStack(wall: WallView, stack: Pile, target: string): Promise<void> {
  const other = stackAt(wall, target);
  const mixed = shuffled([...stack.cards, ...(other?.cards ?? [])]);
  const into = other ? await laidGroup(wall, other) : await groupFor(wall, target);
  const there = lyingAt(wall, target).map((card) => positionOf(wall, card)?.order ?? "");
  const keys = [...new Set(there.filter(Boolean))].sort();
  await Promise.all(mixed.map((card) => place(wall, card, { group: into, order: drawnKey(keys) })));
  const undo = takenUp(wall, other ? [stack, other] : [stack]);
  showToast({ text: t("debriefs.groups_joined"), undo });
}

/** One save: cards that others put into the joined group later follow it. */
export async function joinGroup(wall: WallView, pile: Pile, into: string): Promise<void> {
  const target = stackAt(wall, into) ? await lay(wall, stackAt(wall, into)!) : into;
  const join = (joined_to: string | null) => save(pile.kind, pile.id, pile.scope, { joined_to });
  await join(target);
  showToast({ text: t("debriefs.groups_joined"), undo: () => join(null) });
}

/** What was joined is a group of its own again. */
export function takeOut(pile: Pile, part: string): Promise<void> {
  return save(pile.kind, part, pile.scope, { joined_to: null });
}

export async function splitOff(wall: WallView, cards: readonly Card[]): Promise<void> {
  await putInto(wall, cards, await addGroup(wall));
}

export async function takeAway(pile: Pile): Promise<void> {
  await remove(pile.kind, pile.id);
  showToast({ text: t("debriefs.group_gone"), undo: () => restore(pile.kind, pile.id) });
}
