"""Forgetting: records that are purged, the ledger of it, and the files beneath.

A purge is one transaction of at most a few hundred records; its ledger lines are on the disk
before it is committed. What the tables forget still lies in the database's files until
`wipe_files`, and in backups until they are dropped (services/backups.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import orjson
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import OperationalError

from schemas.kinds import KINDS
from server.config import Settings
from server.db import EVERY_NETWORK, db, reading, writing
from server.sync import ledger
from server.sync.dialect import many, run
from server.sync.purge import purge
from server.sync.read import records_of

BATCH = 500
WIPE_WAITS_MS = 5_000
"""Whoever waits for a whole table makes everybody behind them wait too."""
RAW_KINDS = tuple(kind for kind, schema in KINDS.items() if schema.goes)
"""What a visitor writes for themselves, visits before their notes. Cards and patterns stay."""


T = TypeVar("T")


def _batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]


def purge_records(
    settings: Settings,
    network_id: str,
    record_ids: Iterable[str],
    unless: Callable[[Connection], bool] = lambda tx: False,
) -> int:
    """Purge records of a network. How many there were that had not been purged before.

    unless: asked within each transaction, while nobody else writes in the network; once it
    says yes, nothing more is purged.
    """
    count = 0
    for ids in _batches(sorted(set(record_ids))):
        with writing(network_id) as tx:
            run(tx, "SELECT id FROM network WHERE id = ? {for_update}", network_id)
            if unless(tx):
                break
            entries = purge(tx, network_id, ids)
            ledger.append(settings.ledger, entries)
        count += len(entries)
    return count


RawNotes = Mapping[str, Mapping[str, str]]
"""Of each round the ids of its visits and notes, set-aside ones too, each with its author."""


def raw_notes(tx: Connection, network_id: str) -> RawNotes:
    """Every raw record of a network that belongs to a round. Read author by author."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    scopes = "SELECT DISTINCT scope FROM record WHERE network_id = ? AND kind {among}"
    waiting = (
        "SELECT DISTINCT scope FROM change WHERE network_id = ? AND status = 'set_aside' "
        "AND body IS NOT NULL AND kind {among}"
    )
    kinds = many(tx, RAW_KINDS)
    for (scope,) in run(tx, f"{scopes} UNION {waiting}", network_id, kinds, network_id, kinds):
        for round_id, record_id in _of_author(tx, network_id, scope):
            found[round_id][record_id] = scope.partition(":")[2]
    return found


def raw_notes_of(tx: Connection, network_id: str, round_id: str) -> list[str]:
    """The ids of every visit and note of a round, its set-aside ones too."""
    return sorted(raw_notes(tx, network_id).get(round_id, ()))


def _of_author(tx: Connection, network_id: str, scope: str) -> Iterator[tuple[str, str]]:
    """(round, record) of one author's raw records; a note belongs where its visit does too."""
    visits: dict[str, str] = {}
    for kind in RAW_KINDS:
        for record in records_of(tx, network_id, scope=scope, kind=kind, with_deleted=True):
            if kind == "observation" and record.get("round"):
                visits[record.id] = record.get("round")
            yield from ((each, record.id) for each in _rounds_of(record.fields, visits))
    waiting = run(
        tx,
        "SELECT record_id, body FROM change WHERE network_id = ? AND scope = ? "
        "AND status = 'set_aside' AND body IS NOT NULL AND kind {among}",
        network_id,
        scope,
        many(tx, RAW_KINDS),
    )
    for record_id, body in waiting:
        yield from ((each, record_id) for each in _rounds_of(orjson.loads(body)["set"], visits))


def _rounds_of(values: Mapping[str, Any], visits: Mapping[str, str]) -> set[str]:
    named = {values.get("round"), visits.get(str(values.get("observation")))}
    return {each for each in named if each}


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


_WITH_WORDS = (
    "change",
    "record",
    "released_card",
    "released_item",
    "released_measure",
    "released_measure_day",
    "released_now",
    "released_pattern",
    "released_question",
    "released_reading",
    "released_school",
)
"""Tables in which a purged record's words may lie."""


def wipe_files(settings: Settings) -> bool:
    """Overwrite in the database's files what purges left there; whether it could be done.

    SQLite overwrites what it deletes; its log is written back and cut to nothing, which
    waits for readers. PostgreSQL writes the tables anew, while nobody else may use them, and
    gives up where somebody does.
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
            connection.execute(text(f"SET lock_timeout = {WIPE_WAITS_MS}"))
            for table in _WITH_WORDS:
                connection.execute(text(f"VACUUM (FULL) {table}"))
    except OperationalError:
        return False
    finally:
        engine.dispose()
    return True
