"""A second screen: what the room may read on it, and what nobody gets by it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient

from server import clock
from server.db import reading
from server.domain.identifiers import debrief_id, derived_id
from server.domain.runbooks import runbook_id, step_id
from server.services import attempts
from server.services.attempts import PER_DEVICE
from server.sync.compose import compose
from server.sync.read import record_of
from tests.browser.visit_day import Day, a_day, in_days
from tests.make import BOTH_DATABASES, Somebody, a_member, a_network
from tests.sync.talk import a_change, push, statuses

pytestmark = BOTH_DATABASES

CARD = "S: because both sides have four of them"
PREDICTION = "I would know how to find a sum."
BEGAN = "2026-11-22T20:12:00Z"


@dataclass
class Room:
    """A debrief with a lead, a visitor and a host, and a screen on the wall."""

    app: Flask
    lead: Somebody
    visitor: Somebody
    host: Somebody
    day: Day
    screen: FlaskClient
    seen: str = field(default="")

    @property
    def path(self) -> str:
        return f"/networks/{self.lead.network_id}/rounds/{self.day.round_id}/screens"

    def write(self, who: Somebody, kind: str, record: str | None = None, **values: Any) -> None:
        """A save by somebody who has seen everything before it."""
        scope, record = f"round:{self.day.round_id}", record or clock.new_id()
        with reading(who.network_id) as tx:
            found = record_of(tx, who.network_id, record)
        change = compose(kind, record, scope, values, by=who.member_id, heads=found)
        assert statuses(push(who, change)) == ["applied"]

    def stand_at(self, activity: str, phase: str, **values: Any) -> None:
        step = step_id(runbook_id(self.day.round_id, "full"), activity)
        self.write(
            self.lead,
            "debrief",
            debrief_id(self.day.round_id),
            **{"phase": phase, "step": step, "step_began_at": BEGAN, **values},
        )

    def code(self) -> str:
        made = self.screen.post("/api/v1/screens", json={})
        assert made.status_code == 201
        return str(made.json["code"])

    def show(self, who: Somebody | None = None) -> Any:
        return (who or self.lead).post(self.path, {"code": self.code()})

    def look(self) -> Any:
        """What hangs on the wall; the same again where nothing is new."""
        answer = self.screen.get(f"/api/v1/screen?seen={self.seen}")
        if answer.status_code == 200:
            self.seen = answer.json["mark"]
        return answer

    def is_dark(self) -> bool:
        """Whether the server knows no such screen."""
        page = self.screen.get("/api/v1/screen").json
        return bool(page["mark"] == "unknown" and page["room"] is None)

    def room(self) -> Any:
        self.seen = ""
        return self.look().json["room"]


@pytest.fixture
def room(app: Flask) -> Room:
    network_id = a_network()
    lead = a_member(app, network_id, "lead", name="Lead Sample")
    visitor = a_member(app, network_id, name="Robin Sample")
    host = a_member(app, network_id, name="Host Sample")
    day = a_day(lead, visitor, host=host, visits_on=in_days(0))
    room = Room(app, lead, visitor, host, day, app.test_client())
    room.stand_at("one_wall", "analyze")
    return room


def test_a_screen_shows_six_digits_and_nothing_until_a_lead_has_typed_them(room: Room):
    code = room.code()

    assert len(code) == 6
    assert room.look().json["room"] is None
    assert room.look().status_code == 204
    assert room.lead.post(room.path, {"code": code}).status_code == 201
    assert room.look().json["room"]["step"]["activity"] == "one_wall"


def test_a_screen_follows_the_step_and_its_clock_and_is_told_only_what_is_new(room: Room):
    room.show()
    first = room.look().json["room"]["step"]

    assert first["clock"] == {
        "minutes": 20,
        "began_at": BEGAN,
        "paused_at": None,
        "added_minutes": 0,
    }
    assert room.look().status_code == 204
    room.stand_at("predict", "predict", added_minutes=2)
    assert room.look().json["room"]["step"]["clock"]["added_minutes"] == 2


def test_the_wall_shows_agreed_cards_in_their_groups_without_a_number(room: Room):
    group, joined = clock.new_id(), clock.new_id()
    room.write(room.visitor, "group", group, name="One word is enough", order=1)
    room.write(room.visitor, "group", joined, name="Joined", order=2, joined_to=group)
    for text, place in ((CARD, joined), ('T: "Why?"', group)):
        position = {"group": place, "order": "a0V"}
        room.write(
            room.visitor, "card", text=text, element="student", standing="agreed", position=position
        )
    nowhere = {"group": derived_id(room.day.round_id, "fits-nowhere"), "order": "V"}
    task = {"element": "task", "standing": "agreed"}
    room.write(room.visitor, "card", text="Fits nowhere", position=nowhere, **task)
    room.write(room.visitor, "card", text="Not grouped yet", **task)
    room.write(room.visitor, "card", text="Not read yet", element="task", standing="posted")
    room.show()

    named, apart, loose = room.room()["groups"]
    assert (named["place"], named["name"]) == ("group", "One word is enough")
    assert {card["text"] for card in named["cards"]} == {CARD, 'T: "Why?"'}
    for found, place, text in (
        (apart, "apart", "Fits nowhere"),
        (loose, "loose", "Not grouped yet"),
    ):
        assert found == {"place": place, "name": "", "cards": [{"text": text, "element": "task"}]}


def test_predictions_are_on_the_wall_only_between_shown_together_and_sealed(room: Room):
    room.write(room.visitor, "prediction", text=PREDICTION)
    revisit = derived_id(room.day.round_id, "revisit")
    room.write(room.lead, "revisit", revisit, meets_on="2027-02-12")
    room.show()

    room.stand_at("predict", "predict")
    assert room.room()["predictions"] == []
    room.stand_at("predict", "predict", predictions_shown=True)
    assert room.room()["predictions"] == [PREDICTION]
    room.stand_at("predict", "predict", predictions_shown=True, sealed_at=BEGAN)
    sealed = room.room()
    assert sealed["predictions"] == []
    assert (sealed["sealed_at"], sealed["opens_on"]) == (BEGAN, "2027-02-12")


def test_of_four_things_that_were_chosen_to_start_with_the_wall_says_three(room: Room):
    for order, text in enumerate(("One", "Two", "Three", "Four")):
        room.write(room.visitor, "next_level_item", text=text, order=order, starts_first=True)
    room.stand_at("next_level", "next_level")
    room.show()

    items = room.room()["items"]
    assert [each["text"] for each in items if each["starts_first"]] == ["One", "Two", "Three"]
    assert len(items) == 4


def test_nobody_is_named_on_the_wall_and_nothing_leads_to_a_classroom(room: Room):
    card = clock.new_id()
    room.write(room.visitor, "card", card, text=CARD, element="student", standing="agreed")
    where = {"scope": f"visitors:{room.day.round_id}", "record": clock.new_id()}
    source = {"card": card, "classroom": room.day.classrooms[0], "team": room.day.team}
    push(room.visitor, a_change(room.visitor, kind="card_source", set=source, **where))
    room.write(
        room.visitor,
        "next_level_item",
        text="One why a task",
        horizon="next_week",
        level="school",
        taken_on_by_member=room.host.member_id,
    )
    room.write(room.visitor, "pattern", form="pattern", subject="students", statement="explain")
    room.show()

    shown = b""
    for activity, phase in (
        ("reread", "describe"),
        ("read_and_agree", "describe"),
        ("cross_check", "describe"),
        ("own_wall", "analyze"),
        ("gallery_walk", "analyze"),
        ("one_wall", "analyze"),
        ("patterns", "analyze"),
        ("predict", "predict"),
        ("host_speaks", "next_level"),
        ("next_level", "next_level"),
        ("commit", "next_level"),
    ):
        room.stand_at(activity, phase)
        view = room.room()
        assert view["step"]["activity"] == activity
        shown += orjson.dumps(view)

    for there in (b"One why a task", b"explain", CARD.encode()):
        assert there in shown
    hidden = [room.lead, room.visitor, room.host]
    names = [b"Lead Sample", b"Robin Sample", b"Host Sample"]
    for secret in [*names, card.encode(), *(each.member_id.encode() for each in hidden)]:
        assert secret not in shown
    for room_id in (*room.day.classrooms, room.day.team):
        assert room_id.encode() not in shown


def test_the_wall_says_that_a_pattern_is_still_open_and_not_who_keeps_it_open(room: Room):
    """Rule 5: one who says not yet while another agrees keeps it open, on the wall as well."""
    pattern = clock.new_id()
    written = {"form": "pattern", "subject": "students", "statement": "explain"}
    room.write(room.lead, "pattern", pattern, **written)
    where = {"kind": "pattern", "record": pattern, "scope": f"round:{room.day.round_id}"}
    first, last = sorted(clock.new_id() for _ in range(2))  # Of two versions the last one wins.
    not_yet = {"consensus": "not_yet", "open_question": "Is it one task?"}
    push(room.visitor, a_change(room.visitor, id=first, set=not_yet, **where))
    push(room.lead, a_change(room.lead, id=last, set={"consensus": "agree"}, **where))
    room.show()

    for activity, phase in (("patterns", "analyze"), ("host_speaks", "next_level")):
        room.stand_at(activity, phase)
        view = room.room()
        (shown,) = view["patterns"]
        assert (shown["consensus"], shown["open_question"]) == ("not_yet", "Is it one task?")
        assert {*shown} == {
            *("form", "subject", "statement", "quantifier"),
            *("consensus", "open_question"),
        }
        told = orjson.dumps(view).decode()
        for each in (room.lead, room.visitor):
            assert not [secret for secret in (each.member_id, each.email) if secret in told]
        assert not [name for name in ("Lead Sample", "Robin Sample") if name in told]


def test_a_step_with_words_of_the_networks_own_is_shown_with_them(room: Room):
    runbook = runbook_id(room.day.round_id, "full")
    step = step_id(runbook, "one_wall")
    room.write(
        room.lead, "step", step, runbook=runbook, title="Our wall", prompts="What?", minutes=7
    )
    own = clock.new_id()
    added = {"runbook": runbook, "activity": "other", "phase": "analyze", "order": 9, "minutes": 3}
    room.write(room.lead, "step", own, title="Stretch", **added)
    room.show()

    shown = room.room()["step"]
    assert (shown["title"], shown["prompts"]) == ("Our wall", "What?")
    assert shown["clock"]["minutes"] == 7
    room.write(room.lead, "debrief", debrief_id(room.day.round_id), phase="analyze", step=own)
    assert room.room()["step"]["title"] == "Stretch"


def test_a_screen_states_whether_the_host_listens_or_takes_part(room: Room):
    room.show()

    assert room.room()["host_part"] == "listens"
    room.stand_at("one_wall", "analyze", host_part="takes_part")
    assert room.room()["host_part"] == "takes_part"


def test_a_closed_debrief_is_said_to_be_closed_and_shows_nothing_more(room: Room):
    room.write(room.visitor, "next_level_item", text="One why a task")
    room.stand_at("next_level", "next_level", closed_at=BEGAN)
    room.show()

    assert room.room()["closed"] is True
    assert room.room()["items"] == []


def test_who_leads_sees_the_screens_and_takes_the_debrief_off_at_once(room: Room):
    shown = room.show().json

    assert room.lead.get(room.path).json["screens"] == [shown]
    assert room.lead.delete(f"{room.path}/{shown['id']}").status_code == 204
    assert room.is_dark()
    assert room.lead.get(room.path).json["screens"] == []


@pytest.mark.parametrize("who", ["visitor", "host"])
def test_who_does_not_lead_the_debrief_shows_it_nowhere(room: Room, who: str):
    assert room.show(getattr(room, who)).status_code == 403


def test_guessed_digits_open_nothing_and_are_limited(room: Room):
    wrong = {"code": "000000" if room.code() != "000000" else "000001"}
    answers = [room.lead.post(room.path, wrong) for _ in range(PER_DEVICE + 1)]

    assert {each.status_code for each in answers[:-1]} == {404}
    assert "digits" in answers[0].json["error"]["message"]
    assert answers[-1].status_code == 429
    assert room.look().json["room"] is None


def test_digits_guessed_by_many_are_limited_on_the_whole_server_and_a_right_one_waits_too(
    room: Room, monkeypatch: pytest.MonkeyPatch
):
    """Each of many leads has tries of their own: together they have no more than these."""
    monkeypatch.setattr(attempts, "ALL_CODES", 5)
    code = room.code()
    wrong = {"code": "000000" if code != "000000" else "000001"}
    leads = [a_member(room.app, room.lead.network_id, "lead") for _ in range(3)]
    for lead in leads:
        part = {"member": lead.member_id, "roles/facilitator": True}
        scope = f"round:{room.day.round_id}"
        push(room.lead, a_change(room.lead, kind="participant", scope=scope, set=part))

    told = [lead.post(room.path, wrong).status_code for _ in range(2) for lead in leads]
    right = room.lead.post(room.path, {"code": code})

    assert told == [404] * 5 + [429]
    assert right.status_code == 429
    assert int(right.headers["Retry-After"]) > 0
    assert room.look().json["room"] is None


@pytest.mark.parametrize("code", ["", "12345", "1234567", "12 456", "١٢٣٤٥٦", None, 123456])
def test_what_is_no_code_is_refused_in_words(room: Room, code: Any):
    answer = room.lead.post(room.path, {"code": code})

    assert answer.status_code == 422
    assert answer.json["error"]["field"] == "code"


def test_digits_are_good_for_ten_minutes_and_for_one_debrief(room: Room):
    code = room.code()
    assert room.lead.post(room.path, {"code": code}).status_code == 201
    assert room.lead.post(room.path, {"code": code}).status_code == 404

    late = room.code()
    after = clock.now() + timedelta(minutes=10, seconds=1)
    with clock.clock_at(lambda: after):
        assert room.lead.post(room.path, {"code": late}).status_code == 404
        assert room.is_dark()


def test_a_screen_goes_dark_by_itself_after_a_working_day(room: Room):
    room.show()
    after = clock.now() + timedelta(hours=8, seconds=1)

    with clock.clock_at(lambda: after):
        assert room.is_dark()


def test_a_screen_without_a_cookie_or_with_another_is_not_found(room: Room):
    room.show()
    stranger = room.app.test_client()

    assert stranger.get("/api/v1/screen").json["mark"] == "unknown"
    stranger.set_cookie("rounds_screen", "not-a-token")
    assert stranger.get("/api/v1/screen").json["room"] is None
