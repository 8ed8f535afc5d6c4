/**
 * Coefficients of agreement: of two readings of one card, how often are they the same, and how
 * often beyond chance? Formulas and intervals: see the twin, server/domain/coefficients.py,
 * which names the sources. Both run tests/vectors/agreement.json.
 */
import { mean, sum } from "./measures";
import { tQuantile } from "./student-t";

/** A row a card, a column a reader, a cell the place of the chosen word; null: left out. */
export type Table = readonly (readonly (number | null)[])[];
type Counts = readonly (readonly number[])[];
export type Metric = "nominal" | "ordinal" | "interval";
export type Why = "one_reader" | "one_word" | "one_card" | "no_spread";

/**
 * A coefficient, at most 1, with its interval of 95 %. `value` is null, and `why` says it, where
 * no card was read by two or chance alone would always agree. No interval where there is one
 * card, or where no card differs from another.
 */
export interface Coefficient {
  value: number | null;
  low: number | null;
  high: number | null;
  error: number | null;
  why: Why | null;
}

/** Standard errors below this come of rounding alone. */
const SAME = 1e-12;

function only(value: number | null, why: Why): Coefficient {
  return { value, low: null, high: null, error: null, why };
}

function dot(row: readonly number[], values: readonly number[]): number {
  return sum(row.map((each, at) => each * values[at]!));
}

function wordsOf(words: number): number[] {
  return Array.from({ length: words }, (_, word) => word);
}

/** For each card that anybody read, how many chose each of so many words. */
export function countsOf(table: Table, words: number): number[][] {
  const rows = table.map((row) =>
    wordsOf(words).map((word) => row.filter((cell) => cell === word).length),
  );
  return rows.filter((row) => sum(row) > 0);
}

/** Of each word the mean, over cards, of the share of readings that chose it. */
export function sharesOf(counts: Counts, words: number): number[] {
  if (counts.length === 0) return wordsOf(words).map(() => 0);
  return wordsOf(words).map((word) => mean(counts.map((row) => row[word]! / sum(row))));
}

/** Of two readings of this card, how often they are the same. */
function samePairs(row: readonly number[]): number {
  return sum(row.map((count) => count * (count - 1))) / (sum(row) * (sum(row) - 1));
}

/** byCard: one a card; their spread around the centre is the coefficient's. */
function withInterval(
  value: number,
  centre: number,
  byCard: readonly number[],
  freedom: number,
): Coefficient {
  const cards = byCard.length;
  if (cards < 2) return only(value, "one_card");
  const squares = sum(byCard.map((each) => (each - centre) ** 2));
  const error = Math.sqrt(squares / (cards * (cards - 1)));
  if (error < SAME) return only(value, "no_spread");
  const reach = error * tQuantile(freedom);
  return {
    value,
    low: Math.max(value - reach, -1),
    high: Math.min(value + reach, 1),
    error,
    why: null,
  };
}

/** (alike - chance) / (1 - chance). parts: of each card, what its readings add to chance. */
function beyondChance(counts: Counts, chance: number, parts: readonly number[]): Coefficient {
  const shared = counts.filter((row) => sum(row) > 1);
  if (shared.length === 0) return only(null, "one_reader");
  if (1 - chance < SAME) return only(null, "one_word");
  const value = (mean(shared.map(samePairs)) - chance) / (1 - chance);
  const weight = counts.length / shared.length;
  const byCard = counts.map((row, at) => {
    const here = sum(row) > 1 ? weight * (samePairs(row) - chance) : 0;
    return (here - 2 * (1 - value) * parts[at]!) / (1 - chance);
  });
  return withInterval(value, value, byCard, counts.length - 1);
}

function partsOf(counts: Counts, values: readonly number[], chance: number): number[] {
  return counts.map((row) => dot(row, values) / sum(row) - chance);
}

export function percentAgreement(table: Table, words: number): Coefficient {
  const counts = countsOf(table, words);
  return beyondChance(
    counts,
    0,
    counts.map(() => 0),
  );
}

/** Chance draws from all readings together (Fleiss 1971; of two readers, Scott's pi). */
export function fleissKappa(table: Table, words: number): Coefficient {
  const counts = countsOf(table, words);
  const shares = sharesOf(counts, words);
  const chance = dot(shares, shares);
  return beyondChance(counts, chance, partsOf(counts, shares, chance));
}

/** Steady where nearly all choose one word (Gwet 2008). `words` counts those offered. */
export function gwetAc1(table: Table, words: number): Coefficient {
  const counts = countsOf(table, words);
  const shares = sharesOf(counts, words);
  const others = shares.map((share) => (1 - share) / (words - 1));
  const chance = dot(shares, others);
  return beyondChance(counts, chance, partsOf(counts, others, chance));
}

/** Those columns of a table in which anybody read. */
export function columnsOf(table: Table): (number | null)[][] {
  const places = (table[0] ?? []).map((_, at) => at);
  const columns = places.map((at) => table.map((row) => row[at]!));
  return columns.filter((column) => column.some((cell) => cell !== null));
}

function shareOf(column: readonly (number | null)[], word: number): number {
  const read = column.filter((cell) => cell !== null);
  return read.filter((cell) => cell === word).length / read.length;
}

/** Chance draws from each reader's own readings: Cohen 1960; of several, Conger 1980. */
export function cohenKappa(table: Table, words: number): Coefficient {
  const read = table.filter((row) => row.some((cell) => cell !== null));
  const columns = columnsOf(read);
  if (columns.length < 2) return only(null, "one_reader");
  const own = columns.map((column) => wordsOf(words).map((word) => shareOf(column, word)));
  const totals = wordsOf(words).map((word) => sum(own.map((each) => each[word]!)));
  const others = own.map((shares) => totals.map((total, word) => total - shares[word]!));
  const pairs = columns.length * (columns.length - 1);
  const usual = own.map((shares, at) => dot(shares, others[at]!));
  const parts = read.map(() => 0);
  columns.forEach((column, reader) => {
    const weight = read.length / column.filter((cell) => cell !== null).length / pairs;
    column.forEach((cell, card) => {
      if (cell === null) return;
      parts[card]! += weight * (others[reader]![cell]! - usual[reader]!);
    });
  });
  return beyondChance(countsOf(read, words), sum(usual) / pairs, parts);
}

/** How far two words are apart, squared. totals: how often each was chosen. */
function distance(metric: Metric, totals: readonly number[], a: number, b: number): number {
  if (metric === "nominal") return a === b ? 0 : 1;
  if (metric === "interval") return (a - b) ** 2;
  const between = totals.slice(Math.min(a, b), Math.max(a, b) + 1);
  return (sum(between) - (totals[a]! + totals[b]!) / 2) ** 2;
}

/** 1 for the same word, 0 for the two farthest apart. */
function closenessOf(metric: Metric, totals: readonly number[]): number[][] {
  const apart = totals.map((_, a) => totals.map((_each, b) => distance(metric, totals, a, b)));
  const farthest = Math.max(...apart.flat()) || 1;
  return apart.map((row) => row.map((each) => 1 - each / farthest));
}

/** Any number of readers, readings left out, words with or without order (Krippendorff 2011). */
export function krippendorffAlpha(
  table: Table,
  words: number,
  metric: Metric = "nominal",
): Coefficient {
  const everything = countsOf(table, words);
  const counts = everything.filter((row) => sum(row) > 1);
  if (counts.length === 0) return only(null, "one_reader");
  const readings = sum(counts.map(sum));
  const totals = wordsOf(words).map((word) => sum(counts.map((row) => row[word]!)));
  const closeness = closenessOf(metric, totals);
  const near = closeness.map((row) => dot(row, totals) / readings);
  const chance = dot(near, totals) / readings;
  if (1 - chance < SAME) return only(null, "one_word");
  const usual = readings / counts.length;
  const parts = counts.map((row) => {
    const close = row.map((count, word) => count * (dot(row, closeness[word]!) - 1));
    return sum(close) / (usual * (sum(row) - 1));
  });
  const alike = mean(parts);
  const plain = (alike - chance) / (1 - chance);
  const byCard = counts.map((row, at) => {
    const more = sum(row) / usual - 1;
    const byChance = dot(row, near) / usual - chance * (1 + more);
    const here = parts[at]! - alike * more - chance;
    return (here - 2 * (1 - plain) * byChance) / (1 - chance);
  });
  const value = (alike + (1 - alike) / readings - chance) / (1 - chance);
  return withInterval(value, plain, byCard, everything.length - 1);
}
