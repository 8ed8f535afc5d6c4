"""Backups: a whole copy of the database, checked before it counts.

A backup that is complete raises `durable` of each network to the head that was read before
the copy began: from then on devices may forget what it holds (docs/sync-protocol.md, 6).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from server import clock
from server.config import Settings
from server.db import EVERY_NETWORK, reading, writing
from server.models.sync import Network
from server.services import postgres_tools
from server.sync import ledger

PAGES_AT_ONCE = 1024
KEPT_FOR = timedelta(days=35)
"""No copy is older, so that what was purged is gone from them too. The newest always stays."""

LEDGER_COPY = "purges.jsonl"
"""The list of purges as it was at the newest backup, so that the folder can be moved whole."""

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""


class BackupFailed(Exception):
    """No backup was made, and why."""


def folder_of(settings: Settings) -> Path:
    return settings.folder / "backups"


def newest_backup(settings: Settings) -> Path | None:
    """The newest backup that was finished; copies made before a migration do not count."""
    made = sorted(folder_of(settings).glob("rounds-*"), key=lambda path: path.name)
    return made[-1] if made else None


def make_backup(settings: Settings, progress: Progress, *, keep: int = 14) -> Path:
    """Copy the database, check the copy, say what is durable, drop the oldest copies."""
    folder_of(settings).mkdir(parents=True, exist_ok=True, mode=0o700)
    with reading(EVERY_NETWORK) as tx:
        heads = {row.id: row.head for row in tx.execute(select(Network.id, Network.head))}
    stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
    if settings.is_sqlite:
        target = folder_of(settings) / f"rounds-{stamp}.db"
        copy_sqlite(settings.sqlite_file, target, progress)
    else:
        target = folder_of(settings) / f"rounds-{stamp}.dump"
        _dump_postgresql(settings, target)
    ledger.copy_to(settings.ledger, folder_of(settings) / LEDGER_COPY)
    _say_durable(heads)
    _drop_old(settings, keep)
    return target


def _drop_old(settings: Settings, keep: int) -> None:
    """Keep the newest few backups; and no copy of any kind beyond KEPT_FOR."""
    made = sorted(folder_of(settings).glob("rounds-*"))
    too_old = clock.now() - KEPT_FOR
    others = folder_of(settings).glob("before-*")
    aged = [path for path in (*made[-keep:-1], *others) if _made_at(path) < too_old]
    for path in (*made[:-keep], *aged):
        path.unlink(missing_ok=True)


def _made_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def copy_sqlite(source: Path, target: Path, progress: Progress) -> None:
    """A consistent copy of a SQLite file that may be in use, checked page by page.

    It reads in one transaction: a copy that followed every write of others would begin anew
    with each of them, and never end on a busy day.
    """
    part = target.with_suffix(".part")
    try:
        with (
            closing(sqlite3.connect(source, isolation_level=None)) as old,
            closing(sqlite3.connect(part)) as new,
        ):
            part.chmod(0o600)
            old.execute("BEGIN")
            old.execute("SELECT count(*) FROM sqlite_master").fetchone()
            old.backup(
                new,
                pages=PAGES_AT_ONCE,
                progress=lambda _, left, total: progress(total - left, total),
            )
            new.execute("PRAGMA journal_mode=DELETE")
            found = new.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise BackupFailed(f"the copy is damaged: {found}")
        part.rename(target)
    except (sqlite3.Error, OSError) as error:
        raise BackupFailed(str(error)) from error
    finally:
        part.unlink(missing_ok=True)


def _dump_postgresql(settings: Settings, target: Path) -> None:
    """pg_dump into a file that was read back to its end."""
    part = target.with_suffix(".part")
    try:
        postgres_tools.dump(settings, part)
        part.rename(target)
    except (postgres_tools.ToolFailed, SQLAlchemyError) as error:
        raise BackupFailed(str(error)) from error
    finally:
        part.unlink(missing_ok=True)


def _say_durable(heads: dict[str, int]) -> None:
    with writing(EVERY_NETWORK) as tx:
        for network_id, head in heads.items():
            tx.execute(
                update(Network)
                .where(Network.id == network_id, Network.durable < head)
                .values(durable=head)
            )
