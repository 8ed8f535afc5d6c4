"""Patterns as a workbook that a stranger can read: words first, figures last.

The first sheet says in its title what it is, what was asked and on what base; each pattern
is one sentence. Text is written as text, so nothing that a person wrote can run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import xlsxwriter

from server.domain.cells import neutralise
from server.errors import RuleBroken
from server.messages import say
from server.services.exports.columns import (
    EVIDENCE_COLUMNS,
    FIGURE_COLUMNS,
    FINDING_COLUMNS,
    NEXT_LEVEL_COLUMNS,
    READ_ALIKE_COLUMNS,
    THEN_AND_NOW_COLUMNS,
    Cell,
    Column,
    EvidenceLine,
    FindingLine,
    evidence_lines,
    figure_lines,
    finding_lines,
    in_words,
    read_alike_lines,
    then_and_now_lines,
)
from server.services.exports.content import Found
from server.services.exports.preface import base_words, filter_words

Line = TypeVar("Line")

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
        self.explained: list[tuple[str, Sequence[Column[Any]]]] = []

    def say(self, key: str) -> str:
        return say(f"exports.{key}", self.language)

    def write(self) -> None:
        """Every sheet, in the order that they are read in."""
        self.table("patterns", FINDING_COLUMNS, self.lines(), self.preface())
        self.table("evidence", EVIDENCE_COLUMNS, self.parts(evidence_lines(self.lines())))
        self.table("next_level", NEXT_LEVEL_COLUMNS, self.found.next_level)
        if self.found.then_and_now:
            pairs = then_and_now_lines(self.found, self.language)
            self.table("then_and_now", THEN_AND_NOW_COLUMNS, pairs, [self.say("then_and_now_note")])
        figures = figure_lines(self.found, self.language)
        note = say("exports.figures_note", self.language, fewest=self.found.fewest)
        self.table("figures", FIGURE_COLUMNS, figures, [note])
        if self.found.read_alike:
            lines_read = read_alike_lines(self.found, self.language)
            note = say("agreement.interval_note", self.language)
            self.table("read_alike", READ_ALIKE_COLUMNS, lines_read, [note])
        self.explain()

    def lines(self) -> Iterator[FindingLine]:
        return finding_lines(self.found, self.language)

    def preface(self) -> list[str]:
        return [
            self.found.network,
            filter_words(self.found.filter, self.language),
            base_words(self.found, self.language),
        ]

    def table(
        self,
        name: str,
        columns: Sequence[Column[Line]],
        lines: Iterable[Line],
        preface: Sequence[str] = (),
    ) -> None:
        """A sheet: title, what precedes, the line of all evidence, then a frozen heading."""
        sheet = self.book.add_worksheet(self.say(f"sheet.{name}"))
        row = self.open(sheet, name, preface)
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
        self.explained.append((name, columns))

    def open(self, sheet: Any, name: str, preface: Sequence[str]) -> int:
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

    def worded(self, cell: Cell) -> str | float | date:
        """The cell as a person reads it, in the workbook's language."""
        if isinstance(cell, tuple):
            return "; ".join(in_words(word, self.language) for word in cell)
        if isinstance(cell, StrEnum):
            return in_words(cell, self.language)
        if isinstance(cell, bool):
            return self.say("yes" if cell else "no")
        return "" if cell is None else cell

    def cell(self, sheet: Any, row: int, place: int, cell: str | float | date) -> None:
        if isinstance(cell, date):
            sheet.write_datetime(row, place, cell, self.day)
        elif isinstance(cell, int | float):
            form = self.number if isinstance(cell, int) else self.share
            sheet.write_number(row, place, cell, form)
        else:
            kept = self.text if neutralise(cell) == cell else self.guarded
            sheet.write_string(row, place, cell, kept)

    def explain(self) -> None:
        """The last sheet: what each column means."""
        sheet = self.book.add_worksheet(self.say("sheet.about"))
        row = self.open(sheet, "about", ())
        for place, (key, width) in enumerate((("sheet", 24), ("column", 24), ("meaning", 90))):
            sheet.set_column(place, place, width)
            sheet.write_string(row, place, self.say(f"about.{key}"), self.heading)
        sheet.freeze_panes(row + 1, 0)
        for name, columns in self.explained:
            for column in columns:
                row += 1
                words = (f"sheet.{name}", f"column.{column.key}", f"explain.{column.key}")
                for place, key in enumerate(words):
                    sheet.write_string(row, place, self.say(key), self.text)
