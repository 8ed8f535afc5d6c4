"""A measure as a table that leaves: its columns, its rows, and what its chart says in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from schemas.vocabulary import ChartForm, NumberSort
from server.domain.calendar import day_of
from server.domain.chart_readings import readings_of
from server.domain.lasting_ids import lasting_day_id
from server.domain.measures import FEWEST, Day
from server.messages import say
from server.services.exports.columns import Cell, Column
from server.services.measures import Series, is_divided, title_leaving

COLUMNS = (
    "date",
    "value",
    "out_of",
    "drawn",
    "centre",
    "lower",
    "upper",
    "aim",
    "signal",
    "round",
    "note",
)
"""Those of a report; a file that programs read has MEASURE_COLUMNS."""


@dataclass(frozen=True, slots=True)
class Row:
    """One day, by column. hidden: about too few, so that it holds no figure."""

    cells: Mapping[str, Cell]
    hidden: bool


def _in_row(key: str) -> Callable[[Row], Cell]:
    return lambda row: row.cells.get(key)


def _number(key: str, width: int = 14) -> Column[Row]:
    """Where a day is about too few, words stand in place of its number."""
    return Column(key, width, _in_row(key), float)


def _text(key: str, width: int) -> Column[Row]:
    return Column(key, width, _in_row(key), may_lack=True)


MEASURE_COLUMNS: tuple[Column[Row], ...] = (
    Column("date", 13, _in_row("date"), date),
    *(_number(key) for key in COLUMNS[1:8]),
    _text("signal", 24),
    _text("round", 14),
    _text("note", 60),
    _text("held_back", 20),
    Column("measure", 36, _in_row("measure")),
    Column("measure_day_id", 20, _in_row("measure_day_id")),
)
"""The same in every form. `date`, `value`, `out_of` and `note` are those that an import takes."""


def rows_of(series: Series, language: str) -> Iterator[Row]:
    """One row a day, in order."""
    place = 0
    for day in series.days:
        named = _named(series, day, language)
        if day.hidden:
            yield Row({**named, **_kept_back(series, day, language)}, hidden=True)
            continue
        yield Row({**named, **_figures(series, day, place, language)}, hidden=False)
        place += 1


def _named(series: Series, day: Day, language: str) -> dict[str, Cell]:
    """Of which measure and day the row is, under an id that is made of both."""
    return {
        "date": day_of(day.on),
        "measure": title_of(series, language),
        "measure_day_id": lasting_day_id(title_leaving(series.title), day.on, series.twin),
    }


def _kept_back(series: Series, day: Day, language: str) -> dict[str, Cell]:
    """Words where a figure would stand: never blank, and never a number. A count is itself
    fewer, whether somebody said out of how many or not.
    """
    fewer = say("measures.fewer_than", language, fewest=FEWEST)
    is_count = series.numbers == NumberSort.COUNT
    figure = fewer if is_count else say("measures.of_fewer_than", language, fewest=FEWEST)
    out_of = None if day.out_of is None else fewer
    return {"value": figure, "out_of": out_of, "drawn": figure, "held_back": figure}


def _figures(series: Series, day: Day, place: int, language: str) -> dict[str, Cell]:
    chart = series.chart
    total = sum(day.values)
    several = len(day.values) > 1
    return {
        "value": day.shown(series.numbers) if several and not is_divided(series) else total,
        "out_of": day.out_of,
        "drawn": chart.plotted[place],
        "centre": chart.centre,
        "lower": chart.lower[place],
        "upper": chart.upper[place],
        "aim": None if chart.form == ChartForm.MOVEMENT else series.aim,
        "signal": _signal(series, place, language),
        "round": " ".join(day.rounds),
        "note": " ".join(day.notes),
    }


def told_of(day: Day, language: str) -> list[str]:
    """What stands beside the day's point in a picture: of which round it is, what happened."""
    rounds = [say("measures.of_round", language, day=on) for on in day.rounds]
    return [*rounds, *day.notes]


def _signal(series: Series, place: int, language: str) -> str:
    if place in series.chart.outside:
        return say("measures.beyond", language)
    return say("measures.marked", language) if place in marked_places(series) else ""


def numbers_in_words(value: float, digits: int, language: str) -> str:
    """With at most so many digits behind the point, and the language's own signs."""
    text = f"{value:,.{digits}f}"
    if digits:
        text = text.rstrip("0").rstrip(".")
    signs = {",": say("measures.thousands", language), ".": say("measures.point", language)}
    return "".join(signs.get(sign, sign) for sign in ("0" if text == "-0" else text))


def said_as_drawn(value: float, series: Series, language: str) -> str:
    """A share as percent, everything else with as many digits as its size wants; as on screen."""
    if series.numbers == NumberSort.SHARE:
        return numbers_in_words(value * 100, 1, language) + say("measures.percent", language)
    size = abs(value)
    digits = 0 if size >= 1000 else 1 if size >= 10 else 2 if size >= 1 else 4
    return numbers_in_words(value, digits, language)


def marked_places(series: Series) -> set[int]:
    """Places of the days that a rule marks, among those that are shown."""
    dots = series.chart.dots
    flagged = (*dots.shift, *dots.trend, *dots.near_limit) if dots is not None else ()
    return {*series.chart.outside, *flagged}


def title_of(series: Series, language: str) -> str:
    if series.title is None:
        return say("measures.kept_back", language)
    return series.title.strip() or say("measures.untitled", language)


def words_of(series: Series, language: str) -> list[str]:
    """What stands above the chart: what is counted, and what the chart says."""
    about = series.about if series.about is not None else say("measures.kept_back", language)
    return [line for line in (about.strip(), *chart_words_of(series, language)) if line]


def chart_words_of(series: Series, language: str) -> list[str]:
    """What the chart says, by which rules, and how many days are kept out of it."""
    says = [
        say(f"measures.says.{reading.code}", language, **reading.values)
        for reading in readings_of(series.chart)
    ]
    rules = say(f"measures.rules.{series.chart.form}", language)
    words = [*says, f"{rules} {say('measures.not_a_verdict', language)}"]
    hidden = len(series.days) - len(series.shown)
    if hidden:
        words.append(say("measures.hidden", language, count=hidden, fewest=FEWEST))
    return words
