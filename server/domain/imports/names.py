"""Names and addresses in files of others: kept as they are, or refused by row and column."""

from __future__ import annotations

import re

from schemas.base import is_safe_text
from server.domain.csv_files import Row

MAX_NAME = 200
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\Z")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Signs that nobody sees: controls, line ends, and those that turn a line around."""


def read_name(row: Row, *columns: str) -> str:
    """One line of text out of these cells, its accents as they were."""
    name = " ".join([row.need(column) for column in columns])
    if not is_safe_text(name) or len(name) > MAX_NAME or is_unseen(name):
        return row.wrong("import.cell_name", columns[0])
    return row.wrong("import.cell_garbled", columns[0]) if is_garbled(name) else name


def read_email(row: Row, column: str) -> str | None:
    """An address in lower case, or None where the cell is empty."""
    text = row.cells[column].strip().lower()
    if text and not (_EMAIL.match(text) and is_safe_text(text)):
        return row.wrong("import.cell_email", column)
    return text or None


def is_unseen(text: str) -> bool:
    """Whether it holds a sign that nobody sees."""
    return _UNSEEN.search(text) is not None


def is_garbled(text: str) -> bool:
    """Whether accents were lost before: `PeÃ±a` is UTF-8 that somebody read as Windows-1252."""
    if text.isascii():
        return False
    try:
        return "\ufffd" in text or bool(text.encode("cp1252").decode("utf-8"))
    except UnicodeError:
        return False
