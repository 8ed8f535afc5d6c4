/**
 * The codes of the standards that a focus question bears on, as they stand beside it.
 *
 * Twin of server/domain/standards.py; tests/vectors/standards.json holds both to the same.
 */

/** Signs of a standard without a code that stand in its place. */
const LONGEST = 60;

/** asks: it is a question itself. order: its place in its framework. */
export interface StandardFacts {
  code: string;
  text: string;
  asks: boolean | null;
  order: number | null;
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1).trimEnd()}…` : text;
}

/** In the order of the framework. Where a standard has no code, how it begins. */
export function codesOf(standards: readonly StandardFacts[]): string[] {
  const ordered = standards.toSorted(
    (a, b) => (a.order ?? 0) - (b.order ?? 0) || (a.code < b.code ? -1 : 1),
  );
  const codes = ordered.map(({ asks, code, text }) => code || (asks ? "" : shortened(text)));
  return codes.filter(Boolean);
}
