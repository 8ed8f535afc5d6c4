"""What reaches the database, statement by statement, while a block runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from server.db import db


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """Every statement that reaches the database, with its values; no BEGIN or COMMIT."""
    seen: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, values: Any, *more: Any) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT")):
            seen.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def named(seen: list[tuple[str, Any]]) -> list[str]:
    """`SELECT session`, `INSERT change`, ...: what each statement does to which table."""
    found = []
    for statement, _ in seen:
        verb = statement.split()[0]
        table = re.search(r"(?:FROM|INTO|UPDATE)\s+(\w+)", statement)
        found.append(f"{verb} {table.group(1) if table else '?'}")
    return found
