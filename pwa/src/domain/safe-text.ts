/**
 * Repairs what cannot be stored before it is saved, so that nothing a person can type is
 * ever refused: no NUL, no half of a surrogate pair, no more than 64 KiB in one text, nor more
 * than 128 KiB as JSON spells it (a control character takes six bytes there).
 *
 * Twin of schemas/base.py, SafeText; both run tests/vectors/safe_text.json.
 */
import { MAX_TEXT_BYTES, MAX_TEXT_JSON_BYTES } from "../generated/records";

/** The text as every store can keep it. */
export function repair(text: string): string {
  return text.replaceAll("\u0000", "").toWellFormed();
}

const encoder = new TextEncoder();
const bytesOf = (text: string) => encoder.encode(text).length;
const jsonBytesOf = (text: string) => bytesOf(JSON.stringify(text));

/** Of one UTF-16 unit, as JSON spells it; quotes of the whole text not counted. */
const MOST_JSON_BYTES = 6;

function fits(text: string): boolean {
  if (text.length * MOST_JSON_BYTES + 2 <= MAX_TEXT_JSON_BYTES) {
    return text.length * 3 <= MAX_TEXT_BYTES || bytesOf(text) <= MAX_TEXT_BYTES;
  }
  return bytesOf(text) <= MAX_TEXT_BYTES && jsonBytesOf(text) <= MAX_TEXT_JSON_BYTES;
}

/** How much of the text fits, never ending inside a surrogate pair. */
function fitting(text: string): number {
  let [bytes, json, end] = [0, 2, 0];
  for (const character of text) {
    bytes += bytesOf(character);
    json += jsonBytesOf(character) - 2;
    if (bytes > MAX_TEXT_BYTES || json > MAX_TEXT_JSON_BYTES) break;
    end += character.length;
  }
  return end;
}

/** The repaired text in pieces that fit: the second continues in a second note. */
export function pieces(text: string): string[] {
  const safe = repair(text);
  if (fits(safe)) return [safe];
  const end = fitting(safe);
  return [safe.slice(0, end), ...pieces(safe.slice(end))];
}

/** What of a text can be sent; the text itself where all of it can. */
export function sendable(text: string): string {
  return pieces(text)[0] ?? "";
}

export function isTooLong(text: string): boolean {
  return !fits(repair(text));
}
