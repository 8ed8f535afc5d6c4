"""A large scope comes as a stream of lines: whole, resumable, and no longer than it is held."""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from server import clock
from server.db import db, writing
from server.models.accounts import Membership
from server.models.sync import Network
from server.sync import snapshot as snapshots
from server.sync.purge import purge
from tests.make import Somebody, a_member
from tests.sync.talk import a_card, a_change, a_round, an_edit, pull, push, rows_of

Json = dict[str, Any]


def ask(somebody: Somebody, scope: str, **asked: Any) -> Any:
    query = {"network": somebody.network_id, **asked}
    return somebody.get(f"/snapshot/{scope}", query_string=query)


def lines_of(answer: Any) -> list[Json]:
    assert answer.status_code == 200, answer.json
    data = answer.data
    if answer.headers.get("Content-Encoding") == "gzip":
        data = gzip.decompress(data)
    assert data.endswith(b"\n")
    return [json.loads(line) for line in data.splitlines()]


@pytest.fixture
def own(ana: Somebody) -> str:
    return f"own:{ana.member_id}"


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "PAGE_ROWS", 3)


def test_a_snapshot_holds_what_a_pull_would_give_in_order_of_id(
    ana: Somebody, lead: Somebody, small_pages: None
) -> None:
    round_id = a_round(lead, ana)
    cards = [a_card(lead, round_id) for _ in range(7)]
    push(lead, *cards)
    gone = {**an_edit(cards[0]), "set": {"deleted": True}, "depth": {"deleted": 1}}
    push(lead, {**gone, "seen": {"deleted": [], "text": [cards[0]["id"]]}})
    with writing(lead.network_id) as tx:
        purge(tx, lead.network_id, [cards[1]["record"]])

    first, *rows, last = lines_of(ask(ana, f"round:{round_id}"))

    pulled = pull(ana)
    wanted = [row for row in pulled["rows"] if row["scope"] == f"round:{round_id}"]
    assert rows == sorted(wanted, key=lambda row: str(row["id"]))
    assert first == {
        "epoch": pulled["epoch"],
        "head": pulled["head"],
        "chain": pulled["chain"],
        "scope": f"round:{round_id}",
        "schema": 1,
    }
    spelled = "".join(f"{row['id']}:{row['seq']}\n" for row in rows)
    digest = sha256(spelled.encode()).hexdigest()
    assert last == {"end": True, "count": len(rows), "digest": digest}


def test_an_empty_scope_has_a_first_and_a_last_line(ana: Somebody, own: str) -> None:
    first, last = lines_of(ask(ana, own))

    assert first["scope"] == own
    assert last == {"end": True, "count": 0, "digest": sha256(b"").hexdigest()}


def test_it_is_packed_for_who_can_unpack_it(ana: Somebody, own: str) -> None:
    push(ana, *[a_change(ana) for _ in range(100)])

    plain = ask(ana, own)
    packed = ana.get(
        f"/snapshot/{own}",
        query_string={"network": ana.network_id},
        headers={"Accept-Encoding": "gzip"},
    )

    assert "Content-Encoding" not in plain.headers
    assert lines_of(packed) == lines_of(plain)
    assert len(packed.data) < len(plain.data) / 3


def test_what_was_cut_goes_on_after_its_last_whole_line(
    ana: Somebody, own: str, small_pages: None
) -> None:
    push(ana, *[a_change(ana) for _ in range(10)])
    first, *rows, _ = lines_of(ask(ana, own))
    push(ana, a_change(ana))

    going_on = {"first_head": first["head"], "first_chain": first["chain"]}
    again, *rest, last = lines_of(ask(ana, own, after=rows[3]["id"], **going_on))

    assert again == first, "the head of the first attempt stays the cursor"
    assert [row["id"] for row in rest if row["seq"] <= first["head"]] == [
        row["id"] for row in rows[4:]
    ]
    assert last["count"] == len(rest)


def test_what_changes_while_it_streams_is_told_by_the_next_pull(
    ana: Somebody, own: str, small_pages: None
) -> None:
    """Edited before and behind the place of the stream, and made anew: nothing is missed."""
    notes = [a_change(ana) for _ in range(9)]
    push(ana, *notes)
    answer = ana.client.get(
        f"/api/v1/snapshot/{own}", query_string={"network": ana.network_id}, buffered=False
    )
    stream = iter(answer.response)
    got = [
        json.loads(line) for chunk in (next(stream), next(stream)) for line in chunk.splitlines()
    ]
    by_id = sorted(notes, key=lambda note: str(note["record"]))
    push(ana, an_edit(by_id[0], set={"text": "before"}), an_edit(by_id[8], set={"text": "behind"}))
    push(ana, a_change(ana))
    got += [json.loads(line) for chunk in stream for line in chunk.splitlines()]

    first, *rows, _ = got
    device = {row["id"]: row for row in rows}
    device.update(rows_of(pull(ana, cursors={own: first["head"]})))

    assert device == {i: r for i, r in rows_of(pull(ana)).items() if r["scope"] == own} | {
        i: r for i, r in device.items() if r["scope"] != own
    }
    assert len(rows) >= 9


def test_a_scope_that_is_not_held_is_not_found(
    app: Flask, network: str, ana: Somebody, lead: Somebody
) -> None:
    round_id = a_round(lead)
    stranger = a_member(app, network)

    for scope in (f"round:{round_id}", f"own:{lead.member_id}", "round:nothing", "own:"):
        assert ask(ana, scope).status_code == 404
    assert ask(lead, f"round:{clock.new_id()}").status_code == 404
    assert ask(stranger, f"own:{ana.member_id}").status_code == 404


def test_what_is_taken_away_while_it_streams_is_told_no_further(
    ana: Somebody, own: str, small_pages: None
) -> None:
    push(ana, *[a_change(ana) for _ in range(10)])
    answer = ana.client.get(
        f"/api/v1/snapshot/{own}", query_string={"network": ana.network_id}, buffered=False
    )
    stream = iter(answer.response)
    begun = next(stream) + next(stream)
    with writing(ana.network_id) as tx:
        mine = Membership.__table__.c.id == ana.member_id
        tx.execute(update(Membership.__table__).where(mine).values(removed_at=clock.now()))

    rest = b"".join(stream)

    assert begun.count(b"\n") == 4
    assert rest == b"", "cut, without a last line"


def test_no_connection_is_held_between_two_pages(
    ana: Somebody, own: str, small_pages: None
) -> None:
    push(ana, *[a_change(ana) for _ in range(10)])
    answer = ana.client.get(
        f"/api/v1/snapshot/{own}", query_string={"network": ana.network_id}, buffered=False
    )
    stream = iter(answer.response)
    pool: Any = db.engine.pool

    for chunk in stream:
        assert chunk
        assert pool.checkedout() == 0
        push(ana, a_change(ana))


def test_the_witness_is_checked_as_in_push(ana: Somebody, own: str) -> None:
    push(ana, a_change(ana))
    head = pull(ana)["head"]

    for asked in (
        {"head": head, "chain": "0" * 64},
        {"head": head + 5, "chain": "0" * 64},
        {"after": clock.new_id(), "first_head": head, "first_chain": "0" * 64},
    ):
        answer = ask(ana, own, **asked)
        assert (answer.status_code, answer.json["error"]["code"]) == (409, "history_diverged")


def test_a_database_that_was_put_back_ends_the_stream(
    ana: Somebody, own: str, small_pages: None
) -> None:
    push(ana, *[a_change(ana) for _ in range(10)])
    answer = ana.client.get(
        f"/api/v1/snapshot/{own}", query_string={"network": ana.network_id}, buffered=False
    )
    stream = iter(answer.response)
    next(stream)
    with writing(ana.network_id) as tx:
        table = Network.__table__
        tx.execute(update(table).where(table.c.id == ana.network_id).values(epoch="another"))

    assert b'"end"' not in b"".join(stream)


def test_to_go_on_needs_what_the_first_attempt_was_told(ana: Somebody, own: str) -> None:
    assert ask(ana, own, after=clock.new_id()).status_code == 422
    assert ask(ana, own, first_head=0).status_code == 422
    assert ask(ana, own, after="x").status_code == 422


def test_an_app_too_old_to_read_gets_no_snapshot(ana: Somebody, own: str) -> None:
    query = {"network": ana.network_id}

    answer = ana.get(f"/snapshot/{own}", query_string=query, headers={"Sync-Schema": "0"})

    assert answer.status_code == 426


def test_a_pull_names_large_scopes_to_devices_that_take_snapshots(
    ana: Somebody, lead: Somebody, own: str
) -> None:
    round_id = a_round(lead, ana)
    push(ana, *[a_change(ana) for _ in range(500)])
    body = {"network": ana.network_id, "head": 0, "chain": "", "cursors": {}}
    headers = {"Sync-Snapshots": "1"}

    just = ana.post("/pull", body, headers=headers).json
    push(ana, a_change(ana))
    more = ana.post("/pull", body, headers=headers).json
    without = ana.post("/pull", body).json
    begun = ana.post("/pull", {**body, "cursors": {own: 3}}, headers=headers).json

    assert "large" not in just
    assert (more["large"], more["more"], more["cursors"][own]) == ([own], True, 0)
    assert {row["scope"] for row in more["rows"]} >= {f"round:{round_id}"}
    assert own not in {row["scope"] for row in more["rows"]}
    for reply in (without, begun):
        assert "large" not in reply
        assert own in {row["scope"] for row in reply["rows"]}
