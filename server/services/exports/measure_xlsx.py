"""A measure as a workbook (workbook.py): what its chart says, the chart itself as Excel's own,
what the columns mean, every number.

The chart stands on the page to read and is drawn by the spreadsheet from the cells of the table,
so whoever opens it can change it.
"""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import xlsxwriter

from server.messages import say
from server.services.exports.codebook import CODEBOOK_COLUMNS, lines_of_columns
from server.services.exports.measure_table import (
    MEASURE_COLUMNS,
    Row,
    rows_of,
    title_of,
    words_of,
)
from server.services.exports.workbook import Sheet, Workbook
from server.services.measures import Series

LINES = {
    "drawn": {"color": "#1F1B16", "width": 1.75},
    "centre": {"color": "#0D6670", "width": 1.5},
    "upper": {"color": "#0D6670", "width": 1.25, "dash_type": "dash"},
    "lower": {"color": "#0D6670", "width": 1.25, "dash_type": "dash"},
    "aim": {"color": "#655D52", "width": 1.75, "dash_type": "round_dot"},
}
"""Column to how its line looks: the same as in the app."""

PLACES = {column.key: place for place, column in enumerate(MEASURE_COLUMNS)}


def measure_xlsx(series: Series, language: str, network: str, made_on: date) -> bytes:
    """The file's bytes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        title, words = title_of(series, language), words_of(series, language)
        book.set_properties({"title": title, "created": made_on})
        workbook = Workbook(book, language, author=network, base="\n\n".join(words))
        workbook.share = workbook.number  # A figure as it is, not in hundredths.
        rows = sorted(rows_of(series, language), key=lambda row: row.hidden)
        columns = lines_of_columns("measure", MEASURE_COLUMNS, language)
        numbers = Sheet("measure", MEASURE_COLUMNS, rows)
        sheets = [Sheet("codebook", CODEBOOK_COLUMNS, [*columns]), numbers]
        told = [
            (say("exports.codebook.network", language), network),
            (say("exports.codebook.made_on", language), made_on.isoformat()),
            *((say("exports.codebook.chart_says", language), line) for line in words),
        ]
        page, free = workbook.read_first(title, told, sheets)
        *_, points = [workbook.write(sheet) for sheet in sheets]
        drawn = [row for row in rows if not row.hidden]
        if chart := Chart(book, series, drawn, points.get_name()).made(title):
            page.insert_chart(free, 0, chart, {"description": " ".join(words)})
    return out.getvalue()


class Chart:
    """Excel's own chart of the days that are drawn: the first rows of the table. Days about too
    few stand below them: a spreadsheet would draw their words as zero."""

    def __init__(self, book: Any, series: Series, drawn: list[Row], sheet: str) -> None:
        self.book, self.series, self.drawn, self.sheet = book, series, drawn, sheet

    def made(self, title: str) -> Any:
        """None where there is nothing to draw."""
        columns = [column for column in LINES if self.has(column)]
        if not columns:
            return None
        chart = self.book.add_chart({"type": "line"})
        for column in columns:
            chart.add_series(self.line(column))
        chart.show_blanks_as("span")
        chart.set_title({"name": title, "overlay": False})
        chart.set_x_axis({"date_axis": True, "num_format": "yyyy-mm-dd"})
        number = {"num_format": "0%"} if self.series.numbers == "share" else {}
        chart.set_y_axis(
            {"name": self.series.unit or "", "major_gridlines": {"visible": False}, **number}
        )
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 960, "height": 460})
        return chart

    def line(self, column: str) -> dict[str, Any]:
        sheet, place, last = self.sheet, PLACES[column], len(self.drawn)
        return {
            "name": [sheet, 0, place],
            "categories": [sheet, 1, 0, last, 0],
            "values": [sheet, 1, place, last, place],
            "line": LINES[column],
            "marker": self.marker(column),
            **({"points": self.points()} if column == "drawn" else {}),
        }

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
            {"fill": accent, "border": accent} if row.cells.get("signal") else None
            for row in self.drawn
        ]
