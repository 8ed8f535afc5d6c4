"""The real app on SQLite and on PostgreSQL: every test here runs on both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from server.config import Settings
from tests.make import Somebody, a_member, a_network, an_app
from tests.postgres import empty
from tests.sync.listening import end_all


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    return "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture(scope="module")
def app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One app for all tests of a file: each makes networks of its own."""
    folder = tmp_path_factory.mktemp("data")
    settings = Settings(data_dir=str(folder), database_url=database_url)
    with an_app(settings) as app:
        yield app
        end_all(app)
        if database_url:
            empty(settings)


@pytest.fixture
def network(app: Flask) -> str:
    return a_network()


@pytest.fixture
def lead(app: Flask, network: str) -> Somebody:
    return a_member(app, network, "lead")


@pytest.fixture
def ana(app: Flask, network: str) -> Somebody:
    return a_member(app, network)
