"""Fixtures: the real app on a real database. Nothing of ours is replaced."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.app import create_app
from server.config import Settings
from server.db import db
from server.schema import bring_up_to_date
from tests.postgres import a_postgres
from tests.serving import Served, serve


@contextmanager
def an_app(settings: Settings) -> Iterator[Flask]:
    """An app within its context, its database brought up to date."""
    app = create_app(settings)
    with app.app_context():
        with db.engine.begin() as connection:
            bring_up_to_date(connection)
        yield app
        db.engine.dispose()


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
def settings(tmp_path: Path, empty_sqlite: Path) -> Settings:
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(empty_sqlite, folder / "rounds.db")
    return Settings(data_dir=str(folder))


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The app on a SQLite file of its own."""
    with an_app(settings) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def served(app: Flask, settings: Settings) -> Iterator[Served]:
    """The same database behind a real gunicorn on a port of its own."""
    with serve(settings) as running:
        yield running
