"""A table as Parquet: the rows and columns of the CSV, with types, for analysts' tools.

By itself the long table, one row a piece of evidence. Words of our lists are dictionary
columns, several of one cell a list. The file's own metadata say what it is, and each column
carries its explanation. Written in row groups. pyarrow is installed where a district wants it
(requirements/parquet.txt).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from itertools import islice
from typing import Any, BinaryIO

from server.errors import RuleBroken
from server.messages import say
from server.services.exports.columns import Column
from server.services.exports.content import Found
from server.services.exports.jsonl_file import typed
from server.services.exports.preface import base_words, filter_words
from server.services.exports.tables import EVIDENCE, Table, notes_of

ROWS_A_GROUP = 10_000


def is_there() -> bool:
    """Whether this server can write Parquet."""
    return find_spec("pyarrow") is not None


def write_patterns_parquet(out: BinaryIO, found: Found, language: str) -> None:
    write_table_parquet(out, EVIDENCE, found, language)


def write_table_parquet(out: BinaryIO, table: Table, found: Found, language: str) -> None:
    """RuleBroken where pyarrow is not installed."""
    if not is_there():
        raise RuleBroken("exports.no_parquet", field="format")
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = _schema(pa, table, found, language)
    rows = _rows(table, found, language)
    with pq.ParquetWriter(out, schema, compression="zstd") as file:
        while group := [*islice(rows, ROWS_A_GROUP)]:
            file.write_table(pa.Table.from_pylist(group, schema=schema))


def _rows(table: Table, found: Found, language: str) -> Iterator[dict[str, Any]]:
    for line in table.lines(found, language):
        yield {column.key: typed(column, column.cell(line)) for column in table.columns}


def _schema(pa: Any, table: Table, found: Found, language: str) -> Any:
    fields = []
    for column in table.columns:
        explained = say(f"exports.explain.{column.key}", language)
        fields.append(pa.field(column.key, _type(pa, column), metadata={"explanation": explained}))
    about = {
        "title": say(f"exports.sheet.{table.name}", language),
        "network": found.network,
        "asked": filter_words(found, language),
        "base": base_words(found, language),
        "notes": " ".join(notes_of(table, found, language)),
        "about_this_evidence": say("exports.line", language),
    }
    return pa.schema(fields, metadata=about)


def _type(pa: Any, column: Column[Any]) -> Any:
    if column.is_word:
        return pa.list_(pa.string()) if column.several else pa.dictionary(pa.int8(), pa.string())
    kinds = {int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32()}
    return kinds.get(column.holds, pa.string())
