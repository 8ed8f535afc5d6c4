"""Control limits, three standard errors on either side of the centre.

Which chart it is follows from how the numbers were gathered: single values i, counts c,
shares p, rates u, samples xbar. Formulas: Montgomery, Introduction to Statistical Quality
Control, chapters 6 and 7. Twin of pwa/src/domain/control-limits.ts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import stdev

from schemas.vocabulary import NumberSort
from server.domain.measures import Day

MOVING_RANGE_OF_TWO = 1.128
"""d2 for ranges of two: the mean moving range over it estimates the standard deviation."""
MOVING_RANGE_LIMIT = 3.267
"""D4 for ranges of two: the upper limit of a moving range, in mean moving ranges."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The centre, and the limits day by day; empty where there are none."""

    centre: float | None
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]


def mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def moving_ranges(values: Sequence[float]) -> list[float]:
    """How far each value is from the one before."""
    return [abs(b - a) for a, b in zip(values, values[1:], strict=False)]


def control_limits(numbers: NumberSort, days: Sequence[Day], values: Sequence[float]) -> Limits:
    """Limits of what is plotted: `values`, one a day."""
    if numbers == NumberSort.SAMPLES:
        return _of_samples(days)
    if numbers == NumberSort.SHARE:
        centre = _pooled(days)
        errors = [math.sqrt(centre * (1 - centre) / (day.out_of or 1)) for day in days]
        return _around(centre, errors, low=0, high=1)
    if numbers == NumberSort.RATE:
        centre = _pooled(days)
        return _around(centre, [math.sqrt(centre / (day.out_of or 1)) for day in days], low=0)
    centre = mean(values)
    if numbers == NumberSort.COUNT:
        return _around(centre, [math.sqrt(max(centre, 0))] * len(values), low=0)
    ranges = moving_ranges(values)
    if not ranges:
        return Limits(centre, (), ())
    return _around(centre, [mean(ranges) / MOVING_RANGE_OF_TWO] * len(values))


def movement_limits(values: Sequence[float]) -> Limits:
    """Of the moving ranges themselves. The first day has none."""
    ranges = moving_ranges(values)
    if not ranges:
        return Limits(None, (), ())
    centre = mean(ranges)
    return Limits(centre, (0.0,) * len(values), (MOVING_RANGE_LIMIT * centre,) * len(values))


def _pooled(days: Sequence[Day]) -> float:
    total = math.fsum(value for day in days for value in day.values)
    return total / math.fsum(day.out_of or 0 for day in days)


def _around(
    centre: float,
    errors: Sequence[float],
    low: float = -math.inf,
    high: float = math.inf,
) -> Limits:
    return Limits(
        centre,
        tuple(max(centre - 3 * error, low) for error in errors),
        tuple(min(centre + 3 * error, high) for error in errors),
    )


def _of_samples(days: Sequence[Day]) -> Limits:
    """xbar: days of one sample have no limit of their own."""
    values = [value for day in days for value in day.values]
    centre = mean(values)
    spread = _spread_within([day.values for day in days])
    if spread is None:
        return Limits(centre, (), ())
    factors = [_a3(len(day.values)) for day in days]
    return Limits(
        centre,
        tuple(None if a3 is None else centre - a3 * spread for a3 in factors),
        tuple(None if a3 is None else centre + a3 * spread for a3 in factors),
    )


def _spread_within(samples: Sequence[Sequence[float]]) -> float | None:
    """The mean standard deviation, or the pooled one where days differ in size."""
    several = [stdev(sample) for sample in samples if len(sample) > 1]
    if not several:
        return None
    if len({len(sample) for sample in samples}) == 1:
        return mean(several)
    sizes = [len(sample) - 1 for sample in samples if len(sample) > 1]
    squares = [size * each**2 for size, each in zip(sizes, several, strict=True)]
    return math.sqrt(math.fsum(squares) / sum(sizes))


def _a3(size: int) -> float | None:
    return 3 / (_c4(size) * math.sqrt(size)) if size > 1 else None


def _c4(size: int) -> float:
    """How much a sample's standard deviation falls short: c4(n) c4(n + 1) = sqrt((n - 1) / n)."""
    factor = math.sqrt(2 / math.pi)
    for n in range(2, size):
        factor = math.sqrt((n - 1) / n) / factor
    return factor
