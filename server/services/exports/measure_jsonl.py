"""A measure as JSON Lines: one line a day, the columns of the CSV, with types.

Figures are numbers or null. Where a day is about too few, `held_back` says so in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from server.domain.csv_files import ABOUT
from server.messages import say
from server.services.exports.measure_table import COLUMNS, rows_of
from server.services.measures import Series

HELD_BACK = "held_back"
FIGURES = ("value", "out_of", "drawn")


def measure_jsonl(series: Series, language: str) -> bytes:
    about = say("exports.line", language)
    return b"".join(
        orjson.dumps({**row, ABOUT: about}, option=orjson.OPT_APPEND_NEWLINE)
        for row in _rows(series, language)
    )


def _rows(series: Series, language: str) -> Iterator[dict[str, Any]]:
    for row in rows_of(series, language):
        cells = {**dict.fromkeys(COLUMNS), **row.cells}
        held_back = cells["value"] if row.hidden else None
        if row.hidden:
            cells.update(dict.fromkeys(FIGURES))
        date = cells.pop("day")
        yield {"date": date, **cells, HELD_BACK: held_back}
