"""Records made again from the log, without a look at what is stored of them.

State depends on the set of applied changes alone (docs/sync-protocol.md, 1), so that this
gives what `record` holds; a test compares both. For whatever is made from records and must be
made whole again, and for how records stood at an earlier number.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    changes = changes_of(tx, network_id, [row[0] for row in found])
    return sorted(records_of_changes(changes), key=lambda record: record.id)


def changes_of(
    tx: Connection, network_id: str, record_ids: Iterable[str]
) -> list[tuple[int, dict[str, Any]]]:
    """The applied changes of these records, by the numbers under which they took effect."""
    ids = many(tx, record_ids)
    found = [*run(tx, _BEGINNINGS, network_id, ids), *run(tx, _REST, network_id, ids)]
    changes = [(seq, orjson.loads(body)) for seq, body in found]
    return sorted(changes, key=lambda each: each[0])


_BEGINNINGS = (
    "SELECT coalesce(c.released_seq, c.seq), c.body FROM record r "
    "JOIN change c ON c.network_id = r.network_id AND c.seq = r.began "
    "WHERE r.network_id = ? AND r.id {among} AND c.status = 'applied' AND c.body IS NOT NULL"
)
"""What made records, by their numbers."""
_REST = (
    "SELECT coalesce(released_seq, seq), body FROM change WHERE network_id = ? "
    "AND record_id {among} AND NOT begins AND status = 'applied' AND body IS NOT NULL"
)
"""What followed, by the index of those."""


def states_of(changes: Iterable[tuple[int, dict[str, Any]]]) -> dict[str, State]:
    """Record to its state, from changes in the order of their numbers."""
    states: dict[str, State] = {}
    applied: set[str] = set()
    for _, change in changes:
        merge(states.setdefault(change["record"], empty_state()), change, applied)
        applied.add(change["id"])
    return states


def records_of_changes(changes: list[tuple[int, dict[str, Any]]]) -> list[MergedRecord]:
    """The records that these changes, in the order of their numbers, leave standing."""
    told: dict[str, tuple[str, str, int]] = {}
    for seq, change in changes:
        told.setdefault(change["record"], (change["kind"], change["scope"], seq))
    return [
        merged(record_id, *told[record_id], state["fields"])
        for record_id, state in states_of(changes).items()
        if not is_deleted(state["fields"])
    ]
