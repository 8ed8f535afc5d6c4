"""Forgetting: records that are purged, the ledger of it, and the files beneath.

A purge is one transaction of at most a few hundred records; its ledger lines are on the disk
before it is committed. What the tables forget still lies in the database's files until
`wipe_files`, and in backups until they are dropped (services/backups.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import orjson
from sqlalchemy import Connection, create_engine, text

from server.config import Settings
from server.db import EVERY_NETWORK, db, reading, writing
from server.sync import ledger
from server.sync.dialect import many, run
from server.sync.purge import purge
from server.sync.read import MergedRecord, records_of

BATCH = 500
RAW_KINDS = ("observation", "note")
"""What a visitor writes for themselves. Cards, patterns and what follows stay."""


T = TypeVar("T")


def _batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]


def purge_records(settings: Settings, network_id: str, record_ids: Iterable[str]) -> int:
    """Purge records of a network. How many there were that had not been purged before."""
    count = 0
    for ids in _batches(sorted(set(record_ids))):
        with writing(network_id) as tx:
            entries = purge(tx, network_id, ids)
            ledger.append(settings.ledger, entries)
        count += len(entries)
    return count


def raw_notes_of(tx: Connection, network_id: str, round_id: str) -> list[str]:
    """The ids of every visit and note of a round, its set-aside ones too."""
    visits = records_of(tx, network_id, kind="observation", with_deleted=True)
    mine = {visit.id for visit in visits if visit.get("round") == round_id}
    notes = records_of(tx, network_id, kind="note", with_deleted=True)
    ids = {note.id for note in notes if _is_of(note, round_id, mine)}
    waiting = run(
        tx,
        "SELECT record_id, body FROM change WHERE network_id = ? AND status = 'set_aside' "
        "AND body IS NOT NULL AND kind {among}",
        network_id,
        many(tx, RAW_KINDS),
    )
    for record_id, body in waiting:
        set_ = orjson.loads(body)["set"]
        if set_.get("round") == round_id or set_.get("observation") in mine:
            ids.add(record_id)
    return sorted(ids | mine)


def _is_of(note: MergedRecord, round_id: str, visits: set[str]) -> bool:
    return note.get("round") == round_id or note.get("observation") in visits


def purge_again(settings: Settings) -> int:
    """Purge what the ledger names and this database still holds: it was put back from before.

    How many records it was.
    """
    with reading(EVERY_NETWORK) as tx:
        due = what_came_back(tx, settings)
    count = 0
    for network_id, entries in due.items():
        for some in _batches(entries):
            with writing(network_id) as tx:
                count += len(purge(tx, network_id, (), known=some))
    return count


def what_came_back(tx: Connection, settings: Settings) -> dict[str, list[ledger.Entry]]:
    """The ledger's entries that are not purged in this database, by network."""
    by_network: dict[str, dict[str, ledger.Entry]] = defaultdict(dict)
    for entry in ledger.read(settings.ledger):
        by_network[entry.network][entry.record] = entry
    there = {row[0] for row in run(tx, "SELECT id FROM network")}
    found: dict[str, list[ledger.Entry]] = {}
    for network_id in sorted(by_network.keys() & there):
        entries = by_network[network_id]
        gone = run(
            tx,
            "SELECT id FROM record WHERE network_id = ? AND state IS NULL AND id {among}",
            network_id,
            many(tx, entries),
        )
        left = entries.keys() - {row[0] for row in gone}
        if left:
            found[network_id] = [entries[record_id] for record_id in sorted(left)]
    return found


def wipe_files(settings: Settings) -> bool:
    """Overwrite in the database's files what purges left there; whether it could be done.

    SQLite overwrites what it deletes; its log is written back and cut to nothing, which
    waits for readers. PostgreSQL writes both tables anew, while nobody else may use them.
    """
    if settings.is_sqlite:
        with db.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            busy, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()  # type: ignore[union-attr]
            return not busy
    if not settings.migrate_database_url:
        return False
    engine = create_engine(settings.migrate_database, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text("VACUUM (FULL) change"))
            connection.execute(text("VACUUM (FULL) record"))
    finally:
        engine.dispose()
    return True
