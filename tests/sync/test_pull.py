"""What a device is given: by scope, in order, in pages, and how little of the author."""

from __future__ import annotations

import gzip
from datetime import timedelta

import orjson
import pytest
from flask import Flask
from sqlalchemy import update

from server import clock
from server.db import writing
from server.domain.identifiers import debrief_id
from server.models.accounts import Membership
from server.models.sync import Network
from server.sync.purge import purge
from tests.make import Somebody, a_member
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


@pytest.fixture
def ben(app: Flask, network: str) -> Somebody:
    return a_member(app, network)


def test_one_sees_ones_own_notes_and_nobody_elses(ana: Somebody, lead: Somebody) -> None:
    mine, theirs = a_change(ana), a_change(lead)
    push(ana, mine)
    push(lead, theirs)

    assert mine["record"] in rows_of(pull(ana))
    assert theirs["record"] not in rows_of(pull(ana))
    assert mine["record"] not in rows_of(pull(lead))


def test_rows_come_own_first_then_open_rounds_the_network_and_the_rest(
    ana: Somebody, lead: Somebody
) -> None:
    done, coming = a_round(lead, ana, stage="closed"), a_round(lead, ana, stage="ready")
    push(ana, a_change(ana))

    scopes = [*dict.fromkeys(row["scope"] for row in pull(ana)["rows"])]

    assert scopes == [
        f"own:{ana.member_id}",
        f"round:{coming}",
        f"network:{ana.network_id}",
        f"round:{done}",
    ]


def test_rounds_of_long_ago_come_last_and_are_named_where_there_are_news(
    ana: Somebody, lead: Somebody
) -> None:
    year_ago = (clock.now() - timedelta(days=366)).date()
    old = a_round(lead, ana, visits_on=year_ago.isoformat())
    recent = a_round(lead, ana, visits_on=(year_ago + timedelta(days=3)).isoformat())
    undated = a_round(lead, ana)

    first = pull(ana)

    assert first["archived"] == sorted([f"round:{old}", f"visitors:{old}"])
    assert first["rows"][-1]["scope"] == f"round:{old}"
    assert {f"round:{recent}", f"round:{undated}"} <= {*first["scopes"]}
    told = {name: first[name] for name in ("grants", "cursors", "head", "chain")}
    assert "archived" not in pull(ana, synced=first["head"], **told)
    push(ana, a_change(ana))
    assert pull(ana, **told)["archived"] == first["archived"]


def test_pages_end_at_the_limit_and_each_row_comes_once(ana: Somebody, lead: Somebody) -> None:
    round_id = a_round(lead, ana)
    push(ana, *[a_change(ana) for _ in range(5)], *[a_card(ana, round_id) for _ in range(5)])
    cursors: dict[str, int] = {}
    seen: list[str] = []
    more = True

    while more:
        reply = pull(ana, cursors=cursors, limit=3)
        assert 1 <= len(reply["rows"]) <= 3
        seen += [row["id"] for row in reply["rows"]]
        cursors, more = reply["cursors"], reply["more"]

    assert len(seen) == len(set(seen)) == len(pull(ana)["rows"])


def test_a_page_holds_two_mebibytes_and_one_row_at_least(ana: Somebody) -> None:
    long = "é" * 30_000
    for _ in range(10):
        push(ana, *[a_change(ana, set={"text": long}) for _ in range(8)])
    cursors: dict[str, int] = {}
    counts = []
    for _ in range(10):
        body = {"network": ana.network_id, "head": 0, "chain": "", "cursors": cursors}
        answer = ana.post("/pull", body)
        assert answer.content_length < 2.1 * 1024 * 1024
        counts.append(len(answer.json["rows"]))
        cursors = answer.json["cursors"]
        if not answer.json["more"]:
            break

    assert sum(counts) >= 80
    assert len(counts) >= 3


def test_a_page_is_packed_for_a_device_that_unpacks_it(ana: Somebody) -> None:
    push(ana, a_change(ana, set={"text": "T: Why? " * 400}))
    body = {"network": ana.network_id, "head": 0, "chain": ""}

    plain = ana.post("/pull", body)
    packed = ana.post("/pull", body, headers={"Accept-Encoding": "gzip, br"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 4
    assert orjson.loads(gzip.decompress(packed.data)) == plain.json


def test_nothing_new_is_told_without_rows(ana: Somebody) -> None:
    push(ana, a_change(ana))
    first = pull(ana)

    idle = pull(ana, synced=first["head"], grants=first["grants"], cursors=first["cursors"])

    assert (idle["rows"], idle["more"]) == ([], False)
    assert idle["cursors"] == first["cursors"]


def test_an_edit_brings_the_record_again_with_its_new_number(ana: Somebody) -> None:
    note = a_change(ana)
    push(ana, note)
    first = pull(ana)

    push(ana, an_edit(note, set={"text": "T: Why not?"}))
    rows = pull(ana, synced=first["head"], grants=first["grants"], cursors=first["cursors"])["rows"]

    assert [values_of(row, "text") for row in rows] == [["T: Why not?"]]


def test_a_new_grant_begins_at_the_beginning(ana: Somebody, lead: Somebody) -> None:
    round_id = a_round(lead)
    first = pull(ana)
    push(lead, a_part(lead, round_id, ana, "guest"))

    after = pull(ana, synced=first["head"], grants=first["grants"], cursors=first["cursors"])

    assert round_id in rows_of(after)
    assert f"round:{round_id}" in after["scopes"]


def test_a_grant_that_changes_without_a_change_is_noticed(ana: Somebody, lead: Somebody) -> None:
    round_id = a_round(lead, ana)
    first = pull(ana)
    with writing(ana.network_id) as tx:
        mine = Membership.__table__.c.id == ana.member_id
        tx.execute(update(Membership.__table__).where(mine).values(removed_at=clock.now()))

    after = pull(ana, synced=first["head"], grants=first["grants"], cursors=first["cursors"])

    assert f"round:{round_id}" in first["scopes"]
    assert (after["scopes"], after["rows"], after["cursors"]) == ([], [], {})


def test_a_scope_that_is_not_held_is_not_given_to_who_asks_for_it(
    ana: Somebody, lead: Somebody
) -> None:
    round_id = a_round(lead)

    reply = pull(ana, cursors={f"round:{round_id}": 0, f"own:{lead.member_id}": 0})

    assert f"round:{round_id}" not in reply["cursors"]
    assert all(row["scope"].startswith(("own:", "network:")) for row in reply["rows"])


def test_the_author_of_a_card_is_told_to_nobody_else(
    ana: Somebody, ben: Somebody, lead: Somebody
) -> None:
    round_id = a_round(lead, ana, ben)
    card = a_card(ana, round_id)
    push(ana, card)

    (seen_by_ben,) = rows_of(pull(ben))[card["record"]]["fields"]["text"]
    (seen_by_ana,) = rows_of(pull(ana))[card["record"]]["fields"]["text"]

    assert "by" not in seen_by_ben
    assert seen_by_ben["made_at"] == "2026-11-22"
    assert (seen_by_ana["by"], seen_by_ana["made_at"]) == (ana.member_id, card["made_at"])
    assert ana.member_id not in ben.get(
        f"/records/{card['record']}/history?network={ana.network_id}"
    ).get_data(as_text=True)


@pytest.mark.parametrize("consensus", ["agree", "not_yet"])
def test_nobody_is_told_who_agreed_and_who_said_not_yet(
    ana: Somebody, ben: Somebody, lead: Somebody, consensus: str
) -> None:
    round_id = a_round(lead, ana, ben)
    where = {"kind": "pattern", "scope": f"round:{round_id}"}
    written = a_change(ben, set={"form": "pattern", "statement": "Copy."}, **where)
    push(ben, written)
    said = {"consensus": consensus, "open_question": "Is it one task?"}
    push(ana, a_change(ana, record=written["record"], set=said, **where))

    for reader in (ben, lead):
        row = rows_of(pull(reader))[written["record"]]
        (head,) = row["fields"]["consensus"]
        assert (head["value"], head["made_at"]) == (consensus, "2026-11-22")
        history = reader.get(f"/records/{written['record']}/history?network={ana.network_id}")
        assert consensus in history.text
        assert ana.member_id not in history.text + orjson.dumps(row).decode()


def test_the_author_of_a_plan_is_shown(ana: Somebody, ben: Somebody, lead: Somebody) -> None:
    round_id = a_round(lead, ana, ben, roles="facilitator")
    words = a_change(ana, kind="problem_of_practice", scope=f"round:{round_id}")
    push(ana, words)

    (head,) = rows_of(pull(ben))[words["record"]]["fields"]["text"]

    assert (head["by"], head["made_at"]) == (ana.member_id, "2026-11-22")


def test_the_host_is_never_given_where_a_card_comes_from(
    app: Flask, network: str, ana: Somebody, lead: Somebody
) -> None:
    school = clock.new_id()
    host, colleague = (a_member(app, network, school_id=school) for _ in range(2))
    round_id = a_round(lead, ana, host_school=school)
    push(lead, a_part(lead, round_id, host, "host"))
    push(lead, a_part(lead, round_id, colleague, "visitor"))
    card = a_card(ana, round_id, set={"text": "T: Why?", "standing": "agreed"})
    source = a_change(
        ana,
        kind="card_source",
        scope=f"visitors:{round_id}",
        set={"card": card["record"], "classroom": clock.new_id(), "member": ana.member_id},
    )
    analyze = a_change(
        lead,
        kind="debrief",
        record=debrief_id(round_id),
        scope=f"round:{round_id}",
        set={"phase": "analyze"},
    )

    assert statuses(push(ana, card, source)) == ["applied", "applied"]
    push(lead, analyze)

    assert source["record"] in rows_of(pull(ana))
    for one in (host, colleague):
        reply = pull(one)
        assert f"visitors:{round_id}" not in reply["scopes"]
        assert card["record"] in rows_of(reply)
        assert source["record"] not in rows_of(reply)
        path = f"/records/{source['record']}/history?network={network}"
        assert one.get(path).status_code == 404


def test_a_deleted_record_travels_without_its_words(ana: Somebody, lead: Somebody) -> None:
    round_id = a_round(lead, ana)
    card = a_card(lead, round_id, set={"text": "words to be gone", "element": "teacher"})
    push(lead, card)
    gone = {
        **an_edit(card),
        "set": {"deleted": True},
        "seen": {"deleted": [], "text": [card["id"]], "element": [card["id"]]},
        "depth": {"deleted": 1},
    }
    push(lead, gone)

    row = rows_of(pull(ana))[card["record"]]
    history = ana.get(f"/records/{card['record']}/history?network={ana.network_id}")

    assert row["deleted"] is True
    assert "value" not in row["fields"]["text"][0]
    assert row["fields"]["deleted"][0]["covers"] == {
        "element": [card["id"]],
        "text": [card["id"]],
    }
    assert "words to be gone" not in history.get_data(as_text=True)


def test_a_purged_record_is_gone_from_tables_and_told_to_devices(ana: Somebody) -> None:
    note = a_change(ana, set={"text": "canary-5281"})
    push(ana, note)
    first = pull(ana)
    with writing(ana.network_id) as tx:
        assert len(purge(tx, ana.network_id, [note["record"]])) == 1

    row = pull(ana, synced=first["head"], grants=first["grants"], cursors=first["cursors"])["rows"]
    again = push(ana, note, an_edit(note))

    assert [{**each} for each in row] == [
        {
            "kind": "note",
            "id": note["record"],
            "scope": note["scope"],
            "seq": first["head"] + 1,
            "purged": True,
        }
    ]
    assert [(r["status"], r["seq"]) for r in again["results"]] == [("purged", None)] * 2
    assert "canary-5281" not in "".join(each.body or "" for each in log_of(ana.network_id))


def test_history_is_newest_first_and_hides_nothing_from_the_author(ana: Somebody) -> None:
    note = a_change(ana, set={"text": "first"})
    later = an_edit(note, set={"text": "second"})
    push(ana, note, later)

    changes = ana.get(f"/records/{note['record']}/history?network={ana.network_id}").json["changes"]

    assert [change["set"]["text"] for change in changes] == ["second", "first"]
    assert changes[0]["made_at"] == later["made_at"]


def test_the_lead_sees_what_waits_in_shared_scopes_and_only_counts_the_rest(
    ana: Somebody, ben: Somebody, lead: Somebody
) -> None:
    round_id = a_round(lead)
    card = a_card(ana, round_id, set={"text": "a card that waits"})
    note = a_change(ana, set={"text": "a private line", "element": "principal"})
    push(ana, card, note)

    told = lead.get(f"/set-aside?network={lead.network_id}")

    assert [each["change"]["id"] for each in told.json["shared"]] == [card["id"]]
    assert "by" not in told.json["shared"][0]["change"]
    assert [(each["reason"], each["count"]) for each in told.json["private"]] == [("validation", 1)]
    assert "a private line" not in told.get_data(as_text=True)
    nothing = {"mine": [], "shared": [], "private": []}
    assert ben.get(f"/set-aside?network={ben.network_id}").json == nothing


def test_durable_is_what_the_newest_backup_holds(ana: Somebody) -> None:
    push(ana, a_change(ana))
    table = Network.__table__
    with writing(ana.network_id) as tx:
        tx.execute(update(table).where(table.c.id == ana.network_id).values(durable=1))

    assert pull(ana)["durable"] == 1


def test_an_app_that_is_too_old_to_read_may_still_push(ana: Somebody) -> None:
    asked = {"network": ana.network_id, "head": 0, "chain": ""}

    answer = ana.post("/pull", asked, headers={"Sync-Schema": "0"})
    pushed = ana.post("/push", {**asked, "changes": []}, headers={"Sync-Schema": "0"})

    assert (answer.status_code, answer.json["error"]["code"]) == (426, "sync.app_too_old")
    assert pushed.status_code == 200
