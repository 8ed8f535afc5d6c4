"""The rules of the NHS programme "Making data count", for an XmR chart.

Special causes: a point beyond the process limits; seven in a row on one side of the mean;
seven rising or falling in a row; two of three near the same limit. Limits: mean and 2.66 mean
moving ranges, of which ranges beyond 3.267 of them are left out. Twin of
pwa/src/domain/plot-the-dots.ts; both run tests/vectors/run_charts.json.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.domain.control_limits import MOVING_RANGE_LIMIT, Limits, mean, moving_ranges
from server.domain.sides import side_of, sides_of

LIMIT = 2.66
SEVEN = 7


@dataclass(frozen=True, slots=True)
class Dots:
    """Places of the days that each rule flags."""

    shift: tuple[int, ...]
    trend: tuple[int, ...]
    near_limit: tuple[int, ...]


def process_limits(values: Sequence[float]) -> Limits:
    centre = mean(values)
    ranges = moving_ranges(values)
    if not ranges:
        return Limits(centre, (), ())
    all_ranges = mean(ranges)
    usual = [each for each in ranges if each < MOVING_RANGE_LIMIT * all_ranges]
    width = LIMIT * (mean(usual) if usual else all_ranges)
    return Limits(centre, (centre - width,) * len(values), (centre + width,) * len(values))


def plot_the_dots(values: Sequence[float], limits: Limits, outside: Sequence[int]) -> Dots:
    """What the rules flag but for points beyond the limits, which are `outside`."""
    if limits.centre is None:
        return Dots((), (), ())
    sides = sides_of(values, limits.centre)
    close = _close(values, limits, outside)
    pairs = two_in_three(close, sides)
    return Dots(
        _places(_part_of_seven(seven_on_one_side(sides))),
        _places(_part_of_seven(seven_in_a_row(values))),
        _places([int(bool(pair and near)) for pair, near in zip(pairs, close, strict=True)]),
    )


def _close(values: Sequence[float], limits: Limits, outside: Sequence[int]) -> list[int]:
    """1 for what lies in the outer third of the limits."""
    if not limits.upper or limits.centre is None:
        return [0] * len(values)
    third = ((limits.upper[0] or 0) - limits.centre) * 2 / 3
    low, high = limits.centre - third, limits.centre + third
    return [
        int(place not in outside and (side_of(value, low) < 0 or side_of(value, high) > 0))
        for place, value in enumerate(values)
    ]


def seven_on_one_side(sides: Sequence[int]) -> list[int]:
    """1 from the seventh point in a row on the same side of the mean."""
    flags = []
    for place, side in enumerate(sides):
        seven = sides[max(0, place - SEVEN + 1) : place + 1]
        flags.append(int(len(seven) == SEVEN and side != 0 and len({*seven}) == 1))
    return flags


def seven_in_a_row(values: Sequence[float]) -> list[int]:
    """1 or -1 at the seventh point that rises or falls; an equal value breaks the row."""
    flags = []
    for place in range(len(values)):
        seven = values[max(0, place - SEVEN + 1) : place + 1]
        steps = {side_of(b, a) for a, b in zip(seven, seven[1:], strict=False)}
        flags.append(steps.pop() if len(seven) == SEVEN and len(steps) == 1 else 0)
    return flags


def two_in_three(close: Sequence[int], sides: Sequence[int]) -> list[int]:
    """1 on every point of three on one side of which two are close to that limit."""
    flags = [0] * len(close)
    for begin in range(len(close) - 2):
        three = range(begin, begin + 3)
        together = abs(sum(sides[place] for place in three)) == 3
        if together and sum(close[place] for place in three) >= 2:
            for place in three:
                flags[place] = 1
    return flags


def _part_of_seven(flags: Sequence[int]) -> list[int]:
    """A flag also on the six points that led to it."""
    return [int(any(flags[place : place + SEVEN])) for place in range(len(flags))]


def _places(flags: Sequence[int]) -> tuple[int, ...]:
    return tuple(place for place, flag in enumerate(flags) if flag)
