"""What PostgreSQL knows of how many rows there are, and of what: it plans by that.

It counts by itself within a minute or two of a change, and plans poorly until then. Whoever
writes whole tables at once has them counted right after. Only their owner may. SQLite plans
by our indexes alone, and nothing is counted there.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, create_engine, text

from server.config import Settings
from server.db import Base


def count_rows(settings: Settings, tables: Iterable[str] = ()) -> bool:
    """Have rows of these tables counted, of all without any; False where the owner's address
    (MIGRATE_DATABASE_URL) is not known, and PostgreSQL does it when it comes to it."""
    if settings.is_sqlite:
        return True
    if not settings.migrate_database_url:
        return False
    engine = create_engine(settings.migrate_database, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            count_rows_as_owner(connection, tables)
    finally:
        engine.dispose()
    return True


def count_rows_as_owner(connection: Connection, tables: Iterable[str] = ()) -> None:
    """The same on a connection of the tables' owner."""
    names = sorted(tables) or sorted(Base.metadata.tables)
    connection.execute(text(f"ANALYZE {', '.join(names)}"))
