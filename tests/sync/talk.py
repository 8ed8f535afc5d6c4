"""Talking to the server as a device does, in one line: changes, push, pull.

A change made here comes from plain values, not from the code under test.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from server import clock
from server.db import reading
from server.models.sync import Change
from tests.make import Somebody

Json = dict[str, Any]

TAKES_WITHIN = 30
"""Seconds: beside a server of its own, a test waits for its turn to write."""


def a_change(somebody: Somebody, **other: Any) -> Json:
    """A first save by this person: of a note of their own, unless told otherwise."""
    values = other.pop("set", {"text": "T: Why?"})
    return {
        "id": clock.new_id(),
        "n": 1,
        "by": somebody.member_id,
        "kind": "note",
        "record": clock.new_id(),
        "scope": f"own:{somebody.member_id}",
        "schema": 1,
        "made_at": "2026-11-22T09:14:03Z",
        "set": values,
        "seen": {name: [] for name in values},
        "depth": dict.fromkeys(values, 1),
        **other,
    }


def an_edit(change: Json, **other: Any) -> Json:
    """The next save of the same registers, naming the one before."""
    return {
        **change,
        "id": clock.new_id(),
        "seen": {name: [change["id"]] for name in change["set"]},
        "depth": {name: depth + 1 for name, depth in change["depth"].items()},
        **other,
    }


def a_card(somebody: Somebody, round_id: str, **other: Any) -> Json:
    return a_change(somebody, **{"kind": "card", "scope": f"round:{round_id}", **other})


def a_round(lead: Somebody, *people: Somebody, roles: str = "visitor", **fields: Any) -> str:
    """A round of the lead's, with these people in it; its id."""
    round_id = clock.new_id()
    scope = f"round:{round_id}"
    values = {"title": "An invented round", **fields}
    changes = [a_change(lead, kind="round", record=round_id, scope=scope, set=values)]
    changes += [a_part(lead, round_id, one, roles) for one in people]
    assert statuses(push(lead, *changes)) == ["applied"] * len(changes)
    return round_id


def a_part(lead: Somebody, round_id: str, somebody: Somebody, *roles: str) -> Json:
    values = {"member": somebody.member_id, **{f"roles/{role}": True for role in roles}}
    return a_change(lead, kind="participant", scope=f"round:{round_id}", set=values)


def a_measure(lead: Somebody, *points: Mapping[str, Any], **fields: Any) -> str:
    """A measure of the lead's network with these points; its id."""
    measure_id, scope = clock.new_id(), f"network:{lead.network_id}"
    values = {"title": "An invented measure", **fields}
    changes = [a_change(lead, kind="measure", record=measure_id, scope=scope, set=values)]
    for point in points:
        values = {"measure": measure_id, **point}
        changes.append(a_change(lead, kind="measure_point", scope=scope, set=values))
    assert statuses(push(lead, *changes)) == ["applied"] * len(changes)
    return measure_id


def push(somebody: Somebody, *changes: Any, head: int = 0, chain: str = "") -> Json:
    """The reply to a push that must succeed. A busy server is asked again, as every app does."""
    body = {"network": somebody.network_id, "head": head, "chain": chain, "changes": [*changes]}
    until = time.monotonic() + TAKES_WITHIN
    while (answer := somebody.post("/push", body)).status_code == 503 and time.monotonic() < until:
        time.sleep(0.2)
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def statuses(reply: Json) -> list[str]:
    return [result["status"] for result in reply["results"]]


def pull(somebody: Somebody, **asked: Any) -> Json:
    """The reply to a pull that must succeed; of everything, unless told otherwise."""
    body = {"network": somebody.network_id, "head": 0, "chain": "", **asked}
    answer = somebody.post("/pull", body)
    assert answer.status_code == 200, answer.json
    return dict(answer.json)


def rows_of(reply: Json) -> dict[str, Json]:
    return {row["id"]: row for row in reply["rows"]}


def values_of(row: Json, register: str) -> list[Any]:
    return [head.get("value") for head in row["fields"].get(register, [])]


def log_of(network_id: str) -> list[Any]:
    with reading(network_id) as tx:
        table = Change.__table__
        found = select(table).where(table.c.network_id == network_id).order_by(table.c.seq)
        return [*tx.execute(found)]
