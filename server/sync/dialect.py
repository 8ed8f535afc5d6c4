"""The only place where SQLite and PostgreSQL are told apart: statements with many values.

Statements are written with `?`, `{among}` for "is one of these", `{then}` for a JOIN whose
left side is read first, and `{bytewise}` behind a text that is compared as Python does. A batch
travels as one parameter of JSON (an array's literal for `{among}` on PostgreSQL, which then
plans by the index), so that neither statements nor the driver's work grow with the batch. Knows
no rule and no table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Connection, CursorResult

Rows = Sequence[Sequence[Any]]


@lru_cache(maxsize=256)
def _spell(dialect: str, statement: str) -> str:
    if dialect == "sqlite":
        spelled = statement.replace("{among}", "IN (SELECT value FROM json_each(?))")
        spelled = spelled.replace("{then}", "CROSS JOIN")
        return spelled.replace("{for_update}", "").replace("{bytewise}", "")
    spelled = statement.replace("{among}", "= ANY(?::text[])").replace("{for_update}", "FOR UPDATE")
    spelled = spelled.replace("{bytewise}", 'COLLATE "C"').replace("{then}", "JOIN")
    return spelled.replace("?", "%s")


def run(tx: Connection, statement: str, *values: Any) -> CursorResult[*tuple[Any, ...]]:
    """Execute one statement."""
    return tx.exec_driver_sql(_spell(tx.dialect.name, statement), values)


def stream(
    tx: Connection, statement: str, *values: Any, at_a_time: int
) -> CursorResult[*tuple[Any, ...]]:
    """Execute one statement whose rows come as they are read, so many at a time."""
    spelled = _spell(tx.dialect.name, statement)
    return tx.exec_driver_sql(spelled, values, execution_options={"yield_per": at_a_time})


def many(tx: Connection, values: Iterable[str]) -> str:
    """The value for `{among}`: ids and scopes, which JSON and PostgreSQL quote alike."""
    listed = orjson.dumps([*values]).decode()
    return listed if tx.dialect.name == "sqlite" else "{" + listed[1:-1] + "}"


def insert_rows(
    tx: Connection, table: str, columns: Mapping[str, str], rows: Rows, on_conflict: str = ""
) -> None:
    """Insert all rows by one statement. columns: name to PostgreSQL type, in order."""
    if rows:
        statement = _insertion(tx.dialect.name, table, tuple(columns.items()), on_conflict)
        if tx.dialect.name == "sqlite":
            tx.exec_driver_sql(statement, [tuple(row) for row in rows])
        else:
            listed = [dict(zip(columns, row, strict=True)) for row in rows]
            tx.exec_driver_sql(statement, (orjson.dumps(listed).decode(),))


@lru_cache(maxsize=64)
def _insertion(
    dialect: str, table: str, columns: tuple[tuple[str, str], ...], on_conflict: str
) -> str:
    names = ", ".join(name for name, _ in columns)
    if dialect == "sqlite":
        source = "VALUES (" + ", ".join("?" for _ in columns) + ")"
    else:
        typed = ", ".join(f"{name} {type_}" for name, type_ in columns)
        source = f"SELECT {names} FROM json_to_recordset(%s::json) AS given({typed})"  # noqa: S608
    return f"INSERT INTO {table} ({names}) {source} {on_conflict}"  # noqa: S608 - our own names


def update_rows(tx: Connection, statement: str, rows: Rows) -> None:
    """Execute one UPDATE or DELETE for each row of values."""
    if rows:
        tx.exec_driver_sql(_spell(tx.dialect.name, statement), [tuple(row) for row in rows])
