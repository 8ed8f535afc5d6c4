/**
 * The name check: what was not looked at does not leave the round. Twin of
 * server/domain/names_check.py; both run tests/vectors/names_check.json.
 */
import { findIdentities } from "./identity";
import type { Language } from "./language";
import { sha256 } from "./sha256";

/** How a word is remembered as a tag: 16 hex digits of the SHA-256 of its lower case. */
export function wordSlug(word: string): string {
  return sha256(word.toLowerCase()).slice(0, 16);
}

/**
 * Words that nobody has looked at yet, each once, in the order of their first place.
 * `lookedAt`: slugs of words that somebody said name nobody.
 */
export function wordsToCheck(
  texts: readonly string[],
  lookedAt: ReadonlySet<string>,
  language: Language,
): string[] {
  const found = new Map<string, string>();
  for (const text of texts) {
    for (const finding of findIdentities(text, { language })) {
      const slug = wordSlug(finding.text);
      if (!lookedAt.has(slug) && !found.has(slug)) found.set(slug, finding.text);
    }
  }
  return [...found.values()];
}
