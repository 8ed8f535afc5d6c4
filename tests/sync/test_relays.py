"""Hints cross from one process to another: by Redis, and by looking at the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from server import clock
from server.config import SettingRefused, Settings
from server.db import writing
from server.sync.live import Hub
from server.sync.notifying import CHANNEL
from tests.make import Somebody, a_member, a_network, an_app, signed_in
from tests.redis_server import a_redis, needs_redis
from tests.serving import a_free_port
from tests.sync.listening import Listening, end_all
from tests.sync.talk import a_card, a_change, a_round, push


@contextmanager
def two_processes(settings: Settings) -> Iterator[tuple[Somebody, Somebody, str]]:
    """Two apps on one database, each with a hub of its own.

    A lead who writes in the first, a member who listens in the second, a round of both.
    """
    with an_app(settings) as near:
        network = a_network()
        lead, ben = a_member(near, network, "lead"), a_member(near, network)
        round_id = a_round(lead, ben)
        with an_app(settings) as far:
            far_ben = signed_in(
                far, Somebody(far.test_client(), network, ben.member_id, ben.person_id, ben.email)
            )
            with _relayed(near), _relayed(far):
                yield lead, far_ben, round_id


@contextmanager
def _relayed(app: Flask) -> Iterator[None]:
    hub: Hub = app.extensions["rounds_live"]
    assert hub.relay is not None
    hub.relay.start()
    try:
        yield
    finally:
        end_all(app)
        hub.relay.stop()


@needs_redis
def test_by_redis_another_process_hears_what_this_one_committed(
    database_url: str, tmp_path: Path
) -> None:
    with a_redis(tmp_path) as address:
        settings = Settings(data_dir=str(tmp_path), database_url=database_url, redis_url=address)
        with two_processes(settings) as (lead, far_ben, round_id):
            assert far_ben.client.application.extensions["rounds_live"].relay.hears.wait(10)
            listening = Listening(far_ben)

            push(lead, a_change(lead))
            head = push(lead, a_card(lead, round_id))["head"]

            assert listening.next()["head"] == head


@needs_redis
def test_a_push_waits_for_no_redis_and_hints_come_again_when_it_does(
    database_url: str, tmp_path: Path
) -> None:
    port = a_free_port()
    address = f"redis://127.0.0.1:{port}"
    settings = Settings(data_dir=str(tmp_path), database_url=database_url, redis_url=address)
    with two_processes(settings) as (lead, far_ben, round_id):
        listening = Listening(far_ben)
        push(lead, a_card(lead, round_id))
        assert not listening.has_heard

        with a_redis(tmp_path, port):
            heads = []
            while not listening.has_heard:
                heads.append(push(lead, a_card(lead, round_id))["head"])

            assert listening.next()["head"] in heads


def test_by_looking_another_process_is_heard_within_a_moment(
    postgres_url: str, tmp_path: Path
) -> None:
    settings = Settings(data_dir=str(tmp_path), database_url=postgres_url, processes=2)
    with two_processes(settings) as (lead, far_ben, round_id):
        listening = Listening(far_ben)
        relay = far_ben.client.application.extensions["rounds_live"].relay
        relay.look([far_ben.network_id])

        push(lead, a_change(lead))
        head = push(lead, a_card(lead, round_id))["head"]

        assert listening.next()["head"] == head


def be_at(somebody: Somebody, round_id: str) -> str:
    """Say that this person is at some record of the round; its id."""
    record = clock.new_id()
    body = {"network": somebody.network_id, "round": round_id, "record": record}
    assert somebody.post("/live/here", body).status_code == 204
    return record


@needs_redis
def test_by_redis_another_process_is_told_who_is_where(database_url: str, tmp_path: Path) -> None:
    with a_redis(tmp_path) as address:
        settings = Settings(data_dir=str(tmp_path), database_url=database_url, redis_url=address)
        with two_processes(settings) as (lead, far_ben, round_id):
            assert far_ben.client.application.extensions["rounds_live"].relay.hears.wait(10)
            listening = Listening(far_ben)

            record = be_at(lead, round_id)

            seen = {"record": record, "member": lead.member_id, "writing": False}
            assert listening.next_places() == [seen]


def test_by_notifying_another_process_is_told_who_is_where(
    postgres_url: str, tmp_path: Path
) -> None:
    settings = Settings(data_dir=str(tmp_path), database_url=postgres_url, processes=2)
    with two_processes(settings) as (lead, far_ben, round_id):
        for app in (lead.client.application, far_ben.client.application):
            assert app.extensions["rounds_live"].relay.places.hears.wait(10)
        listening = Listening(far_ben)
        for told in ("no JSON", "[]", '{"from": "another release", "of": "another form"}'):
            with lead.client.application.app_context(), writing(lead.network_id) as tx:
                tx.execute(select(func.pg_notify(CHANNEL, told)))

        record = be_at(lead, round_id)

        seen = {"record": record, "member": lead.member_id, "writing": False}
        assert listening.next_places() == [seen]


def test_several_processes_need_a_database_that_several_can_write() -> None:
    with pytest.raises(SettingRefused, match="PROCESSES"):
        Settings.from_environment({"PROCESSES": "2"})
    with pytest.raises(SettingRefused, match="REDIS_URL"):
        Settings.from_environment({"REDIS_URL": "localhost"})
