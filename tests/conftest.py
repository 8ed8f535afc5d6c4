"""Fixtures: the real app on a real database. Nothing of ours is replaced."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from server.config import Settings
from server.db import db
from tests.make import an_app
from tests.postgres import a_postgres
from tests.serving import Served, serve


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table and no row, to be copied."""
    folder = tmp_path_factory.mktemp("empty")
    with an_app(Settings(data_dir=str(folder))):
        pass
    return folder / "rounds.db"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """An empty PostgreSQL database, for a role that is no superuser."""
    with tempfile.TemporaryDirectory(prefix="pg") as folder, a_postgres(Path(folder) / "d") as url:
        yield url


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """`sqlite`, or what a file asks for by BOTH_DATABASES."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def settings(
    request: pytest.FixtureRequest, database: str, tmp_path: Path, empty_sqlite: Path
) -> Settings:
    folder = tmp_path / "data"
    folder.mkdir()
    if database == "postgresql":
        url = request.getfixturevalue("postgres_url")
        return Settings(data_dir=str(folder), database_url=url)
    shutil.copy(empty_sqlite, folder / "rounds.db")
    return Settings(data_dir=str(folder))


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The app on an empty database: a SQLite file of its own, unless a file asks for both."""
    with an_app(settings) as app:
        yield app
        if not settings.is_sqlite:
            names = ", ".join(f'"{table.name}"' for table in db.metadata.sorted_tables)
            with db.engine.begin() as connection:
                connection.execute(text(f"TRUNCATE {names}"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def served(app: Flask, settings: Settings) -> Iterator[Served]:
    """The same database behind a real gunicorn on a port of its own."""
    with serve(settings) as running:
        yield running
