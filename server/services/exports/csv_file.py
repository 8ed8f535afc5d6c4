"""Patterns as CSV: one row a piece of evidence, under its pattern. For programs and people.

Words of our lists stay as the vocabulary has them, dates as `2026-11-22`, several words of
one cell with `; ` between. Each row carries the line that travels with all evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from server.domain.csv_files import ABOUT, write_csv_to
from server.messages import say
from server.services.exports.columns import (
    EVIDENCE_COLUMNS,
    FINDING_COLUMNS,
    Cell,
    evidence_lines,
    finding_lines,
)
from server.services.exports.content import Found

OWN_COLUMNS = [column for column in EVIDENCE_COLUMNS if column.key not in {"pattern", "sentence"}]
COLUMNS = [*(c.key for c in FINDING_COLUMNS), *(c.key for c in OWN_COLUMNS), ABOUT]


def write_patterns_csv(out: BinaryIO, found: Found, language: str, *, bom: bool = True) -> None:
    """`bom` is for Excel, which else reads UTF-8 as something older."""
    write_csv_to(out, COLUMNS, _rows(found, language), bom=bom)


def _rows(found: Found, language: str) -> Iterator[list[str]]:
    about = say("exports.line", language)
    for line in evidence_lines(finding_lines(found, language)):
        cells = [column.cell(line.of) for column in FINDING_COLUMNS]
        cells += [column.cell(line) for column in OWN_COLUMNS]
        yield [*map(_text, cells), about]


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return "; ".join(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)
