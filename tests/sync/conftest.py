"""The real app on SQLite and on PostgreSQL: every test here runs on both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from server.config import Settings
from server.db import db
from tests.make import Somebody, a_member, a_network, an_app


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    return "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture(scope="module")
def app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One app for all tests of a file: each makes networks of its own."""
    folder = tmp_path_factory.mktemp("data")
    with an_app(Settings(data_dir=str(folder), database_url=database_url)) as app:
        yield app
        if database_url:
            with db.engine.begin() as connection:
                names = ", ".join(f'"{table.name}"' for table in db.metadata.sorted_tables)
                connection.execute(text(f"TRUNCATE {names}"))


@pytest.fixture
def network(app: Flask) -> str:
    return a_network()


@pytest.fixture
def lead(app: Flask, network: str) -> Somebody:
    return a_member(app, network, "lead")


@pytest.fixture
def ana(app: Flask, network: str) -> Somebody:
    return a_member(app, network)
