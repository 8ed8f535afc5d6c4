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
"""A share or rate of fewer students or classrooms is not shown, on screen or in a file."""

DIVIDED = frozenset({NumberSort.SHARE, NumberSort.RATE})
ADDED_UP = frozenset({*DIVIDED, NumberSort.COUNT})


@dataclass(frozen=True, slots=True)
class Point:
    """One number of one day; out_of: of a share or rate."""

    on: str
    value: float
    out_of: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """All numbers of one day. hidden: about too few to be shown."""

    on: str
    values: tuple[float, ...]
    out_of: float | None
    notes: tuple[str, ...]
    hidden: bool = False

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
    out_of = math.fsum(point.out_of or 0 for point in points) if numbers in DIVIDED else None
    notes = tuple(point.note for point in points if point.note)
    hidden = out_of is not None and base != CountedBase.SOMETHING_ELSE and out_of < FEWEST
    return Day(on, tuple(point.value for point in points), out_of, notes, hidden)
