"""Rows of what is due: one for each kind, subject and member; a changed date moves it.

A row without a member (NOBODY) is work for the server itself. Must be called within the
transaction that makes it due.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from server import clock
from server.domain.notices import NoticeKind
from server.models.notices import Notice

NOBODY = ""


def put_due(
    tx: Connection,
    network_id: str,
    kind: NoticeKind,
    subject_id: str,
    member_id: str,
    due_at: datetime,
) -> None:
    """Enter a row; one that stands with another date is moved and open again."""
    key = _key(network_id, kind, subject_id, member_id)
    known = when_due(tx, network_id, kind, subject_id, member_id)
    if known is None:
        tx.execute(insert(Notice).values(**key, due_at=due_at))
    elif known != due_at:
        moved = {"due_at": due_at, "settled_at": None, "outcome": None}
        tx.execute(update(Notice).where(*_where(key)).values(**moved))


def when_due(
    tx: Connection, network_id: str, kind: NoticeKind, subject_id: str, member_id: str
) -> datetime | None:
    """When a row is or was due; None where there is none."""
    key = _key(network_id, kind, subject_id, member_id)
    return tx.execute(select(Notice.due_at).where(*_where(key))).scalar_one_or_none()


def drop_due(tx: Connection, network_id: str, kind: NoticeKind, subject_id: str) -> None:
    """Nothing of the kind is due about the subject, as if it never had been."""
    tx.execute(
        delete(Notice).where(
            Notice.network_id == network_id,
            Notice.kind == kind,
            Notice.subject_id == subject_id,
        )
    )


def settle_due(
    tx: Connection, network_id: str, kind: NoticeKind, subject_id: str, outcome: str
) -> None:
    """Whatever is open of a kind about a subject is done with."""
    tx.execute(
        update(Notice)
        .where(
            Notice.network_id == network_id,
            Notice.kind == kind,
            Notice.subject_id == subject_id,
            Notice.settled_at.is_(None),
        )
        .values(settled_at=clock.now(), outcome=outcome)
    )


def _key(network_id: str, kind: NoticeKind, subject_id: str, member_id: str) -> dict[str, Any]:
    return {
        "network_id": network_id,
        "kind": kind.value,
        "subject_id": subject_id,
        "member_id": member_id,
    }


def _where(key: dict[str, Any]) -> list[Any]:
    return [getattr(Notice, name) == value for name, value in key.items()]
