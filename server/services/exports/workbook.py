"""A workbook that a stranger can read, whatever stands in it: words first.

It opens on a page to read, with a way to each sheet and what must be known of it. Every other
sheet is a table and nothing else, its headings in the first row; what must be known of it is
also the note of its first heading. A table's cells have a name, to pivot by. Text is written
as text, so nothing that a person wrote can run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from xlsxwriter.utility import xl_range_abs

from server.domain.cells import neutralise
from server.errors import RuleBroken
from server.messages import say
from server.services.exports.columns import Cell, Column
from server.services.exports.words import in_words

NOTE_CHARACTERS = 70
"""About so many stand in a line of a note."""

MOST_ROWS = 1_048_576
"""A sheet holds no more."""


def too_many_rows() -> RuleBroken:
    return RuleBroken("exports.too_many_rows", field="format", most=MOST_ROWS)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as a sheet. notes: what must be known to read it."""

    name: str
    columns: Sequence[Column[Any]]
    lines: Iterable[Any]
    notes: Sequence[str] = ()


class Workbook:
    """One workbook while it is written. base: on what all of it stands, in words; author: whose
    notes the headings have."""

    def __init__(self, book: Any, language: str, *, author: str, base: str) -> None:
        self.book, self.language, self.author, self.base = book, language, author, base
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

    def read_first(
        self, title: str, told: Iterable[tuple[str, str]], sheets: Iterable[Sheet]
    ) -> tuple[Any, int]:
        """A page to read: what is told of the whole, each under its label; then a way to each
        sheet. The page, and its first free row."""
        page = self.open("read_first")
        page.set_column(0, 0, 30)
        page.set_column(1, 1, 100)
        page.write_string(0, 0, title, self.title)
        row = 1
        for row, (label, words) in enumerate(told, start=2):
            page.write_string(row, 0, label, self.label)
            page.write_string(row, 1, words, self.text)
        page.write_string(row + 2, 0, self.say("line"), self.line)
        end = row + 4
        for end, sheet in enumerate(sheets, start=row + 4):
            name = self.say(f"sheet.{sheet.name}")
            page.write_url(end, 0, f"internal:'{name}'!A1", self.link, name)
            page.write_string(end, 1, "\n".join(sheet.notes), self.text)
        page.activate()
        return page, end + 2

    def write(self, of: Sheet) -> Any:
        """A sheet: its headings, frozen, and nothing above, below or beside its rows, so that
        whatever sorts, filters or reads it finds a table."""
        sheet = self.open(of.name)
        sheet.write_comment(0, 0, *self.beside(of))
        for place, column in enumerate(of.columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, self.say(f"column.{column.key}"), self.heading)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        last = 0
        for last, line in enumerate(of.lines, start=1):
            if last >= MOST_ROWS:
                raise too_many_rows()
            for place, column in enumerate(of.columns):
                self.cell(sheet, last, place, self.worded(column.cell(line)))
        if last > 0:
            sheet.autofilter(0, 0, last, len(of.columns) - 1)
            cells = xl_range_abs(0, 0, last, len(of.columns) - 1)
            self.book.define_name(f"table_{of.name}", f"='{sheet.get_name()}'!{cells}")
        return sheet

    def open(self, name: str) -> Any:
        """A sheet that is printed with its name above, and the line below."""
        sheet = self.book.add_worksheet(self.say(f"sheet.{name}"))
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L&B{sheet.get_name()}")
        sheet.set_footer(f"&L&8{self.say('line')}")
        return sheet

    def beside(self, of: Sheet) -> tuple[str, dict[str, Any]]:
        """What must be known to read a table, as the note of its first heading, and its size."""
        paragraphs = [self.base, *of.notes, self.say("line")]
        rows = sum(2 + len(each) // NOTE_CHARACTERS for each in paragraphs)
        size = {"width": NOTE_CHARACTERS * 7, "height": rows * 16}
        return "\n\n".join(paragraphs), {**size, "author": self.author}

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
