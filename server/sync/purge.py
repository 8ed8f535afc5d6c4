"""Purge: what was to be forgotten leaves tables and devices; ids, hashes and numbers stay.

One `_purge` row a record takes the next number, so that pull tells every device, and the
chain still verifies. A later change of the record is answered `purged`. Who may ask for it
and what is due is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from schemas.base import SCHEMA
from server.sync.dialect import many, run
from server.sync.log import Log, Stored, open_log


@dataclass(frozen=True, slots=True)
class Purged:
    """One line of the ledger that is kept outside the database."""

    record_id: str
    kind: str
    scope: str


def purge(tx: Connection, network_id: str, record_ids: Iterable[str]) -> int:
    """Empty the records and every change of them; how many there were to purge.

    A record of which there are only set-aside changes is purged as well.
    """
    return _purge(tx, network_id, sorted(set(record_ids)), ())


def purge_again(tx: Connection, network_id: str, ledger: Iterable[Purged]) -> int:
    """Purge what a restored backup still holds; how many records that were.

    Also what was made after the backup, and is not there: a tablet may still offer it.
    """
    entries = [*ledger]
    return _purge(tx, network_id, sorted({entry.record_id for entry in entries}), entries)


def _purge(tx: Connection, network_id: str, wanted: list[str], ledger: Iterable[Purged]) -> int:
    log = open_log(tx, network_id)
    log.load(wanted)
    _take_set_aside(log, wanted)
    for each in ledger:
        log.records.setdefault(each.record_id, _unwritten(each.record_id, each.kind, each.scope))
    due = [record for record in log.records.values() if record.state is not None]
    for record in sorted(due, key=lambda record: record.id):
        record.seq = log.number_own("_purge", record=record.id, scope=record.scope)
        record.state, record.deleted = None, True
        log.touch(record)
    log.close()
    run(
        tx,
        "UPDATE change SET body = NULL WHERE network_id = ? "
        "AND verdict IN ('applied', 'set_aside') AND record_id {among}",
        network_id,
        many(tx, [record.id for record in due]),
    )
    return len(due)


def _take_set_aside(log: Log, record_ids: list[str]) -> None:
    """Take in hand what no applied change has made a record yet."""
    found = run(
        log.tx,
        "SELECT DISTINCT record_id, kind, scope FROM change "
        "WHERE network_id = ? AND record_id {among} AND status = 'set_aside'",
        log.network_id,
        many(log.tx, [each for each in record_ids if each not in log.records]),
    )
    for record_id, kind, scope in found:
        log.records.setdefault(record_id, _unwritten(record_id, kind, scope))


def _unwritten(record_id: str, kind: str, scope: str) -> Stored:
    """A record that nothing was merged into."""
    return Stored(record_id, kind, scope, 0, SCHEMA, {"fields": {}}, deleted=False)
