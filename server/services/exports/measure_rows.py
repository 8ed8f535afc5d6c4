"""A measure as CSV and JSON Lines, by the writers of every table: one row a day.

Where a day is about too few, CSV has words in place of its figures, JSON Lines nothing; in both
`held_back` says so. Our own app reads the CSV back.
"""

from __future__ import annotations

import io
from typing import Any

from server.services.exports.csv_file import write_rows_csv
from server.services.exports.jsonl_file import schema_of, write_rows_jsonl
from server.services.exports.measure_table import MEASURE_COLUMNS, rows_of
from server.services.measures import Series


def measure_csv(series: Series, language: str, *, bom: bool = True) -> bytes:
    out = io.BytesIO()
    write_rows_csv(out, MEASURE_COLUMNS, rows_of(series, language), language, bom=bom)
    return out.getvalue()


def measure_jsonl(series: Series, language: str) -> bytes:
    out = io.BytesIO()
    write_rows_jsonl(out, MEASURE_COLUMNS, rows_of(series, language), language)
    return out.getvalue()


def measure_schema(language: str) -> dict[str, Any]:
    return schema_of("measure", MEASURE_COLUMNS, language)
