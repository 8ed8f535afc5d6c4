"""A measure as CSV: one row a day, for programs and people. Our own app reads it back.

Columns `date`, `value`, `out_of` and `note` are those that an import takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from server.domain.csv_files import ABOUT, write_csv
from server.messages import say
from server.services.exports.measure_table import COLUMNS, Cell, rows_of
from server.services.measures import Series

HEADING = ["date", *COLUMNS[1:], ABOUT]


def measure_csv(series: Series, language: str, *, bom: bool = True) -> bytes:
    return write_csv(HEADING, _lines(series, language), bom=bom)


def _lines(series: Series, language: str) -> Iterator[list[str | float]]:
    about = say("exports.line", language)
    for row in rows_of(series, language):
        yield [*(_plain(row.cells.get(column)) for column in COLUMNS), about]


def _plain(cell: Cell) -> str | float:
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else cell
