"""How long a network keeps raw notes, what an admin holds back, and what members see of both.

Every act is in the audit log, without the reason: that stands with the hold, kept after it
was lifted.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, insert, select, update

from server import clock
from server.domain.access import ADMIN, LEAD
from server.domain.notices import NoticeKind
from server.domain.retention import UNCLOSED_DAYS, WARNED, days_kept, last_day
from server.errors import NotFound
from server.models.notices import Notice
from server.models.retention import Hold
from server.models.sync import Network, RoundIndex
from server.services.audit import write_audit
from server.services.standings import standing_of
from server.sync.retention import GONE, plan_notes


def change_days(tx: Connection, network_id: str, member_id: str, days: int) -> None:
    """Keep raw notes for so many days. What goes sooner now is told a week before."""
    write_audit(tx, network_id, member_id, f"retention.days_{days}", network_id)
    settings = _settings(tx, network_id)
    tx.execute(
        update(Network)
        .where(Network.id == network_id)
        .values(settings=json.dumps({**settings, "retention_days": days}))
    )
    rounds = select(RoundIndex.round_id).where(RoundIndex.network_id == network_id)
    for round_id in [*tx.scalars(rounds)]:
        plan_notes(tx, network_id, round_id, warned=WARNED)


def place_hold(tx: Connection, network_id: str, round_id: str, member_id: str, reason: str) -> None:
    """Keep the raw notes of a round until the hold is lifted. Another reason is another hold."""
    _check_round(tx, network_id, round_id)
    write_audit(tx, network_id, member_id, "hold.placed", round_id)
    _lift(tx, network_id, round_id, member_id)
    tx.execute(
        insert(Hold).values(
            network_id=network_id,
            id=clock.new_id(),
            round_id=round_id,
            reason=reason.strip(),
            placed_by=member_id,
            placed_at=clock.now(),
        )
    )
    plan_notes(tx, network_id, round_id)


def lift_hold(tx: Connection, network_id: str, round_id: str, member_id: str) -> None:
    """Let the notes of a round go again, a week from now at the soonest."""
    write_audit(tx, network_id, member_id, "hold.lifted", round_id)
    if not _lift(tx, network_id, round_id, member_id):
        raise NotFound()
    plan_notes(tx, network_id, round_id, warned=WARNED)


def _lift(tx: Connection, network_id: str, round_id: str, member_id: str) -> bool:
    lifted = tx.execute(
        update(Hold)
        .where(Hold.network_id == network_id, Hold.round_id == round_id, Hold.lifted_at.is_(None))
        .values(lifted_by=member_id, lifted_at=clock.now())
    )
    return bool(lifted.rowcount)


def retention_seen_by(tx: Connection, network_id: str, member_id: str) -> dict[str, Any]:
    """The days, and when which round's notes go: one's own rounds, and every one that is held.

    Leads and admins see every round: its host school and day, and no more of it.
    """
    standing = standing_of(tx, network_id, member_id)
    network = tx.execute(
        select(Network.settings, Network.time_zone).where(Network.id == network_id)
    ).one()
    sees_all = bool(standing.network_roles & {ADMIN, LEAD})
    rows = _rounds(tx, network_id)
    seen = [row for row in rows if sees_all or row.round_id in standing.rounds or row.reason]
    return {
        "days": days_kept(json.loads(network.settings)),
        "unclosed_days": UNCLOSED_DAYS,
        "rounds": [_described(row, network.time_zone) for row in seen],
    }


def notes_going_of(tx: Connection, network_id: str, member_id: str) -> list[dict[str, str]]:
    """Rounds of whose notes the member was told that they go, with their last day."""
    soon, going = Notice.__table__.alias("soon"), Notice.__table__.alias("going")
    rows = tx.execute(
        select(going.c.subject_id, going.c.due_at, Network.time_zone)
        .join(
            soon,
            (soon.c.network_id == going.c.network_id)
            & (soon.c.subject_id == going.c.subject_id)
            & (soon.c.kind == NoticeKind.NOTES_GO_SOON),
        )
        .join(Network, Network.id == going.c.network_id)
        .where(
            going.c.network_id == network_id,
            going.c.kind == NoticeKind.NOTES_GO,
            going.c.settled_at.is_(None),
            going.c.due_at <= clock.now() + WARNED,
            soon.c.member_id == member_id,
        )
        .order_by(going.c.due_at, going.c.subject_id)
    )
    return [
        {"round_id": row[0], "kept_through": last_day(row[1], row[2]).isoformat()} for row in rows
    ]


def _settings(tx: Connection, network_id: str) -> dict[str, Any]:
    row = tx.execute(select(Network.settings).where(Network.id == network_id)).scalar_one()
    settings: dict[str, Any] = json.loads(row)
    return settings


def _check_round(tx: Connection, network_id: str, round_id: str) -> None:
    known = tx.execute(
        select(RoundIndex.round_id).where(
            RoundIndex.network_id == network_id, RoundIndex.round_id == round_id
        )
    ).first()
    if known is None:
        raise NotFound()


def _rounds(tx: Connection, network_id: str) -> list[Any]:
    """Every round that is there or held, the newest visit first."""
    rows = tx.execute(
        select(
            RoundIndex.round_id,
            RoundIndex.host_school_id,
            RoundIndex.visits_on,
            RoundIndex.deleted,
            Notice.due_at,
            Notice.outcome,
            Hold.reason,
            Hold.placed_by,
            Hold.placed_at,
        )
        .outerjoin(
            Notice,
            (Notice.network_id == RoundIndex.network_id)
            & (Notice.subject_id == RoundIndex.round_id)
            & (Notice.kind == NoticeKind.NOTES_GO),
        )
        .outerjoin(
            Hold,
            (Hold.network_id == RoundIndex.network_id)
            & (Hold.round_id == RoundIndex.round_id)
            & Hold.lifted_at.is_(None),
        )
        .where(RoundIndex.network_id == network_id)
    ).all()
    seen = [row for row in rows if not row.deleted or row.reason]
    return sorted(seen, key=lambda row: (row.visits_on or "", row.round_id), reverse=True)


def _described(row: Any, time_zone: str) -> dict[str, Any]:
    dated = row.due_at is not None and row.outcome is None
    hold = {
        "reason": row.reason,
        "placed_by": row.placed_by,
        "placed_at": clock.as_text(row.placed_at) if row.placed_at else None,
    }
    return {
        "round_id": row.round_id,
        "host_school_id": row.host_school_id,
        "visits_on": row.visits_on,
        "kept_through": last_day(row.due_at, time_zone).isoformat() if dated else None,
        "gone": row.outcome == GONE,
        "hold": hold if row.reason else None,
    }
