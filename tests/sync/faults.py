"""Real faults of a real database: a refused row, a held lock, a full disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app
from sqlalchemy import Connection, event, text

from server.db import db
from tests.postgres import as_owner

_SQLITE = """
CREATE TRIGGER refuse BEFORE INSERT ON change WHEN NEW.record_id = '{record}'
BEGIN SELECT RAISE(ABORT, 'refused by a trigger'); END
"""
_POSTGRESQL = (
    """
CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN
IF NEW.record_id = '{record}' THEN
  RAISE EXCEPTION USING ERRCODE = '{code}', MESSAGE = 'refused by a trigger';
END IF;
RETURN NEW; END $$ LANGUAGE plpgsql
""",
    "CREATE TRIGGER refuse BEFORE INSERT ON change FOR EACH ROW EXECUTE FUNCTION refuse()",
)
_NO_ROOM = (
    """
CREATE FUNCTION no_room() RETURNS trigger AS $$ BEGIN
RAISE EXCEPTION USING ERRCODE = 'disk_full', MESSAGE = 'could not extend file';
END $$ LANGUAGE plpgsql
""",
    "CREATE TRIGGER no_room BEFORE INSERT ON change FOR EACH ROW EXECUTE FUNCTION no_room()",
)


@contextmanager
def a_full_disk() -> Iterator[None]:
    """No page more for a SQLite file; on PostgreSQL, what it says when there is none."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    if is_sqlite:
        event.listen(db.engine, "begin", _leave_no_room)
    else:
        _run([*_NO_ROOM])
    try:
        yield
    finally:
        if is_sqlite:
            event.remove(db.engine, "begin", _leave_no_room)
            db.engine.dispose()
        else:
            _run(["DROP TRIGGER no_room ON change", "DROP FUNCTION no_room"])


def _leave_no_room(connection: Connection) -> None:
    used = connection.exec_driver_sql("PRAGMA page_count").scalar()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {used}")


@contextmanager
def a_trigger_against(record_id: str, code: str = "check_violation") -> Iterator[None]:
    """The database itself refuses every change of one record; on PostgreSQL with that code."""
    undo = ["DROP TRIGGER refuse"]
    if db.engine.dialect.name == "sqlite":
        _run([_SQLITE.format(record=record_id)])
    else:
        _run([each.format(record=record_id, code=code) for each in _POSTGRESQL])
        undo = ["DROP TRIGGER refuse ON change", "DROP FUNCTION refuse"]
    try:
        yield
    finally:
        _run(undo)


def _run(statements: list[str]) -> None:
    """As whoever owns the tables."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.begin() as tx:
            for statement in statements:
                tx.execute(text(statement.replace(":", r"\:")))
        return
    with as_owner(current_app.extensions["rounds_settings"]) as connection:
        for statement in statements:
            connection.execute(statement)
