"""A table as JSON Lines, by itself the long one, for programs that read as they go.

The columns of the CSV; what is a list there is a list here, and what is empty is null.
`table_schema` says so as JSON Schema, with the explanation of every column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import orjson

from server.domain.csv_files import ABOUT
from server.messages import say
from server.services.exports.columns import Cell, Column
from server.services.exports.content import Found
from server.services.exports.tables import EVIDENCE, Table

TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}


def write_patterns_jsonl(out: BinaryIO, found: Found, language: str) -> None:
    write_table_jsonl(out, EVIDENCE, found, language)


def write_table_jsonl(out: BinaryIO, table: Table, found: Found, language: str) -> None:
    write_rows_jsonl(out, table.columns, table.lines(found, language), language)


def write_rows_jsonl(
    out: BinaryIO, columns: Sequence[Column[Any]], lines: Iterable[Any], language: str
) -> None:
    about = say("exports.line", language)
    for line in lines:
        cells = {column.key: typed(column, column.cell(line)) for column in columns}
        out.write(orjson.dumps({**cells, ABOUT: about}, option=orjson.OPT_APPEND_NEWLINE))


def typed(column: Column[Any], cell: Cell) -> Any:
    """A figure that may be words is always a text, so that a column is of one type; in a column
    of numbers words in place of a figure are nothing, and stand in a column of their own."""
    if isinstance(cell, tuple):
        return [*cell]
    if column.holds in (int, float) and isinstance(cell, str):
        return None
    return str(cell) if column.holds is str and cell is not None else cell


def table_schema(table: Table, language: str) -> dict[str, Any]:
    return schema_of(table.name, table.columns, language)


def schema_of(name: str, columns: Sequence[Column[Any]], language: str) -> dict[str, Any]:
    """What each line is, as JSON Schema 2020-12."""
    properties = {column.key: _property(column, language) for column in columns}
    properties[ABOUT] = {"const": say("exports.line", language)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": say(f"exports.sheet.{name}", language),
        "type": "object",
        "required": [*properties],
        "additionalProperties": False,
        "properties": properties,
    }


def _property(column: Column[Any], language: str) -> dict[str, Any]:
    return {
        "title": say(f"exports.column.{column.key}", language),
        "description": say(f"exports.explain.{column.key}", language),
        **_type_of(column),
    }


def _type_of(column: Column[Any]) -> dict[str, Any]:
    if column.is_word:
        listed = [str(word) for word in column.holds]  # type: ignore[attr-defined]
        if column.several:
            return {"type": "array", "items": {"enum": listed}}
        return {"enum": [*listed, None]}
    if column.holds not in TYPES:
        return {"type": ["string", "null"], "format": "date"}
    kind = TYPES[column.holds]
    return {"type": kind if column.holds is str and not column.may_lack else [kind, "null"]}
