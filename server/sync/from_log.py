"""A scope's records made again from the log, without a look at what is stored of them.

State depends on the set of applied changes alone (docs/sync-protocol.md, 1), so that this
gives what `record` holds; a test compares both. For whatever is made from records and must be
made whole again.
"""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Connection

from server.sync.dialect import many, run
from server.sync.read import MergedRecord, merged
from server.sync.registers import State, empty_state, is_deleted, merge


def records_from_log(tx: Connection, network_id: str, scope: str) -> list[MergedRecord]:
    """Every record of the scope that stands, in order of id."""
    found = run(
        tx,
        "SELECT id FROM record WHERE network_id = ? AND scope = ? AND state IS NOT NULL",
        network_id,
        scope,
    )
    ids = [row[0] for row in found]
    changes = [
        (seq, orjson.loads(body))
        for seq, body in [*_beginnings(tx, network_id, scope), *_rest(tx, network_id, ids)]
    ]
    changes.sort(key=lambda each: each[0])
    applied = {change["id"] for _, change in changes}
    return sorted(_merged(changes, applied), key=lambda record: record.id)


def _beginnings(tx: Connection, network_id: str, scope: str) -> list[Any]:
    """The changes that made records, by their numbers."""
    return [
        *run(
            tx,
            "SELECT coalesce(c.released_seq, c.seq), c.body FROM record r "
            "JOIN change c ON c.network_id = r.network_id AND c.seq = r.began "
            "WHERE r.network_id = ? AND r.scope = ? AND r.state IS NOT NULL "
            "AND c.status = 'applied' AND c.body IS NOT NULL",
            network_id,
            scope,
        )
    ]


def _rest(tx: Connection, network_id: str, record_ids: list[str]) -> list[Any]:
    """What followed, by the index of those."""
    return [
        *run(
            tx,
            "SELECT coalesce(released_seq, seq), body FROM change "
            "WHERE network_id = ? AND record_id {among} AND NOT begins AND status = 'applied' "
            "AND body IS NOT NULL",
            network_id,
            many(tx, record_ids),
        )
    ]


def _merged(changes: list[tuple[int, dict[str, Any]]], applied: set[str]) -> list[MergedRecord]:
    states: dict[str, State] = {}
    told: dict[str, tuple[str, str, int]] = {}
    for seq, change in changes:
        state = states.setdefault(change["record"], empty_state())
        merge(state, change, applied)
        told.setdefault(change["record"], (change["kind"], change["scope"], seq))
    return [
        merged(record_id, *told[record_id], state["fields"])
        for record_id, state in states.items()
        if not is_deleted(state["fields"])
    ]
