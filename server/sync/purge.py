"""Purge: what was to be forgotten leaves tables and devices; ids, hashes and numbers stay.

One `_purge` row a record takes the next number, so that pull tells every device, and the
chain still verifies. A later change of the record is answered `purged`. Who may ask for it
and what is due is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from schemas.base import SCHEMA
from server import clock
from server.sync.dialect import many, run
from server.sync.ledger import Entry
from server.sync.log import Log, open_log
from server.sync.stored import Stored

_EMPTY = (
    "UPDATE change SET body = NULL WHERE network_id = ? AND verdict IN ('applied', 'set_aside') AND"
)
_BEGAN = "SELECT began FROM record WHERE network_id = ? AND id {among}"


def purge(
    tx: Connection, network_id: str, record_ids: Iterable[str], known: Iterable[Entry] = ()
) -> list[Entry]:
    """Empty the records and every change of them; the ledger's entries of those there were.

    A record of which there are only set-aside changes is purged as well. known: entries of
    the ledger; a record that this database never held is then forgotten beforehand, so that
    a device that offers it again after a restore does not bring it back.
    """
    entries = {entry.record: entry for entry in known}
    wanted = sorted({*record_ids, *entries})
    log = open_log(tx, network_id)
    log.load(wanted)
    _take_set_aside(log, wanted)
    for record_id in entries.keys() - log.records.keys():
        log.records[record_id] = _unseen(record_id, *_of(entries[record_id]))
    due = [record for record in log.records.values() if record.state is not None]
    for record in sorted(due, key=lambda record: record.id):
        record.seq = log.number_own("_purge", record=record.id, scope=record.scope)
        record.state, record.deleted = None, True
        log.touch(record)
    log.close()
    gone = many(tx, [record.id for record in due])
    run(tx, f"{_EMPTY} NOT begins AND record_id {{among}}", network_id, gone)
    run(tx, f"{_EMPTY} seq IN ({_BEGAN})", network_id, network_id, gone)
    today = clock.now().date().isoformat()
    return [Entry(network_id, record.id, record.kind, record.scope, today) for record in due]


def _of(entry: Entry) -> tuple[str, str]:
    return entry.kind, entry.scope


def _unseen(record_id: str, kind: str, scope: str) -> Stored:
    """A record that no applied change has made here."""
    return Stored(record_id, kind, scope, 0, SCHEMA, {"fields": {}}, deleted=False)


def _take_set_aside(log: Log, record_ids: list[str]) -> None:
    """Take in hand what no applied change has made a record yet."""
    found = run(
        log.tx,
        "SELECT DISTINCT record_id, kind, scope FROM change "
        "WHERE network_id = ? AND NOT begins AND record_id {among} AND status = 'set_aside'",
        log.network_id,
        many(log.tx, [each for each in record_ids if each not in log.records]),
    )
    for record_id, kind, scope in found:
        log.records.setdefault(record_id, _unseen(record_id, kind, scope))
