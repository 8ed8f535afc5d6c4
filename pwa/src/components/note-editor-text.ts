/**
 * What stands in the field, as lines that are ended and the one still being written.
 *
 * Pure. It must lose nothing that a store can hold: return, a paste, dictation and a pen all
 * end a line in the same way, and a line too long for one note goes on in the next.
 */
import { pieces } from "../domain/safe-text";

/** More lines than this at once are a document, not notes: it stays one note. */
const MAX_LINES = 200;

const LINE_BREAK = /\r\n|\r|\n/;

export interface Typed {
  /** Lines that are ended, in order, empty ones left out; each fit to be kept. */
  finished: string[];
  /** The line still being written, as it stands in the field. */
  rest: string;
}

function whole(text: string): string[] {
  return pieces(text).filter((piece) => piece.trim() !== "");
}

export function linesOf(value: string): Typed {
  const lines = value.split(LINE_BREAK);
  if (lines.length > MAX_LINES) return { finished: whole(value), rest: "" };
  const open = lines.pop() ?? "";
  const ended = lines.flatMap(whole);
  const parts = pieces(open);
  if (parts.length === 1) return { finished: ended, rest: open };
  return { finished: [...ended, ...parts.slice(0, -1)], rest: parts.at(-1) ?? "" };
}
