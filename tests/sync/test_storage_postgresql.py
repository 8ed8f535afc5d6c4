"""PostgreSQL under it: full, held by another, too slow, or gone for a moment.

Whatever happens, the answer is 503 with Retry-After, nothing was stored, nothing was
acknowledged, and the same push goes well afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from server import postgres
from server.config import Settings
from server.db import db, writing
from tests.make import Somebody, a_member, a_network
from tests.postgres import as_owner, passing_url
from tests.sync.faults import a_trigger_against
from tests.sync.talk import Json, a_change, log_of, push, statuses

WAITING = (
    "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
    "AND datname = current_database()"
)


@pytest.fixture(scope="module", params=["postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """SQLite's own faults: test_storage.py."""
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def settings(app: Flask) -> Settings:
    found: Settings = app.extensions["rounds_settings"]
    return found


@pytest.fixture
def ana(app: Flask) -> Somebody:
    return a_member(app, a_network())


@pytest.fixture
def superuser(settings: Settings) -> Iterator[psycopg.Connection]:
    with psycopg.connect(passing_url(settings.database_url), autocommit=True) as connection:
        yield connection


@contextmanager
def the_counter_row_held(settings: Settings, network_id: str) -> Iterator[None]:
    """Somebody else holds the network's row and does not let go."""
    with as_owner(settings) as other, other.transaction():
        other.execute("SELECT head FROM network WHERE id = %s FOR UPDATE", (network_id,))
        yield


def try_to_push(ana: Somebody, change: Json) -> TestResponse:
    body = {"network": ana.network_id, "head": 0, "chain": "", "changes": [change]}
    return ana.post("/push", body)


def assert_is_busy(answer: TestResponse, code: str = "server.busy") -> None:
    assert (answer.status_code, answer.json["error"]["code"]) == (503, code)
    assert int(answer.headers["Retry-After"]) >= 1
    assert "results" not in answer.json


@pytest.mark.parametrize("limit", ["LOCK_TIMEOUT_MS", "STATEMENT_TIMEOUT_MS"])
def test_waiting_for_another_writer_has_an_end(
    ana: Somebody, settings: Settings, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(postgres, limit, 150)
    db.engine.dispose()
    before, note = len(log_of(ana.network_id)), a_change(ana)

    with the_counter_row_held(settings, ana.network_id):
        answer = try_to_push(ana, note)

    assert_is_busy(answer)
    assert len(log_of(ana.network_id)) == before
    monkeypatch.undo()
    db.engine.dispose()
    assert statuses(push(ana, note)) == ["applied"]


def test_a_full_disk_is_told_apart_and_stores_nothing(ana: Somebody) -> None:
    """The server itself raises its code for a full disk: a small disk wants a mount."""
    before, good, note = len(log_of(ana.network_id)), a_change(ana), a_change(ana)

    with a_trigger_against(note["record"], "disk_full"):
        answer = ana.post(
            "/push", {"network": ana.network_id, "head": 0, "chain": "", "changes": [good, note]}
        )

    assert_is_busy(answer, "server.storage_full")
    assert len(log_of(ana.network_id)) == before
    assert statuses(push(ana, good, note)) == ["applied", "applied"]


def test_a_connection_that_dies_in_the_middle_is_503_and_stores_nothing(
    app: Flask, ana: Somebody, settings: Settings, superuser: psycopg.Connection
) -> None:
    before, note = len(log_of(ana.network_id)), a_change(ana)
    with ThreadPoolExecutor(1) as thread, the_counter_row_held(settings, ana.network_id):
        pushed = thread.submit(try_to_push, ana, note)
        waiting: list[tuple[int]] = []
        while not waiting and not pushed.done():
            waiting = superuser.execute(WAITING).fetchall()
        superuser.execute("SELECT pg_terminate_backend(%s)", waiting[0])
        answer = pushed.result(30)

    assert_is_busy(answer)
    assert len(log_of(ana.network_id)) == before
    assert statuses(push(ana, note)) == ["applied"]


def test_connections_that_died_while_idle_cost_nobody_an_answer(
    ana: Somebody, superuser: psycopg.Connection
) -> None:
    push(ana, a_change(ana))
    ended = superuser.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    ).fetchall()

    assert ended
    assert statuses(push(ana, a_change(ana))) == ["applied"]


def test_a_transaction_that_idles_loses_its_locks_and_is_503(
    ana: Somebody,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    superuser: psycopg.Connection,
) -> None:
    monkeypatch.setattr(postgres, "IDLE_TIMEOUT_MS", 50)
    db.engine.dispose()
    asleep = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"

    def idle() -> None:
        with writing(ana.network_id) as tx:
            tx.exec_driver_sql("SELECT 1")
            while superuser.execute(asleep).fetchone() != (0,):
                pass
            tx.exec_driver_sql("SELECT 1")

    with pytest.raises(Exception, match=r"server\.busy"):
        idle()
    monkeypatch.undo()
    db.engine.dispose()
    assert statuses(push(ana, a_change(ana))) == ["applied"]
