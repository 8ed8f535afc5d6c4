"""Bad input in a debrief room: what cannot be taken stops nothing else, and nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask

from server.db import reading
from server.domain.identifiers import debrief_id
from server.domain.runbooks import runbook_id, step_id
from server.services.released import look_inside, read_round, settled_patterns
from server.services.room_view import room_view
from server.sync.protocol import Json
from tests.make import Somebody, a_member, a_network
from tests.sync.talk import a_card, a_change, a_round, an_edit, pull, push, rows_of, values_of

LONGEST = 64 * 1024


@dataclass
class Room:
    app: Flask
    lead: Somebody
    visitor: Somebody
    round_id: str

    @property
    def scope(self) -> str:
        return f"round:{self.round_id}"

    def card(self, text: str) -> Json:
        said = {"text": text, "element": "student", "standing": "agreed"}
        return a_card(self.visitor, self.round_id, set=said)

    def debrief(self, **values: object) -> Json:
        record = debrief_id(self.round_id)
        return a_change(self.lead, kind="debrief", record=record, scope=self.scope, set=values)

    def read(self, change: Json, register: str) -> list[object]:
        rows = rows_of(pull(self.lead, limit=1000))
        return values_of(rows[change["record"]], register)


@pytest.fixture
def room(app: Flask) -> Room:
    network = a_network()
    lead, visitor = a_member(app, network, "lead"), a_member(app, network)
    return Room(app, lead, visitor, a_round(lead, visitor))


def test_a_card_of_64_kib_is_whole_on_every_wall_and_a_longer_one_holds_up_no_other(room: Room):
    """Counted in bytes: a letter with an accent is two."""
    longest, longer = room.card("é" * (LONGEST // 2)), room.card("é" * (LONGEST // 2) + "x")
    plain = room.card("S: because both sides have four")
    open_ = room.debrief(phase="analyze", step_began_at="2026-11-22T20:12:00Z")

    results = push(room.visitor, longest, longer, plain)["results"]
    push(room.lead, open_)

    assert [each["status"] for each in results] == ["applied", "invalid", "applied"]
    assert room.read(longest, "text") == ["é" * (LONGEST // 2)]
    assert room.read(plain, "text") == ["S: because both sides have four"]
    with reading(room.lead.network_id) as tx:
        assert room_view(tx, room.lead.network_id, room.round_id) is not None


def test_what_was_written_while_the_debrief_was_closed_elsewhere_is_kept(room: Room):
    card = room.card("S: four and four")
    push(room.visitor, card)
    push(room.lead, room.debrief(phase="next_level", closed_at="2026-11-22T22:00:00Z"))

    late = an_edit(card, set={**card["set"], "text": "S: four and four is eight"})
    reply = push(room.visitor, late, room.card("T: how do you know?"))

    assert [each["status"] for each in reply["results"]] == ["applied", "applied"]
    assert room.read(card, "text") == ["S: four and four is eight"]


def test_a_card_laid_into_a_group_that_was_taken_away_under_the_finger_is_still_there(room: Room):
    group = a_change(room.lead, kind="group", scope=room.scope, set={"name": "One word"})
    card = room.card("S: four")
    push(room.lead, group)
    push(room.visitor, card)
    gone = a_change(
        room.lead,
        kind="group",
        record=group["record"],
        scope=room.scope,
        set={"deleted": True},
        seen={"deleted": [], "name": [group["id"]]},
    )
    place = {"group": group["record"], "order": "a0V"}
    laid = a_card(room.visitor, room.round_id, record=card["record"], set={"position": place})
    push(room.lead, gone, room.debrief(phase="analyze"))

    reply = push(room.visitor, laid)

    assert [each["status"] for each in reply["results"]] == ["applied"]
    assert room.read(card, "text") == ["S: four"]
    assert rows_of(pull(room.lead, limit=1000))[group["record"]]["deleted"]
    with reading(room.lead.network_id) as tx:
        assert room_view(tx, room.lead.network_id, room.round_id) is not None


def test_an_empty_group_is_on_no_wall_carries_no_pattern_and_stays_to_be_filled(room: Room):
    """Nobody sees a name without a card; a pattern that hangs on it alone is not settled."""
    named = {"name": "Nothing yet", "order": 1}
    empty, nameless = (
        a_change(room.lead, kind="group", scope=room.scope, set=each)
        for each in (named, {"order": 2})
    )
    said = {"form": "pattern", "subject": "students", "statement": "wait", "quantifier": "many"}
    on_it = {**said, "consensus": "agree", f"groups/{empty['record']}": True}
    pattern = a_change(room.lead, kind="pattern", scope=room.scope, set=on_it)
    cards = [room.card(f"S: {at}") for at in range(2)]

    taken = push(room.lead, empty, nameless, pattern, room.debrief(**at_the_one_wall(room)))
    push(room.visitor, *cards)

    assert {each["status"] for each in taken["results"]} == {"applied"}
    assert room.read(empty, "name") == ["Nothing yet"]
    with reading(room.lead.network_id) as tx:
        view = room_view(tx, room.lead.network_id, room.round_id)
        records = read_round(tx, room.lead.network_id, room.round_id)
    assert [group["name"] for group in view["groups"]] == [""], "the loose cards alone"
    assert len(view["groups"][0]["cards"]) == len(cards)
    assert [*settled_patterns(records, look_inside(room.round_id, records))] == []

    place = {"group": empty["record"], "order": "a0V"}
    laid = a_card(room.visitor, room.round_id, record=cards[0]["record"], set={"position": place})
    push(room.visitor, laid)

    with reading(room.lead.network_id) as tx:
        view = room_view(tx, room.lead.network_id, room.round_id)
    assert [group["name"] for group in view["groups"]] == ["Nothing yet", ""]


def at_the_one_wall(room: Room) -> dict[str, str]:
    step = step_id(runbook_id(room.round_id, "full"), "one_wall")
    return {"phase": "analyze", "step": step, "step_began_at": "2026-11-22T20:12:00Z"}


def test_a_step_that_two_leads_change_at_once_keeps_both_and_shows_one(room: Room):
    """Its words, its minutes and its prompts: nobody's are gone, and the room sees one step."""
    step = at_the_one_wall(room)["step"]
    second = a_member(room.app, room.lead.network_id, "lead")
    ours, theirs = (
        a_change(
            lead,
            kind="step",
            record=step,
            scope=room.scope,
            set={"title": title, "minutes": minutes, "prompts": f"{title}?"},
        )
        for lead, title, minutes in ((room.lead, "Our wall", 7), (second, "All of it", 25))
    )

    results = [push(room.lead, ours), push(second, theirs)]
    push(room.lead, room.debrief(**at_the_one_wall(room)))

    assert [each["results"][0]["status"] for each in results] == ["applied", "applied"]
    for field, said in (
        ("title", {"Our wall", "All of it"}),
        ("prompts", {"Our wall?", "All of it?"}),
        ("minutes", {7, 25}),
    ):
        assert {*room.read(ours, field)} == said
    with reading(room.lead.network_id) as tx:
        view = room_view(tx, room.lead.network_id, room.round_id)
    shown = (view["step"]["title"], view["step"]["prompts"], view["step"]["clock"]["minutes"])
    assert shown in {("Our wall", "Our wall?", 7), ("All of it", "All of it?", 25)}


def test_two_leads_who_go_on_at_once_leave_one_step_with_its_own_clock(room: Room):
    """One save holds step and clock, so the step of one never runs on the clock of the other."""
    one = {"phase": "describe", "step": room.round_id, "step_began_at": "2026-11-22T20:12:00Z"}
    other = {
        "phase": "describe",
        "step": debrief_id(room.round_id),
        "step_began_at": "2031-01-01T00:00:00Z",
    }
    first, second = room.debrief(**one), room.debrief(**other)
    push(room.lead, first)
    push(room.lead, second)

    fields = rows_of(pull(room.lead, limit=1000))[first["record"]]["fields"]

    wins = {
        max(heads, key=lambda head: (head["depth"], head["id"]))["id"] for heads in fields.values()
    }
    assert len(wins) == 1
    assert {head["id"] for head in fields["step"]} == {first["id"], second["id"]}, "both are kept"
