/**
 * One text proposed from two that were written at the same time. Pure, and only a proposal: a
 * person reads it, changes it and says that it stands.
 *
 * Word by word: what both say stands once, where they differ the words of both stand, the
 * first one's before the other's. No word of either is left out.
 */

/** Beyond this many pairs of words the texts stand one after the other. */
const MOST_PAIRS = 4_000_000;

/** Words, each with the white space before it. */
function wordsOf(text: string): string[] {
  return text.match(/\s*\S+/g) ?? [];
}

/** How many words from here to the end both texts have in the same order. */
function sharedFrom(one: readonly string[], other: readonly string[]): Uint32Array[] {
  const rows = Array.from({ length: one.length + 1 }, () => new Uint32Array(other.length + 1));
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      const same = one[i]!.trim() === other[j]!.trim();
      rows[i]![j] = same ? rows[i + 1]![j + 1]! + 1 : Math.max(rows[i + 1]![j]!, rows[i]![j + 1]!);
    }
  }
  return rows;
}

/** The words after each other, none of them glued to the one before. */
function joined(words: readonly string[]): string {
  return words.map((word, at) => (at === 0 || /^\s/.test(word) ? word : ` ${word}`)).join("");
}

export function mergedWords(first: string, second: string): string {
  const [one, other] = [wordsOf(first), wordsOf(second)];
  if (one.length * other.length > MOST_PAIRS) return `${first}\n\n${second}`;
  const shared = sharedFrom(one, other);
  const merged: string[] = [];
  let [i, j] = [0, 0];
  while (i < one.length && j < other.length) {
    const same = one[i]!.trim() === other[j]!.trim();
    if (!same && shared[i + 1]![j]! < shared[i]![j + 1]!) merged.push(other[j++]!);
    else {
      merged.push(one[i++]!);
      if (same) j += 1;
    }
  }
  return joined([...merged, ...one.slice(i), ...other.slice(j)]).trim();
}
