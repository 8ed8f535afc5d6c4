"""Patterns as a workbook that a stranger can read: words first, figures last.

The codebook is the first sheet; the workbook opens on the second, what was found. Both say what
was asked and on what base; each pattern is one sentence. A table's cells have a name, to pivot
by. Text is written as text, so nothing that a person wrote can run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from server.domain.cells import neutralise
from server.errors import RuleBroken
from server.messages import say
from server.services.exports.codebook import CODEBOOK, column_lines
from server.services.exports.columns import Cell
from server.services.exports.content import Found
from server.services.exports.pattern_tables import EvidenceLine
from server.services.exports.preface import base_words, filter_words
from server.services.exports.tables import EVIDENCE, Table, notes_of, tables_of
from server.services.exports.words import in_words

LONGEST_CELL = 16_000
"""Characters. A cell holds 32,767 UTF-16 units; longer text goes on in the next row."""


MOST_ROWS = 1_048_576
"""A sheet holds no more."""


def write_patterns_xlsx(
    out: BinaryIO, found: Found, language: str, *, folder: Path | None = None
) -> None:
    """Row by row, its sheets lying in `folder` meanwhile. RuleBroken where one cannot hold
    what was asked."""
    if found.findings.size().evidence > MOST_ROWS:
        raise _too_many_rows()
    how = {"constant_memory": True, "tmpdir": folder and str(folder)}
    with xlsxwriter.Workbook(out, how) as book:
        book.set_properties({"title": say("exports.title", language), "created": found.made_on})
        Patterns(book, found, language).write()


def _too_many_rows() -> RuleBroken:
    return RuleBroken("exports.too_many_rows", field="format", most=MOST_ROWS)


class Patterns:
    """One workbook while it is written."""

    def __init__(self, book: Any, found: Found, language: str) -> None:
        self.book, self.found, self.language = book, found, language
        top = {"valign": "top", "text_wrap": True}
        self.text = book.add_format(top)
        self.guarded = book.add_format({**top, "quote_prefix": True})
        self.day = book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"})
        self.number = book.add_format({**top, "align": "left"})
        self.share = book.add_format({**top, "align": "left", "num_format": "0.00"})
        self.heading = book.add_format({**top, "bold": True, "bottom": 1})
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.line = book.add_format({"italic": True})

    def say(self, key: str) -> str:
        return say(f"exports.{key}", self.language)

    def write(self) -> None:
        """Every sheet, in the order that they are read in."""
        self.table(CODEBOOK, column_lines(self.found, self.language), self.preface())
        for table in tables_of(self.found):
            lines = table.lines(self.found, self.language)
            notes = [*notes_of(table, self.found, self.language)]
            if table is EVIDENCE:
                lines = self.parts(lines)
            above = [*self.preface(), *notes] if table.name == "patterns" else notes
            sheet = self.table(table, lines, above)
            if table.name == "patterns":
                sheet.activate()

    def preface(self) -> list[str]:
        return [
            self.found.network,
            filter_words(self.found, self.language),
            base_words(self.found, self.language),
        ]

    def table(self, table: Table, lines: Iterable[Any], above: list[str]) -> Any:
        """A sheet: title, what precedes, the line of all evidence, then a frozen heading."""
        sheet = self.book.add_worksheet(self.say(f"sheet.{table.name}"))
        row = self.open(sheet, table.name, above)
        columns = table.columns
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(row, place, self.say(f"column.{column.key}"), self.heading)
        sheet.freeze_panes(row + 1, 0)
        sheet.repeat_rows(row)
        last = row
        for last, line in enumerate(lines, start=row + 1):
            if last >= MOST_ROWS:
                raise _too_many_rows()
            for place, column in enumerate(columns):
                self.cell(sheet, last, place, self.worded(column.cell(line)))
        if last > row:
            sheet.autofilter(row, 0, last, len(columns) - 1)
            cells = xl_range_abs(row, 0, last, len(columns) - 1)
            self.book.define_name(f"table_{table.name}", f"='{sheet.get_name()}'!{cells}")
        return sheet

    def open(self, sheet: Any, name: str, preface: list[str]) -> int:
        """Page set-up and the words above the heading; the row that the heading gets."""
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L&8{self.say('line')}")
        title = self.say("title") if name == "patterns" else self.say(f"sheet.{name}")
        sheet.write_string(0, 0, title, self.title)
        above = [*preface, self.say("line")]
        for row, words in enumerate(above, start=1):
            sheet.write_string(row, 0, words, self.line if words == above[-1] else None)
        return len(above) + 2

    def parts(self, lines: Iterable[EvidenceLine]) -> Iterator[EvidenceLine]:
        """Text longer than a cell goes on in a row of its own."""
        for line in lines:
            text = line.evidence.text
            for start in range(0, max(len(text), 1), LONGEST_CELL):
                yield line.with_text(text[start : start + LONGEST_CELL])

    def worded(self, cell: Cell) -> str | float | date | None:
        """The cell as a person reads it, in the workbook's language."""
        if isinstance(cell, tuple):
            return "; ".join(in_words(word, self.language) for word in cell)
        if isinstance(cell, StrEnum):
            return in_words(cell, self.language)
        if isinstance(cell, bool):
            return self.say("yes" if cell else "no")
        return cell

    def cell(self, sheet: Any, row: int, place: int, cell: str | float | date | None) -> None:
        """Nothing where there is nothing, so that a column of numbers holds numbers alone."""
        if cell is None:
            return
        if isinstance(cell, date):
            sheet.write_datetime(row, place, cell, self.day)
        elif isinstance(cell, int | float):
            form = self.number if isinstance(cell, int) else self.share
            sheet.write_number(row, place, cell, form)
        else:
            kept = self.text if neutralise(cell) == cell else self.guarded
            sheet.write_string(row, place, cell, kept)
