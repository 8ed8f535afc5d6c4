"""Looking back: the changes of one record, and what waits to be accepted.

The same grants as pull, and the same silence about authors. The lead sees that a member's
private notes wait, how many and why, never which and never a word of them.
"""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Connection

from schemas.kinds import KINDS
from schemas.vocabulary import ScopeType
from server.domain.access import LEAD, TOLD, Standing, may_hold
from server.domain.veil import WALL
from server.errors import NotFound
from server.sync.dialect import run
from server.sync.protocol import Json
from server.sync.telling import tell_head

HISTORY_ROWS = 200
_HISTORY = """
SELECT seq, body FROM change
WHERE network_id = ? AND record_id = ? AND NOT begins AND seq < ?
AND status = 'applied' AND body IS NOT NULL
UNION ALL
SELECT seq, body FROM change
WHERE network_id = ? AND seq = ? AND seq < ? AND body IS NOT NULL
ORDER BY seq DESC LIMIT ?
"""
"""What followed, by the index of those; and the change that made the record, by its number."""
SHARED = (ScopeType.ROUND, ScopeType.NETWORK)
"""Scopes of which a lead sees, exports and takes in what others' devices sent."""


def history_of(
    tx: Connection, standing: Standing, record_id: str, before: int | None = None
) -> list[Json]:
    """The applied changes of a record, newest first; NotFound where it may not be read.

    before: only those with smaller numbers, for the next page. Of a deleted record, others'
    values stay away, as in pull.
    """
    record = run(
        tx,
        "SELECT kind, scope, deleted, began FROM record WHERE network_id = ? AND id = ? "
        "AND state IS NOT NULL",
        standing.network_id,
        record_id,
    ).first()
    if record is None or not may_hold(standing, record[1]):
        raise NotFound()
    kind, scope, deleted, began = record
    if kind in WALL and may_hold(standing, f"{TOLD}:{scope.partition(':')[2]}"):
        raise NotFound()
    network_id, before = standing.network_id, before or 2**62
    found = run(
        tx,
        _HISTORY,
        *(network_id, record_id, before),
        *(network_id, began or 0, before),
        HISTORY_ROWS,
    )
    return [_told(row, kind, standing.member_id, bool(deleted)) for row in found]


def _told(row: Any, kind: str, member_id: str, deleted: bool) -> Json:
    seq, body = row
    change = orjson.loads(body)
    mine = change["by"] == member_id
    wanted = ("id", "by", "made_at", "schema", "set", "seen", "depth")
    told = {"seq": seq, **{name: change[name] for name in wanted}}
    tell_head(told, member_id, KINDS[kind].shows_author)
    if deleted and not mine:
        told["set"] = {name: True for name in told["set"] if name == "deleted"}
    return told


def set_aside_of(tx: Connection, standing: Standing) -> Json:
    """What waits: one's own, for a lead the shared scopes', and a count of the private.

    `{mine: [...], shared: [...], private: [{reason, count, oldest_on}]}`
    """
    mine = [_waiting(row) for row in _set_aside(tx, standing.network_id, standing.member_id)]
    shared: list[Json] = []
    private: dict[str, Json] = {}
    if standing.active and LEAD in standing.network_roles:
        for row in _set_aside(tx, standing.network_id, None):
            if row[0] == standing.member_id:
                continue
            if row[2].partition(":")[0] in SHARED:
                shared.append(_shared(row))
            else:
                _count(private, row)
    return {"mine": mine, "shared": shared, "private": [*private.values()]}


def _set_aside(tx: Connection, network_id: str, author_id: str | None) -> list[Any]:
    statement = (
        "SELECT author_id, seq, scope, reason, field, body, received_at FROM change "
        "WHERE network_id = ? AND status = 'set_aside' AND body IS NOT NULL"
    )
    if author_id is None:
        return [*run(tx, statement + " ORDER BY seq", network_id)]
    return [*run(tx, statement + " AND author_id = ? ORDER BY seq", network_id, author_id)]


def _waiting(row: Any) -> Json:
    return {"seq": row[1], "reason": row[3], "field": row[4], "change": orjson.loads(row[5])}


def _shared(row: Any) -> Json:
    """As a lead sees it: of a kind that hides its author, so does what waits."""
    told = _waiting(row)
    change = told["change"]
    schema = KINDS.get(change["kind"])
    tell_head(change, "", schema is not None and schema.shows_author)
    return told


def _count(private: dict[str, Json], row: Any) -> None:
    entry = private.setdefault(row[3], {"reason": row[3], "count": 0, "oldest_on": row[6][:10]})
    entry["count"] += 1
