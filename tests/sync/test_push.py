"""What becomes of a change: verdicts, repeats, releases, and what is never stored."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from server import clock
from server.db import EVERY_NETWORK, reading, writing
from server.models.accounts import Membership
from server.models.sync import Participation, RoundIndex
from server.sync.release import release_after_upgrade
from tests.make import Somebody, a_member, a_network
from tests.sync.faults import a_trigger_against
from tests.sync.oracle import hash_of
from tests.sync.talk import (
    a_card,
    a_change,
    a_part,
    a_round,
    an_edit,
    log_of,
    pull,
    push,
    rows_of,
    statuses,
    values_of,
)


def test_an_acknowledgement_echoes_id_and_hash_and_says_the_number(ana: Somebody) -> None:
    change = a_change(ana)

    reply = push(ana, change)

    assert reply["results"] == [
        {
            "id": change["id"],
            "sha256": hash_of(change),
            "status": "applied",
            "seq": reply["head"],
        }
    ]
    assert reply["chain"] == log_of(ana.network_id)[-1].chain


def test_results_stand_in_the_order_of_the_request(ana: Somebody) -> None:
    good, bad, other = a_change(ana), a_change(ana, kind="unheard_of"), a_change(ana)

    reply = push(ana, good, bad, "not a change", other)

    assert statuses(reply) == ["applied", "set_aside", "invalid", "applied"]
    numbers = [result["seq"] for result in reply["results"]]
    assert numbers == [reply["head"] - 2, reply["head"] - 1, None, reply["head"]]


def test_a_repeat_takes_no_number_and_is_answered_alike(ana: Somebody) -> None:
    changes = [a_change(ana), a_change(ana, scope=f"round:{clock.new_id()}", kind="card")]
    first = push(ana, *changes)

    again = push(ana, *changes, *changes)

    assert again["head"] == first["head"]
    assert again["results"] == first["results"] * 2


def test_the_same_id_with_other_words_is_invalid(ana: Somebody) -> None:
    change = a_change(ana)
    push(ana, change)

    other = push(ana, {**change, "set": {"text": "other words"}})["results"][0]

    assert (other["status"], other["reason"]) == ("invalid", "id_reuse")
    assert len([row for row in log_of(ana.network_id) if row.id == change["id"]]) == 1


def test_nobody_writes_in_anothers_name(ana: Somebody, lead: Somebody) -> None:
    reply = push(lead, a_change(ana))

    assert reply["results"][0]["status"] == "invalid"
    assert reply["results"][0]["field"] == "by"


def test_nobody_writes_into_anothers_own_scope(ana: Somebody, lead: Somebody) -> None:
    note = a_change(lead, scope=f"own:{ana.member_id}")

    result = push(lead, note)["results"][0]

    assert (result["status"], result["reason"]) == ("set_aside", "access")
    assert note["record"] not in rows_of(pull(ana))


@pytest.mark.parametrize(
    ("other", "reason", "field"),
    [
        ({"kind": "unheard_of"}, "schema", "kind"),
        ({"schema": 999}, "schema", None),
        ({"set": {"element": "principal"}}, "validation", "element"),
        ({"set": {"teacher_name": "x"}}, "validation", "teacher_name"),
        ({"set": {"minute": "seven"}}, "validation", "minute"),
        ({"set": {"text": None}}, "validation", "text"),
        ({"kind": "card"}, "scope", "scope"),
        ({"scope": f"weather:{'0' * 8}-0000-4000-8000-{'0' * 12}"}, "scope", "scope"),
    ],
)
def test_what_cannot_be_applied_is_kept_with_its_reason(
    ana: Somebody, other: dict, reason: str, field: str | None
) -> None:
    change = a_change(ana, **other)

    result = push(ana, change)["results"][0]

    assert (result["status"], result["reason"], result.get("field")) == (
        "set_aside",
        reason,
        field,
    )
    assert change["record"] not in rows_of(pull(ana))
    waiting = ana.get(f"/set-aside?network={ana.network_id}").json["mine"]
    assert [one["change"] for one in waiting] == [change]


def test_a_field_that_only_the_lead_may_write_is_named(ana: Somebody, lead: Somebody) -> None:
    round_id = a_round(lead, ana, roles="facilitator")
    school = clock.new_id()

    result = push(
        ana,
        a_change(
            ana,
            kind="round",
            record=round_id,
            scope=f"round:{round_id}",
            set={"host_school": school, "title": "Mine now"},
        ),
    )["results"][0]

    assert (result["reason"], result["field"]) == ("access", "host_school")


def test_a_record_never_moves_to_another_scope_or_kind(ana: Somebody, lead: Somebody) -> None:
    first, second = a_round(lead, ana), a_round(lead, ana)
    card = a_card(ana, first)
    push(ana, card)

    moved = push(ana, an_edit(card, scope=f"round:{second}"))["results"][0]

    assert (moved["status"], moved["reason"]) == ("set_aside", "scope")


def test_a_change_that_is_allowed_by_now_is_released_by_sending_it_again(
    ana: Somebody, lead: Somebody
) -> None:
    round_id = a_round(lead)
    card = a_card(ana, round_id)
    before = push(ana, card)["results"][0]
    push(lead, a_part(lead, round_id, ana, "visitor"))

    after = push(ana, card)
    again = push(ana, card)

    result = after["results"][0]
    assert before["status"] == "set_aside"
    assert (result["status"], result["seq"]) == ("applied", after["head"])
    assert again["results"] == after["results"]
    assert log_of(ana.network_id)[-1].verdict == "_release"
    assert rows_of(pull(ana))[card["record"]]["seq"] == after["head"]


def test_what_was_set_aside_and_replaced_meanwhile_does_not_come_back(
    ana: Somebody, lead: Somebody
) -> None:
    round_id = a_round(lead)
    card = a_card(ana, round_id, set={"text": "first"})
    push(ana, card)
    push(lead, a_part(lead, round_id, ana, "visitor"))
    push(ana, an_edit(card, set={"text": "second"}))

    released = push(ana, card)

    assert statuses(released) == ["applied"]
    assert values_of(rows_of(pull(ana))[card["record"]], "text") == ["second"]


def test_what_waited_for_a_newer_schema_is_released_after_the_upgrade(
    ana: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = a_change(ana, schema=2)
    assert push(ana, change)["results"][0]["reason"] == "schema"
    monkeypatch.setattr("server.sync.release.SCHEMA", 2)
    monkeypatch.setattr("server.sync.envelope.SCHEMA", 2)

    with writing(ana.network_id) as tx:
        results = release_after_upgrade(tx, ana.network_id)

    assert [result.status for result in results] == ["applied"]
    assert change["record"] in rows_of(pull(ana))


def test_a_removed_member_may_still_push_and_it_waits(ana: Somebody) -> None:
    with writing(ana.network_id) as tx:
        mine = Membership.__table__.c.id == ana.member_id
        tx.execute(update(Membership.__table__).where(mine).values(removed_at=clock.now()))

    result = push(ana, a_change(ana))["results"][0]
    everything = pull(ana)

    assert (result["status"], result["reason"]) == ("set_aside", "access")
    assert (everything["scopes"], everything["rows"]) == ([], [])


def test_a_stranger_does_not_find_the_network(app: Flask, ana: Somebody) -> None:
    stranger = a_member(app, a_network())
    body = {"network": ana.network_id, "head": 0, "chain": "", "changes": []}

    assert stranger.post("/push", body).status_code == 404
    assert stranger.post("/pull", {**body, "changes": None}).status_code == 422
    assert stranger.post("/pull", {"network": ana.network_id, "head": 0, "chain": ""}).json[
        "error"
    ]["code"] == ("not_found")
    assert stranger.post("/push", {**body, "head": 5, "chain": "0" * 64}).status_code == 404


def test_poison_first_in_the_queue_stops_nobody(ana: Somebody) -> None:
    poison = [
        {**a_change(ana), "set": {"text": "half an emoji \ud83d"}},
        {**a_change(ana), "set": {"text": "NUL \x00"}},
        {**a_change(ana), "set": {"order": 1.5}},
        {**a_change(ana), "set": {"text": "x" * 70_000}},
        None,
        [],
        {},
    ]

    reply = push(ana, *poison, a_change(ana))

    assert statuses(reply) == ["invalid"] * 7 + ["applied"]
    assert len(log_of(ana.network_id)) == reply["head"]


def test_a_witness_of_another_history_is_answered_409_and_nothing_is_stored(ana: Somebody) -> None:
    told = push(ana, a_change(ana))
    body = {"network": ana.network_id, "changes": [a_change(ana)]}
    wrong = [(told["head"], "f" * 64), (told["head"] + 1, told["chain"]), (0, "f" * 64)]

    for head, chain in wrong:
        answer = ana.post("/push", {**body, "head": head, "chain": chain})

        assert answer.status_code == 409
        assert answer.json["error"]["code"] == "history_diverged"
        assert answer.headers["Sync-Server"] == "1"
        asked = {"network": ana.network_id, "head": head, "chain": chain}
        assert ana.post("/pull", asked).status_code == 409
    assert len(log_of(ana.network_id)) == told["head"]


def test_an_older_witness_of_the_same_history_is_good(ana: Somebody) -> None:
    first = push(ana, a_change(ana))
    push(ana, a_change(ana))

    reply = push(ana, a_change(ana), head=first["head"], chain=first["chain"])

    assert statuses(reply) == ["applied"]


def test_participants_and_rounds_are_projected_for_grants(lead: Somebody, ana: Somebody) -> None:
    school = clock.new_id()
    round_id = a_round(lead, ana, host_school=school, visits_on="2026-12-01", stage="ready")

    index = _one(RoundIndex, RoundIndex.round_id == round_id)
    part = _one(Participation, Participation.round_id == round_id)

    assert (index.host_school_id, index.visits_on, index.stage) == (school, "2026-12-01", "ready")
    assert (part.member_id, part.roles) == (ana.member_id, "visitor")


def test_a_participant_who_is_taken_out_loses_the_round(lead: Somebody, ana: Somebody) -> None:
    round_id = a_round(lead)
    part = a_part(lead, round_id, ana, "visitor")
    push(lead, part)
    assert f"round:{round_id}" in pull(ana)["scopes"]
    gone = {
        **an_edit(part),
        "set": {"deleted": True},
        "seen": {"deleted": [], **{name: [part["id"]] for name in part["set"]}},
        "depth": {"deleted": 1},
    }

    push(lead, gone)

    assert f"round:{round_id}" not in pull(ana)["scopes"]
    assert _one(Participation, Participation.round_id == round_id) is None


def test_sixteen_and_more_versions_of_a_text_are_all_kept(lead: Somebody) -> None:
    round_id = a_round(lead)
    first = a_change(
        lead, kind="problem_of_practice", scope=f"round:{round_id}", set={"text": "first"}
    )
    push(lead, first)
    versions = [an_edit(first, set={"text": f"version {n}"}) for n in range(40)]

    push(lead, *versions)

    kept = values_of(rows_of(pull(lead))[first["record"]], "text")
    assert sorted(kept) == sorted(f"version {n}" for n in range(40))


def test_the_log_says_which_device_sent_a_change(ana: Somebody) -> None:
    device = clock.new_id()
    body = {"network": ana.network_id, "head": 0, "chain": "", "changes": [a_change(ana)]}

    ana.post("/push", body, headers={"Sync-Device": device})

    assert log_of(ana.network_id)[-1].device_id == device


def test_a_change_that_the_database_refuses_stops_no_other(ana: Somebody) -> None:
    """A trigger stands for what no check foresaw."""
    poison, good = a_change(ana), [a_change(ana) for _ in range(3)]
    with a_trigger_against(poison["record"]):
        reply = push(ana, good[0], poison, *good[1:])

    assert statuses(reply) == ["applied", "invalid", "applied", "applied"]
    assert reply["results"][1]["reason"] == "refused_by_store"
    numbers = [row.seq for row in log_of(ana.network_id)]
    assert numbers == [*range(1, reply["head"] + 1)]


def _one(model: type, condition: object) -> object:
    with reading(EVERY_NETWORK) as tx:
        return tx.execute(select(model.__table__).where(condition)).first()  # type: ignore[attr-defined]
