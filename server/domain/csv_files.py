"""CSV files: reading what people bring, writing what they take away.

Read: UTF-8 with or without a byte order mark, UTF-16 with one (Excel's "Unicode text"), else
Windows-1252 (what older Excel saves), commas, semicolons or tabs, packed by gzip or not. Every
cell stays text, so that leading zeros stay. What is wrong is named by row and column as a
spreadsheet numbers them: the heading is row 1.

Written: RFC 4180, each cell neutralised. A file of ours has the column ABOUT, which carries
the line that travels with all evidence; that column is how our own files are known again.

Must not guess at meaning: which columns there should be is for the caller to say.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from server.domain.cells import neutralise, restore
from server.domain.faults import Faults
from server.errors import RuleBroken

ABOUT = "about_this_evidence"
MAX_INFLATED_BYTES = 256 * 1024 * 1024
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row under the heading. `number` is the row's number in a spreadsheet.

    faults: where what is wrong is kept, so that the next cell is read too; else it is raised.
    """

    number: int
    cells: dict[str, str]
    faults: Faults | None = None

    def need(self, column: str) -> str:
        """The cell's text without blanks around it; it must not be empty."""
        return self.cells[column].strip() or self.wrong("import.cell_empty", column)

    def wrong(self, code: str, column: str, **details: Any) -> str:
        """Say what is wrong with a cell. What is read in its place is empty."""
        fault = RuleBroken(code, row=self.number, column=column, **details)
        if self.faults is None:
            raise fault
        self.faults.add(fault)
        return ""


def read_csv(content: bytes, faults: Faults | None = None) -> tuple[list[str], list[Row]]:
    """The heading and the rows. Cells of our own files come back as they were.

    faults: where every row keeps what is wrong with it, so that all of the file is read; the
    caller checks it. Without it the first reader of a wrong cell is told.
    """
    return read_rows(_decode(unpack(content)), faults)


def is_old_text(content: bytes) -> bool:
    """Whether `read_csv` takes the file for Windows-1252: letters with accents want a look."""
    plain = unpack(content)
    if plain.startswith(_UTF16_MARKS):
        return False
    try:
        plain.decode("utf-8-sig")
    except UnicodeDecodeError:
        return True
    return False


def read_rows(text: str, faults: Faults | None = None) -> tuple[list[str], list[Row]]:
    """`read_csv` for what is text already."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows = _numbered(lines)
    if not rows or not any(rows[0][1]):
        raise RuleBroken("import.empty")
    heading = [cell.strip() for cell in rows[0][1]]
    _check_heading(heading)
    give_back = restore if ABOUT in heading else str
    lengths, read = faults or Faults(), []
    for number, cells in rows[1:]:
        with lengths.gathering():
            read.append(_row(heading, number, cells, give_back, faults))
    if faults is None:
        lengths.check()
    return heading, read


Rows = Iterable[Sequence[str | float]]


def write_csv(columns: Sequence[str], rows: Rows, *, bom: bool) -> bytes:
    """RFC 4180 bytes. `bom` makes Excel read the file as UTF-8. Numbers run nothing."""
    out = io.BytesIO()
    write_csv_to(out, columns, rows, bom=bom)
    return out.getvalue()


def write_csv_to(out: BinaryIO, columns: Sequence[str], rows: Rows, *, bom: bool) -> None:
    """The same row by row, so that no more than one is in memory."""
    text = io.TextIOWrapper(out, "utf-8-sig" if bom else "utf-8", newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(map(_written, row) for row in rows)
    text.detach()


def _written(cell: str | float) -> str:
    """15 digits of a number: as many as a float has and a spreadsheet keeps."""
    return neutralise(cell) if isinstance(cell, str) else f"{cell:.15g}"


def unpack(content: bytes) -> bytes:
    """The file without the gzip around it, if there is one."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            inflated = packed.read(MAX_INFLATED_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise RuleBroken("import.damaged") from error
    if len(inflated) > MAX_INFLATED_BYTES:
        raise RuleBroken("import.too_large")
    return inflated


def _decode(content: bytes) -> str:
    if content.startswith(_UTF16_MARKS):
        return _decode_utf16(content)
    if b"\0" in content:
        raise RuleBroken("import.encoding", row=1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise RuleBroken("import.encoding", row=row) from error


def _decode_utf16(content: bytes) -> str:
    """UTF-32 begins with the same mark and reads as text full of noughts: refused."""
    try:
        text = content.decode("utf-16")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-16", errors="ignore")
        raise RuleBroken("import.encoding", row=before.count("\n") + 1) from error
    if "\0" in text:
        raise RuleBroken("import.encoding", row=1)
    return text


def _delimiter(text: str) -> str:
    heading = text.partition("\n")[0]
    return max(",;\t", key=heading.count)


def _numbered(lines: Iterable[list[str]]) -> list[tuple[int, list[str]]]:
    """Rows with their spreadsheet numbers, without the rows that are empty."""
    rows: list[tuple[int, list[str]]] = []
    number = 0
    try:
        for number, cells in enumerate(lines, start=1):
            if cells:
                rows.append((number, cells))
    except csv.Error as error:
        raise RuleBroken("import.quotes", row=number + 1) from error
    return rows


def _check_heading(heading: list[str]) -> None:
    faults = Faults()
    for column in dict.fromkeys(heading):
        if heading.count(column) > 1:
            faults.add(RuleBroken("import.column_twice", row=1, column=column))
    faults.check()


def check_columns(heading: Sequence[str], wanted: Iterable[str], layout: str) -> None:
    """Refuse a heading that lacks any of these, and name each."""
    faults = Faults()
    for column in wanted:
        if column not in heading:
            faults.add(RuleBroken("import.heading", row=1, column=column, layout=layout))
    faults.check()


def _row(
    heading: list[str],
    number: int,
    cells: list[str],
    give_back: Callable[[str], str],
    faults: Faults | None,
) -> Row:
    if len(cells) != len(heading):
        column = heading[min(len(cells), len(heading) - 1)]
        raise RuleBroken("import.cell_count", row=number, column=column)
    return Row(number, dict(zip(heading, map(give_back, cells), strict=True)), faults)
