"""What the narrow tables say of the network itself: its schools' names, and its measures.

Pure, as narrow_rows: of the records of the network's own scope alone. A measure is here as its
file has it, for whoever is of no round: days about too few and words that wait for the name
check are decided by the same functions, and no round's day is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from server.domain.lasting_ids import lasting_measure_id
from server.messages import say
from server.services.exports.measure_table import Row, chart_words_of, rows_of, title_of
from server.services.measures import Series, series_of, title_leaving, twins_of
from server.services.narrow_rows import NarrowRows
from server.services.released import Records
from server.sync.read import MergedRecord, text_of

KINDS = ("school", "measure", "measure_point")
"""What of the network's scope is read."""

TOUCHED_BY = (*KINDS, "_release", "_purge")
"""Kinds of changes by which that may be another: what was set aside may be let in."""

LANGUAGE = "en"
"""Of the words in place of a figure, as views for BI tools have them."""
_FIGURES = ("value", "out_of", "drawn", "centre", "lower", "upper", "aim")


def rows_of_network(records: Records) -> NarrowRows:
    """records: by kind, KINDS."""
    rows = NarrowRows()
    for school in records["school"]:
        rows.add("released_school", school_id=school.id, name=text_of(school, "name"))
    points = _by_measure(records["measure_point"])
    twins = twins_of(records["measure"])
    for measure in records["measure"]:
        _add_measure(rows, series_of(measure, points[measure.id], {}, twins[measure.id]), measure)
    return rows


def _by_measure(points: Iterable[MergedRecord]) -> dict[str, list[MergedRecord]]:
    found: dict[str, list[MergedRecord]] = defaultdict(list)
    for point in points:
        found[point.get("measure") or ""].append(point)
    return found


def _add_measure(rows: NarrowRows, series: Series, measure: MergedRecord) -> None:
    shown = len(series.shown)
    rows.add(
        "released_measure",
        measure_id=series.measure_id,
        lasting_id=lasting_measure_id(title_leaving(series.title), series.twin),
        title=title_of(series, LANGUAGE),
        about=_leaving(series.about),
        unit=_leaving(series.unit),
        numbers=series.numbers,
        base=measure.get("base"),
        form=series.chart.form,
        aim=series.aim,
        days=shown,
        held_back=len(series.days) - shown,
        told=" ".join(chart_words_of(series, LANGUAGE)),
    )
    for day, row in zip(series.days, rows_of(series, LANGUAGE), strict=True):
        rows.add("released_measure_day", measure_id=series.measure_id, day=day.on, **_day(row))


def _day(row: Row) -> dict[str, Any]:
    cells = row.cells
    return {
        "lasting_id": cells["measure_day_id"],
        **{name: None if row.hidden else cells.get(name) for name in _FIGURES},
        **{name: cells.get(name) or "" for name in ("signal", "note", "held_back")},
    }


def _leaving(text: str | None) -> str:
    return say("measures.kept_back", LANGUAGE) if text is None else text.strip()
