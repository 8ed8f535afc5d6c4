"""Dates of a column, whichever way they are written: `2026-09-30`, `30.9.2026`, `9/30/2026`.

Day and month are told apart by the column as a whole: one day above the twelfth says how all
of them are meant. Where none does, nobody can know, and each is refused by row and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from server.domain.csv_files import Row
from server.domain.faults import Faults
from server.errors import RuleBroken

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?\Z", re.ASCII)
_TWO_WAYS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})\Z", re.ASCII)


def read_dates(rows: Iterable[Row], column: str, faults: Faults) -> dict[int, date]:
    """Each row's date by the row's number; an empty cell has none, nor has a wrong one."""
    cells = {row.number: row.cells.get(column, "").strip() for row in rows}
    day_first = _is_day_first(cells.values())
    dates = dict[int, date]()
    for number, cell in cells.items():
        if cell:
            with faults.gathering():
                dates[number] = _read(cell, day_first, row=number, column=column)
    return dates


def _is_day_first(cells: Iterable[str]) -> bool | None:
    """How the column is meant; None where it does not say, or says both."""
    found = [each for each in map(_TWO_WAYS.match, cells) if each]
    days_first = any(int(each[1]) > 12 for each in found)
    months_first = any(int(each[3]) > 12 for each in found)
    return None if days_first == months_first else days_first


def _read(cell: str, day_first: bool | None, *, row: int, column: str) -> date:
    iso, two_ways = _ISO.match(cell), _TWO_WAYS.match(cell)
    if iso:
        year, month, day = map(int, iso.groups())
    elif two_ways:
        month, day, year = int(two_ways[1]), int(two_ways[3]), int(two_ways[4])
        if day_first is None and month != day:
            raise RuleBroken("import.date_two_ways", row=row, column=column)
        month, day = (day, month) if day_first else (month, day)
    else:
        raise RuleBroken("import.cell_date", row=row, column=column)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise RuleBroken("import.cell_date", row=row, column=column) from error
