"""PostgreSQL under server.db: how a connection is prepared, a transaction begun, and what its
refusals mean. Knows no table; which rows a tenant sees is said by the policies of walls.py.
"""

from __future__ import annotations

import re
from typing import Any

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError

EVERY_NETWORK = "*"
GLANCES = "glances"
"""The option of a connection on which no transaction is begun."""

LOCK_TIMEOUT_MS = 5_000
STATEMENT_TIMEOUT_MS = 60_000
IDLE_TIMEOUT_MS = 60_000
"""A transaction that waits for us so long is dead: its locks must not outlive it."""

_TENANT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")

_FULL = frozenset({"53100"})
_BUSY_CLASSES = ("08", "40", "53", "57")
_BUSY = frozenset({"55P03", "25P03"})
"""A lock not had in time; a transaction ended because it idled."""


def prepare(connection: Any, record: Any) -> None:
    """Give a new connection its time limits. Transactions are begun by `begin`."""
    connection.autocommit = True
    connection.execute(
        f"SET lock_timeout = {LOCK_TIMEOUT_MS}; SET statement_timeout = {STATEMENT_TIMEOUT_MS}; "
        f"SET idle_in_transaction_session_timeout = {IDLE_TIMEOUT_MS}",
        prepare=False,
    )


def begin(connection: Connection) -> None:
    """Begin, and say whose rows are meant, in one message to the server.

    Options of the connection: `writes`, `network` (an id, or EVERY_NETWORK), `person`, and
    `one_moment` where every statement is to see the rows as the first one did.
    What is not said is empty, and then no row of a tenant is seen.
    """
    options = connection.get_execution_options()
    if options.get(GLANCES):
        return
    mode = "READ WRITE" if options.get("writes", True) else "READ ONLY"
    isolation = "REPEATABLE READ" if options.get("one_moment") else "READ COMMITTED"
    network, person = (_tenant(options.get(name)) for name in ("network", "person"))
    raw: Any = connection.connection.dbapi_connection
    statement = (
        f"BEGIN ISOLATION LEVEL {isolation} {mode}; "
        f"SET LOCAL rounds.network = '{network}'; SET LOCAL rounds.person = '{person}'"
    )
    try:
        raw.execute(statement, prepare=False)
    except psycopg.Error as error:
        connection.invalidate(error)
        raise OperationalError("BEGIN", None, error, connection_invalidated=True) from error


def _tenant(value: str | None) -> str:
    """Only an id is ever spelled into a statement."""
    return value if value and (value == EVERY_NETWORK or _TENANT.match(value)) else ""


def enter(tx: Connection, network: str, person: str | None) -> None:
    """Say whose rows are meant from here on, within a transaction."""
    tx.exec_driver_sql(
        "SELECT set_config('rounds.network', %s, true), set_config('rounds.person', %s, true)",
        (_tenant(network), _tenant(person)),
    )


def is_full(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in _FULL


def is_busy(error: DBAPIError) -> bool:
    """Whether the same may go well later: no connection, no lock, no time, no room for more."""
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return isinstance(error.orig, psycopg.OperationalError)
    return state in _BUSY or state.startswith(_BUSY_CLASSES)
