"""Figures about visited classrooms that give nobody away (rule 9).

Suppression happens within each round and each table: too few is not shown, nor the next
smallest that would give it away by subtraction. What is pooled over rounds is the sum of
what is shown of each round. So no choice of rounds, no earlier file and no difference of
two of them says more than the shown parts do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from schemas.vocabulary import GradeBand, SchoolSubject
from server.domain.small_cells import gives_away, shown_counts
from server.services.exports.content import Figure
from server.sync.read import MergedRecord

FIELDS = ("grade_band", "subject")

Rooms = Sequence[MergedRecord]
Word = TypeVar("Word", GradeBand, SchoolSubject)


def figures_of(rounds: Iterable[Rooms], fewest: int) -> tuple[Figure, ...]:
    """The figure of all classrooms, then of each grade band and subject that was visited."""
    each = [rooms for rooms in rounds if rooms]
    tables = {field: [_counts(rooms, field) for rooms in each] for field in FIELDS}
    whole = [
        None if any(gives_away(tables[field][place], fewest) for field in FIELDS) else len(rooms)
        for place, rooms in enumerate(each)
    ]
    return (
        _pooled(None, whole),
        *_of_words(tables["grade_band"], GradeBand, fewest),
        *_of_words(tables["subject"], SchoolSubject, fewest),
    )


def _counts(rooms: Rooms, field: str) -> Counter[str]:
    """Classrooms by the word of a field; those without one count as a part of their own."""
    return Counter(str(room.get(field) or "") for room in rooms)


def _of_words(tables: list[Counter[str]], words: type[Word], fewest: int) -> list[Figure]:
    parts: dict[str, list[int | None]] = {}
    for counts in tables:
        for value, count in shown_counts(counts, fewest).items():
            parts.setdefault(value, []).append(count)
    return [_pooled(word, parts[word]) for word in words if word in parts]


def _pooled(of: GradeBand | SchoolSubject | None, parts: list[int | None]) -> Figure:
    shown = [part for part in parts if part is not None]
    if not shown:
        return Figure(of, None)
    return Figure(of, sum(shown), more=len(shown) < len(parts))
