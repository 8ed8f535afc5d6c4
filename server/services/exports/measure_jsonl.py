"""A measure as JSON Lines: one line a day, the columns of the CSV, with types.

`out_of` stays empty where a day is about too few; `held_back` then says so.
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


def measure_jsonl(series: Series, language: str) -> bytes:
    about = say("exports.line", language)
    return b"".join(
        orjson.dumps({**row, ABOUT: about}, option=orjson.OPT_APPEND_NEWLINE)
        for row in _rows(series, language)
    )


def _rows(series: Series, language: str) -> Iterator[dict[str, Any]]:
    for row in rows_of(series, language):
        cells = {**dict.fromkeys(COLUMNS), **row.cells}
        if row.hidden:
            cells["out_of"] = None
        date = cells.pop("day")
        yield {"date": date, **cells, HELD_BACK: row.hidden}
