"""A measure's chart as a picture on paper: where every line, point and word of it lies.

Geometry alone, in points from the top left corner; templates/measure.typ draws it. The same
lines, shapes and places as on screen (pwa/src/components/time-chart.tsx).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from schemas.vocabulary import ChartForm
from server.messages import say
from server.services.exports.measure_table import marked_places, said_as_drawn
from server.services.measures import Series

WIDTH, HEIGHT = 456.0, 230.0
TOP, BOTTOM, RIGHT = 24.0, 26.0, 8.0
LETTER = 4.6
"""How wide a digit is at the most."""
TICKS = 4
DAY_LABEL = 64.0
"""A day below the chart takes so much room."""
CROWDED = 60
"""With more days than this only marked ones have a shape of their own."""

Place = tuple[float, float]
Values = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Scale:
    """From days and numbers to places."""

    ticks: tuple[float, ...]
    left: float
    x: tuple[float, ...]
    y: Callable[[float], float]


def picture_of(series: Series, language: str) -> dict[str, Any]:
    """The chart as plain data for the template. Wants one point at least."""
    lines = [*_lines(series, language)]
    chart = series.chart
    scale = _scale(series, [chart.plotted, *(values for _, _, values in lines)], language)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": scale.left,
        "right": WIDTH - RIGHT,
        "ticks": [[scale.y(tick), said_as_drawn(tick, series, language)] for tick in scale.ticks],
        "days": _days(series, scale),
        "lines": [
            {
                "look": look,
                "words": words,
                "paths": _paths(values, scale, stepped=look in ("upper", "lower")),
            }
            for look, words, values in lines
        ],
        "drawn": _paths(chart.plotted, scale),
        "points": _points(series, scale),
    }


def _lines(series: Series, language: str) -> Iterable[tuple[str, str, Values]]:
    """Middle, limits and aim, as far as the chart has them: look, words, values."""
    chart, count = series.chart, len(series.chart.plotted)
    middle = "median" if chart.form == ChartForm.RUN else "mean"
    aim = None if chart.form == ChartForm.MOVEMENT else series.aim
    every: tuple[tuple[str, str, Values], ...] = (
        ("centre", middle, [chart.centre] * count),
        ("upper", "upper", chart.upper),
        ("lower", "lower", chart.lower),
        ("aim", "aim_line", [aim] * count),
    )
    for look, name, values in every:
        known = {value for value in values if value is not None}
        if known:
            words = say(f"measures.{name}", language)
            only = f" {said_as_drawn(known.pop(), series, language)}" if len(known) == 1 else ""
            yield look, words + only, values


def _scale(series: Series, drawn: Iterable[Values], language: str) -> Scale:
    known = [value for values in drawn for value in values if value is not None]
    low, high = min(known), max(known)
    room = (abs(low) * 0.1 or 1) if low == high else 0
    ticks = _ticks(low - room, high + room)
    letters = max(len(said_as_drawn(tick, series, language)) for tick in ticks)
    left = 10 + LETTER * letters
    begin, end = ticks[0], ticks[-1]

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (value - begin) / (end - begin) * (HEIGHT - BOTTOM - TOP)

    return Scale(ticks, left, tuple(_days_across(series, left + 8, WIDTH - RIGHT - 8)), y)


def _days_across(series: Series, begin: float, end: float) -> Iterable[float]:
    days = [date.fromisoformat(day.on).toordinal() for day in series.shown]
    if len(days) == 1:
        return [(begin + end) / 2]
    return [begin + (day - days[0]) / (days[-1] - days[0]) * (end - begin) for day in days]


def _ticks(low: float, high: float) -> tuple[float, ...]:
    """Round numbers, from at most the least to at least the largest, about so many."""
    step = _step(high - low)
    first, last = math.floor(low / step), math.ceil(high / step)
    step = _step((last - first) * step)
    first, last = math.floor(low / step), math.ceil(high / step)
    return tuple(place * step for place in range(first, last + 1))


def _step(width: float) -> float:
    """1, 2 or 5 times a power of ten, so that about so many fit; as d3 has it."""
    rough = width / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    bounds = ((math.sqrt(50), 10), (math.sqrt(10), 5), (math.sqrt(2), 2))
    return power * next((by for bound, by in bounds if rough / power >= bound), 1)


def _days(series: Series, scale: Scale) -> list[list[Any]]:
    """The days that are named below the chart: as many as there is room for."""
    named: list[list[Any]] = []
    for day, x in zip(series.shown, scale.x, strict=True):
        if not named or x - named[-1][0] >= DAY_LABEL:
            named.append([x, day.on])
    return named


def _paths(values: Values, scale: Scale, *, stepped: bool = False) -> list[list[Place]]:
    """The line through the values; a new one behind each day without a value."""
    places = [*zip(scale.x, values, strict=True)]
    paths: list[list[Place]] = []
    for is_known, run in groupby(places, lambda place: place[1] is not None):
        if is_known:
            path = [(x, scale.y(value)) for x, value in run if value is not None]
            paths.append([*_stairs(path)] if stepped else path)
    return [path for path in paths if len(path) > 1]


def _stairs(path: list[Place]) -> Iterable[Place]:
    """Each day's limit holds half the way to the next day."""
    for (x, y), (next_x, next_y) in zip(path, path[1:], strict=False):
        middle = (x + next_x) / 2
        yield from ((x, y), (middle, y), (middle, next_y))
    yield path[-1]


def _points(series: Series, scale: Scale) -> list[dict[str, Any]]:
    chart = series.chart
    marked = marked_places(series)
    numbers = {at: number for number, at in enumerate(noted_places(series), start=1)}
    return [
        {
            "x": scale.x[at],
            "y": scale.y(value),
            "marked": at in marked,
            "shown": at in marked or len(chart.plotted) <= CROWDED,
            "note": numbers.get(at),
            "below": _is_valley(chart.plotted, at),
        }
        for at, value in enumerate(chart.plotted)
        if value is not None
    ]


def noted_places(series: Series) -> list[int]:
    """Places of the days of which something is told, in their order."""
    return [at for at, day in enumerate(series.shown) if any(day.notes) or day.rounds]


def _is_valley(values: Values, at: int) -> bool:
    """Lower than the days beside it: its note stands below, where no line is."""
    here = values[at] or 0
    beside = [
        values[place] if 0 <= place < len(values) and values[place] is not None else here
        for place in (at - 1, at + 1)
    ]
    return sum(value or 0 for value in beside) / 2 > here
