"""That a record was deleted is told for 400 days. Who was away for longer reads everything."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server import clock
from server.services.tombstones import forget_old_tombstones
from tests.make import Somebody
from tests.sync.talk import a_card, a_change, a_round, an_edit, pull, push, rows_of, values_of

Json = dict[str, Any]
BEGINNING = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)


def on_day(day: int) -> AbstractContextManager[None]:
    return clock.clock_at(lambda: BEGINNING + timedelta(days=day))


def deleted(change: Json) -> Json:
    covered = {name: [change["id"]] for name in change["set"]}
    gone = {"set": {"deleted": True}, "seen": {"deleted": [], **covered}, "depth": {"deleted": 1}}
    return {**an_edit(change), **gone}


def ask(somebody: Somebody, reply: Json, **other: Any) -> Any:
    """The next pull of a device that last heard this reply."""
    told = {name: reply[name] for name in ("head", "chain", "grants", "cursors")}
    body = {"network": somebody.network_id, "synced": reply["head"], **told, **other}
    return somebody.post("/pull", body)


@pytest.fixture
def round_id(ana: Somebody, lead: Somebody) -> str:
    with on_day(0):
        return a_round(lead, ana)


@pytest.fixture
def card(lead: Somebody, round_id: str) -> Json:
    with on_day(1):
        made = a_card(lead, round_id)
        push(lead, made, a_card(lead, round_id))
    return made


@pytest.fixture
def forget(app: Any) -> Callable[[int], None]:
    def work(day: int) -> None:
        with on_day(day):
            forget_old_tombstones()

    return work


def test_for_four_hundred_days_a_deletion_is_told(
    ana: Somebody, lead: Somebody, card: Json, forget: Callable[[int], None]
) -> None:
    before = pull(ana)
    with on_day(2):
        push(lead, deleted(card))

    forget(401)
    answer = ask(ana, before)

    assert answer.status_code == 200
    assert rows_of(answer.json)[card["record"]]["deleted"] is True


def test_who_read_before_a_deletion_that_is_told_no_more_reads_everything(
    ana: Somebody, lead: Somebody, card: Json, forget: Callable[[int], None]
) -> None:
    before = pull(ana)
    with on_day(2):
        push(lead, deleted(card))
    after = pull(ana)

    forget(403)
    answer = ask(ana, before)

    assert (answer.status_code, answer.json["error"]["code"]) == (410, "sync.too_long_away")
    assert push(ana, a_change(ana))["results"][0]["status"] == "applied"
    assert ask(ana, after).status_code == 200
    afresh = pull(ana)
    assert card["record"] not in rows_of(afresh)
    assert ask(ana, afresh).status_code == 200


def test_a_scope_that_was_quiet_for_401_days_is_no_absence(
    ana: Somebody, lead: Somebody, card: Json, forget: Callable[[int], None]
) -> None:
    """The scope's cursor is old, what the device has synced is not."""
    other = a_card(lead, a_round(lead, ana))
    with on_day(2):
        push(lead, other, deleted(other))
    quiet = pull(ana)
    forget(403)
    push(lead, a_change(lead))
    still = ask(ana, quiet)

    assert still.status_code == 200
    assert ask(ana, still.json).status_code == 200
    assert ask(ana, still.json, synced=None, grants=None).status_code == 200


def test_where_nothing_was_deleted_nobody_was_away_too_long(
    ana: Somebody, lead: Somebody, card: Json, forget: Callable[[int], None]
) -> None:
    before = pull(ana)
    with on_day(2):
        push(lead, an_edit(card))

    forget(2_000)

    assert ask(ana, before).status_code == 200


def test_an_undo_after_that_time_finds_every_version_again(
    ana: Somebody, lead: Somebody, card: Json, forget: Callable[[int], None]
) -> None:
    gone = deleted(card)
    with on_day(2):
        push(lead, gone)
    forget(403)
    undone = {
        **an_edit(gone),
        "set": {"deleted": False},
        "seen": {"deleted": [gone["id"]]},
        "depth": {"deleted": 2},
    }

    push(lead, undone)

    row = rows_of(pull(ana))[card["record"]]
    assert row["deleted"] is False
    assert values_of(row, "text") == [card["set"]["text"]]


def test_a_snapshot_is_without_them_and_one_begun_before_cannot_be_gone_on_with(
    ana: Somebody, lead: Somebody, round_id: str, card: Json, forget: Callable[[int], None]
) -> None:
    begun = pull(ana)
    with on_day(2):
        push(lead, deleted(card))
    forget(403)
    query = {"network": ana.network_id}
    first = {"first_head": begun["head"], "first_chain": begun["chain"], "after": clock.new_id()}

    whole = ana.get(f"/snapshot/round:{round_id}", query_string=query)
    again = ana.get(f"/snapshot/round:{round_id}", query_string=query | first)

    _, *rows, last = [json.loads(line) for line in whole.data.splitlines()]
    assert card["record"] not in {row["id"] for row in rows}
    assert last["count"] == len(rows) > 0
    assert (again.status_code, again.json["error"]["code"]) == (410, "sync.too_long_away")
