"""A lead takes in what another's device sent and nobody could accept then."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from server.db import reading
from server.models.accounts import Audit
from server.services.audit import broken_audit
from server.sync.protocol import Json
from tests.make import Somebody, a_member
from tests.sync.talk import a_card, a_change, a_part, a_round, log_of, pull, push, rows_of


@pytest.fixture
def host(app: Flask, network: str) -> Somebody:
    return a_member(app, network)


def release(lead: Somebody, change: Json) -> TestResponse:
    return lead.post(f"/networks/{lead.network_id}/set-aside/{change['id']}/release")


def shared(lead: Somebody) -> list[str]:
    waiting = lead.get(f"/set-aside?network={lead.network_id}").json["shared"]
    return [each["change"]["id"] for each in waiting]


def test_a_lead_takes_in_a_card_of_somebody_who_left(ana: Somebody, lead: Somebody) -> None:
    round_id = a_round(lead)
    card = a_card(ana, round_id, set={"text": "T: What do you notice?"})
    push(ana, card)
    lead.delete(f"/networks/{lead.network_id}/members/{ana.member_id}")

    answer = release(lead, card)

    assert answer.json["status"] == "applied"
    row = log_of(lead.network_id)[-1]
    assert (row.verdict, row.seq) == ("_release", answer.json["seq"])
    assert rows_of(pull(lead))[card["record"]]["seq"] == answer.json["seq"]
    assert shared(lead) == []


def test_it_stays_its_authors_and_tells_nobody_whose_it_is(ana: Somebody, lead: Somebody) -> None:
    round_id = a_round(lead)
    card = a_card(ana, round_id)
    push(ana, card)

    answer = release(lead, card)

    assert "by" not in answer.json
    assert ana.member_id not in answer.get_data(as_text=True)
    assert push(ana, card)["results"][0]["seq"] == answer.json["seq"]
    heads = rows_of(pull(lead))[card["record"]]["fields"]["text"]
    assert not [head for head in heads if "by" in head]
    with reading(lead.network_id) as tx:
        mine = Audit.__table__.select().where(Audit.network_id == lead.network_id)
        written = tx.execute(mine.order_by(Audit.seq.desc())).first()
        assert (written.action, written.actor_id) == ("change.released", lead.member_id)
        assert written.subject_id == card["id"]
        assert broken_audit(tx, lead.network_id) is None


def test_a_second_time_nothing_happens(ana: Somebody, lead: Somebody) -> None:
    card = a_card(ana, a_round(lead))
    push(ana, card)

    first, again = release(lead, card), release(lead, card)

    assert again.json == first.json
    assert [row.verdict for row in log_of(lead.network_id)].count("_release") == 1


def test_a_lead_takes_in_no_more_than_a_lead_may_write(
    ana: Somebody, lead: Somebody, host: Somebody
) -> None:
    """Whom a summary is opened to is the host's alone, whoever presses."""
    round_id = a_round(lead)
    push(lead, a_part(lead, round_id, ana, "visitor"))
    opened = a_change(
        ana, kind="return_summary", scope=f"round:{round_id}", set={"opened/district": True}
    )
    push(ana, opened)

    answer = release(lead, opened)

    assert (answer.json["status"], answer.json["reason"]) == ("set_aside", "access")
    assert shared(lead) == [opened["id"]]


def test_a_private_change_is_not_found(ana: Somebody, lead: Somebody) -> None:
    note = a_change(ana, set={"text": "a private line", "element": "principal"})
    push(ana, note)

    assert release(lead, note).status_code == 404
    assert release(ana, note).status_code == 403
