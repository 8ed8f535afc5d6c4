"""The disk under it: full, held by another, or put back from yesterday. SQLite's file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from server.config import Settings
from server.db import db
from tests.make import Somebody, a_member, a_network, an_app
from tests.sync.faults import a_full_disk
from tests.sync.talk import a_change, log_of, pull, push, rows_of, statuses


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=str(tmp_path / "data"))


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    with an_app(settings) as app:
        yield app


@pytest.fixture
def ana(app: Flask) -> Somebody:
    return a_member(app, a_network())


def test_a_database_that_another_process_holds_is_503_and_nothing_is_stored(
    ana: Somebody, settings: Settings
) -> None:
    before = len(log_of(ana.network_id))
    body = {"network": ana.network_id, "head": 0, "chain": "", "changes": [a_change(ana)]}
    other = sqlite3.connect(settings.sqlite_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    answer = ana.post("/push", body)
    other.execute("ROLLBACK")
    other.close()

    assert (answer.status_code, answer.json["error"]["code"]) == (503, "server.busy")
    assert int(answer.headers["Retry-After"]) >= 1
    assert len(log_of(ana.network_id)) == before
    assert statuses(push(ana, *body["changes"])) == ["applied"]


def test_a_full_disk_is_503_and_nothing_is_stored_nor_acknowledged(ana: Somebody) -> None:
    before = len(log_of(ana.network_id))
    note = a_change(ana, set={"text": "x" * 60_000})
    body = {"network": ana.network_id, "head": 0, "chain": "", "changes": [note]}
    with a_full_disk():
        answer = ana.post("/push", body)

    assert (answer.status_code, answer.json["error"]["code"]) == (503, "server.storage_full")
    assert "results" not in answer.json
    assert int(answer.headers["Retry-After"]) >= 1
    assert len(log_of(ana.network_id)) == before
    assert statuses(push(ana, note)) == ["applied"]


def test_a_file_put_back_from_a_backup_is_noticed_and_the_tablet_offers_everything_again(
    ana: Somebody, settings: Settings
) -> None:
    kept, lost = a_change(ana), a_change(ana)
    push(ana, kept)
    backup = settings.folder / "yesterday.db"
    _copy(settings.sqlite_file, backup)
    told = push(ana, lost)

    db.engine.dispose()
    for ending in ("-wal", "-shm"):
        Path(f"{settings.sqlite_file}{ending}").unlink(missing_ok=True)
    backup.replace(settings.sqlite_file)
    witness = {"head": told["head"], "chain": told["chain"]}
    body = {"network": ana.network_id, **witness}
    refused = [
        ana.post("/push", {**body, "changes": [a_change(ana)]}),
        ana.post("/pull", body),
    ]
    again = push(ana, kept, lost)

    assert [answer.json["error"]["code"] for answer in refused] == ["history_diverged"] * 2
    assert statuses(again) == ["applied", "applied"]
    assert {kept["record"], lost["record"]} <= rows_of(pull(ana)).keys()


def _copy(source: Path, target: Path) -> None:
    reading, writing = sqlite3.connect(source), sqlite3.connect(target)
    reading.backup(writing)
    reading.close()
    writing.close()
