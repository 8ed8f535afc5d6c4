"""A measure as a report to read and to print: what its chart says, the chart, every number.

Set by typst from templates/measure.typ, as patterns are (pdf_file.py). Days about too few and
words that nobody has looked at were kept back before this is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from schemas.vocabulary import ChartForm
from server.messages import say
from server.services.exports.columns import Cell
from server.services.exports.measure_picture import noted_places, picture_of
from server.services.exports.measure_table import (
    COLUMNS,
    numbers_in_words,
    rows_of,
    said_as_drawn,
    title_of,
    told_of,
    words_of,
)
from server.services.exports.pdf_file import set_report
from server.services.measures import Series, is_divided

AS_TYPED = frozenset({"value", "out_of"})


def measure_pdf(series: Series, language: str, network: str, made_on: date) -> bytes:
    """The file's bytes."""
    return set_report("measure.typ", _content(series, language, network, made_on))


def _content(series: Series, language: str, network: str, made_on: date) -> dict[str, Any]:
    words = words_of(series, language)
    is_drawn = series.chart.centre is not None
    rows = [row.cells for row in rows_of(series, language)]
    columns = _columns(series, rows)
    return {
        "language": language,
        "title": title_of(series, language),
        "network": network,
        "made_on": made_on.isoformat(),
        "line": say("exports.line", language),
        "signs_missing": False,
        "signs_note": say("exports.signs_missing", language),
        "words": words,
        "unit": series.unit or "",
        "picture": picture_of(series, language) if is_drawn else None,
        "picture_said": _heard(series, language) if is_drawn else "",
        "notes_title": say("measures.notes", language),
        "notes": [
            [series.shown[at].on, " ".join(told_of(series.shown[at], language))]
            for at in noted_places(series)
        ],
        "numbers_title": say("measures.all_numbers", language),
        "heads": [_head(name, language) for name in columns],
        "wide": columns.index("note") if "note" in columns else None,
        "rows": [
            [_cell(name, row.get(name), series, language) for name in columns] for row in rows
        ],
        "explained": [[_head(name, language), _explained(name, language)] for name in columns],
        "about_title": say("exports.sheet.about", language),
    }


def _columns(series: Series, rows: Sequence[Mapping[str, Cell]]) -> list[str]:
    """Those that say something: what is the same on each day stands below the chart."""
    same = {"centre", "aim"}
    if not is_divided(series) and series.chart.form != ChartForm.MOVEMENT:
        same.add("drawn")
    return [
        name
        for name in COLUMNS
        if name not in same and any(row.get(name) not in (None, "") for row in rows)
    ]


def _heard(series: Series, language: str) -> str:
    """The picture in words, for whoever has it read out."""
    shown = series.shown
    return say(
        "measures.chart_heard",
        language,
        title=title_of(series, language),
        count=len(shown),
        first=shown[0].on,
        last=shown[-1].on,
        says=" ".join(words_of(series, language)),
    )


def _head(name: str, language: str) -> str:
    return say(f"exports.column.{name}", language)


def _explained(name: str, language: str) -> str:
    return say(f"exports.explain.{name}", language)


def _cell(name: str, cell: Cell, series: Series, language: str) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float | int):
        if name in AS_TYPED:
            return numbers_in_words(cell, 9, language)
        return said_as_drawn(cell, series, language)
    return cell if isinstance(cell, str) else ""
