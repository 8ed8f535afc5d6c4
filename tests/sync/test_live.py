"""Hints: who holds what moved hears of it, and nobody else; nothing is held meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from server.db import db, writing
from server.sync import live
from server.sync.protocol import Writer
from server.sync.push import push as push_in
from tests.make import Somebody, a_member, signed_in
from tests.sync.listening import END, Listening
from tests.sync.talk import a_card, a_change, a_part, a_round, pull, push


@pytest.fixture
def ben(app: Flask, network: str) -> Somebody:
    return a_member(app, network)


def test_who_holds_the_scope_hears_that_something_is_new(
    ana: Somebody, ben: Somebody, lead: Somebody
) -> None:
    round_id = a_round(lead, ana, ben)
    listening = Listening(ben)

    head = push(ana, a_card(ana, round_id))["head"]

    assert listening.next() == {"network": ben.network_id, "head": head, "id": str(head)}


def test_who_does_not_hold_it_hears_nothing(ana: Somebody, ben: Somebody, lead: Somebody) -> None:
    round_id = a_round(lead, ana, ben)
    listening = Listening(ben)

    push(ana, a_change(ana))
    push(lead, a_card(lead, a_round(lead)))
    shared = push(ana, a_card(ana, round_id))["head"]

    assert listening.next()["head"] == shared


def test_a_change_that_was_set_aside_wakes_nobody(
    ana: Somebody, ben: Somebody, lead: Somebody
) -> None:
    round_id = a_round(lead, ana, ben)
    listening = Listening(ben)

    push(ana, a_card(ana, round_id, set={"element": "principal"}))
    applied = push(ana, a_card(ana, round_id))["head"]

    assert listening.next()["head"] == applied


def test_who_is_taken_into_a_round_hears_of_it_and_of_what_follows(
    ana: Somebody, ben: Somebody, lead: Somebody
) -> None:
    round_id = a_round(lead, ana)
    listening = Listening(ben)

    taken_in = push(lead, a_part(lead, round_id, ben, "visitor"))["head"]
    assert listening.next()["head"] == taken_in
    later = push(ana, a_card(ana, round_id))["head"]

    assert listening.next()["head"] == later


def test_what_came_while_nobody_listened_is_told_at_once(
    ana: Somebody, ben: Somebody, lead: Somebody
) -> None:
    round_id = a_round(lead, ana, ben)
    before = pull(ben)["head"]
    head = push(ana, a_card(ana, round_id))["head"]

    by_query = Listening(ben, head=before)
    by_event = Listening(ben, headers={"Last-Event-ID": str(before)})
    up_to_date = Listening(ben, head=head)
    by_nonsense = Listening(ben, headers={"Last-Event-ID": "9" * 5_000}, head=before)

    assert by_nonsense.next()["head"] == head
    assert by_query.next()["head"] == by_event.next()["head"] == head
    assert not up_to_date.has_heard
    assert up_to_date.comments == 1


def test_what_is_undone_is_not_told(ana: Somebody, ben: Somebody, lead: Somebody) -> None:
    round_id = a_round(lead, ana, ben)
    listening = Listening(ben)

    with pytest.raises(ZeroDivisionError):
        _push_and_fail(ana, a_card(ana, round_id))
    head = push(ana, a_card(ana, round_id))["head"]

    assert listening.next()["head"] == head
    assert not listening.has_heard


def _push_and_fail(somebody: Somebody, change: Any) -> None:
    with writing(somebody.network_id) as tx:
        push_in(tx, somebody.network_id, Writer(somebody.member_id), [change])
        raise ZeroDivisionError


def test_a_session_that_ends_ends_its_stream_and_no_other(
    app: Flask, ana: Somebody, lead: Somebody
) -> None:
    elsewhere = signed_in(app, Somebody(app.test_client(), *_names(ana)))
    here, there = Listening(ana), Listening(elsewhere)

    assert ana.delete("/session").status_code == 204
    assert here.next() is END
    head = push(elsewhere, a_change(elsewhere))["head"]

    assert there.next()["head"] == head


def _names(somebody: Somebody) -> tuple[str, str, str, str]:
    return (somebody.network_id, somebody.member_id, somebody.person_id, somebody.email)


def test_a_member_who_is_removed_hears_no_more(app: Flask, network: str, ana: Somebody) -> None:
    admin = a_member(app, network, "admin")
    listening = Listening(ana)

    admin.delete(f"/networks/{network}/members/{ana.member_id}")

    assert listening.next() is END
    assert ana.get("/live", query_string={"network": network}).status_code == 404


def test_silence_is_filled_with_comments_until_the_time_is_up(
    ana: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "COMMENT_SECONDS", 0.02)
    monkeypatch.setattr(live, "CLOSE_SECONDS", 0.3)

    listening = Listening(ana)

    assert listening.next() is END
    assert listening.comments > 3


def test_a_stream_that_waits_holds_no_connection(ana: Somebody, lead: Somebody) -> None:
    pool: Any = db.engine.pool
    streams = [Listening(lead) for _ in range(2)]

    assert pool.checkedout() == 0
    head = push(lead, a_change(lead))["head"]

    assert [stream.next()["head"] for stream in streams] == [head, head]


def test_a_device_has_two_streams_and_the_oldest_gives_way(app: Flask, lead: Somebody) -> None:
    first, second, third = (Listening(lead) for _ in range(3))

    assert first.next() is END
    head = push(lead, a_change(lead))["head"]
    assert [each.next()["head"] for each in (second, third)] == [head, head]


def test_when_too_many_listen_the_next_one_polls(
    app: Flask, ana: Somebody, lead: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening = Listening(lead)
    monkeypatch.setattr(live.hub(), "most", 1)

    refused = ana.get("/live", query_string={"network": ana.network_id})

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
    assert not listening.has_heard


def test_an_app_too_old_to_read_is_told_nothing(ana: Somebody) -> None:
    query = {"network": ana.network_id}

    answer = ana.get("/live", query_string=query, headers={"Sync-Schema": "0"})

    assert answer.status_code == 426
