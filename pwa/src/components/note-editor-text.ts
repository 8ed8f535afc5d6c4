/**
 * What a typed text becomes before it is kept: lines, each small enough and safe to send.
 *
 * Pure. It must lose nothing that a store can hold: all it takes out is NUL, all it replaces
 * is half of a surrogate pair, which no database keeps.
 */
import { MAX_TEXT_BYTES } from "../generated/records";

/** A whole change may be 256 KiB; control characters take six bytes each in JSON. */
const MAX_JSON_BYTES = 192 * 1024;

/** More lines than this at once are a document, not notes: it stays one note. */
const MAX_LINES = 200;

const LINE_BREAK = /\r\n|\r|\n/;
const encoder = new TextEncoder();

/** The text as every store keeps it: `toWellFormed`, without NUL. */
export function repair(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD").replaceAll("\0", "");
}

function fits(text: string): boolean {
  if (text.length * 6 <= MAX_TEXT_BYTES) return true;
  if (encoder.encode(text).length > MAX_TEXT_BYTES) return false;
  return encoder.encode(JSON.stringify(text)).length <= MAX_JSON_BYTES;
}

/** The longest beginning that fits, ending between two code points. */
function headOf(text: string): string {
  let low = 1;
  let high = Math.min(text.length, MAX_TEXT_BYTES);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(text.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  const splitsPair = /[\uD800-\uDBFF]$/.test(text.slice(0, low)) && low < text.length;
  return text.slice(0, splitsPair ? low - 1 : low);
}

/** A text in pieces that each can be sent; joined they are the text. One piece, nearly always. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (!fits(rest)) {
    const head = headOf(rest);
    pieces.push(head);
    rest = rest.slice(head.length);
  }
  return [...pieces, rest];
}

export interface Typed {
  /** Lines that are ended, in order, empty ones left out. */
  finished: string[];
  /** The line that is still being written. */
  rest: string;
}

/** What stands in the field, as ended lines and the one still open. */
export function linesOf(value: string): Typed {
  const lines = value.split(LINE_BREAK);
  if (lines.length > MAX_LINES) return { finished: piecesOf(value), rest: "" };
  const rest = piecesOf(lines.pop() ?? "");
  const open = rest.pop() ?? "";
  const ended = lines.filter((line) => line.trim() !== "").flatMap(piecesOf);
  return { finished: [...ended, ...rest], rest: open };
}
