"""Bringing the tables up to date, and refusing a database that is newer than the code.

There is no way down: a database goes forward, and a copy is the way back. Steps lie in
server/migrations/versions, in one line (a test holds that there is one head).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from server import walls

FOLDER = Path(__file__).resolve().parent / "migrations"


class NewerDatabase(Exception):
    """The database was made by a newer release."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"The database is at step {revision}, which this release does not know. "
            "Install the newer release again, or restore a backup made before it."
        )


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    if connection is not None:
        config.attributes["connection"] = connection
    return config


@cache
def _script() -> ScriptDirectory:
    """The steps, read once: every look at whether the server is ready asks for them."""
    return ScriptDirectory.from_config(_config())


def newest_step() -> str:
    """The step that the code wants."""
    head = _script().get_current_head()
    if head is None:
        raise AssertionError("there are no migrations")
    return head


def current_step(connection: Connection) -> str | None:
    """The step that the database stands at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def is_current(connection: Connection) -> bool:
    """Whether the code and the tables fit. NewerDatabase when they never can."""
    step = current_step(connection)
    known = {script.revision for script in _script().walk_revisions()}
    if step is not None and step not in known:
        raise NewerDatabase(step)
    return step == newest_step()


def bring_up_to_date(connection: Connection, server_role: str | None = None) -> None:
    """Take every step that is missing, within the caller's transaction.

    On PostgreSQL the walls between networks are raised with them, and server_role may then
    read and write rows.
    """
    is_current(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
    command.upgrade(_config(connection), "head")
    if connection.dialect.name == "postgresql":
        walls.raise_walls(connection)
        if server_role is not None:
            walls.admit(connection, server_role)
