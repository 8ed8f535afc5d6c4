"""What must be true of the database before a server starts. `rounds doctor` asks more.

A server that could not keep its promises is refused in a sentence that says what to do.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from server import schema, walls

_POSTGRES_KEEPS = ("fsync", "synchronous_commit", "full_page_writes")
_BYPASSES = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
_OWNS = (
    "SELECT count(*) FROM pg_class WHERE relkind = 'r' "
    "AND relnamespace = current_schema()::regnamespace AND pg_has_role(relowner, 'USAGE')"
)
_ROLES = "`rounds roles` prints the SQL that makes the two roles it wants."


class StartRefused(Exception):
    """The server would not keep its promises as things stand."""


def check_before_start(tx: Connection) -> None:
    """Refuse tables that do not fit, and a PostgreSQL that could lose what it confirmed."""
    if tx.dialect.name == "postgresql":
        check_role(tx)
    if not schema.is_current(tx):
        raise StartRefused("The database is not up to date. Run `rounds migrate` first.")
    if tx.dialect.name != "postgresql":
        return
    for name in _POSTGRES_KEEPS:
        if tx.scalar(text(f"SHOW {name}")) == "off":
            raise StartRefused(f"PostgreSQL has {name} off and could lose notes. Set it to on.")
    missing = walls.missing_walls(tx)
    if missing:
        names = ", ".join(missing)
        raise StartRefused(f"No row level security on {names}. Run `rounds migrate`.")


def check_role(tx: Connection) -> None:
    """Refuse whoever would pass through the wall between networks (PostgreSQL)."""
    if tx.scalar(text(_BYPASSES)):
        raise StartRefused(
            "DATABASE_URL signs in as a role that row level security does not hold (a "
            f"superuser, or BYPASSRLS). {_ROLES}"
        )
    if tx.scalar(text(_OWNS)):
        raise StartRefused(
            "DATABASE_URL signs in as the owner of the tables, whom row level security does "
            f"not hold. {_ROLES}"
        )
