"""Patterns as a workbook that a stranger can read: words first, figures last.

It opens on a page to read: what was asked, on what base, and what must be known of each sheet.
Every other sheet is a table and nothing else, its headings in the first row; what must be known
of it is also the note of its first heading. A table's cells have a name, to pivot by. Text is
written as text, so nothing that a person wrote can run.
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
from server.services.exports.codebook import CODEBOOK, file_lines
from server.services.exports.columns import Cell
from server.services.exports.content import Found
from server.services.exports.pattern_tables import EvidenceLine
from server.services.exports.preface import base_words
from server.services.exports.tables import EVIDENCE, Table, notes_of, tables_of
from server.services.exports.words import in_words

LONGEST_CELL = 16_000
"""Characters. A cell holds 32,767 UTF-16 units; longer text goes on in the next row."""


NOTE_CHARACTERS = 70
"""About so many stand in a line of a note."""

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
        self.label = book.add_format({**top, "bold": True})
        self.link = book.add_format({**top, "underline": 1, "font_color": "#0D6670"})

    def say(self, key: str) -> str:
        return say(f"exports.{key}", self.language)

    def write(self) -> None:
        """What to know first, what each column means, then every table in reading order."""
        tables = [CODEBOOK, *tables_of(self.found)]
        self.read_first(tables)
        for table in tables:
            lines = table.lines(self.found, self.language)
            self.table(table, self.parts(lines) if table is EVIDENCE else lines)

    def read_first(self, tables: Iterable[Table]) -> None:
        """A page to read: what was asked and on what base; then a way to each sheet, with what
        must be known of it."""
        sheet = self.open("read_first")
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 100)
        sheet.write_string(0, 0, self.say("title"), self.title)
        lines = [*file_lines(self.found, self.language)]
        for row, told in enumerate(lines, start=2):
            sheet.write_string(row, 0, told.titled, self.label)
            sheet.write_string(row, 1, told.meaning, self.text)
        end = 2 + len(lines)
        sheet.write_string(end + 1, 0, self.say("line"), self.line)
        for row, table in enumerate(tables, start=end + 3):
            name = self.say(f"sheet.{table.name}")
            sheet.write_url(row, 0, f"internal:'{name}'!A1", self.link, name)
            notes = notes_of(table, self.found, self.language)
            sheet.write_string(row, 1, "\n".join(notes), self.text)
        sheet.activate()

    def table(self, table: Table, lines: Iterable[Any]) -> None:
        """A sheet: its headings, frozen, and nothing above, below or beside its rows, so that
        whatever sorts, filters or reads it finds a table."""
        sheet = self.open(table.name)
        sheet.write_comment(0, 0, *self.beside(table))
        columns = table.columns
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, self.say(f"column.{column.key}"), self.heading)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        last = 0
        for last, line in enumerate(lines, start=1):
            if last >= MOST_ROWS:
                raise _too_many_rows()
            for place, column in enumerate(columns):
                self.cell(sheet, last, place, self.worded(column.cell(line)))
        if last > 0:
            sheet.autofilter(0, 0, last, len(columns) - 1)
            cells = xl_range_abs(0, 0, last, len(columns) - 1)
            self.book.define_name(f"table_{table.name}", f"='{sheet.get_name()}'!{cells}")

    def open(self, name: str) -> Any:
        """A sheet that is printed with its name above, and the line below."""
        sheet = self.book.add_worksheet(self.say(f"sheet.{name}"))
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L&B{sheet.get_name()}")
        sheet.set_footer(f"&L&8{self.say('line')}")
        return sheet

    def beside(self, table: Table) -> tuple[str, dict[str, Any]]:
        """What must be known to read a table, as the note of its first heading, and its size."""
        base = base_words(self.found, self.language)
        paragraphs = [base, *notes_of(table, self.found, self.language), self.say("line")]
        rows = sum(2 + len(each) // NOTE_CHARACTERS for each in paragraphs)
        size = {"width": NOTE_CHARACTERS * 7, "height": rows * 16}
        return "\n\n".join(paragraphs), {**size, "author": self.found.network}

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
