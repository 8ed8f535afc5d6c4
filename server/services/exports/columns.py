"""A column of a table that leaves, and what a cell may hold.

A column's title and explanation stand in messages/<language>/exports.json under
`exports.column.<key>` and `exports.explain.<key>`; its key is the CSV's heading. Words of
our lists leave as they stand in the vocabulary (words.py says them in a language).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

Cell = str | int | float | date | bool | None | StrEnum | tuple[StrEnum, ...]

Line = TypeVar("Line")
Inner = TypeVar("Inner")


@dataclass(frozen=True, slots=True)
class Column(Generic[Line]):
    """One column. `width` is in characters.

    holds: str, int, float, bool, date, or a list of the vocabulary. several: a cell holds any
    number of its words. Only a text is always there, unless it may lack.
    """

    key: str
    width: int
    cell: Callable[[Line], Cell]
    holds: type = str
    several: bool = False
    may_lack: bool = False

    @property
    def is_word(self) -> bool:
        return issubclass(self.holds, StrEnum)


def through(column: Column[Inner], inner: Callable[[Line], Inner]) -> Column[Line]:
    """A column of something else that a line has."""
    return Column(
        column.key,
        column.width,
        lambda line: column.cell(inner(line)),
        column.holds,
        column.several,
        column.may_lack,
    )
