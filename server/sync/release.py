"""Release: a change that was set aside is applied after all, under its own id and author.

A `_release` row of the log takes the next number; the record moves to it. Used when a
server's upgrade knows the schema of changes that waited, and when a lead takes one in. What a
device sends again is released by push.py itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

import orjson
from sqlalchemy import Connection

from schemas.base import SCHEMA
from schemas.vocabulary import SetAsideReason, Verdict
from server.domain.access import Standing
from server.errors import NotFound
from server.sync.dialect import many, run
from server.sync.grants import standing_of
from server.sync.history import SHARED
from server.sync.protocol import Result, Writer
from server.sync.push import push


def release(tx: Connection, network_id: str, change_ids: Iterable[str]) -> list[Result]:
    """Judge set-aside changes anew, with the access that their authors have now.

    Those that may be applied are; the others stay as they are, with their reason.
    """
    found = run(
        tx,
        "SELECT author_id, body FROM change WHERE network_id = ? AND status = 'set_aside' "
        "AND body IS NOT NULL AND id {among} ORDER BY seq",
        network_id,
        many(tx, change_ids),
    ).all()
    results: list[Result] = []
    for author_id, body in found:
        try:
            standing = standing_of(tx, network_id, author_id)
        except NotFound:
            continue
        results += push(tx, network_id, Writer(standing=standing), [orjson.loads(body)]).results
    return results


def release_for_author(
    tx: Connection, lead: Standing, change_id: str
) -> tuple[Result | None, bool]:
    """Judge one change of a shared scope anew, as its author's, then with the lead's rights.

    What became of it, or None where there is none that a lead sees; and whether it had
    waited. It stays its author's whoever takes it in: the lead could have written the same,
    and may not write more.
    """
    found = run(
        tx,
        "SELECT author_id, scope, status, body FROM change WHERE network_id = ? AND id = ? "
        "AND body IS NOT NULL",
        lead.network_id,
        change_id,
    ).first()
    if found is None or found[1].partition(":")[0] not in SHARED:
        return None, False
    author_id, _, status, body = found
    standings = [replace(lead, member_id=author_id)]
    with suppress(NotFound):
        standings.insert(0, standing_of(tx, lead.network_id, author_id))
    result = None
    for standing in standings:
        change = orjson.loads(body)
        [result] = push(tx, lead.network_id, Writer(standing=standing), [change]).results
        if result.status == Verdict.APPLIED:
            break
    return result, status == Verdict.SET_ASIDE


def release_after_upgrade(tx: Connection, network_id: str, limit: int = 500) -> list[Result]:
    """Release what waited for a schema that this server knows by now."""
    waiting = run(
        tx,
        "SELECT id, body FROM change WHERE network_id = ? AND status = 'set_aside' "
        "AND reason = ? AND body IS NOT NULL ORDER BY seq",
        network_id,
        SetAsideReason.SCHEMA.value,
    )
    known = [row[0] for row in waiting if orjson.loads(row[1])["schema"] <= SCHEMA]
    return release(tx, network_id, known[:limit])
