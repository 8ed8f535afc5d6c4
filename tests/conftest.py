"""Fixtures: the real app on a real database. Nothing of ours is replaced."""

from __future__ import annotations

import gc
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.config import Settings
from tests.make import an_app
from tests.needs import required, required_need
from tests.postgres import a_postgres, empty, with_owner
from tests.serving import Served, serve

LOOKS_AFTER = 20_000
"""Objects made before Python looks for garbage: at its own 700 it looks for much of the time."""


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
        return with_owner(Settings(data_dir=str(folder), database_url=url))
    shutil.copy(empty_sqlite, folder / "rounds.db")
    return Settings(data_dir=str(folder))


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The app on an empty database: a SQLite file of its own, unless a file asks for both."""
    with an_app(settings) as app:
        yield app
        if not settings.is_sqlite:
            empty(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def served(app: Flask, settings: Settings) -> Iterator[Served]:
    """The same database behind a real gunicorn on a port of its own."""
    with serve(settings) as running:
        yield running


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a REQUIRE that names what no test needs: it would require nothing."""
    required()


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: nobody looks through it for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(LOOKS_AFTER, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a skip fail where REQUIRE names what was missing."""
    report = yield
    if report.skipped and isinstance(report.longrepr, tuple):
        need = required_need(report.longrepr[2])
        if need is not None:
            report.outcome = "failed"
            report.longrepr = f"REQUIRE names {need}: {report.longrepr[2]}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write the tally for tests/run.py, where it asks for one."""
    path = os.environ.get("TALLY")
    if not path:
        return
    stats = terminalreporter.stats
    skipped = Counter(
        report.longrepr[2].removeprefix("Skipped: ").removeprefix("skipped: ")
        for report in stats.get("skipped", [])
    )
    seconds = Counter[str]()
    for report in (report for reports in stats.values() for report in reports):
        if isinstance(report, pytest.TestReport):
            seconds[report.nodeid.partition("::")[0]] += report.duration
    failed = [*stats.get("failed", []), *stats.get("error", [])]
    tally = {
        "passed": len(stats.get("passed", [])),
        "failed": [f"{report.nodeid}: {_why(report)}" for report in failed],
        "skipped": skipped,
        "seconds": seconds,
    }
    Path(path).write_text(json.dumps(tally))


def _why(report: pytest.TestReport | pytest.CollectReport) -> str:
    """The first line of what went wrong."""
    crash = getattr(report.longrepr, "reprcrash", None)
    return next(iter((crash.message if crash else report.longreprtext).splitlines()), "")
