"""What stands in the database at this moment, as Prometheus' gauges. Counts alone."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from server import clock
from server.config import Settings
from server.db import EVERY_NETWORK, reading
from server.domain.notices import NoticeKind
from server.models.notices import Notice
from server.models.sync import Change, Network
from server.services.backups import newest_backup


def gauges(settings: Settings) -> list[tuple[str, float]]:
    """Names and values, over all networks: counts alone leave the database."""
    with reading(EVERY_NETWORK) as tx:
        return [*_gauges(tx, settings)]


def _gauges(tx: Connection, settings: Settings) -> Iterator[tuple[str, float]]:
    now = clock.now()
    yield "rounds_networks", tx.scalar(select(func.count()).select_from(Network)) or 0
    yield "rounds_changes_stored", int(tx.scalar(select(func.sum(Network.head))) or 0)
    undurable = select(func.sum(Network.head - Network.durable))
    yield "rounds_changes_in_no_backup", int(tx.scalar(undurable) or 0)
    waits = select(func.count()).select_from(Change).where(Change.status == "set_aside")
    yield "rounds_changes_set_aside", tx.scalar(waits) or 0
    due, oldest = tx.execute(
        select(func.count(), func.min(Notice.due_at)).where(
            Notice.settled_at.is_(None), Notice.due_at <= now, Notice.kind != NoticeKind.NOTES_GO
        )
    ).one()
    yield "rounds_notices_due", due
    yield "rounds_notices_oldest_seconds", (now - oldest).total_seconds() if oldest else 0
    newest = newest_backup(settings)
    if newest is not None:
        yield "rounds_backup_age_seconds", now.timestamp() - newest.stat().st_mtime
