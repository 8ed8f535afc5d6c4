"""Patterns as Parquet: the same rows and columns as the CSV, with types, for analysts' tools.

One row a piece of evidence. Words of our lists are dictionary columns, several of one cell a
list. The file's own metadata say what it is, and each column carries its explanation. Written
in row groups. pyarrow is installed where a district wants it (requirements/parquet.txt).
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice
from typing import Any, BinaryIO

from server.errors import RuleBroken
from server.messages import say
from server.services.exports.columns import FINDING_COLUMNS, evidence_lines, finding_lines
from server.services.exports.content import Found
from server.services.exports.csv_file import OWN_COLUMNS
from server.services.exports.jsonl_file import WORDS
from server.services.exports.preface import base_words, filter_words

ROWS_A_GROUP = 10_000
COLUMNS = [*(c.key for c in FINDING_COLUMNS), *(c.key for c in OWN_COLUMNS)]


def is_there() -> bool:
    """Whether this server can write Parquet."""
    return find_spec("pyarrow") is not None


def write_patterns_parquet(out: BinaryIO, found: Found, language: str) -> None:
    """RuleBroken where pyarrow is not installed."""
    if not is_there():
        raise RuleBroken("exports.no_parquet", field="format")
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = _schema(pa, found, language)
    rows = _rows(found, language)
    with pq.ParquetWriter(out, schema, compression="zstd") as file:
        while group := [*islice(rows, ROWS_A_GROUP)]:
            file.write_table(pa.Table.from_pylist(group, schema=schema))


def _rows(found: Found, language: str) -> Iterator[dict[str, Any]]:
    for line in evidence_lines(finding_lines(found, language)):
        cells: dict[str, Any] = {column.key: column.cell(line.of) for column in FINDING_COLUMNS}
        cells |= {column.key: column.cell(line) for column in OWN_COLUMNS}
        yield {key: [*cell] if isinstance(cell, tuple) else cell for key, cell in cells.items()}


def _schema(pa: Any, found: Found, language: str) -> Any:
    word = pa.dictionary(pa.int8(), pa.string())
    fields = []
    for key in COLUMNS:
        listed = key in WORDS
        several = listed and WORDS[key][1]
        kind = pa.list_(pa.string()) if several else word if listed else pa.string()
        explained = say(f"exports.explain.{key}", language)
        fields.append(pa.field(key, kind, metadata={"explanation": explained}))
    about = {
        "title": say("exports.title", language),
        "network": found.network,
        "asked": filter_words(found.filter, language),
        "base": base_words(found, language),
        "about_this_evidence": say("exports.line", language),
    }
    return pa.schema(fields, metadata=about)
