/**
 * Dots on cards, and what a team makes of them: a card written anew with its provenance, or
 * taken back. A dot names a team, and a team its classrooms, so dots lie in the visitors'
 * scope (rule 15). Nothing is erased: what was rewritten stays as the card it was.
 */
import { DOT_REASONS, type DotReason } from "../../generated/records";
import { formatList, t } from "../../i18n";
import { derivedId, list, record, save, type RecordView } from "../../state";
import type { Board, Card } from "./board";
import { placeId } from "./walls";

export type Dot = RecordView<"dot">;

function scopeOf(board: Pick<Board, "roundId">): string {
  return `visitors:${board.roundId}`;
}

/** Dots by the card that they are on. */
export function dotsOf(board: Pick<Board, "roundId">): ReadonlyMap<string, Dot[]> {
  const found = new Map<string, Dot[]>();
  for (const dot of list("dot", scopeOf(board)).value) {
    const { card, reason } = dot.fields;
    if (card && reason) found.set(card, [...(found.get(card) ?? []), dot]);
  }
  return found;
}

/** One dot a team and card. */
function dotId(card: Card, team: string): string {
  return derivedId(card.id, `dot:${team}`);
}

function reasonOf(card: Card, team: string): DotReason | null {
  return record("dot", dotId(card, team)).value?.fields.reason ?? null;
}

function saveDot(board: Board, card: Card, team: string, reason: DotReason | null): Promise<void> {
  return save("dot", dotId(card, team), scopeOf(board), { card: card.id, team, reason });
}

/** The same reason again takes it off. */
export function putDot(board: Board, card: Card, team: string, reason: DotReason): Promise<void> {
  return saveDot(board, card, team, reasonOf(card, team) === reason ? null : reason);
}

/**
 * How a card stands with its own team. One that goes back to its author bears the team's own
 * dot, so that the author reads why; once it is read again or agreed on, that dot is off.
 * Answers how to have it as it was.
 */
export async function standWith(
  board: Board,
  card: Card,
  team: string,
  stands: { standing: "agreed" | "posted" } | { standing: "returned"; reason: DotReason },
): Promise<() => Promise<unknown>> {
  const before = { standing: card.fields.standing ?? "posted", reason: reasonOf(card, team) };
  const put = ({ standing, reason }: typeof before) =>
    Promise.all([
      save("card", card.id, board.scope, { standing }),
      reason === reasonOf(card, team) ? undefined : saveDot(board, card, team, reason),
    ]);
  await put({ reason: null, ...stands });
  return () => put(before);
}

/** The new card that this one is rewritten as: one, also when two people begin at once. */
export function rewrittenId(card: string): string {
  return derivedId(card, "rewritten");
}

/** Begin to rewrite: the new words are a card of their own, nowhere yet. */
export async function beginRewrite(board: Board, card: Card): Promise<void> {
  const id = rewrittenId(card.id);
  if (record("card", id).value) return;
  const { text, element, grade_band, subject, context, focus_questions } = card.fields;
  const tags = [
    ...[...context].map((word) => [`context/${word}`, true]),
    ...[...focus_questions].map((each) => [`focus_questions/${each}`, true]),
  ];
  await save("card", id, board.scope, {
    ...{ text, element, grade_band, subject, made_from: card.id },
    ...Object.fromEntries(tags),
  });
}

/** The team agrees on the new words: the new card takes the old one's place and its patterns. */
export async function agreeOnRewrite(board: Board, card: Card): Promise<void> {
  const id = rewrittenId(card.id);
  const source = board.sources.get(card.id);
  const attached = board.patterns.filter(({ fields }) => fields.cards.has(card.id));
  const position = card.fields.position;
  await Promise.all([
    save("card", id, board.scope, { standing: "agreed", ...(position ? { position } : {}) }),
    save("card", card.id, board.scope, { standing: "withdrawn" }),
    copyPlace(board, card.id, id),
    source && save("card_source", derivedId(id, "source"), scopeOf(board), { ...source, card: id }),
    ...attached.map((pattern) =>
      save("pattern", pattern.id, board.scope, { [`cards/${id}`]: true }),
    ),
  ]);
}

/** The new card lies on its team's wall where the old one lay. */
async function copyPlace(board: Board, from: string, card: string): Promise<void> {
  const position = record("team_place", placeId(from)).value?.fields.position;
  if (position) await save("team_place", placeId(card), scopeOf(board), { card, position });
}

/** The team takes a card back. Answers how to put it up again. */
export async function takeBack(board: Board, card: Card): Promise<() => Promise<void>> {
  const { standing } = card.fields;
  await save("card", card.id, board.scope, { standing: "withdrawn" });
  return () => save("card", card.id, board.scope, { standing });
}

/** What was asked of a card's words, each reason once. */
export function reasonsOf(dots: readonly Dot[]): string {
  const reasons = DOT_REASONS.filter((reason) => dots.some((dot) => dot.fields.reason === reason));
  return formatList(reasons.map((reason) => t(`vocabulary.dot_reason.${reason}`)));
}
