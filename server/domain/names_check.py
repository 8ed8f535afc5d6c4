"""The name check: what was not looked at does not leave the round (PRACTICE, 4).

Before a return summary, an export or a page leaves, every word that may name a person, a
room or a clock time is listed once: it is replaced in the text, or somebody says that it is
not a person, and the summary remembers that by the word's slug. Twin of
pwa/src/domain/names-check.ts; both run tests/vectors/names_check.json.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Set

from server.domain.identity import find_identities


def word_slug(word: str) -> str:
    """How a word is remembered as a tag: 16 hex digits of the SHA-256 of its lower case."""
    return hashlib.sha256(word.lower().encode()).hexdigest()[:16]


def words_to_check(texts: Iterable[str], looked_at: Set[str]) -> list[str]:
    """Words that nobody has looked at yet, each once, in the order of their first place.

    looked_at: slugs of words that somebody said name nobody.
    """
    found: dict[str, str] = {}
    for text in texts:
        for finding in find_identities(text):
            slug = word_slug(finding.text)
            if slug not in looked_at:
                found.setdefault(slug, finding.text)
    return list(found.values())
