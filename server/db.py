"""The database: one engine a server, transactions for reading and for writing.

SQLite is set so that a commit is on the disk when it returns (WAL, synchronous=FULL), and
has one writer at a time: a lock in the process, and BEGIN IMMEDIATE for other processes.
Knows no table. Every use case opens one transaction here; nothing commits by itself.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, MetaData, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from server.config import Settings
from server.errors import Busy

BUSY_TIMEOUT_MS = 250
LOCK_SECONDS = 10
"""How long a writer waits for the other threads of its own process."""

_FULL = ("disk is full", "disk i/o error", "no space left", "could not extend file")
_BUSY = ("locked", "busy", "lock timeout", "deadlock", "too many", "starting up", "shutting down")


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


def set_up(app: Flask, settings: Settings) -> None:
    """Bind the engine to the app; for SQLite make its folder and set its pragmas."""
    if settings.is_sqlite:
        settings.sqlite_file.parent.mkdir(parents=True, exist_ok=True)
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "pool_size": 16,
        "max_overflow": 16,
        "pool_timeout": LOCK_SECONDS,
        "pool_pre_ping": not settings.is_sqlite,
    }
    db.init_app(app)
    with app.app_context():
        listen(db.engine)


def listen(engine: Engine) -> None:
    """Give every connection of a SQLite engine its pragmas and its own BEGIN."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading() -> Iterator[Connection]:
    """A transaction that only reads; always rolled back."""
    with _translated(), db.engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


@contextmanager
def writing() -> Iterator[Connection]:
    """A transaction that is committed when the block ends, and undone when it raises.

    Raises Busy (503) when the database is locked or the disk is full: nothing was stored.
    """
    engine = db.engine
    with _translated(), _one_writer(engine), engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            yield connection


@contextmanager
def _one_writer(engine: Engine) -> Iterator[None]:
    if engine.dialect.name != "sqlite":
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
    except OperationalError as error:
        reason = str(error.orig).lower()
        if any(words in reason for words in _FULL):
            raise Busy("server.storage_full", retry_after=60) from error
        if error.connection_invalidated or any(words in reason for words in _BUSY):
            raise Busy() from error
        raise
