/** How word lists become regular expressions over folded text, with borders that know letters. */

const BEFORE = "(?<![\\p{L}\\p{N}_])";
const AFTER = "(?![\\p{L}\\p{N}_])";

/** Any of the pieces as a whole word or phrase. */
export function anyOf(pieces: readonly string[], flags = "giu"): RegExp {
  return new RegExp(`${BEFORE}(?:${pieces.join("|")})${AFTER}`, flags);
}

/** Any of the pieces as the first word of a text. */
export function opening(pieces: readonly string[]): RegExp {
  return new RegExp(`^[^\\p{L}\\p{N}]*(?:${pieces.join("|")})${AFTER}`, "iu");
}

const ACCENTED = "áéíóúüñÁÉÍÓÚÜÑ";
const PLAIN = "aeiouunAEIOUUN";

/** The text without accents, of the same length, so that places stay true. */
export function folded(text: string): string {
  return text.replace(/[áéíóúüñÁÉÍÓÚÜÑ]/g, (letter) => PLAIN.charAt(ACCENTED.indexOf(letter)));
}
