/**
 * How alike did we read it? What is said of a question that several people answered apart.
 *
 * For learning which words people read differently; never about a person. Columns of a table
 * only serve to tell readings of one person from another's. Twin of
 * server/domain/agreement.py; both run tests/vectors/agreement.json.
 */
import {
  cohenKappa,
  columnsOf,
  countsOf,
  fleissKappa,
  gwetAc1,
  krippendorffAlpha,
  percentAgreement,
  sharesOf,
  type Coefficient,
  type Table,
} from "./coefficients";
import { sum } from "./measures";

/** From fewer cards nothing is said of chance. */
const FEWEST_CARDS = 5;

export type Band = "too_few" | "all_alike" | "like_chance" | "beyond_chance";

export type CoefficientName =
  | "percent_agreement"
  | "cohen_kappa"
  | "fleiss_kappa"
  | "krippendorff_alpha"
  | "krippendorff_alpha_ordinal"
  | "krippendorff_alpha_interval"
  | "gwet_ac1";
type Coefficients = Readonly<Partial<Record<CoefficientName, Coefficient>>>;

export interface Agreement {
  /** Those read by two or more, and by how many people. */
  cards: number;
  readers: number;
  /** Of two readings of a card, how often the same; from 0 to 1. Null: no card was read by two. */
  alike: number | null;
  byChance: number | null;
  band: Band;
  coefficients: Coefficients;
  /** Word by word: where one chose it, how often did another choose it too? */
  byWord: readonly (number | null)[];
}

/** Where one chose a word, how often did another choose it too? Null where nobody did. */
export function specificAgreement(table: Table, words: number): (number | null)[] {
  const counts = countsOf(table, words).filter((row) => sum(row) > 1);
  return Array.from({ length: words }, (_, word) => {
    const both = sum(counts.map((row) => row[word]! * (row[word]! - 1)));
    const either = sum(counts.map((row) => row[word]! * (sum(row) - 1)));
    return either ? both / either : null;
  });
}

function bandOf(cards: number, alike: Coefficient, alpha: Coefficient): Band {
  if (cards < FEWEST_CARDS) return "too_few";
  if (alike.value === 1) return "all_alike";
  return alpha.low !== null && alpha.low > 0 ? "beyond_chance" : "like_chance";
}

function readingsIn(row: readonly (number | null)[]): number {
  return row.filter((cell) => cell !== null).length;
}

/** How many of a group read a card that somebody else read too. */
function readersOf(table: Table): number {
  return columnsOf(table.filter((row) => readingsIn(row) > 1)).length;
}

interface Said {
  /** The words have an order, so that alpha knows near from far. */
  ordered?: boolean;
  /** One group, whose readers read the same cards; Cohen's kappa is of no others. */
  sameReaders?: boolean;
}

/** Everything that is said of one question. tables: one a group of people. */
export function agreementOf(
  tables: readonly Table[],
  words: number,
  { ordered = false, sameReaders = false }: Said = {},
): Agreement {
  const rows = tables.flat().filter((row) => readingsIn(row) > 1);
  const alike = percentAgreement(rows, words);
  const alpha = krippendorffAlpha(rows, words);
  const ordinal = krippendorffAlpha(rows, words, "ordinal");
  const coefficients: Coefficients = {
    percent_agreement: alike,
    ...(sameReaders && { cohen_kappa: cohenKappa(rows, words) }),
    fleiss_kappa: fleissKappa(rows, words),
    krippendorff_alpha: alpha,
    ...(ordered && {
      krippendorff_alpha_ordinal: ordinal,
      krippendorff_alpha_interval: krippendorffAlpha(rows, words, "interval"),
    }),
    gwet_ac1: gwetAc1(rows, words),
  };
  const shares = sharesOf(countsOf(rows, words), words);
  return {
    cards: rows.length,
    readers: sum(tables.map(readersOf)),
    alike: alike.value,
    byChance: rows.length > 0 ? sum(shares.map((share) => share * share)) : null,
    band: bandOf(rows.length, alike, ordered ? ordinal : alpha),
    coefficients,
    byWord: specificAgreement(rows, words),
  };
}
