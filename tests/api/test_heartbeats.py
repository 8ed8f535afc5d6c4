"""The lead sees on which devices something waits; never what, and never a false "nothing"."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server import clock
from server.db import db
from server.models.heartbeats import Heartbeat
from tests.make import BOTH_DATABASES, Somebody, a_member, a_network, signed_in
from tests.sync.talk import a_change, a_round, push

pytestmark = BOTH_DATABASES

TEN = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def network(app):
    return a_network()


@pytest.fixture
def lead(app, network):
    return a_member(app, network, "lead", name="Lead Sample")


@pytest.fixture
def ana(app, network):
    return a_member(app, network, name="Ana Sample")


def at(minutes: float):
    return clock.clock_at(lambda: TEN + timedelta(minutes=minutes))


def tell(somebody: Somebody, **said: Any) -> None:
    body = {"network": somebody.network_id, "unsent": 0, "set_aside": 0, "app_version": "1.0"}
    answer = somebody.post("/devices/heartbeat", {**body, **said})
    assert answer.status_code == 204, answer.json


def devices(lead: Somebody, round_id: str, whose: Somebody) -> list[dict[str, Any]]:
    answer = lead.get(f"/networks/{lead.network_id}/rounds/{round_id}/devices")
    assert answer.status_code == 200, answer.json
    return [each for each in answer.json["devices"] if each["member_id"] == whose.member_id]


def test_the_lead_sees_how_much_waits_where_and_since_when(lead, ana):
    round_id = a_round(lead, ana)

    with at(15):
        tell(ana, unsent=2, oldest_at="2026-11-22T10:12:00Z", persisted=True, free_space=10**9)
        (device,) = devices(lead, round_id, ana)

    assert device == {
        "member_id": ana.member_id,
        "member_name": "Ana Sample",
        "device_name": "Invented tablet",
        "unsent": 2,
        "oldest_at": "2026-11-22T10:12:00Z",
        "set_aside": 0,
        "told_at": "2026-11-22T10:15:00Z",
        "unknown_since": None,
        "app_version": "1.0",
        "persisted": True,
        "free_space": 10**9,
        "emptied": None,
    }


EMPTIED = {
    "emptied_at": "2026-11-22T09:55:00Z",
    "last_whole_at": "2026-11-22T09:50:00Z",
    "lost": 2,
}


def test_a_device_that_was_emptied_is_told_with_how_much_was_only_there(lead, ana):
    round_id = a_round(lead, ana)
    with at(0):
        tell(ana, emptied=EMPTIED)
    with at(5):
        tell(ana)

    with at(6):
        (device,) = devices(lead, round_id, ana)

    assert (device["unsent"], device["emptied"]) == (0, EMPTIED)


def test_that_it_was_emptied_is_news_for_two_weeks_signed_in_or_not(lead, ana):
    round_id = a_round(lead, ana)
    with at(0):
        tell(ana, emptied=EMPTIED)
    ana.delete("/session")

    with at(14 * 24 * 60 - 6):
        told = devices(lead, round_id, ana)
    with at(14 * 24 * 60):
        later = devices(lead, round_id, ana)

    assert [each["emptied"] for each in told] == [EMPTIED]
    assert later == []


def test_a_second_loss_takes_the_place_of_the_first(lead, ana):
    round_id = a_round(lead, ana)
    with at(0):
        tell(ana, emptied=EMPTIED)
    with at(60):
        tell(ana, emptied={**EMPTIED, "emptied_at": "2026-11-22T10:59:00Z", "lost": 0})
        (device,) = devices(lead, round_id, ana)

    assert (device["emptied"]["emptied_at"], device["emptied"]["lost"]) == (
        "2026-11-22T10:59:00Z",
        0,
    )


def test_a_clock_that_is_ahead_empties_no_device_in_the_future(lead, ana):
    round_id = a_round(lead, ana)
    ahead = {"emptied_at": "2036-01-01T00:00:00Z", "last_whole_at": "2035-01-01T00:00:00Z"}
    with at(0):
        tell(ana, emptied={**ahead, "lost": 1})
        (device,) = devices(lead, round_id, ana)

    assert device["emptied"] == {
        "emptied_at": "2026-11-22T10:00:00Z",
        "last_whole_at": "2026-11-22T10:00:00Z",
        "lost": 1,
    }


@pytest.mark.parametrize(
    "flaw", [{"lost": -1}, {"lost": None}, {"text": "T: Why?"}, {"emptied_at": "yesterday"}]
)
def test_nothing_but_moments_and_a_number_is_taken_of_a_loss(ana, flaw):
    body = {"network": ana.network_id, "unsent": 0, "set_aside": 0, "app_version": "1.0"}

    answer = ana.post("/devices/heartbeat", {**body, "emptied": {**EMPTIED, **flaw}})

    assert answer.status_code == 422


def test_nothing_waits_only_where_that_was_said_a_moment_ago(lead, ana):
    round_id = a_round(lead, ana)
    with at(0):
        tell(ana)

    with at(9):
        (fresh,) = devices(lead, round_id, ana)
    with at(11):
        (silent,) = devices(lead, round_id, ana)

    assert (fresh["unsent"], fresh["unknown_since"]) == (0, None)
    assert (silent["unsent"], silent["unknown_since"]) == (None, "2026-11-22T10:00:00Z")


def test_what_waited_still_waits_however_long_the_device_is_silent(lead, ana):
    round_id = a_round(lead, ana)
    with at(0):
        tell(ana, unsent=3, oldest_at="2026-11-22T09:40:00Z")

    with at(300):
        (device,) = devices(lead, round_id, ana)

    assert (device["unsent"], device["oldest_at"]) == (3, "2026-11-22T09:40:00Z")
    assert device["unknown_since"] == "2026-11-22T10:00:00Z"


def test_a_device_that_never_said_anything_is_unknown(lead, ana):
    (device,) = devices(lead, a_round(lead, ana), ana)

    assert device["unsent"] is None
    assert device["unknown_since"] is not None


def test_only_the_newest_word_of_a_device_is_kept(lead, ana):
    round_id = a_round(lead, ana)
    tell(ana, unsent=5, oldest_at="2026-11-22T09:40:00Z")
    tell(ana, unsent=1, oldest_at="2026-11-22T09:50:00Z", set_aside=1)

    (device,) = devices(lead, round_id, ana)

    assert (device["unsent"], device["set_aside"]) == (1, 1)
    with db.engine.connect() as tx:
        kept = Heartbeat.__table__.select().where(Heartbeat.network_id == ana.network_id)
        options = {"network": ana.network_id}
        assert len(tx.execution_options(**options).execute(kept).all()) == 1


def test_each_device_of_a_person_is_told_apart(app, lead, ana):
    round_id = a_round(lead, ana)
    other = signed_in(
        app,
        Somebody(app.test_client(), ana.network_id, ana.member_id, ana.person_id, ana.email),
    )
    tell(ana, unsent=2, oldest_at="2026-11-22T09:40:00Z")
    tell(other)

    assert [each["unsent"] for each in devices(lead, round_id, ana)] == [2, 0]


def test_a_device_that_signed_out_with_something_unsent_is_still_shown(lead, ana):
    round_id = a_round(lead, ana)
    tell(ana, unsent=2, oldest_at="2026-11-22T09:40:00Z")
    ana.delete("/session")

    assert [each["unsent"] for each in devices(lead, round_id, ana)] == [2]


def test_a_clock_that_runs_ahead_has_nothing_wait_since_tomorrow(lead, ana):
    round_id = a_round(lead, ana)
    with at(0):
        tell(ana, unsent=1, oldest_at="2036-01-01T00:00:00Z")
        (device,) = devices(lead, round_id, ana)

    assert device["oldest_at"] == "2026-11-22T10:00:00Z"


def test_people_of_other_rounds_and_closed_rounds_are_not_shown(lead, ana):
    elsewhere = a_round(lead)
    closed = a_round(lead, ana, stage="closed")
    tell(ana, unsent=2, oldest_at="2026-11-22T09:40:00Z")

    assert devices(lead, elsewhere, ana) == []
    assert devices(lead, closed, ana) == []


def test_nobody_but_the_lead_sees_it(app, network, lead, ana):
    round_id = a_round(lead, ana)
    admin = a_member(app, network, "admin")

    for somebody in (ana, admin):
        answer = somebody.get(f"/networks/{network}/rounds/{round_id}/devices")
        assert answer.status_code == 403


def test_another_network_learns_nothing_of_it(app, lead, ana):
    round_id = a_round(lead, ana)
    stranger = a_member(app, a_network(), "lead")

    answer = stranger.post("/devices/heartbeat", {"network": ana.network_id} | _nothing())
    seen = stranger.get(f"/networks/{ana.network_id}/rounds/{round_id}/devices")

    assert (answer.status_code, seen.status_code) == (404, 404)


def _nothing() -> dict[str, Any]:
    return {"unsent": 0, "set_aside": 0, "app_version": "1"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"unsent": -1},
        {"unsent": 2**70},
        {"text": "S: not to be told"},
        {"app_version": "x" * 33},
        {"oldest_at": "yesterday"},
        {"free_space": 1.5},
    ],
)
def test_more_than_that_is_not_taken(ana, wrong):
    body = {"network": ana.network_id} | _nothing() | wrong

    assert ana.post("/devices/heartbeat", body).status_code == 422


def test_what_was_written_is_not_counted(lead, ana):
    round_id = a_round(lead, ana)
    push(ana, *[a_change(ana) for _ in range(9)])
    tell(ana)

    (device,) = devices(lead, round_id, ana)

    assert 9 not in device.values()
