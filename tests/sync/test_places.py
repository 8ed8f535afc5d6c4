"""Who is at what right now: told to those who visited, and to nobody else; kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import MetaData, func, select

from server import clock
from server.db import db
from server.sync import live, places
from tests.make import Somebody, a_member, a_network
from tests.sync.listening import Listening
from tests.sync.talk import a_measure, a_part, a_round, log_of, push


@dataclass
class Room:
    round_id: str
    lead: Somebody
    ana: Somebody
    robin: Somebody


@pytest.fixture
def room(app: Flask, network: str, lead: Somebody) -> Room:
    ana, robin = (a_member(app, network) for _ in range(2))
    return Room(a_round(lead, ana, robin), lead, ana, robin)


def be_at(somebody: Somebody, room: Room, record: str | None, **how: Any) -> None:
    body = {"network": somebody.network_id, "round": room.round_id, "record": record, **how}
    assert somebody.post("/live/here", body).status_code == 204


def test_who_visited_sees_who_else_is_at_a_text_until_they_leave(room: Room) -> None:
    ana, robin = Listening(room.ana), Listening(room.robin)
    group = clock.new_id()

    be_at(room.robin, room, group)
    looks = ana.next_places()
    be_at(room.robin, room, group, writing=True)
    writes = ana.next_places()
    be_at(room.robin, room, None)
    gone = ana.next_places()

    member = {"record": group, "member": room.robin.member_id}
    assert looks == [{**member, "writing": False}]
    assert writes == [{**member, "writing": True}]
    assert gone == []
    assert not robin.has_seen


def test_host_and_host_school_are_told_of_nobody_and_shown_to_nobody(
    app: Flask, network: str, room: Room
) -> None:
    """Who edits a group is who wrote its name (rules 8 and 15). Nor a guest, nor an analyst."""
    school = clock.new_id()
    room.round_id = a_round(room.lead, room.ana, room.robin, host_school=school)
    host, guest = a_member(app, network), a_member(app, network)
    push(room.lead, a_part(room.lead, room.round_id, host, "host"))
    push(room.lead, a_part(room.lead, room.round_id, guest, "guest"))
    leads_at_home = a_member(app, network, "lead", school_id=school)
    outside = [host, guest, leads_at_home, a_member(app, network, "analyst")]
    ears, ana = [Listening(each) for each in outside], Listening(room.ana)
    group = clock.new_id()

    for each in outside:
        be_at(each, room, group, writing=True)
    be_at(room.robin, room, group, writing=True)

    assert [told["member"] for told in ana.next_places()] == [room.robin.member_id]
    for _ in range(2):  # A place would come before the second hint.
        a_measure(room.lead)
        assert all(ear.next() for ear in ears)
    assert not any(ear.has_seen for ear in ears)


def test_who_says_nothing_more_is_gone_by_themselves(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "LASTS_SECONDS", 0.3)
    monkeypatch.setattr(live, "PLACES_EVERY_SECONDS", 0.05)
    ana = Listening(room.ana)

    be_at(room.robin, room, clock.new_id())

    assert len(ana.next_places()) == 1
    assert ana.next_places() == []


def test_a_room_that_comes_and_goes_wakes_a_tablet_twice_a_second_at_most(
    app: Flask, network: str, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "PLACES_EVERY_SECONDS", 0.2)
    ana, group = Listening(room.ana), clock.new_id()
    hub = live.hub()

    def be(number: int, record: str | None) -> None:
        scope, device = f"visitors:{room.round_id}", f"device {number}"
        hub.show(places.Place(network, scope, device, f"member {number}", record))

    for number in range(200):
        be(number, group)
    told = [ana.next_places()]
    while len(told[-1]) < 200:
        told.append(ana.next_places())

    assert len(told) <= 3


def test_nothing_of_it_is_written_down(room: Room) -> None:
    before = (rows(), [each.seq for each in log_of(room.ana.network_id)])
    ana = Listening(room.ana)

    be_at(room.robin, room, clock.new_id(), writing=True)

    assert ana.next_places()
    assert (rows(), [each.seq for each in log_of(room.ana.network_id)]) == before


def rows() -> dict[str, int]:
    """How many rows each table has, those of sessions that are marked as seen included."""
    metadata = MetaData()
    metadata.reflect(db.engine)
    with db.engine.connect() as tx:
        return {
            table.name: tx.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }


def test_a_stranger_finds_no_such_network(app: Flask, room: Room) -> None:
    stranger = a_member(app, a_network())

    body = {"network": room.ana.network_id, "round": room.round_id, "record": None}
    assert stranger.post("/live/here", body).status_code == 404


def test_who_fell_silent_is_in_no_memory_once_anybody_anywhere_says_where_they_are() -> None:
    clock_now = [0.0]
    kept = places.Places(now=lambda: clock_now[0])
    kept.put(places.Place("quiet", "visitors:1", "tablet", "ana", "group"))

    clock_now[0] = places.LASTS_SECONDS
    kept.put(places.Place("other", "visitors:2", "tablet", "ben", "group"))

    assert "ana" not in repr(vars(kept))
