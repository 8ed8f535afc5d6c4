"""A measure as a workbook: what its columns mean, what the chart says, the chart itself as
Excel's own, every number.

The chart is drawn by the spreadsheet from the cells beside it, so whoever opens it can
change it. Text is written as text, so nothing that a person wrote can run.
"""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import xlsxwriter

from server.domain.cells import neutralise
from server.domain.measures import FEWEST
from server.messages import say
from server.services.exports.measure_table import COLUMNS, Cell, Row, rows_of, title_of, words_of
from server.services.measures import Series

WIDTHS = {"day": 13, "signal": 24, "note": 60}
LINES = {
    "drawn": {"color": "#1F1B16", "width": 1.75},
    "centre": {"color": "#0D6670", "width": 1.5},
    "upper": {"color": "#0D6670", "width": 1.25, "dash_type": "dash"},
    "lower": {"color": "#0D6670", "width": 1.25, "dash_type": "dash"},
    "aim": {"color": "#655D52", "width": 1.75, "dash_type": "round_dot"},
}
"""Column to how its line looks: the same as in the app."""


def measure_xlsx(series: Series, language: str) -> bytes:
    """The file's bytes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": title_of(series, language)})
        Measure(book, series, language).write()
    return out.getvalue()


class Measure:
    """One workbook while it is written."""

    def __init__(self, book: Any, series: Series, language: str) -> None:
        self.book, self.series, self.language = book, series, language
        self.rows = sorted(rows_of(series, language), key=lambda row: row.hidden)
        self.drawn = [row for row in self.rows if not row.hidden]
        top = {"valign": "top", "text_wrap": True}
        self.text = book.add_format(top)
        self.guarded = book.add_format({**top, "quote_prefix": True})
        self.day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"})
        self.heading = book.add_format({**top, "bold": True, "bottom": 1})
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.line = book.add_format({"italic": True})

    def say(self, key: str) -> str:
        return say(f"measures.file.{key}", self.language, fewest=FEWEST)

    def write(self) -> None:
        """What the columns mean, the chart, and the numbers that it is drawn from."""
        self.explain()
        chart_sheet = self.book.add_worksheet(self.say("sheet_chart"))
        points = self.book.add_worksheet(self.say("sheet_points"))
        heading = self.write_points(points)
        self.write_chart(chart_sheet, points.get_name(), heading)

    def open(self, sheet: Any, title: str, words: list[str]) -> int:
        """Page set-up and the words on top; the next free row."""
        line = say("exports.line", self.language)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L&8{line}")
        sheet.write_string(0, 0, title, self.title)
        for row, text in enumerate(words, start=1):
            sheet.write_string(row, 0, text)
        sheet.write_string(len(words) + 1, 0, line, self.line)
        return len(words) + 3

    def write_points(self, sheet: Any) -> int:
        """Every day; the row of the heading. Days about too few stand last, below what is drawn:
        a spreadsheet would draw their words as zero.
        """
        heading = self.open(sheet, title_of(self.series, self.language), [])
        for place, column in enumerate(COLUMNS):
            sheet.set_column(place, place, WIDTHS.get(column, 14))
            sheet.write_string(heading, place, self.say(f"column.{column}"), self.heading)
        sheet.freeze_panes(heading + 1, 1)
        sheet.repeat_rows(heading)
        for number, row in enumerate(self.rows, start=heading + 1):
            for place, column in enumerate(COLUMNS):
                self.cell(sheet, number, place, row.cells.get(column))
        return heading

    def cell(self, sheet: Any, row: int, place: int, cell: Cell) -> None:
        if isinstance(cell, date):
            sheet.write_datetime(row, place, cell, self.day)
        elif isinstance(cell, float | int):
            sheet.write_number(row, place, cell)
        elif cell:
            kept = self.text if neutralise(cell) == cell else self.guarded
            sheet.write_string(row, place, cell, kept)

    def write_chart(self, sheet: Any, points: str, heading: int) -> None:
        title = title_of(self.series, self.language)
        row = self.open(sheet, title, words_of(self.series, self.language))
        columns = [column for column in LINES if self.has(column)]
        if not columns:
            return
        chart = self.book.add_chart({"type": "line"})
        first, last = heading + 1, heading + len(self.drawn)
        for column in columns:
            place = COLUMNS.index(column)
            chart.add_series(
                {
                    "name": [points, heading, place],
                    "categories": [points, first, 0, last, 0],
                    "values": [points, first, place, last, place],
                    "line": LINES[column],
                    "marker": self.marker(column),
                    **({"points": self.points()} if column == "drawn" else {}),
                }
            )
        chart.show_blanks_as("span")
        chart.set_title({"name": title, "overlay": False})
        chart.set_x_axis({"date_axis": True, "num_format": "yyyy-mm-dd"})
        number = {"num_format": "0%"} if self.is_share else {}
        chart.set_y_axis(
            {"name": self.series.unit or "", "major_gridlines": {"visible": False}, **number}
        )
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 960, "height": 460})
        sheet.insert_chart(row, 0, chart, {"description": self.described()})

    @property
    def is_share(self) -> bool:
        return self.series.numbers == "share"

    def has(self, column: str) -> bool:
        return any(row.cells.get(column) is not None for row in self.drawn)

    def marker(self, column: str) -> dict[str, Any]:
        if column != "drawn":
            return {"type": "none"}
        ink = {"color": LINES["drawn"]["color"]}
        return {"type": "circle", "size": 5, "fill": ink, "border": ink}

    def points(self) -> list[dict[str, Any] | None]:
        """Days that a rule marks are filled in the accent."""
        accent = {"color": LINES["centre"]["color"]}
        return [
            {"fill": accent, "border": accent} if _is_marked(row) else None for row in self.drawn
        ]

    def described(self) -> str:
        """What a screen reader hears in place of the picture."""
        return " ".join(words_of(self.series, self.language))

    def explain(self) -> None:
        """The codebook, first as in the workbook of patterns: what each column means."""
        sheet = self.book.add_worksheet(say("exports.sheet.about", self.language))
        row = self.open(sheet, say("exports.sheet.about", self.language), [])
        for place, (key, width) in enumerate((("column", 24), ("meaning", 100))):
            sheet.set_column(place, place, width)
            words = say(f"exports.about.{key}", self.language)
            sheet.write_string(row, place, words, self.heading)
        for number, column in enumerate(COLUMNS, start=row + 1):
            sheet.write_string(number, 0, self.say(f"column.{column}"), self.text)
            sheet.write_string(number, 1, self.say(f"explain.{column}"), self.text)


def _is_marked(row: Row) -> bool:
    return bool(row.cells.get("signal"))
