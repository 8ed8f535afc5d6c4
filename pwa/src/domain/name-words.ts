/**
 * The words of a text as the search for names sees them: where a sentence begins, what stands
 * between two words, and what a word's letters tell.
 */

/** A word of a text without a possessive 's; `opens` where a sentence or a quotation begins. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly lower: string;
  readonly opens: boolean;
  /** What stands between this word and the next. */
  readonly after: string;
}

const WORD = /[\p{L}\p{Nl}\p{No}]+(?:['’-][\p{L}\p{Nl}\p{No}]+)*/gu;
const OPENER = /(?:^|[.!?…:;"“”«»‘’'([\]{}\n*•>/|¿¡–—=+\d\uFFFC]|\s-)\s*$/u;

/** The words of a text, in order. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const matches = [...text.matchAll(WORD)];
  matches.forEach((match, index) => {
    const word = match[0].replace(/['’][sS]$/u, "");
    const end = match.index + word.length;
    const before = text.slice(Math.max(0, match.index - 4), match.index);
    const opens =
      match.index === 0 || OPENER.test(before) || (before.trim() === "" && match.index < 4);
    const next = matches[index + 1]?.index ?? text.length;
    const after = text.slice(match.index + match[0].length, next);
    tokens.push({ start: match.index, end, text: word, lower: word.toLowerCase(), opens, after });
  });
  return tokens;
}

export function isInitial(token: Token): boolean {
  return /^\p{Lu}$/u.test(token.text);
}

export function isCapital(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}

export function isShout(word: string): boolean {
  return word === word.toUpperCase();
}

/** YouTube is no person; McDonald, O'Neil and Jean-Luc are. */
export function hasInnerCapital(word: string): boolean {
  return /\p{Ll}\p{Lu}/u.test(word.replace(/^(?:Mc|Mac|De|Di|La|Le|Van)(?=\p{Lu})/u, ""));
}
