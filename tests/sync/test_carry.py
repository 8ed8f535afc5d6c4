"""Carrying a rescue file: a broken tablet's words arrive by somebody else's hands, unread."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from server import clock
from server.config import Settings
from server.services.retention import purge_records
from tests.make import Somebody, a_member, a_network
from tests.sync.oracle import hash_of
from tests.sync.talk import Json, a_change, a_round, log_of, pull, push, rows_of, statuses

VECTOR = Path(__file__).resolve().parents[1] / "vectors" / "rescue.json"


@pytest.fixture
def lead(app: Flask) -> Somebody:
    return a_member(app, a_network(), "lead")


@pytest.fixture
def ana(app: Flask, lead: Somebody) -> Somebody:
    return a_member(app, lead.network_id)


def a_rescue_file(network_id: str, *changes: Json, **more: Any) -> Json:
    """As the app writes it; tests/vectors/rescue.json holds one that both sides read."""
    entries = [{"network": network_id, "state": "waiting", "change": each} for each in changes]
    return {
        "format": "rounds-rescue",
        "version": 1,
        "made_at": "2026-11-22T15:04:05Z",
        "app": "0.1.0",
        "person": clock.new_id(),
        "changes": entries,
        **more,
    }


def carry(carrier: Somebody, *changes: Json, **more: Any) -> Json:
    body = a_rescue_file(carrier.network_id, *changes, **more)
    answer = carrier.post(f"/networks/{carrier.network_id}/carry", body)
    assert answer.status_code == 200, answer.json
    return {name: count for name, count in answer.json.items() if count}


def carried(network_id: str) -> dict[str, str | None]:
    return {row.id: row.carried_by for row in log_of(network_id) if row.kind != "member"}


def test_a_carried_note_is_its_authors_own_and_the_carrier_cannot_read_it(
    lead: Somebody, ana: Somebody
) -> None:
    note = a_change(ana, set={"text": "only mine"})

    assert carry(lead, note) == {"new": 1}

    assert note["record"] in rows_of(pull(ana))
    assert note["record"] not in rows_of(pull(lead))
    history = f"/records/{note['record']}/history?network={lead.network_id}"
    assert lead.get(history).status_code == 404
    assert ana.get(history).json["changes"][0]["set"] == {"text": "only mine"}


def test_a_file_that_comes_twice_changes_nothing(lead: Somebody, ana: Somebody) -> None:
    notes = [a_change(ana) for _ in range(90)]
    carry(lead, *notes)
    before = log_of(lead.network_id)

    assert carry(lead, *notes) == {"known": 90}
    assert log_of(lead.network_id) == before


def test_it_is_marked_as_carried_until_the_authors_own_device_offers_the_same(
    lead: Somebody, ana: Somebody
) -> None:
    note, other = a_change(ana), a_change(ana)
    carry(lead, note, other)
    marked = carried(lead.network_id)

    assert statuses(push(ana, note)) == ["applied"]

    assert marked == {note["id"]: lead.member_id, other["id"]: lead.member_id}
    assert carried(lead.network_id) == {note["id"]: None, other["id"]: lead.member_id}


def test_what_the_author_sent_before_is_never_marked(lead: Somebody, ana: Somebody) -> None:
    note = a_change(ana)
    push(ana, note)

    assert carry(lead, note) == {"known": 1}
    assert carried(lead.network_id) == {note["id"]: None}


def test_a_carrier_cannot_put_other_words_under_an_id_that_is_there(
    lead: Somebody, ana: Somebody
) -> None:
    note = a_change(ana)
    push(ana, note)

    assert carry(lead, {**note, "set": {"text": "not hers"}}) == {"refused": 1}
    assert pull(ana)["rows"] == pull(ana)["rows"]
    assert all("not hers" not in (row.body or "") for row in log_of(lead.network_id))


def test_a_carrier_lends_nobody_rights(lead: Somebody, ana: Somebody) -> None:
    """Judged by what the author may do: a visitor does not plan a round, whoever brings it."""
    round_id = a_round(lead, ana)
    plan = a_change(
        ana, kind="round", record=round_id, scope=f"round:{round_id}", set={"title": "Mine now"}
    )

    assert carry(lead, plan) == {"new": 1, "waiting": 1}


def test_a_bad_change_in_a_file_stops_no_other(lead: Somebody, ana: Somebody) -> None:
    stranger, nobody = a_change(ana, by=clock.new_id()), {"by": 7}
    good = [a_change(ana), a_change(lead)]

    assert carry(lead, stranger, good[0], nobody, good[1]) == {"new": 2, "refused": 2}
    assert carried(lead.network_id) == {good[0]["id"]: lead.member_id, good[1]["id"]: None}


def test_what_was_deleted_for_good_is_not_carried_back(
    app: Flask, lead: Somebody, ana: Somebody
) -> None:
    note = a_change(ana, set={"text": "canary-c"})
    push(ana, note)
    purge_records(app.extensions["rounds_settings"], lead.network_id, [note["record"]])

    assert carry(lead, note) == {"purged": 1}
    assert all("canary-c" not in (row.body or "") for row in log_of(lead.network_id))


def test_another_networks_changes_in_the_file_are_left_alone(
    app: Flask, lead: Somebody, ana: Somebody
) -> None:
    other = a_member(app, a_network())
    elsewhere = a_rescue_file(other.network_id, a_change(other))["changes"]
    mine = a_rescue_file(lead.network_id, a_change(ana))["changes"]

    assert carry(lead, changes=[*elsewhere, *mine]) == {"new": 1, "elsewhere": 1}
    assert carried(other.network_id) == {}


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ({"format": "rounds-rescue", "version": 2, "changes": []}, "carry.newer_file"),
        ({"format": "holiday", "version": 1, "changes": []}, "carry.no_rescue_file"),
        ({"format": "rounds-rescue", "version": 1, "changes": [7]}, "carry.no_rescue_file"),
        ([], "carry.no_rescue_file"),
    ],
)
def test_another_file_is_refused_in_words(lead: Somebody, file: Any, code: str) -> None:
    answer = lead.post(f"/networks/{lead.network_id}/carry", file)

    assert (answer.status_code, answer.json["error"]["code"]) == (422, code)


def test_the_file_that_both_sides_agree_on_is_taken_in_with_its_hashes(
    lead: Somebody, ana: Somebody
) -> None:
    vector = json.loads(VECTOR.read_text())
    file = json.loads(
        json.dumps(vector["file"])
        .replace(vector["network"], ana.network_id)
        .replace(vector["member"], ana.member_id)
    )

    assert [hash_of(each["change"]) for each in vector["file"]["changes"]] == vector["sha256"]
    assert carry(lead, changes=file["changes"])["new"] == len(vector["sha256"])
    found = {row.id: row.sha256 for row in log_of(ana.network_id) if row.kind != "member"}
    assert found == {each["change"]["id"]: hash_of(each["change"]) for each in file["changes"]}


def test_the_operator_takes_a_file_in_by_a_command(
    app: Flask, ana: Somebody, tmp_path: Path
) -> None:
    from tests.api.test_commands import rounds

    settings: Settings = app.extensions["rounds_settings"]
    note = a_change(ana)
    path = tmp_path / "copy.json"
    path.write_text(json.dumps(a_rescue_file(ana.network_id, note)))

    said = [rounds(replace(settings), "import", "rescue", str(path)) for _ in range(2)]

    assert [each.returncode for each in said] == [0, 0], said
    assert said[0].stdout.startswith("1 changes taken in, 0 were here already")
    assert said[1].stdout.startswith("0 changes taken in, 1 were here already")
    assert note["record"] in rows_of(pull(ana))
