/**
 * The wall: in which group each card lies once groups were joined or taken away.
 *
 * A card is never lost: whatever several devices joined, split or took away at once, it lies
 * in one place, and the place follows from the records alone. `standingGroup` is the twin of
 * server/domain/board.py; both run tests/vectors/board.json.
 */
import { endOfJoins } from "./joins";

/** Every group that is there, and what it was joined to. */
export type Joins = ReadonlyMap<string, string | null>;

/** The group that stands for this one; none where it, or what it was joined to, is gone. */
export function standingGroup(group: string | null, joinedTo: Joins): string | null {
  if (group === null) return null;
  const end = endOfJoins(group, joinedTo);
  return joinedTo.has(end) ? end : null;
}

export interface Place {
  readonly group: string | null;
  readonly order: string;
}

/** A wall's cards, each in exactly one place. */
export interface Layout<C> {
  /** In no group that is there. */
  loose: C[];
  /** What fits nowhere yet, said so on purpose. */
  apart: C[];
  /** By the group that stands. */
  piles: ReadonlyMap<string, C[]>;
}

/** By key, equal keys by id, so that all devices agree. */
function inOrder<C extends { id: string }>(cards: C[], placeOf: (card: C) => Place | null): C[] {
  const key = new Map(cards.map((card) => [card, placeOf(card)?.order ?? ""]));
  return [...cards].sort((a, b) => {
    const one = key.get(a)!;
    const other = key.get(b)!;
    return one < other || (one === other && a.id < b.id) ? -1 : 1;
  });
}

/** `apart`: the id that stands for the place of what fits nowhere yet; no group has it. */
export function layOut<C extends { id: string }>(
  cards: readonly C[],
  placeOf: (card: C) => Place | null,
  joinedTo: Joins,
  apart: string,
): Layout<C> {
  const piles = new Map<string, C[]>();
  const loose: C[] = [];
  const aside: C[] = [];
  for (const card of inOrder([...cards], placeOf)) {
    const group = placeOf(card)?.group ?? null;
    const standing = standingGroup(group, joinedTo);
    const pile = standing === null ? (group === apart ? aside : loose) : piles.get(standing);
    if (pile) pile.push(card);
    else piles.set(standing!, [card]);
  }
  return { loose, apart: aside, piles };
}
