/**
 * What this round's people read apart, gathered from records, and one's own answers as saves.
 *
 * A reading names no member: it names a reader, whose record lies with its own reader alone.
 * Nothing here tells whose a reading is, but for one's own (docs/adr/0028).
 */
import { agreementOf, type Agreement } from "../../domain/agreement";
import {
  bearingOf,
  BEARINGS,
  cardsToRead,
  FEWEST_READERS,
  tableOf,
  type Answer,
} from "../../domain/readings";
import { CORE_ELEMENTS } from "../../generated/records";
import { derivedId, list, network, newId, remove, save, type RecordView } from "../../state";
import type { Board, Card, TeamCards } from "../debriefs/board";

export type Reading = RecordView<"reading">;

/** What is asked of a card: what it is about, or whether it bears on a focus question. */
export type Ask = { id: string; text: string } | "element";

export function placesOf(ask: Ask): number {
  return ask === "element" ? CORE_ELEMENTS.length : BEARINGS.length;
}

function scopeOf(board: Board): string {
  return `visitors:${board.roundId}`;
}

/** What it is about, then each focus question in its order. */
export function asksOf(board: Board): Ask[] {
  const questions = [...list("focus_question", board.scope).value]
    .filter(({ fields }) => fields.text.trim() !== "")
    .sort((a, b) => (a.fields.order ?? 0) - (b.fields.order ?? 0) || (a.id < b.id ? -1 : 1));
  return ["element", ...questions.map(({ id, fields }) => ({ id, text: fields.text.trim() }))];
}

export function readingsOf(board: Board): readonly Reading[] {
  return list("reading", scopeOf(board)).value;
}

/** The place of the word that a reading gave; null where it gave none. */
export function answerTo(ask: Ask, { fields }: Reading): number | null {
  if (ask !== "element") return bearingOf(fields, ask.id);
  return fields.element === null ? null : CORE_ELEMENTS.indexOf(fields.element);
}

function isWhole(asks: readonly Ask[], reading: Reading): boolean {
  return asks.every((ask) => answerTo(ask, reading) !== null);
}

export function answersOf(ask: Ask, readings: readonly Reading[]): Answer[] {
  return readings.flatMap((reading) => {
    const { card, reader } = reading.fields;
    return card && reader ? [{ card, reader, word: answerTo(ask, reading) }] : [];
  });
}

/** The cards that a team reads apart. */
export function toRead(team: TeamCards, readings: readonly Reading[]): Card[] {
  const begun = new Set(readings.flatMap(({ fields }) => fields.card ?? []));
  const ids = cardsToRead(
    team.agreed.map(({ id }) => id),
    begun,
  );
  return ids.map((id) => team.agreed.find((card) => card.id === id)!);
}

/** How many have answered everything of these cards; never who. */
export function finishedCount(
  asks: readonly Ask[],
  cards: readonly Card[],
  readings: readonly Reading[],
): number {
  const whole = new Map<string, Set<string>>();
  for (const reading of readings) {
    const { card, reader } = reading.fields;
    if (!card || !reader || !isWhole(asks, reading)) continue;
    whole.set(reader, (whole.get(reader) ?? new Set()).add(card));
  }
  return [...whole.values()].filter((read) => cards.every(({ id }) => read.has(id))).length;
}

function ownReaders(roundId: string): RecordView<"reader">[] {
  return list("reader").value.filter(({ fields }) => fields.round === roundId);
}

/** One's own readings by their card; of two readers that one began on two devices, the first. */
export function ownReadings(board: Board): ReadonlyMap<string, Reading> {
  const mine = ownReaders(board.roundId).map(({ id }) => id);
  const own = readingsOf(board).filter(({ fields }) => mine.includes(fields.reader ?? ""));
  const inOrder = own.sort((a, b) => (a.fields.reader! < b.fields.reader! ? 1 : -1));
  return new Map(inOrder.map((reading) => [reading.fields.card ?? "", reading]));
}

export function hasFinished(board: Board): boolean {
  return ownReaders(board.roundId).some(({ fields }) => fields.finished);
}

/** Whose id stands in one's own readings. A new one is random: nobody else can make it. */
async function ownReader(roundId: string): Promise<string> {
  const known = ownReaders(roundId)[0]?.id;
  if (known) return known;
  const id = newId();
  await save("reader", id, ownScope(), { round: roundId });
  return id;
}

function ownScope(): string {
  return `own:${network.value?.member_id ?? ""}`;
}

/** Answer one question of one card. */
export async function answer(board: Board, card: string, ask: Ask, place: number): Promise<void> {
  const reader = await ownReader(board.roundId);
  const id = derivedId(card, `reading:${reader}`);
  const words =
    ask === "element"
      ? { element: CORE_ELEMENTS[place]! }
      : Object.fromEntries(BEARINGS.map((word, at) => [`${word}/${ask.id}`, at === place]));
  await save("reading", id, scopeOf(board), { card, reader, ...words });
}

/** From now on one sees how others read; one's own answers stay as they are. */
export async function finish(board: Board): Promise<void> {
  const reader = await ownReader(board.roundId);
  await beOne(board, reader);
  await save("reader", reader, ownScope(), { finished: true });
}

/** Whoever began on two devices that were apart is one reader again, with all that was read. */
async function beOne(board: Board, keep: string): Promise<void> {
  const answered = new Set(readBy(board, keep).map(({ fields }) => fields.card));
  for (const { id: other } of ownReaders(board.roundId)) {
    if (other === keep) continue;
    for (const { id, fields } of readBy(board, other)) {
      if (!answered.has(fields.card)) await copyTo(board, keep, fields);
      await remove("reading", id);
    }
    await remove("reader", other);
  }
}

function readBy(board: Board, reader: string): Reading[] {
  return readingsOf(board).filter(({ fields }) => fields.reader === reader);
}

function copyTo(board: Board, reader: string, fields: Reading["fields"]): Promise<void> {
  const { card, element } = fields;
  const tags = BEARINGS.flatMap((word) =>
    [...fields[word]].map((question) => [`${word}/${question}`, true] as const),
  );
  const id = derivedId(card!, `reading:${reader}`);
  return save("reading", id, scopeOf(board), {
    ...{ card, reader, element },
    ...Object.fromEntries(tags),
  });
}

/** Readings by the team whose cards they are of; those of fewer than three people are left out. */
function groupsOf(board: Board): Reading[][] {
  const byTeam = new Map<string, Reading[]>();
  for (const reading of readingsOf(board)) {
    const team = board.sources.get(reading.fields.card ?? "")?.team;
    if (team) byTeam.set(team, [...(byTeam.get(team) ?? []), reading]);
  }
  return [...byTeam.values()].filter(
    (readings) => new Set(readings.map(({ fields }) => fields.reader)).size >= FEWEST_READERS,
  );
}

export interface Said {
  ask: Ask;
  agreement: Agreement;
}

/** What is said of everything that was asked, over all teams of the round. */
export function saidOf(board: Board): Said[] {
  const groups = groupsOf(board);
  if (groups.length === 0) return [];
  return asksOf(board).map((ask) => {
    const tables = groups.map((readings) => tableOf(answersOf(ask, readings)));
    const how = { ordered: ask !== "element", sameReaders: groups.length === 1 };
    return { ask, agreement: agreementOf(tables, placesOf(ask), how) };
  });
}
