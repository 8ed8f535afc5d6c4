"""The codes of the standards that a focus question bears on, as they stand beside it.

Twin of pwa/src/domain/standards.ts; tests/vectors/standards.json holds both to the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 60
"""Signs of a standard without a code that stand in its place."""


@dataclass(frozen=True, slots=True)
class StandardFacts:
    """asks: it is a question itself. order: its place in its framework."""

    code: str
    text: str
    asks: bool
    order: int


def codes_of(standards: Iterable[StandardFacts]) -> list[str]:
    """In the order of the framework. Where a standard has no code, how it begins."""
    ordered = sorted(standards, key=lambda each: (each.order, each.code))
    codes = (each.code or ("" if each.asks else _shortened(each.text)) for each in ordered)
    return [code for code in codes if code]


def _shortened(text: str) -> str:
    return f"{text[: LONGEST - 1].rstrip()}…" if len(text) > LONGEST else text
