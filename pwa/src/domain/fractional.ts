/**
 * Order keys: base-62 fractions in ASCII order, so that a card moves without touching its
 * neighbours. A key never ends in "0" and is at most 64 long; equal keys are told apart by
 * record id, by whoever sorts.
 */

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LONGEST = 64;

function digit(key: string | null, at: number, missing: number): number {
  return key !== null && at < key.length ? DIGITS.indexOf(key[at]!) : missing;
}

/** A key strictly between two, or before/after all where one is null. Needs `a < b`. */
export function between(a: string | null, b: string | null): string {
  let key = "";
  let open = b === null;
  for (let at = 0; at < LONGEST; at++) {
    const low = digit(a, at, 0);
    const high = open ? DIGITS.length : digit(b, at, 0);
    if (high - low > 1) return key + DIGITS[low + Math.ceil((high - low) / 2)]!;
    key += DIGITS[low]!;
    if (high > low) open = true;
  }
  return a ?? key;
}

/** `count` keys in order between two, spread evenly enough that there is room again. */
export function spread(a: string | null, b: string | null, count: number): string[] {
  if (count <= 0) return [];
  const middle = between(a, b);
  const before = Math.floor((count - 1) / 2);
  return [...spread(a, middle, before), middle, ...spread(middle, b, count - 1 - before)];
}
