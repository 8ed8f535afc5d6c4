/**
 * Repairs what cannot be stored before it is saved, so that nothing a person can type is
 * ever refused: no NUL, no half of a surrogate pair, no more than 64 KiB in one text.
 */
import { MAX_TEXT_BYTES } from "../generated/records";

/** The text as every store can keep it. */
export function repair(text: string): string {
  return text.replaceAll("\u0000", "").toWellFormed();
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** How much of the text fits, never ending inside a surrogate pair. */
function fitting(text: string): number {
  const room = new Uint8Array(MAX_TEXT_BYTES);
  return new TextEncoder().encodeInto(text, room).read;
}

/** The repaired text in pieces of at most 64 KiB each: the second continues in a second note. */
export function pieces(text: string): string[] {
  const safe = repair(text);
  if (safe.length * 3 <= MAX_TEXT_BYTES || bytesOf(safe) <= MAX_TEXT_BYTES) return [safe];
  const end = fitting(safe);
  return [safe.slice(0, end), ...pieces(safe.slice(end))];
}
