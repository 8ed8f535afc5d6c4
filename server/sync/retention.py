"""When the raw notes of a round are due to go, kept as a row beside the records that decide it.

Planned by the transaction that moves a round, its debrief, the network's setting or a hold.
Deletes nothing: services/retention_nights.py does, when the row is due.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select

from server import clock
from server.domain.identifiers import debrief_id
from server.domain.notices import NoticeKind
from server.domain.retention import (
    WARNED,
    RoundDays,
    days_kept,
    goes_at,
    kept_through,
    local_day,
)
from server.models.notices import Notice
from server.models.retention import Hold
from server.models.sync import Change, Network, Record
from server.sync.due import NOBODY, put_due, settle_due
from server.sync.read import MergedRecord, records_of
from server.sync.registers import winner

GONE, HELD, UNDATED = "gone", "held", "undated"
"""How a round's row is settled: its notes went, or nothing is due for now."""


def plan_notes(
    tx: Connection, network_id: str, round_id: str, *, warned: timedelta | None = None
) -> None:
    """Bring the row of a round up to date.

    warned: so long from now its notes stay at least; else a week, or as long as the network
    keeps notes where that is less.
    """
    if standing_hold(tx, network_id, round_id) is not None:
        _rest(tx, network_id, round_id, HELD)
        return
    network = tx.execute(
        select(Network.time_zone, Network.settings).where(Network.id == network_id)
    ).one()
    days = days_kept(json.loads(network.settings))
    through = kept_through(_days_of(tx, network_id, round_id, network.time_zone), days)
    if through is None:
        _rest(tx, network_id, round_id, UNDATED)
        return
    at = goes_at(
        through,
        known=_known(tx, network_id, round_id),
        now=clock.now(),
        warned=min(WARNED, timedelta(days=days)) if warned is None else warned,
        time_zone=network.time_zone,
    )
    _wake(tx, network_id, round_id)
    put_due(tx, network_id, NoticeKind.NOTES_GO, round_id, NOBODY, at)


def plan_again(tx: Connection, network_id: str, round_id: str) -> None:
    """Notes came after the others were deleted: they have the time of a warning, and go too."""
    zone = tx.execute(select(Network.time_zone).where(Network.id == network_id)).scalar_one()
    today = local_day(clock.now(), zone)
    at = goes_at(today, known=None, now=clock.now(), warned=WARNED, time_zone=zone)
    put_due(tx, network_id, NoticeKind.NOTES_GO, round_id, NOBODY, at)


def standing_hold(tx: Connection, network_id: str, round_id: str) -> Any:
    """The hold that keeps a round's notes now; None where there is none."""
    return tx.execute(
        select(Hold.__table__).where(
            Hold.network_id == network_id, Hold.round_id == round_id, Hold.lifted_at.is_(None)
        )
    ).first()


def _rest(tx: Connection, network_id: str, round_id: str, why: str) -> None:
    """Nothing is due: nobody is warned of it any more either."""
    settle_due(tx, network_id, NoticeKind.NOTES_GO, round_id, why)
    tx.execute(
        delete(Notice).where(
            Notice.network_id == network_id,
            Notice.kind == NoticeKind.NOTES_GO_SOON,
            Notice.subject_id == round_id,
        )
    )


def _wake(tx: Connection, network_id: str, round_id: str) -> None:
    """What rested is due again, on the same day as before or on another."""
    tx.execute(
        delete(Notice).where(
            Notice.network_id == network_id,
            Notice.kind == NoticeKind.NOTES_GO,
            Notice.subject_id == round_id,
            Notice.outcome.in_((HELD, UNDATED)),
        )
    )


def _known(tx: Connection, network_id: str, round_id: str) -> datetime | None:
    """What was told before; nothing where a hold or a missing day had taken it back."""
    return tx.execute(
        select(Notice.due_at).where(
            Notice.network_id == network_id,
            Notice.kind == NoticeKind.NOTES_GO,
            Notice.subject_id == round_id,
            Notice.outcome.is_(None) | (Notice.outcome == GONE),
        )
    ).scalar_one_or_none()


def _days_of(tx: Connection, network_id: str, round_id: str, zone: str) -> RoundDays:
    ids = (round_id, debrief_id(round_id))
    found = {each.id: each for each in records_of(tx, network_id, ids=ids, with_deleted=True)}
    plan, debrief = found.get(round_id), found.get(debrief_id(round_id))
    return RoundDays(
        visits_on=_day(plan.get("visits_on")) if plan else None,
        made_on=_made_on(tx, network_id, round_id, zone),
        closed_on=_closed_on(tx, network_id, debrief, zone),
    )


def _day(text: str | None) -> date | None:
    """A day as a device wrote it; none where it is well formed and no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _made_on(tx: Connection, network_id: str, round_id: str, zone: str) -> date | None:
    began = tx.execute(
        select(Change.received_at)
        .join(Record, (Record.network_id == Change.network_id) & (Record.began == Change.seq))
        .where(Record.network_id == network_id, Record.id == round_id)
    ).scalar_one_or_none()
    return _local_day(began, zone)


def _closed_on(
    tx: Connection, network_id: str, debrief: MergedRecord | None, zone: str
) -> date | None:
    """The day on which the server heard that the debrief was closed."""
    shown = winner(debrief.heads.get("closed_at", [])) if debrief else None
    if debrief is None or debrief.deleted or shown is None or not shown["value"]:
        return None
    heard = tx.execute(
        select(Change.received_at).where(Change.network_id == network_id, Change.id == shown["id"])
    ).scalar_one_or_none()
    return _local_day(heard, zone)


def _local_day(moment: str | None, zone: str) -> date | None:
    return local_day(datetime.fromisoformat(moment), zone) if moment else None
