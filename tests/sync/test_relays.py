"""Hints cross from one process to another: by Redis, and by looking at the database."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import redis
from flask import Flask
from sqlalchemy import func, select

from server import clock
from server.config import SettingRefused, Settings
from server.db import writing
from server.sync import relays
from server.sync.live import Hub
from server.sync.notifying import CHANNEL, Notifying
from server.sync.places import Place
from server.sync.relays import RedisRelay
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


def before_redis(database_url: str, tmp_path: Path) -> tuple[int, Settings]:
    """A port where no Redis answers yet, and settings that name it."""
    port = a_free_port()
    address = f"redis://127.0.0.1:{port}"
    return port, Settings(data_dir=str(tmp_path), database_url=database_url, redis_url=address)


def wait_until_deaf(relay: RedisRelay | Notifying) -> None:
    """Until it knows that it is told nothing any more."""
    until = time.monotonic() + 10
    while relay.hears.is_set():
        assert time.monotonic() < until, "nobody noticed"
        time.sleep(0.005)


def wait_until_both_subscribe(redis_: redis.Redis) -> None:
    """Until Redis itself says that it tells both processes."""
    until = time.monotonic() + 10
    while redis_.pubsub_numsub(relays.CHANNEL) != [(relays.CHANNEL.encode(), 2)]:
        assert time.monotonic() < until, "they subscribe to no Redis that was started again"
        time.sleep(0.005)


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
    port, settings = before_redis(database_url, tmp_path)
    with two_processes(settings) as (lead, far_ben, round_id):
        listening = Listening(far_ben)
        push(lead, a_card(lead, round_id))
        assert not listening.has_heard

        with a_redis(tmp_path, port):
            heads = []
            while not listening.has_heard:
                heads.append(push(lead, a_card(lead, round_id))["head"])

            assert listening.next()["head"] in heads


@needs_redis
def test_hints_come_again_after_redis_ended_and_after_what_nobody_understands(
    database_url: str, tmp_path: Path
) -> None:
    port, settings = before_redis(database_url, tmp_path)
    with two_processes(settings) as (lead, far_ben, round_id):
        relay = far_ben.client.application.extensions["rounds_live"].relay
        with a_redis(tmp_path, port):
            assert relay.hears.wait(10)
        wait_until_deaf(relay)
        with a_redis(tmp_path, port), redis.Redis(port=port) as other:
            wait_until_both_subscribe(other)
            for told in ("no JSON", "[]", '{"from": "another release", "scopes": 3}'):
                assert other.publish(relays.CHANNEL, told) == 2
            listening = Listening(far_ben)

            heads = []
            while not listening.has_heard:  # The one who writes may still pick up a dead line.
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


def those_who_listen(postgres: psycopg.Connection) -> set[int]:
    """The processes of the database that serve whoever listens."""
    found = postgres.execute(
        "SELECT pid FROM pg_stat_activity WHERE application_name = %s", [CHANNEL]
    )
    return {pid for (pid,) in found}


def end_those_who_listen(postgres_url: str) -> None:
    """The database ends both connections that listen; until two others do."""
    with psycopg.connect(postgres_url.replace("+psycopg", "", 1), autocommit=True) as postgres:
        ended = those_who_listen(postgres)
        assert len(ended) == 2
        for pid in ended:
            postgres.execute("SELECT pg_terminate_backend(%s)", [pid])
        until = time.monotonic() + 10
        while len(those_who_listen(postgres) - ended) < 2:
            assert time.monotonic() < until, "somebody listens no more"
            time.sleep(0.005)


def test_by_notifying_places_come_again_after_the_database_ended_the_connection(
    postgres_url: str, tmp_path: Path
) -> None:
    settings = Settings(data_dir=str(tmp_path), database_url=postgres_url, processes=2)
    with two_processes(settings) as (lead, far_ben, round_id):
        apps = (lead.client.application, far_ben.client.application)
        both = [app.extensions["rounds_live"].relay.places for app in apps]
        for places in both:
            assert places.hears.wait(10)
        end_those_who_listen(postgres_url)
        for places in both:
            assert places.hears.wait(10)
        listening = Listening(far_ben)

        record = be_at(lead, round_id)

        assert [place["record"] for place in listening.next_places()] == [record]


def test_whoever_cannot_take_a_place_ends_no_thread_and_is_in_the_log(
    postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    heard: queue.Queue[Place] = queue.Queue()

    def take(place: Place) -> None:
        if place.record is None:
            raise RuntimeError("a fault of our own")
        heard.put(place)

    here, there = Notifying(take, postgres_url), Notifying(take, postgres_url)
    left = Place("a network", "a scope", "a device", "a member", None)
    for each in (here, there):
        each.start()
        assert each.hears.wait(10)
    there.send(left)
    wait_until_deaf(here)
    assert here.hears.wait(10)
    there.send(replace(left, record="a record"))

    assert heard.get(timeout=10).record == "a record"
    for each in (here, there):
        each.stop()
    fault = next(line for line in caplog.records if "RuntimeError" in line.getMessage())
    assert fault.exc_info, "a fault of ours says where it is"


def test_several_processes_need_a_database_that_several_can_write() -> None:
    with pytest.raises(SettingRefused, match="PROCESSES"):
        Settings.from_environment({"PROCESSES": "2"})
    with pytest.raises(SettingRefused, match="REDIS_URL"):
        Settings.from_environment({"REDIS_URL": "localhost"})
