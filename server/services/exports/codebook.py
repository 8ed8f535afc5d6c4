"""The codebook: every table that leaves, what each of its columns holds, and what is not in it.

It stands first in the workbook and leaves as a file of its own beside tables that are nothing
but rows. Its lines about the file itself say what was asked, on what base, and what was kept
back, for a file of rows cannot say what it lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from server.messages import say
from server.services.exports.columns import Column
from server.services.exports.content import Found
from server.services.exports.preface import base_words, filter_words, nothing_words
from server.services.exports.tables import (
    TABLES,
    Table,
    not_narrowed_words,
    notes_of,
    tables_of,
)
from server.services.exports.words import in_words

KINDS = {str: "text", int: "whole_number", float: "number", bool: "yes_no", date: "day"}


@dataclass(frozen=True, slots=True)
class CodebookLine:
    """What a column means. in_table: empty where the line is about the whole file."""

    in_table: str
    sheet: str
    column: str
    titled: str
    kind: str
    words: str
    meaning: str


CODEBOOK_COLUMNS: tuple[Column[CodebookLine], ...] = (
    Column("sheet", 24, lambda line: line.sheet),
    Column("titled", 24, lambda line: line.titled),
    Column("meaning", 90, lambda line: line.meaning),
    Column("kind", 20, lambda line: line.kind),
    Column("words", 60, lambda line: line.words),
    Column("in_table", 14, lambda line: line.in_table),
    Column("column", 22, lambda line: line.column),
)


def codebook_lines(found: Found, language: str) -> Iterator[CodebookLine]:
    """First what the file as a whole is; then each table's notes and columns."""
    yield from file_lines(found, language)
    yield from column_lines(found, language)


def file_lines(found: Found, language: str) -> Iterator[CodebookLine]:
    told = {
        "network": found.network,
        "made_on": found.made_on.isoformat(),
        "asked": filter_words(found, language),
        "base": base_words(found, language),
    }
    for key, words in told.items():
        yield _note("", "", key, words, language)
    for words in (nothing_words(found, language), not_narrowed_words(found, language)):
        if words:
            yield _note("", "", "note", words, language)


def column_lines(found: Found, language: str) -> Iterator[CodebookLine]:
    for table in tables_of(found):
        sheet = say(f"exports.sheet.{table.name}", language)
        for note in notes_of(table, found, language):
            yield _note(table.name, sheet, "note", note, language)
        yield from lines_of_columns(table.name, table.columns, language)


def lines_of_columns(
    name: str, columns: Iterable[Column[Any]], language: str
) -> Iterator[CodebookLine]:
    for column in columns:
        yield _of_column(name, column, language)


def _note(table: str, sheet: str, key: str, words: str, language: str) -> CodebookLine:
    titled = say(f"exports.codebook.{key}", language)
    return CodebookLine(table, sheet, "", titled, "", "", words)


def _of_column(name: str, column: Column[Any], language: str) -> CodebookLine:
    return CodebookLine(
        in_table=name,
        sheet=say(f"exports.sheet.{name}", language),
        column=column.key,
        titled=say(f"exports.column.{column.key}", language),
        kind=say(f"exports.kind.{kind_of(column)}", language),
        words=_words_of(column, language),
        meaning=say(f"exports.explain.{column.key}", language),
    )


def kind_of(column: Column[Any]) -> str:
    if column.is_word:
        return "words" if column.several else "word"
    return KINDS[column.holds]


def _words_of(column: Column[Any], language: str) -> str:
    """Each word of a closed list as a file has it, and as people say it."""
    words: Iterable[Any] = column.holds if column.is_word else ()  # type: ignore[assignment]
    return "; ".join(f"{word} = {in_words(word, language)}" for word in words)


CODEBOOK: Table = Table("codebook", CODEBOOK_COLUMNS, codebook_lines)
BY_NAME = {table.name: table for table in (*TABLES, CODEBOOK)}
