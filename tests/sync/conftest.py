"""The real app on SQLite and on PostgreSQL: every test here runs on both."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from server.app import create_app
from server.config import Settings
from server.db import db
from server.models import import_all
from tests.postgres import a_postgres


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="pg") as folder, a_postgres(Path(folder) / "d") as url:
        yield url


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    return "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture(scope="module")
def app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One app for all tests of a file: each makes networks of its own."""
    folder = tmp_path_factory.mktemp("data")
    app = create_app(Settings(data_dir=str(folder), database_url=database_url))
    import_all()
    with app.app_context():
        db.metadata.create_all(db.engine)
        yield app
        if database_url:
            with db.engine.begin() as connection:
                names = ", ".join(f'"{table.name}"' for table in db.metadata.sorted_tables)
                connection.execute(text(f"TRUNCATE {names}"))
        db.engine.dispose()
