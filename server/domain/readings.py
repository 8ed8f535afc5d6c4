"""Readings: how several people read the same cards apart, as tables for `agreement`.

Knows no person: a reader is an id that leads to nobody. Twin of pwa/src/domain/readings.ts;
both run tests/vectors/readings.json.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

BEARINGS = ("bears_not", "bears_partly", "bears")
"""Whether a card bears on a focus question, in order: the names of a reading's three fields."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one reader said of one card: the place of a word, or None."""

    card: str
    reader: str
    word: int | None


def bearing_of(tagged: Mapping[str, Set[str]], question: str) -> int | None:
    """The place of what was answered; None where nothing was, or two devices said two things."""
    said = [place for place, word in enumerate(BEARINGS) if question in tagged.get(word, ())]
    return said[0] if len(said) == 1 else None


def table_of(answers: Sequence[Answer]) -> list[list[int | None]]:
    """A row a card, a column a reader, both in the order of their ids."""
    cards = sorted({answer.card for answer in answers})
    readers = sorted({answer.reader for answer in answers})
    said = {(answer.card, answer.reader): answer.word for answer in answers}
    return [[said.get((card, reader)) for reader in readers] for card in cards]


def times_of_ten(share: float) -> int:
    """A share from 0 to 1 as so many times of ten; 10 and 0 only for always and never."""
    times = math.floor(10 * share + 0.5)
    if share < 1 and times > 9:
        return 9
    return 1 if share > 0 and times < 1 else times
