"""Figures about visited classrooms that give nobody away (rule 9).

Suppression happens within each round: too few is not shown, nor what would give it away by
subtraction. A total that must be kept back takes both of its tables with it: each sums up to
it, and even the names of the one's parts would say how many there are at least. Evidence
tells too: what a card says of its classroom, three share. What is pooled over rounds is the
sum of what is shown of each round. So no choice of rounds and no difference of two of them
says more than the shown parts do; and a round's figures stay as they were when others first
read it (services/first_shown).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from schemas.vocabulary import GradeBand, SchoolSubject
from server.domain.evidence import SHARED_BY
from server.domain.small_cells import gives_away, shown_counts
from server.services.exports.content import Figure

FEWEST = 10
"""A figure about fewer classrooms is shown nowhere: a screen is printed, linked to and copied
from, so it may go anywhere as a file may (docs/adr/0060)."""

FIELDS = ("grade_band", "subject")

Rooms = Sequence[Mapping[str, str | None]]
"""Of each visited classroom what is counted by; and what its cards may say of it, as one text
(`says`), with the words that it counts for (`says_grade_band`, `says_subject`)."""
Part = Mapping[str, int | None]
Word = TypeVar("Word", GradeBand, SchoolSubject)


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be read of one round; None where it is kept back."""

    whole: int | None
    tables: Mapping[str, Part]


def figures_of(rounds: Iterable[Rooms], fewest: int) -> tuple[Figure, ...]:
    """The figure of all classrooms, then of each grade band and subject that was visited."""
    return figures_of_shown([shown_of(rooms, fewest) for rooms in rounds if rooms])


def figures_of_shown(shown: Sequence[Shown]) -> tuple[Figure, ...]:
    """The same of what may be read of each round."""
    more = any(one.whole is None for one in shown)
    return (
        figure_of_all(shown),
        *_of_words([one.tables["grade_band"] for one in shown], GradeBand, more),
        *_of_words([one.tables["subject"] for one in shown], SchoolSubject, more),
    )


def figure_of_all(shown: Iterable[Shown]) -> Figure:
    """Of all classrooms of these rounds."""
    return _pooled(None, [one.whole for one in shown])


def shown_of(rooms: Rooms, fewest: int) -> Shown:
    """One round: its number of classrooms, and for each field its parts, None where hidden."""
    counts = {field: _counts(rooms, field) for field in FIELDS}
    told = {field: _told_by_cards(rooms, field) for field in FIELDS}
    if any(gives_away(table, fewest, told[field]) for field, table in counts.items()):
        return Shown(None, {field: {} for field in FIELDS})
    tables = {field: shown_counts(each, fewest, told[field]) for field, each in counts.items()}
    return Shown(len(rooms), tables)


def _counts(rooms: Rooms, field: str) -> Counter[str]:
    """Classrooms by the word of a field; those without one count as a part of their own."""
    return Counter(str(room.get(field) or "") for room in rooms)


def _told_by_cards(rooms: Rooms, field: str) -> dict[str, int]:
    """How many classrooms of each word there are at least, for whoever reads all evidence.

    Of whatever is said three are, and who says one thing says no other. Decided by what may be
    said, whether anybody has said it or not: figures stay, and evidence comes later too.
    """
    ways = {(room.get("says"), room.get(f"says_{field}")) for room in rooms}
    return {word: SHARED_BY * count for word, count in Counter(w for _, w in ways if w).items()}


def _of_words(tables: Iterable[Part], words: type[Word], more: bool) -> list[Figure]:
    """more: a round is kept back whole, so that each of its words may have more."""
    parts: dict[str, list[int | None]] = {}
    for table in tables:
        for value, count in table.items():
            parts.setdefault(value, []).append(count)
    return [_pooled(word, parts[word], more) for word in words if word in parts]


def _pooled(
    of: GradeBand | SchoolSubject | None, parts: list[int | None], more: bool = False
) -> Figure:
    shown = [part for part in parts if part is not None]
    if not shown:
        return Figure(of, None)
    return Figure(of, sum(shown), more=more or len(shown) < len(parts))
