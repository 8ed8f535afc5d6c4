"""A round's classrooms as they stood when its host first let others read it.

Figures are told of that moment for ever (docs/adr/0014): told of today, a late classroom
would be the difference between this year's file and last year's, exactly one. Made from the
log alone, so that a rebuild finds the same moment again.
"""

from __future__ import annotations

from sqlalchemy import Connection

from schemas.vocabulary import Audience, ScopeType
from server.domain.identifiers import return_summary_id
from server.services.released import Records
from server.sync.dialect import run
from server.sync.from_log import changes_of, records_of_changes
from server.sync.projections import tags_of
from server.sync.read import MergedRecord
from server.sync.registers import empty_state, is_deleted, merge

READ_BY = {Audience.NETWORK, Audience.DISTRICT, Audience.PUBLIC}
"""Whoever reads patterns without holding the round. The host's own school does not."""

ROOM_KINDS = {
    "classroom": ScopeType.ROUND,
    "slot": ScopeType.ROUND,
    "card_source": ScopeType.VISITORS,
}
"""What says which classrooms were visited, and where it lies."""


def records_as_first_shown(tx: Connection, network_id: str, round_id: str) -> Records | None:
    """What said then which classrooms were visited; None of a round that was never opened."""
    until = _first_opened(tx, network_id, round_id)
    if until is None:
        return None
    changes = changes_of(tx, network_id, _records_of_rooms(tx, network_id, round_id))
    found: dict[str, list[MergedRecord]] = {kind: [] for kind in ROOM_KINDS}
    for record in records_of_changes([each for each in changes if each[0] <= until]):
        found[record.kind].append(record)
    return found


def _first_opened(tx: Connection, network_id: str, round_id: str) -> int | None:
    """The number of the change by which others could read the round for the first time."""
    state, applied = empty_state(), set[str]()
    for seq, change in changes_of(tx, network_id, [return_summary_id(round_id)]):
        merge(state, change, applied)
        applied.add(change["id"])
        if READ_BY & {*tags_of(state, "opened")} and not is_deleted(state["fields"]):
            return seq
    return None


def _records_of_rooms(tx: Connection, network_id: str, round_id: str) -> list[str]:
    found = []
    for kind, scope in ROOM_KINDS.items():
        rows = run(
            tx,
            "SELECT id FROM record WHERE network_id = ? AND kind = ? AND scope = ? "
            "AND state IS NOT NULL",
            network_id,
            kind,
            f"{scope}:{round_id}",
        )
        found += [row[0] for row in rows]
    return found
