"""Thirty tablets at the walls of one round, half of them offline: one wall, and no card lost."""

from __future__ import annotations

import pytest
from flask import Flask

from server.domain.board import standing_group
from tests.browser.team_cards import add_team, post_agreed
from tests.browser.visit_day import a_day
from tests.make import a_member, a_network
from tests.sync.oracle import POSITION, shown
from tests.sync.room import Room, value_of
from tests.torture.stage import real_notes

TABLETS, CARDS, TURNS = 30, 600, 12
FEW_TABLETS, FEW_CARDS = 6, 60


def texts(cards: int) -> list[str]:
    """What was said in real lessons, where that data is here."""
    notes = real_notes()
    return [notes[number % len(notes)] for number in range(cards // 2)]


def a_room(app: Flask, tablets: int, cards: int) -> Room:
    """Two teams with half of the cards each; every tablet has heard of all."""
    network = a_network()
    lead, *visitors = [a_member(app, network, "lead"), *(a_member(app, network) for _ in range(5))]
    day = a_day(lead, *visitors)
    other = add_team(lead, day, "Team B", lead)
    ids = post_agreed(visitors[0], day, day.team, texts(cards), ("student",))
    ids += post_agreed(lead, day, other, texts(cards), ("task",))
    people = [lead, *visitors]
    room = Room([people[at % len(people)] for at in range(tablets)], day, ids, seed=11)
    for device in room.devices:
        room.sync(device)
    return room


@pytest.fixture
def room(app: Flask) -> Room:
    return a_room(app, FEW_TABLETS, FEW_CARDS)


def test_tablets_that_were_apart_end_with_the_same_walls_and_every_card_on_them(
    app: Flask,
):
    room = a_room(app, TABLETS, CARDS)
    for at in range(0, TABLETS, 2):
        room.online[at] = False
    for _ in range(TURNS):
        room.turn()
    assert room.wall(room.devices[0]) != room.wall(room.devices[1]), "they were apart"

    room.come_to_rest()

    first, *others = room.devices
    for device in others:
        for kind in ("group", "team_group"):
            assert room.wall(device, kind) == room.wall(first, kind)
        for card in room.cards:
            assert shown(device.fields(card)) == shown(first.fields(card))
    read = [value_of(first.fields(card), "text") for card in room.cards]
    assert sorted(map(str, read)) == sorted(texts(CARDS) * 2)
    assert room.disagreements(first) >= 10
    assert room.seen["offline"] >= TABLETS * TURNS // 4
    for act in ("move", "team move", "join", "remove", "restore"):
        assert room.seen[act] >= 5, act


def test_the_server_finds_each_card_where_the_tablets_show_it(room: Room):
    for _ in range(TURNS):
        room.turn()
    room.come_to_rest()

    device = room.devices[0]
    joins = room.joins(device, "group")
    for card, hangs_in in room.wall(device).items():
        position = value_of(device.fields(card), POSITION)
        group = position["group"] if isinstance(position, dict) else None
        assert standing_group(group, joins) == hangs_in
    assert any(room.wall(device).values())


def test_a_card_put_into_a_group_that_another_tablet_joins_or_takes_away_is_on_every_wall(
    room: Room,
):
    one, other = room.devices[:2]
    for _ in range(3):
        room.begin(one, "group")
    joined, into, gone = room.groups["group"]
    room.come_to_rest()

    room.save(one, "group", joined, "joined_to", into)
    room.flag(one, "group", [gone], deleted=True)
    room.put(other, "card", room.cards[0], joined)
    room.put(other, "card", room.cards[1], gone)
    room.come_to_rest()

    for device in room.devices:
        wall = room.wall(device)
        assert wall[room.cards[0]] == into
        assert wall[room.cards[1]] is None
        assert value_of(device.fields(room.cards[1]), "text") == texts(FEW_CARDS)[1]
