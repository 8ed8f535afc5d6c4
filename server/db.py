"""The database: one engine a server, transactions for reading and for writing.

SQLite is set so that a commit is on the disk when it returns (WAL, synchronous=FULL), and
has one writer at a time: a lock in the process, and BEGIN IMMEDIATE for other processes.
On PostgreSQL a transaction says whose rows it means: of one network, of one person, or of
every network (the operator's commands and jobs). Whoever says nothing sees no tenant's row,
whatever the query forgets (walls.py). Knows no table. Every use case opens one transaction
here; nothing commits by itself.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from server import postgres
from server.config import Settings
from server.errors import Busy
from server.postgres import EVERY_NETWORK

__all__ = [
    "EVERY_NETWORK",
    "Base",
    "after_commit",
    "db",
    "enter_network",
    "glance",
    "moment_of",
    "reading",
    "writing",
]

BUSY_TIMEOUT_MS = 250
CHECKPOINT_PAGES = 4_000
"""16 MiB of log before it is copied into the file: ids are random, so that each push writes
many of the same pages, and a rarer copy writes each of them once."""
LOCK_SECONDS = 10
"""How long a writer waits for the other threads of its own process."""

_AFTER_COMMIT = "after_commit"

Found = TypeVar("Found")

_FULL = ("disk is full", "disk i/o error", "no space left")
_BUSY = ("locked", "busy")


class Base(DeclarativeBase):
    """The parent of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)
_writer = threading.Lock()


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, aware in Python and plain in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def moment_of(value: datetime | str) -> datetime:
    """A UtcDateTime as a statement in words finds it: SQLite keeps it as text."""
    plain = datetime.fromisoformat(value) if isinstance(value, str) else value
    return plain.replace(tzinfo=UTC)


def set_up(app: Flask, settings: Settings) -> None:
    """Bind the engine to the app; for SQLite make its folder and set its pragmas."""
    if settings.is_sqlite:
        settings.sqlite_file.parent.mkdir(parents=True, exist_ok=True)
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "pool_size": 16,
        "max_overflow": 16,
        "pool_timeout": LOCK_SECONDS,
        "hide_parameters": True,
    }
    db.init_app(app)
    with app.app_context():
        listen(db.engine)


def listen(engine: Engine) -> None:
    """Give every connection of an engine its settings and its own BEGIN."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", postgres.prepare)
        event.listen(engine, "begin", postgres.begin)


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        "foreign_keys=ON",
        f"wal_autocheckpoint={CHECKPOINT_PAGES}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get(postgres.GLANCES):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


@contextmanager
def reading(
    network_id: str | None = None, *, person_id: str | None = None, one_moment: bool = False
) -> Iterator[Connection]:
    """A transaction that only reads; always rolled back.

    network_id: whose rows are meant; EVERY_NETWORK for the operator. person_id: this
    person's places in networks are seen as well. one_moment: every statement sees the rows
    as they were at the first (on SQLite each transaction does).
    """
    options = {"writes": False, "one_moment": one_moment}
    with _translated(), _begun(network_id, person_id, options) as connection:
        yield connection
        connection.rollback()


def glance(look: Callable[[Connection], Found]) -> Found:
    """One statement that reads no tenant's rows: it is a transaction of its own.

    So it costs one message to the server, where BEGIN and ROLLBACK cost two more. Looks
    again where the server was restarted in between.
    """
    with _translated():
        try:
            with _glancing() as connection:
                return look(connection)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            db.engine.dispose()
            with _glancing() as connection:
                return look(connection)


def _glancing() -> Connection:
    return db.engine.connect().execution_options(**{postgres.GLANCES: True})


@contextmanager
def writing(network_id: str | None = None, *, person_id: str | None = None) -> Iterator[Connection]:
    """A transaction that is committed when the block ends, and undone when it raises.

    Whose rows are meant is said as in `reading`. Raises Busy (503) when the database is
    locked or the disk is full: nothing was stored.
    """
    options = {"writes": True}
    with _translated(), _one_writer(), _begun(network_id, person_id, options) as connection:
        waiting: list[Callable[[], None]] = []
        connection.info[_AFTER_COMMIT] = waiting
        yield connection
        connection.commit()
    for tell in waiting:
        tell()


def after_commit(tx: Connection, tell: Callable[[], None]) -> None:
    """Call once what is written is on the disk; never when it is undone."""
    tx.info.get(_AFTER_COMMIT, []).append(tell)


def enter_network(tx: Connection, network_id: str, person_id: str | None = None) -> None:
    """Mean this network's rows from here on: where only a secret said which network it is."""
    if tx.dialect.name == "postgresql":
        postgres.enter(tx, network_id, person_id)


@contextmanager
def _begun(
    network_id: str | None, person_id: str | None, how: dict[str, Any]
) -> Iterator[Connection]:
    """A connection with a transaction begun. What is not committed is rolled back.

    A BEGIN that fails because the server was restarted drops every idle connection, and is
    tried again once.
    """
    options = {**how, "network": network_id or "", "person": person_id or ""}
    try:
        connection = _begin(options)
    except OperationalError as error:
        if not error.connection_invalidated:
            raise
        db.engine.dispose()
        connection = _begin(options)
    with connection:
        yield connection


def _begin(options: dict[str, Any]) -> Connection:
    connection = db.engine.connect().execution_options(**options)
    try:
        connection.begin()
    except DBAPIError:
        connection.close()
        raise
    return connection


@contextmanager
def _one_writer() -> Iterator[None]:
    if db.engine.dialect.name != "sqlite":
        yield
        return
    if not _writer.acquire(timeout=LOCK_SECONDS):
        raise Busy()
    try:
        yield
    finally:
        _writer.release()


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what an operator can mend by waiting or by a disk into Busy."""
    try:
        yield
    except NoConnectionFree as error:
        raise Busy() from error
    except DBAPIError as error:
        if _is_full(error):
            raise Busy("server.storage_full", retry_after=60) from error
        if error.connection_invalidated or _is_busy(error):
            raise Busy() from error
        raise


def _is_full(error: DBAPIError) -> bool:
    return postgres.is_full(error) or _says(error, _FULL)


def _is_busy(error: DBAPIError) -> bool:
    return postgres.is_busy(error) or _says(error, _BUSY)


def _says(error: DBAPIError, words: tuple[str, ...]) -> bool:
    """What SQLite's driver says, which has no codes for it."""
    reason = str(error.orig).lower()
    return isinstance(error, OperationalError) and any(word in reason for word in words)
