"""Restoring: a backup takes the place of the database, and everybody notices.

Each network gets a new `epoch`, so that devices know the history is another one and offer
again what they hold; what the purge ledger names is purged before anybody can ask. A copy of
what was there is kept. On SQLite all of it is made ready in a file beside and takes its
place in one step; on PostgreSQL the server's role may read nothing until all is done.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from sqlalchemy import Connection, Engine, create_engine, text, update
from sqlalchemy.exc import SQLAlchemyError

from server import clock, schema
from server.config import Settings
from server.db import listen
from server.models.sync import Network
from server.services import postgres_tools
from server.services.backups import (
    LEDGER_COPY,
    BackupFailed,
    Progress,
    copy_sqlite,
    folder_of,
)
from server.services.bi_views import bring_up_to_date
from server.services.retention import what_came_back
from server.services.roles import role_of_server
from server.services.row_counts import count_rows_as_owner
from server.sync import ledger
from server.sync.purge import purge

SQLITE_BEGINS = b"SQLite format 3\0"

Heads = dict[str, tuple[str, int]]
"""Network id to its name and head."""


class RestoreRefused(Exception):
    """The database holds what the backup does not, and nobody said that it may go."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. kept: the copy of what was there before, where anything was."""

    networks: int
    purged: int
    kept: Path | None


def restore(settings: Settings, source: Path, progress: Progress, *, yes: bool) -> Restored:
    """Put a backup in the database's place. yes: what it does not hold may go."""
    folder_of(settings).mkdir(parents=True, exist_ok=True, mode=0o700)
    ledger.adopt(settings.ledger, source.parent / LEDGER_COPY)
    by = _restore_sqlite if settings.is_sqlite else _restore_postgresql
    try:
        return by(settings, source, progress, yes)
    except (postgres_tools.ToolFailed, sqlite3.Error, SQLAlchemyError) as error:
        raise BackupFailed(f"nothing was restored: {error}") from error


def _kept_copy(settings: Settings, ending: str) -> Path:
    """A name of its own, to the microsecond: the copy that is put back may be one second old."""
    stamp = clock.now().strftime("%Y%m%dT%H%M%S.%fZ")
    return folder_of(settings) / f"before-restore-{stamp}.{ending}"


# ---- what would be lost ----


def _check_newer(there: Heads, backup: Heads, yes: bool) -> None:
    """RestoreRefused where a network went on after the backup, unless it was agreed to."""
    lost = [
        _in_words(name, head, backup.get(network_id))
        for network_id, (name, head) in there.items()
        if backup.get(network_id, ("", -1))[1] < head
    ]
    if lost and not yes:
        raise RestoreRefused(
            "The database went on after this backup: "
            + "; ".join(lost)
            + ". Tablets offer again what their people wrote; people, invitations and audit rows "
            "since then are lost. A copy is kept either way. Add --yes to go on."
        )


def _in_words(name: str, head: int, backup: tuple[str, int] | None) -> str:
    if backup is None:
        return f"{name} is not in it at all"
    return f"{name} has {head - backup[1]:,} changes more"


def _heads(tx: Connection) -> Heads:
    rows = tx.execute(text("SELECT id, name, head FROM network ORDER BY name"))
    return {row.id: (row.name, row.head) for row in rows}


def _heads_there(engine: Engine) -> Heads:
    """Of the database as it is; none where there is none, or none that can be read."""
    with suppress(SQLAlchemyError), engine.connect() as tx:
        return _heads(tx)
    return {}


# ---- what a restored database owes ----


def _begin_anew(tx: Connection, settings: Settings) -> tuple[int, int]:
    """Purge what the ledger names, and give each network its new epoch. (networks, purged)"""
    purged = 0
    for network_id, entries in what_came_back(tx, settings).items():
        purged += len(purge(tx, network_id, (), known=entries))
    networks = [*_heads(tx)]
    for network_id in networks:
        tx.execute(update(Network).where(Network.id == network_id).values(epoch=token_hex(16)))
    return len(networks), purged


# ---- SQLite ----


def _restore_sqlite(settings: Settings, source: Path, progress: Progress, yes: bool) -> Restored:
    target = settings.sqlite_file
    staging = settings.folder / "restoring.db"
    if not _is_sqlite(source):
        raise BackupFailed(f"{source} is no backup of Rounds.")
    with _removed_after(staging):
        copy_sqlite(source, staging, progress)
        with _engine_of(staging) as engine:
            with engine.begin() as tx:
                if schema.current_step(tx) is None:
                    raise BackupFailed(f"{source} is no backup of Rounds.")
                backup = _heads(tx)
            with _engine_of(target) as live:
                _check_newer(_heads_there(live) if target.exists() else {}, backup, yes)
            with engine.begin() as tx:
                schema.bring_up_to_date(tx)
                networks, purged = _begin_anew(tx, settings)
        kept = _keep_sqlite(settings, target)
        _put_in_place(staging, target)
    return Restored(networks, purged, kept)


def _is_sqlite(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(SQLITE_BEGINS)) == SQLITE_BEGINS


@contextmanager
def _engine_of(path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{path}")
    listen(engine)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _removed_after(path: Path) -> Iterator[None]:
    try:
        yield
    finally:
        for ending in ("", "-wal", "-shm"):
            Path(f"{path}{ending}").unlink(missing_ok=True)


def _keep_sqlite(settings: Settings, target: Path) -> Path | None:
    """A checked copy of what is there; a file that cannot be read any more is moved aside."""
    if not target.exists():
        return None
    kept = _kept_copy(settings, "db")
    try:
        copy_sqlite(target, kept, lambda done, total: None)
    except BackupFailed:
        kept = kept.with_suffix(".damaged")
        target.rename(kept)
        for ending in ("-wal", "-shm"):
            Path(f"{target}{ending}").unlink(missing_ok=True)
    return kept


def _put_in_place(staging: Path, target: Path) -> None:
    """One step for whoever has the database open: before it the old one, after it the new."""
    with closing(sqlite3.connect(staging)) as new, closing(sqlite3.connect(target)) as place:
        target.chmod(0o600)
        place.execute("PRAGMA secure_delete=ON")
        new.backup(place)
        place.execute("PRAGMA journal_mode=WAL")
        place.execute("PRAGMA wal_checkpoint(TRUNCATE)")


# ---- PostgreSQL ----


def _restore_postgresql(
    settings: Settings, source: Path, progress: Progress, yes: bool
) -> Restored:
    server_role = role_of_server(settings)
    engine = create_engine(settings.migrate_database)
    listen(engine)
    try:
        there = _heads_there(engine)
        _check_newer(there, _heads_in_dump(settings, source), yes)
        kept = None
        if there:
            kept = _kept_copy(settings, "dump")
            postgres_tools.dump(settings, kept)
        with engine.connect() as tx:
            tables = [*tx.scalars(text(_OUR_TABLES))]
        postgres_tools.load(settings, source, tables)
        with engine.begin() as tx:
            bring_up_to_date(tx, server_role)
            networks, purged = _begin_anew(tx, settings)
            count_rows_as_owner(tx)
    finally:
        engine.dispose()
    return Restored(networks, purged, kept)


_OUR_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"


def _heads_in_dump(settings: Settings, source: Path) -> Heads:
    """Each network of a dump and its head."""
    found: Heads = {}
    for row in postgres_tools.rows_in(settings, source, "network"):
        found[row["id"]] = (row["name"], int(row["head"]))
    return found
