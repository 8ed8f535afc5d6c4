"""Each person takes along what the server holds of them: all of it, and of nobody else (P15)."""

from __future__ import annotations

import html
import json
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server import clock
from server.config import Settings
from server.db import EVERY_NETWORK, reading
from server.messages import say
from server.models.accounts import Audit, Person, Session
from server.services.retention import purge_records
from tests.make import BOTH_DATABASES, Somebody, a_device, a_member, a_network
from tests.sync.talk import Json, a_card, a_change, a_round, an_edit, push, statuses

pytestmark = BOTH_DATABASES

THEIRS = "a word of somebody else"


@pytest.fixture
def lead(app: Flask) -> Somebody:
    return a_member(app, a_network("Invented Network"), "lead", name="Lead Sample")


@pytest.fixture
def ana(app: Flask, lead: Somebody) -> Somebody:
    return a_member(app, lead.network_id, name="Ana Sample")


def taken(somebody: Any, query: str = "") -> Json:
    answer = somebody.get(f"/me/data{query}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return dict(json.loads(answer.data))


def records_in(data: Json) -> dict[str, Json]:
    return {each["id"]: each for network in data["networks"] for each in network["records"]}


def test_every_record_of_ones_own_is_in_it_in_whatever_state(ana: Somebody) -> None:
    note, visit, gone = (
        a_change(ana, set={"text": "T: Why?", "starred": True}),
        a_change(ana, kind="observation", set={"began_at": "2026-11-22T09:14:03Z"}),
        a_change(ana, set={"text": "S: Six"}),
    )
    again = an_edit(note, set={"text": "T: Why not?"}, seen={"text": []}, depth={"text": 1})
    removed = a_change(
        ana,
        record=gone["record"],
        set={"deleted": True},
        seen={"deleted": [], "text": [gone["id"]]},
    )
    waits = a_change(ana, schema=9, set={"text": "S: later"})
    push(ana, note, visit, gone, again, removed, waits)

    data = taken(ana)

    found = records_in(data)
    assert {*found} == {note["record"], visit["record"], gone["record"]}
    texts = {head["value"] for head in found[note["record"]]["versions"]["text"]}
    assert texts == {"T: Why?", "T: Why not?"}
    assert found[visit["record"]]["fields"]["began_at"] == "2026-11-22T09:14:03Z"
    assert (found[gone["record"]]["deleted"], found[gone["record"]]["fields"]["text"]) == (
        True,
        "S: Six",
    )
    (network,) = data["networks"]
    assert [each["change"]["set"]["text"] for each in network["set_aside"]] == ["S: later"]


def test_account_devices_and_places_are_in_it_and_no_secret_is(
    lead: Somebody, ana: Somebody
) -> None:
    round_id = a_round(lead, ana)
    beat = {"network": ana.network_id, "unsent": 2, "set_aside": 0, "app_version": "1.0"}
    ana.post("/devices/heartbeat", beat)
    with reading(EVERY_NETWORK) as tx:
        secrets = [
            *tx.scalars(select(Person.password_hash)),
            *tx.scalars(select(Session.token_hash)),
        ]

    data = taken(ana)

    (network,) = data["networks"]
    assert data["account"]["person"]["email"] == ana.email
    assert [each["id"] for each in data["account"]["devices"]] == [ana.device["id"]]
    assert network["network"]["name"] == "Invented Network"
    assert network["membership"]["roles"] == "member"
    assert network["rounds"] == [{"round_id": round_id, "roles": "visitor"}]
    assert network["told_by_devices"][0]["unsent"] == 2
    assert not [each for each in secrets if each and each in json.dumps(data)]


def test_nothing_of_anybody_else_is_in_it(app: Flask, lead: Somebody, ana: Somebody) -> None:
    round_id = a_round(lead, lead, ana, title=THEIRS)
    stranger = a_member(app, a_network("Another Network"), name="Stranger Sample")
    push(lead, a_change(lead, set={"text": THEIRS}), a_card(lead, round_id, set={"text": THEIRS}))
    push(stranger, a_change(stranger, set={"text": THEIRS}))
    push(lead, a_change(lead, schema=9, set={"text": THEIRS}))

    for kind in ("json", "html"):
        text = ana.get(f"/me/data?format={kind}").text
        assert THEIRS not in text
        assert not {"Lead Sample", "Stranger Sample", "Another Network"} & {*text.split('"')}
        assert lead.member_id not in text
        assert lead.email not in text


@pytest.mark.parametrize(("language", "begins"), [("en", "Evidence about"), ("es", "Evidencia")])
def test_both_files_say_that_they_evaluate_nobody(
    ana: Somebody, language: str, begins: str
) -> None:
    """Rule 13: what one wrote of lessons leaves with the line, as every file does."""
    line = say("exports.line", language)
    assert line.startswith(begins)

    assert taken(ana, f"?language={language}")["about_this_evidence"] == line
    assert html.escape(line) in ana.get(f"/me/data?format=html&language={language}").text


def test_a_host_takes_along_nothing_that_says_where_a_card_comes_from(
    app: Flask, lead: Somebody, ana: Somebody
) -> None:
    """Rule 15: nor do the acts of a host, or what a device of theirs was told to send."""
    host = a_member(app, lead.network_id, name="Host Sample")
    round_id = a_round(lead, ana)
    part = {"member": host.member_id, "roles/host": True}
    push(lead, a_change(lead, kind="participant", scope=f"round:{round_id}", set=part))
    card = a_card(ana, round_id, set={"text": THEIRS, "standing": "agreed"})
    room = clock.new_id()
    source = {"card": card["record"], "classroom": room}
    scope = f"visitors:{round_id}"
    push(ana, card, a_change(ana, kind="card_source", scope=scope, set=source))

    for kind in ("json", "html"):
        text = host.get(f"/me/data?format={kind}").text
        assert "Host Sample" in text
        hidden = [THEIRS, card["record"], room, ana.member_id, "card_source"]
        assert not [each for each in hidden if each in text]


def test_what_was_purged_is_not_in_it(settings: Settings, ana: Somebody) -> None:
    note = a_change(ana)
    push(ana, note)

    purge_records(settings, ana.network_id, [note["record"]])

    assert records_in(taken(ana)) == {}


def test_a_sign_in_that_opens_one_network_takes_that_network_alone(
    app: Flask, lead: Somebody, ana: Somebody
) -> None:
    other = a_member(app, a_network("Other Network"), "lead")
    made = other.post(f"/networks/{other.network_id}/invitations", {"roles": ["member"]})
    link = made.json["link"].rpartition("/")[2]
    assert ana.post("/join", {"token": link, "as_me": True}).status_code == 200
    back = lead.post(f"/networks/{lead.network_id}/members/{ana.member_id}/recovery")
    narrow = app.test_client()
    narrow.post("/api/v1/join", json={"code": back.json["code"], "device": a_device()})

    named = [each["network"]["name"] for each in taken(ana)["networks"]]
    alone = json.loads(narrow.get("/api/v1/me/data").data)["networks"]

    assert sorted(named) == ["Invented Network", "Other Network"]
    assert [each["network"]["name"] for each in alone] == ["Invented Network"]


def test_somebody_removed_takes_their_account_and_no_record(lead: Somebody, ana: Somebody) -> None:
    push(ana, a_change(ana))
    lead.delete(f"/networks/{lead.network_id}/members/{ana.member_id}")

    data = taken(ana)

    assert data["networks"] == []
    assert data["account"]["person"]["email"] == ana.email


def test_nobody_who_is_not_signed_in_takes_anything(app: Flask) -> None:
    assert app.test_client().get("/api/v1/me/data").status_code == 401


def test_the_audit_log_says_that_it_was_taken(ana: Somebody) -> None:
    ana.get("/me/data")

    with reading(ana.network_id) as tx:
        rows = tx.execute(select(Audit.action, Audit.actor_id).order_by(Audit.seq.desc())).first()

    assert tuple(rows or ()) == ("own_data.taken", ana.member_id)


def test_many_records_come_whole_and_once(ana: Somebody) -> None:
    made = [a_change(ana, set={"text": f"S: line {at}"}) for at in range(450)]
    assert {*statuses(push(ana, *made))} == {"applied"}

    data = taken(ana)

    told = [each["fields"]["text"] for each in data["networks"][0]["records"]]
    assert sorted(told) == sorted(change["set"]["text"] for change in made)


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_to_read_holds_the_same_as_text_and_never_as_markup(ana: Somebody) -> None:
    evil = "<script>alert(1)</script> & <b>S: six</b>"
    push(ana, a_change(ana, set={"text": evil, "minute": 7}))

    answer = ana.get("/me/data?format=html&language=es")

    page = Page()
    page.feed(answer.text)
    assert evil in page.text
    for words in ("Sus notas", ana.email, "minute"):
        assert words in page.text
    assert not {"script", "b", "img"} & page.tags
    assert answer.headers["Content-Disposition"] == 'attachment; filename="rounds-own-data.html"'
