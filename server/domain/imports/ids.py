"""Ids in files of others: text with its leading zeros, whatever a spreadsheet did to it."""

from __future__ import annotations

import re

from server.domain.csv_files import Row

MAX_ID = 64
_KEPT_AS_TEXT = re.compile(r'(?:\'|=")(?P<id>[^"]*)"?\Z')
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+\Z", re.IGNORECASE)


def read_id(row: Row, column: str, *, digits: int | None = None) -> str:
    """The id of the cell. digits: how many it has, where the layout fixes that.

    `'0010` and `="0010"` are how a spreadsheet is made to keep text; `4.8E+11` is what is
    left of a number that it did not keep, and is refused.
    """
    typed = row.need(column)
    if not typed:
        return ""
    text = plain_id(typed)
    if _ROUNDED.match(text):
        return row.wrong("import.id_rounded", column)
    if digits is not None and not (text.isascii() and text.isdigit() and len(text) == digits):
        return row.wrong("import.id_digits", column, digits=digits)
    if not text or len(text) > MAX_ID:
        return row.wrong("import.cell_id", column)
    return text


def plain_id(text: str) -> str:
    """The id without the marks that keep it text in a spreadsheet."""
    kept = _KEPT_AS_TEXT.match(text)
    return (kept["id"] if kept else text).strip()
