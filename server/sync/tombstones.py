"""Tombstones: that a record was deleted is told for 400 days, then no more.

The record's row stays, since a late edit or an undo must find the versions that the deletion
covered; it only travels no longer. `network.forgotten` says up to which number: a device that
last read before it was never told of some deletion, and is answered 410. Purges are told for
ever. Decides by the time that the server received a change; no device's clock has a part.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection

from server import clock
from server.sync.dialect import run
from server.sync.log import open_log

TOLD_FOR = timedelta(days=400)


def forget_old(tx: Connection, network_id: str) -> int:
    """Tell deletions of long ago no more; the number up to which that holds now."""
    head = open_log(tx, network_id).head
    old = _received_before(tx, network_id, head, clock.as_text(clock.now() - TOLD_FOR))
    newest = run(
        tx,
        "SELECT max(seq) FROM record WHERE network_id = ? AND deleted AND state IS NOT NULL "
        "AND seq <= ?",
        network_id,
        old,
    ).scalar()
    forgotten = int(newest or 0)
    run(
        tx,
        "UPDATE network SET forgotten = ? WHERE id = ? AND forgotten < ?",
        forgotten,
        network_id,
        forgotten,
    )
    return forgotten


def _received_before(tx: Connection, network_id: str, head: int, moment: str) -> int:
    """The greatest number that was received before a moment. Halves: the log is in order."""
    low, high = 0, head
    while low < high:
        middle = (low + high + 1) // 2
        received_at = run(
            tx,
            "SELECT received_at FROM change WHERE network_id = ? AND seq = ?",
            network_id,
            middle,
        ).scalar()
        if str(received_at) < moment:
            low = middle
        else:
            high = middle - 1
    return low
