"""Real faults of a real database: a refused row, a held lock, a full disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from server.db import db

_SQLITE = """
CREATE TRIGGER refuse BEFORE INSERT ON change WHEN NEW.record_id = '{record}'
BEGIN SELECT RAISE(ABORT, 'refused by a trigger'); END
"""
_POSTGRESQL = (
    """
CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN
IF NEW.record_id = '{record}' THEN
  RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = 'refused by a trigger';
END IF;
RETURN NEW; END $$ LANGUAGE plpgsql
""",
    "CREATE TRIGGER refuse BEFORE INSERT ON change FOR EACH ROW EXECUTE FUNCTION refuse()",
)


@contextmanager
def a_trigger_against(record_id: str) -> Iterator[None]:
    """The database itself refuses every change of one record."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.begin() as tx:
        for statement in (_SQLITE,) if is_sqlite else _POSTGRESQL:
            tx.execute(text(statement.replace("{record}", record_id).replace(":", r"\:")))
    try:
        yield
    finally:
        with db.engine.begin() as tx:
            tx.execute(text("DROP TRIGGER refuse" + ("" if is_sqlite else " ON change")))
            if not is_sqlite:
                tx.execute(text("DROP FUNCTION refuse"))
