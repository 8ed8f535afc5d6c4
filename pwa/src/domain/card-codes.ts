/**
 * Short codes of cards on paper, K17 or B402: made of the card's random id alone, so that they
 * tell nothing of a team, a classroom or an order, and are the same on every tablet.
 *
 * A code is as long as it takes to tell the cards of a wall apart, at least a letter and two
 * digits. A card that comes later may begin like one on paper: then a person is asked.
 */

/** Without those that are read as a digit or as each other, and without V: V3 is a classroom. */
const LETTERS = "ABCDEFGHJKLMNPRSTUWXYZ";
const SHORTEST = 3;
const TYPED = /^[a-z]\d+$/i;

/** A letter and nine digits: what every shorter code of the card is the beginning of. */
export function wholeCode(card: string): string {
  const hex = card.replaceAll("-", "");
  const letter = LETTERS[parseInt(hex.slice(0, 4), 16) % LETTERS.length]!;
  const digits = (parseInt(hex.slice(4, 12), 16) % 1_000_000_000).toString();
  return letter + digits.padStart(9, "0");
}

/** Each card's code, by its id: the shortest that no other of these cards begins with. */
export function cardCodes(cards: readonly string[]): ReadonlyMap<string, string> {
  const begun = new Map<string, number>();
  for (const card of cards) {
    const whole = wholeCode(card);
    for (let at = SHORTEST; at <= whole.length; at++) {
      const code = whole.slice(0, at);
      begun.set(code, (begun.get(code) ?? 0) + 1);
    }
  }
  return new Map(cards.map((card) => [card, shortest(wholeCode(card), begun)]));
}

function shortest(whole: string, begun: ReadonlyMap<string, number>): string {
  for (let at = SHORTEST; at < whole.length; at++) {
    const code = whole.slice(0, at);
    if (begun.get(code) === 1) return code;
  }
  return whole;
}

/** One line as it was typed: the codes in it, and the name behind the sign. */
export interface TypedLine {
  codes: readonly string[];
  /** Words among the codes that are none. */
  strange: readonly string[];
  name: string;
}

/** Reads `K17 K22, b4 = one-word answers`; spaces, commas and lower case do not matter. */
export function readLine(line: string): TypedLine {
  const sign = line.indexOf("=");
  const before = sign < 0 ? line : line.slice(0, sign);
  const words = before.split(/[\s,;.+]+/u).filter(Boolean);
  const codes = words.filter((word) => TYPED.test(word)).map((word) => word.toUpperCase());
  return {
    codes: [...new Set(codes)],
    strange: words.filter((word) => !TYPED.test(word)),
    name: sign < 0 ? "" : line.slice(sign + 1).trim(),
  };
}

/** The cards that a typed code may mean: one, none, or several that begin with it. */
export function cardsMeant(code: string, cards: readonly string[]): string[] {
  return cards.filter((card) => wholeCode(card).startsWith(code));
}
