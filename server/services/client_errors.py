"""What went wrong in the app on tablets: kept for 90 days, counted for admins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from server import clock
from server.models.client_errors import ClientError

A_DAY_A_DEVICE = 20
KEPT_FOR = timedelta(days=90)
SHOWN_FOR = timedelta(days=30)
SHOWN_AT_MOST = 50


def note_error(
    tx: Connection, network_id: str, device_id: str, code: str, version: str, places: Sequence[str]
) -> bool:
    """Note one failure; False where the device told enough today."""
    today = _today()
    tx.execute(
        delete(ClientError).where(
            ClientError.network_id == network_id, ClientError.on < (today - KEPT_FOR).isoformat()
        )
    )
    told = tx.scalar(
        select(func.count()).where(
            ClientError.network_id == network_id,
            ClientError.device_id == device_id,
            ClientError.on == today.isoformat(),
        )
    )
    if (told or 0) >= A_DAY_A_DEVICE:
        return False
    tx.execute(
        insert(ClientError).values(
            network_id=network_id,
            id=clock.new_id(),
            device_id=device_id,
            on=today.isoformat(),
            code=code,
            version=version,
            places=" ".join(places),
        )
    )
    return True


def list_errors(tx: Connection, network_id: str) -> list[dict[str, Any]]:
    """The last thirty days by kind, version and innermost place; the most frequent first."""
    rows = tx.execute(
        select(
            ClientError.code,
            ClientError.version,
            ClientError.places,
            func.count().label("count"),
            func.count(ClientError.device_id.distinct()).label("device_count"),
            func.max(ClientError.on).label("last_on"),
        )
        .where(
            ClientError.network_id == network_id,
            ClientError.on >= (_today() - SHOWN_FOR).isoformat(),
        )
        .group_by(ClientError.code, ClientError.version, ClientError.places)
        .order_by(func.count().desc(), ClientError.code, ClientError.places)
        .limit(SHOWN_AT_MOST)
    )
    return [{**row._mapping, "place": row.places.partition(" ")[0] or None} for row in rows]


def count_lately(tx: Connection) -> int:
    """Of all networks, in the last week."""
    since = (_today() - timedelta(days=7)).isoformat()
    return tx.scalar(select(func.count()).where(ClientError.on >= since)) or 0


def _today() -> date:
    return clock.now().date()
