"""A measure's points as a series of days: what is added up, and what is too few to be shown.

Must not know how a chart is drawn or read: see run_charts.py. Twin of
pwa/src/domain/measures.ts; both run tests/vectors/run_charts.json.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from schemas.vocabulary import CountedBase, NumberSort

FEWEST = 10
"""What is of fewer students or classrooms is not shown, on screen or in a file."""

DIVIDED = frozenset({NumberSort.SHARE, NumberSort.RATE})
ADDED_UP = frozenset({*DIVIDED, NumberSort.COUNT})
"""Each of these is asked its base: of students, of classrooms, or of something else."""


@dataclass(frozen=True, slots=True)
class Point:
    """One number of one day; out_of: of a share or rate, and of a count where somebody said so.

    round_on: the day of its round, where it names one that the reader holds.
    """

    on: str
    value: float
    out_of: float | None = None
    note: str = ""
    round_on: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """All numbers of one day. hidden: about too few to be shown; rounds: by their days."""

    on: str
    values: tuple[float, ...]
    out_of: float | None
    notes: tuple[str, ...]
    hidden: bool = False
    rounds: tuple[str, ...] = ()

    def shown(self, numbers: NumberSort) -> float:
        """The one number that stands for the day in a chart."""
        total = math.fsum(self.values)
        if numbers in DIVIDED and self.out_of:
            return total / self.out_of
        return total if numbers in ADDED_UP else total / len(self.values)


def days_of(
    numbers: NumberSort, base: CountedBase | None, points: Iterable[Point]
) -> tuple[Day, ...]:
    """The days in order. A share or rate of nothing is no number, and left out."""
    by_day: dict[str, list[Point]] = {}
    for point in points:
        if numbers not in DIVIDED or (point.out_of or 0) > 0:
            by_day.setdefault(point.on, []).append(point)
    return tuple(_day(numbers, base, on, by_day[on]) for on in sorted(by_day))


def _day(numbers: NumberSort, base: CountedBase | None, on: str, points: Sequence[Point]) -> Day:
    out_of = None
    if numbers in ADDED_UP and all(point.out_of is not None for point in points):
        out_of = math.fsum(point.out_of or 0 for point in points)
    notes = tuple(point.note for point in points if point.note)
    hidden = is_of_too_few(numbers, base, points)
    rounds = tuple(sorted({point.round_on for point in points if point.round_on}))
    return Day(on, tuple(point.value for point in points), out_of, notes, hidden, rounds)


def is_of_too_few(numbers: NumberSort, base: CountedBase | None, points: Iterable[Point]) -> bool:
    """Whether a day's figure is of so few people or rooms that it could point at one.

    A count that nobody gave a whole is of as many as were counted: of no fewer, for certain.
    """
    if numbers not in ADDED_UP or base == CountedBase.SOMETHING_ELSE:
        return False
    sizes = (point.value if point.out_of is None else point.out_of for point in points)
    return math.fsum(sizes) < FEWEST
