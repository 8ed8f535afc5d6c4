/**
 * How the words of a card fit on an eighth of a printed page: as large as they may be, and over
 * as many pieces of paper as they need. Nothing is left out: the parts joined are the text. Pure.
 */

/** How large letters are, how many stand in a line, and how many lines on a piece. */
const SIZES = [
  ["short", 30, 5],
  ["medium", 35, 6],
  ["long", 42, 7],
  ["longest", 56, 9],
] as const;

export type PaperSize = (typeof SIZES)[number][0];

/** Where each line begins when words are set in lines of this width. */
function lineStarts(text: string, width: number): number[] {
  const starts = [0];
  let used = 0;
  const begin = (at: number) => {
    starts.push(at);
    used = 0;
  };
  for (const { 0: token, index } of text.matchAll(/\n|[^\S\n]+|\S+/g)) {
    if (token === "\n") {
      begin(index + 1);
      continue;
    }
    if (used > 0 && used + token.trimEnd().length > width) begin(index);
    for (let cut = width; cut < token.length; cut += width) begin(index + cut);
    used += token.length % width || width;
  }
  return starts;
}

/** The size that a text is printed in, and its parts, one a piece of paper. */
export function paperParts(text: string): { size: PaperSize; parts: string[] } {
  const fits = SIZES.find(([, width, lines]) => lineStarts(text, width).length <= lines);
  const [size, width, lines] = fits ?? SIZES[SIZES.length - 1]!;
  const starts = lineStarts(text, width).filter((_, line) => line % lines === 0);
  return { size, parts: starts.map((from, at) => text.slice(from, starts[at + 1])) };
}
