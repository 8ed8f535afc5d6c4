"""Run charts and control charts: does a measure move beyond chance?

A chart names the rules that it is read by. Runs and crossings follow Anhøj's rules (Anhøj and
Olesen 2014: longest run at most round(log2 n) + 3, crossings at least the 5 % quantile of
Binomial(n - 1, 1/2)); the alternative is plot_the_dots.py. For measures that people typed in
or imported, never for patterns or cards. Twin of pwa/src/domain/run-charts.ts; both run
tests/vectors/run_charts.json.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from schemas.vocabulary import ChartForm, NumberSort
from server.domain.control_limits import Limits, control_limits, movement_limits, moving_ranges
from server.domain.measures import Day
from server.domain.plot_the_dots import Dots, plot_the_dots, process_limits
from server.domain.sides import is_beyond, sides_of

FEW = 10
"""With fewer useful points the rules can hardly tell a change from chance."""

NO_LIMITS = Limits(None, (), ())


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs and crossings around the centre. Points on the line neither break nor extend a run."""

    useful: int
    longest: int
    longest_max: int
    crossings: int
    crossings_min: int

    @property
    def is_shifted(self) -> bool:
        return self.longest > self.longest_max

    @property
    def crosses_little(self) -> bool:
        return self.crossings < self.crossings_min


@dataclass(frozen=True, slots=True)
class Chart:
    """A measure as drawn. plotted, lower, upper: one a day; outside: places of days.

    runs: by Anhøj's rules; None with the other rules, or where no point is off the line.
    """

    form: ChartForm
    plotted: tuple[float | None, ...]
    centre: float | None
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    outside: tuple[int, ...]
    runs: Runs | None = None
    dots: Dots | None = None

    @property
    def changed(self) -> bool:
        """Whether runs or crossings say that something changed."""
        return self.runs is not None and (self.runs.is_shifted or self.runs.crosses_little)


def draw(form: ChartForm, numbers: NumberSort, days: Sequence[Day]) -> Chart:
    """The chart of the days that may be shown, in their order."""
    values = [day.shown(numbers) for day in days]
    plotted: list[float | None] = [*values]
    if form == ChartForm.MOVEMENT:
        plotted = [None, *moving_ranges(values)][: len(values)]
    limits = _limits(form, numbers, days, values)
    outside = _outside(plotted, limits)
    if form == ChartForm.PLOT_THE_DOTS:
        dots = plot_the_dots(values, limits, outside)
        return Chart(form, tuple(plotted), *_lines(limits, plotted), outside, dots=dots)
    runs = runs_around(limits.centre, [value for value in plotted if value is not None])
    return Chart(form, tuple(plotted), *_lines(limits, plotted), outside, runs)


def _limits(
    form: ChartForm, numbers: NumberSort, days: Sequence[Day], values: Sequence[float]
) -> Limits:
    if not values:
        return NO_LIMITS
    if form == ChartForm.CONTROL:
        return control_limits(numbers, days, values)
    if form == ChartForm.MOVEMENT:
        return movement_limits(values)
    if form == ChartForm.PLOT_THE_DOTS:
        return process_limits(values)
    return Limits(median(values), (), ())


def _lines(
    limits: Limits, plotted: Sequence[float | None]
) -> tuple[float | None, tuple[float | None, ...], tuple[float | None, ...]]:
    nothing = (None,) * len(plotted)
    return limits.centre, limits.lower or nothing, limits.upper or nothing


def _outside(plotted: Sequence[float | None], limits: Limits) -> tuple[int, ...]:
    return tuple(
        place
        for place, (value, low, high) in enumerate(
            zip(plotted, limits.lower, limits.upper, strict=False)
        )
        if value is not None and is_beyond(value, low, high)
    )


def runs_around(centre: float | None, values: Sequence[float]) -> Runs | None:
    """Runs and crossings of the values around the centre; None where all lie on it."""
    sides = [side for side in sides_of(values, centre) if side] if centre is not None else []
    if not sides:
        return None
    lengths = [len([*run]) for _, run in groupby(sides)]
    return Runs(
        useful=len(sides),
        longest=max(lengths),
        longest_max=longest_run_max(len(sides)),
        crossings=len(lengths) - 1,
        crossings_min=crossings_min(len(sides)),
    )


def longest_run_max(useful: int) -> int:
    return round(math.log2(useful)) + 3


def crossings_min(useful: int) -> int:
    """The least k with P(X <= k) >= 1/20, X of Binomial(useful - 1, 1/2); in whole numbers."""
    trials = useful - 1
    ways, reached, crossings = 1, 1, 0
    while 20 * reached < 2**trials:
        crossings += 1
        ways = ways * (trials - crossings + 1) // crossings
        reached += ways
    return crossings
