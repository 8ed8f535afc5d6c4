/**
 * Numbers and dates as people type them and spreadsheets save them, made plain: `12.5` and
 * `2026-11-22`. What can be read in two ways is refused rather than guessed.
 */

const PLAIN = /^-?(0|[1-9]\d{0,11})(\.\d{1,9})?$/;

/** `12,5`, `1,234.5`, `80 %` -> digits with a point; null where it is no number, or two. */
export function plainNumber(typed: string): string | null {
  const bare = typed.replace(/[\s\u00a0\u202f]/g, "");
  const text = bare.replace(/%$/, "").replace(/^\u2212/, "-");
  const comma = text.lastIndexOf(",");
  const point = text.lastIndexOf(".");
  let plain = text;
  if (comma >= 0 && point >= 0) {
    const grouped = comma > point ? /^-?\d{1,3}(\.\d{3})+,\d+$/ : /^-?\d{1,3}(,\d{3})+\.\d+$/;
    if (!grouped.test(text)) return null;
    plain = comma > point ? text.replaceAll(".", "").replace(",", ".") : text.replaceAll(",", "");
  } else if (comma >= 0) {
    // "1,234" is a thousand to some and one and a bit to others.
    if (/,\d{3}$/.test(text)) return null;
    plain = text.replace(",", ".");
  }
  plain = plain.replace(/^(-?)0+(?=\d)/, "$1").replace(/^(-?)\./, "$10.");
  return PLAIN.test(plain) ? plain : null;
}

/** Which of the two parts of `10/12/2026` is the month. */
export type DateOrder = "month_first" | "day_first";

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/;
const SLASHED = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;

function dateOf(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal && year >= 1900 ? date.toISOString().slice(0, 10) : null;
}

/** A date as `2026-11-22`; null where there is no such day. */
export function plainDate(typed: string, order: DateOrder): string | null {
  const iso = ISO.exec(typed.trim());
  if (iso) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const slashed = SLASHED.exec(typed.trim());
  if (!slashed) return null;
  const [first, second] = [Number(slashed[1]), Number(slashed[2])];
  const [month, day] = order === "month_first" ? [first, second] : [second, first];
  return dateOf(Number(slashed[3]), month, day);
}

/** The order that a column's dates show by themselves; null where either would do. */
export function orderOf(dates: readonly string[]): DateOrder | null {
  const pairs = dates.flatMap((typed) => {
    const found = SLASHED.exec(typed.trim());
    return found ? [[Number(found[1]), Number(found[2])] as const] : [];
  });
  if (pairs.length === 0) return "month_first";
  const isDayFirst = pairs.some(([first]) => first > 12);
  const isMonthFirst = pairs.some(([, second]) => second > 12);
  if (isDayFirst === isMonthFirst) return null;
  return isDayFirst ? "day_first" : "month_first";
}
