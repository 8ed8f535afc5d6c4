"""Notices that follow from records, stored by the transaction that merges them.

A debrief that begins tells the round's people; an item with a check-back tells whoever takes
it on; a day to come back tells the round's people; a lead who reminds the host of the summary
tells the host; a round and its debrief say when raw notes go; a file that is wanted regularly
says when the next is made. Sends, makes and deletes nothing: services work the rows off.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from schemas.vocabulary import FileEvery, RoundRole
from server import clock
from server.domain.identifiers import debrief_id, return_summary_id, revisit_id
from server.domain.notices import NoticeKind, may_remind, morning_before, next_begin
from server.models.notices import Notice
from server.models.sync import Network, Participation
from server.sync.due import NOBODY, drop_due, put_due, when_due
from server.sync.projections import value_of
from server.sync.read import record_of
from server.sync.retention import plan_notes
from server.sync.stored import Stored

DATING = frozenset({"round", "debrief"})
"""Kinds of record that say when the raw notes of a round go."""


def store_notices(tx: Connection, network_id: str, touched: Collection[Stored]) -> None:
    """Bring what is due after touched debriefs, rounds and next-level items up to date."""
    for record in touched:
        if record.kind == "debrief":
            _debrief_opens(tx, network_id, record)
        elif record.kind == "next_level_item":
            _check_back(tx, network_id, record)
        elif record.kind == "revisit":
            _revisit_near(tx, network_id, record)
        elif record.kind == "return_summary":
            _summary_waits(tx, network_id, record)
        elif record.kind == "regular_file":
            _file_due(tx, network_id, record)
    for round_id in sorted({_round_of(each) for each in touched if each.kind in DATING}):
        plan_notes(tx, network_id, round_id)


def _round_of(record: Stored) -> str:
    return record.scope.partition(":")[2]


def _debrief_opens(tx: Connection, network_id: str, record: Stored) -> None:
    round_id = _round_of(record)
    began_at = value_of(record.state, "began_at")
    if record.id != debrief_id(round_id) or not began_at:
        return
    told = select(Notice.member_id).where(
        Notice.network_id == network_id,
        Notice.kind == NoticeKind.DEBRIEF_OPENS,
        Notice.subject_id == round_id,
    )
    waiting = _people(tx, network_id, round_id) - {*tx.scalars(told)}
    # A debrief of last month, pushed today, is stale news; a fast clock makes nobody wait.
    due_at = min(_moment(began_at), clock.now())
    for member_id in sorted(waiting):
        put_due(tx, network_id, NoticeKind.DEBRIEF_OPENS, round_id, member_id, due_at)


def _moment(text: str) -> datetime:
    """A moment as a device wrote it; now where it is well formed and no moment."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return clock.now()


def _check_back(tx: Connection, network_id: str, record: Stored) -> None:
    """One open notice, for the member who takes the item on now, on the day chosen now."""
    day = value_of(record.state, "check_back_on")
    member_id = value_of(record.state, "taken_on_by_member")
    settled = record.deleted or value_of(record.state, "outcome")
    wanted = {str(member_id)} if day and member_id and not settled else set()
    _tell_before(tx, network_id, NoticeKind.CHECK_BACK_DUE, record.id, wanted, day)


def _revisit_near(tx: Connection, network_id: str, record: Stored) -> None:
    """The round's people, before the day on which the network comes back to it."""
    round_id = _round_of(record)
    if record.id != revisit_id(round_id):
        return
    day = value_of(record.state, "meets_on")
    over = record.deleted or value_of(record.state, "opened_at")
    wanted = _people(tx, network_id, round_id) if day and not over else set()
    _tell_before(tx, network_id, NoticeKind.REVISIT_NEAR, round_id, wanted, day)


def _summary_waits(tx: Connection, network_id: str, record: Stored) -> None:
    """The round's hosts, once a lead reminds them of a summary that is there to be read."""
    round_id = _round_of(record)
    reminded_at = value_of(record.state, "reminded_at")
    if record.id != return_summary_id(round_id) or not reminded_at:
        return
    debrief = record_of(tx, network_id, debrief_id(round_id))
    if debrief is None or not debrief.get("closed_at"):
        return
    # What a lead pressed offline yesterday is stale news; a fast clock makes nobody wait.
    due_at = min(_moment(reminded_at), clock.now())
    for member_id in sorted(_people(tx, network_id, round_id, RoundRole.HOST)):
        last = when_due(tx, network_id, NoticeKind.SUMMARY_WAITS, round_id, member_id)
        if may_remind(last, due_at):
            put_due(tx, network_id, NoticeKind.SUMMARY_WAITS, round_id, member_id, due_at)


def _file_due(tx: Connection, network_id: str, record: Stored) -> None:
    """The next file of a regular one; none once it was ended."""
    every = value_of(record.state, "every")
    if record.deleted or not every:
        drop_due(tx, network_id, NoticeKind.FILE_DUE, record.id)
        return
    zone = tx.execute(select(Network.time_zone).where(Network.id == network_id)).scalar_one()
    due_at = next_begin(FileEvery(every), clock.now(), zone)
    put_due(tx, network_id, NoticeKind.FILE_DUE, record.id, NOBODY, due_at)


def _people(
    tx: Connection, network_id: str, round_id: str, role: RoundRole | None = None
) -> set[str]:
    """Members of the round: all, or those with a role."""
    found = tx.execute(
        select(Participation.member_id, Participation.roles).where(
            Participation.network_id == network_id, Participation.round_id == round_id
        )
    )
    return {member_id for member_id, roles in found if role is None or role in roles.split()}


def _tell_before(
    tx: Connection, network_id: str, kind: NoticeKind, subject_id: str, wanted: set[str], day: Any
) -> None:
    """Open notices of a subject are for these members alone, on the morning before the day."""
    tx.execute(
        update(Notice)
        .where(
            Notice.network_id == network_id,
            Notice.kind == kind,
            Notice.subject_id == subject_id,
            Notice.member_id.not_in(wanted),
            Notice.settled_at.is_(None),
        )
        .values(settled_at=clock.now(), outcome="withdrawn")
    )
    if not wanted:
        return
    zone = tx.execute(select(Network.time_zone).where(Network.id == network_id)).scalar_one()
    try:
        due_at = morning_before(str(day), zone)
    except (ValueError, OverflowError):
        return  # the 31st of February: well formed, and no day
    for member_id in sorted(wanted):
        put_due(tx, network_id, kind, subject_id, member_id, due_at)
