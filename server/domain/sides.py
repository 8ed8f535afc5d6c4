"""On which side of a line a value lies, the same in both languages to the last bit.

Sums of decimals are not exact: 0.1 three times has a mean a hair above 0.1. A value within
1e-12 of the line, relative to the larger of the two, lies on it.
"""

from __future__ import annotations

from collections.abc import Iterable

ON_THE_LINE = 1e-12


def side_of(value: float, line: float) -> int:
    """1 above, -1 below, 0 on the line."""
    if abs(value - line) <= ON_THE_LINE * max(abs(value), abs(line)):
        return 0
    return 1 if value > line else -1


def sides_of(values: Iterable[float], line: float) -> list[int]:
    return [side_of(value, line) for value in values]


def is_beyond(value: float, low: float | None, high: float | None) -> bool:
    """Whether the value lies below the lower or above the upper limit."""
    below = low is not None and side_of(value, low) < 0
    return below or (high is not None and side_of(value, high) > 0)
