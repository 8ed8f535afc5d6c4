/**
 * Readings: how several people read the same cards apart, as tables for `agreement`. Knows no
 * person: a reader is an id that leads to nobody. Twin of server/domain/readings.py.
 */
import type { Table } from "./coefficients";

/** Whether a card bears on a focus question, in order: the names of a reading's three fields. */
export const BEARINGS = ["bears_not", "bears_partly", "bears"] as const;
export type Bearing = (typeof BEARINGS)[number];

/** How many cards a team reads apart: some minutes of taps, and eight to a page. */
export const CARDS_TO_READ = 8;

/** With fewer, each would see how the other read. */
export const FEWEST_READERS = 3;

/** What one reader said of one card: the place of a word, or null. */
export interface Answer {
  card: string;
  reader: string;
  word: number | null;
}

type Tagged = Readonly<Record<Bearing, ReadonlySet<string>>>;

/** The place of what was answered; null where nothing was, or two devices said two things. */
export function bearingOf(reading: Tagged, question: string): number | null {
  const said = BEARINGS.flatMap((word, at) => (reading[word].has(question) ? [at] : []));
  return said.length === 1 ? said[0]! : null;
}

/** A row a card, a column a reader, both in the order of their ids. */
export function tableOf(answers: readonly Answer[]): Table {
  const cards = [...new Set(answers.map(({ card }) => card))].sort();
  const readers = [...new Set(answers.map(({ reader }) => reader))].sort();
  const said = new Map(answers.map(({ card, reader, word }) => [`${card} ${reader}`, word]));
  return cards.map((card) => readers.map((reader) => said.get(`${card} ${reader}`) ?? null));
}

/** How many chose each word that anybody chose: the most often chosen first, then in order. */
export function waysOf(answers: readonly Answer[]): [word: number, count: number][] {
  const counts = new Map<number, number>();
  for (const { word } of answers) {
    if (word !== null) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort(([a, many], [b, more]) => more - many || a - b);
}

/** A share from 0 to 1 as so many times of ten; 10 and 0 only where it is always or never. */
export function timesOfTen(share: number): number {
  const times = Math.floor(10 * share + 0.5);
  if (share < 1 && times > 9) return 9;
  return share > 0 && times < 1 ? 1 : times;
}

/**
 * Which cards are read apart: those that somebody has begun on, then the agreed ones in the
 * order of their random ids, alike on every tablet.
 */
export function cardsToRead(agreed: readonly string[], begun: ReadonlySet<string>): string[] {
  const inOrder = [...agreed].sort();
  const first = inOrder.filter((card) => begun.has(card));
  const others = inOrder.filter((card) => !begun.has(card));
  return [...first, ...others].slice(0, Math.max(CARDS_TO_READ, first.length)).sort();
}
