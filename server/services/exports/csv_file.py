"""A table as CSV, by itself the long one: a row a piece of evidence, under its pattern.

Words of our lists stay as the vocabulary has them, dates as `2026-11-22`, several words of
one cell with `; ` between. Each row carries the line that travels with all evidence. What a
column means, and what a file lacks, stands in the codebook, which is a table as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, BinaryIO

from server.domain.csv_files import ABOUT, write_csv_to
from server.messages import say
from server.services.exports.columns import Cell, Column
from server.services.exports.content import Found
from server.services.exports.tables import EVIDENCE, Table


def write_patterns_csv(out: BinaryIO, found: Found, language: str, *, bom: bool = True) -> None:
    write_table_csv(out, EVIDENCE, found, language, bom=bom)


def write_table_csv(
    out: BinaryIO, table: Table, found: Found, language: str, *, bom: bool = True
) -> None:
    write_rows_csv(out, table.columns, table.lines(found, language), language, bom=bom)


def write_rows_csv(
    out: BinaryIO,
    columns: Sequence[Column[Any]],
    lines: Iterable[Any],
    language: str,
    *,
    bom: bool = True,
) -> None:
    """`bom` is for Excel, which else reads UTF-8 as something older."""
    heading = [*(column.key for column in columns), ABOUT]
    write_csv_to(out, heading, _rows(columns, lines, language), bom=bom)


def _rows(
    columns: Sequence[Column[Any]], lines: Iterable[Any], language: str
) -> Iterator[list[str | float]]:
    about = say("exports.line", language)
    for line in lines:
        yield [*(_plain(column.cell(line)) for column in columns), about]


def _plain(cell: Cell) -> str | float:
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return "; ".join(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return cell
    return cell.isoformat() if isinstance(cell, date) else str(cell)
