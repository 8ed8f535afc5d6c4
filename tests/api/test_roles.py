"""Setting PostgreSQL up as an operator does: two roles, printed SQL, then `rounds migrate`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from server.config import Settings
from tests.postgres import passing_url
from tests.serving import ROOT, environment_of

NAME = "rounds_as_printed"


def rounds(settings: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "server.cli", *words],
        env=environment_of(settings),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def superuser(postgres_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(passing_url(postgres_url), autocommit=True) as connection:
        yield connection
        connection.execute(f"DROP DATABASE IF EXISTS {NAME}")
        connection.execute("DROP ROLE IF EXISTS rounds_owner, rounds_app")


def test_the_printed_sql_and_settings_are_all_that_postgresql_needs(
    superuser: psycopg.Connection, postgres_url: str, tmp_path: Path
) -> None:
    settings = Settings(data_dir=str(tmp_path))
    printed = rounds(settings, "roles", "--database", NAME)
    for statement in printed.stdout.splitlines():
        superuser.execute(statement)
    host = f"?{urlsplit(postgres_url).query}"
    told = dict(line.split("=", 1) for line in printed.stderr.splitlines() if "=" in line)
    settings = replace(settings, **{name.lower(): url + host for name, url in told.items()})

    said = [
        rounds(settings, "migrate"),
        rounds(settings, "migrate"),
        rounds(settings, "network", "create", "Invented Network"),
        rounds(settings, "invite", "--network", "Invented Network"),
    ]

    assert [each.returncode for each in said] == [0, 0, 0, 0], said
    assert "up to date" in said[1].stdout


@pytest.mark.parametrize("command", ["migrate", "serve"])
def test_one_role_for_everything_is_refused_in_words(
    postgres_url: str, tmp_path: Path, command: str
) -> None:
    one = passing_url(postgres_url)

    said = rounds(Settings(data_dir=str(tmp_path), database_url=one), command)

    assert said.returncode == 1
    assert "`rounds roles` prints the SQL" in said.stderr
    assert len(said.stderr.splitlines()) == 1
