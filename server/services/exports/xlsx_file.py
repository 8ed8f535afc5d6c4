"""Patterns as a workbook that a stranger can read (workbook.py): words first, figures last.

It opens on what was asked, on what base, and what must be known of each sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import xlsxwriter

from server.messages import say
from server.services.exports.codebook import CODEBOOK, file_lines
from server.services.exports.content import Found
from server.services.exports.pattern_tables import EvidenceLine
from server.services.exports.preface import base_words
from server.services.exports.tables import EVIDENCE, Table, notes_of, tables_of
from server.services.exports.workbook import MOST_ROWS, Sheet, Workbook, too_many_rows

LONGEST_CELL = 16_000
"""Characters. A cell holds 32,767 UTF-16 units; longer text goes on in the next row."""


def write_patterns_xlsx(
    out: BinaryIO, found: Found, language: str, *, folder: Path | None = None
) -> None:
    """Row by row, its sheets lying in `folder` meanwhile. RuleBroken where one cannot hold
    what was asked."""
    if found.findings.size().evidence > MOST_ROWS:
        raise too_many_rows()
    how = {"constant_memory": True, "tmpdir": folder and str(folder)}
    sheets = [_sheet(table, found, language) for table in (CODEBOOK, *tables_of(found))]
    told = [(line.titled, line.meaning) for line in file_lines(found, language)]
    with xlsxwriter.Workbook(out, how) as book:
        title = say("exports.title", language)
        book.set_properties({"title": title, "created": found.made_on})
        base = base_words(found, language)
        workbook = Workbook(book, language, author=found.network, base=base)
        workbook.read_first(title, told, sheets)
        for sheet in sheets:
            workbook.write(sheet)


def _sheet(table: Table, found: Found, language: str) -> Sheet:
    lines = table.lines(found, language)
    notes = [*notes_of(table, found, language)]
    return Sheet(table.name, table.columns, _parts(lines) if table is EVIDENCE else lines, notes)


def _parts(lines: Iterable[EvidenceLine]) -> Iterator[EvidenceLine]:
    """Text longer than a cell goes on in a row of its own."""
    for line in lines:
        text = line.evidence.text
        for start in range(0, max(len(text), 1), LONGEST_CELL):
            yield line.with_text(text[start : start + LONGEST_CELL])
