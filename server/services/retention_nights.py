"""Raw notes go by themselves: the worker's part, looked after every hour.

Works off what sync/retention planned: a week before, whoever has raw notes in the round is
told; in the night they are purged; what a late tablet brings afterwards is given a week of its
own. Each step can be cut and done again. Sends nothing: services/notices does.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from server import clock
from server.config import Settings
from server.db import EVERY_NETWORK, reading, writing
from server.domain.notices import NoticeKind
from server.domain.retention import WARNED, told_at
from server.models.notices import Notice
from server.models.sync import Network, RoundIndex
from server.services.retention import RawNotes, purge_records, raw_notes, wipe_files
from server.sync.due import put_due
from server.sync.retention import GONE, plan_again, plan_notes


@dataclass(frozen=True, slots=True)
class Going:
    """One round's row: when its raw notes go, or went."""

    network_id: str
    round_id: str
    due_at: datetime
    went: bool


def look_after_notes(settings: Settings) -> int:
    """Warn, purge, and wipe the files beneath. How many records were purged."""
    plan_what_is_unplanned()
    by_network: dict[str, list[Going]] = defaultdict(list)
    with reading(EVERY_NETWORK) as tx:
        for going in _going(tx, clock.now()):
            by_network[going.network_id].append(going)
    count = sum(_look_after(settings, each) for each in by_network.values())
    if settings.unwiped.exists() and wipe_files(settings):
        settings.unwiped.unlink()
    return count


def plan_what_is_unplanned() -> None:
    """Rounds that were there before anything was planned; each has a week at least."""
    unplanned = (
        select(RoundIndex.network_id, RoundIndex.round_id)
        .outerjoin(
            Notice,
            (Notice.network_id == RoundIndex.network_id)
            & (Notice.subject_id == RoundIndex.round_id)
            & (Notice.kind == NoticeKind.NOTES_GO),
        )
        .where(Notice.subject_id.is_(None))
    )
    with reading(EVERY_NETWORK) as tx:
        found = tx.execute(unplanned).all()
    for network_id, round_id in found:
        with writing(network_id) as tx:
            plan_notes(tx, network_id, round_id, warned=WARNED)


def _going(tx: Connection, now: datetime) -> list[Going]:
    """Rounds whose authors are to be warned, whose notes are due, or whose notes went."""
    rows = tx.execute(
        select(Notice.network_id, Notice.subject_id, Notice.due_at, Notice.outcome).where(
            Notice.kind == NoticeKind.NOTES_GO,
            Notice.due_at <= now + WARNED,
            Notice.outcome.is_(None) | (Notice.outcome == GONE),
        )
    )
    return [Going(row[0], row[1], row[2], row[3] == GONE) for row in rows]


def _look_after(settings: Settings, rounds: Sequence[Going]) -> int:
    network_id = rounds[0].network_id
    with reading(network_id) as tx:
        notes = raw_notes(tx, network_id)
    count = 0
    for going in rounds:
        if going.went:
            _give_latecomers_time(going, notes)
        elif going.due_at > clock.now():
            _tell_authors(going, notes)
        else:
            count += _let_go(settings, going, [*notes.get(going.round_id, ())])
    return count


def _give_latecomers_time(going: Going, notes: RawNotes) -> None:
    if notes.get(going.round_id):
        with writing(going.network_id) as tx:
            plan_again(tx, going.network_id, going.round_id)


def _tell_authors(going: Going, notes: RawNotes) -> None:
    """A row for whoever has notes in the round and was not told of this night yet."""
    authors = {*notes.get(going.round_id, {}).values()}
    with writing(going.network_id) as tx:
        told = select(Notice.member_id, Notice.due_at).where(*_soon(going))
        known = {row.member_id for row in tx.execute(told) if going.due_at - row.due_at <= WARNED}
        zone = tx.execute(select(Network.time_zone).where(Network.id == going.network_id)).scalar()
        at = told_at(going.due_at, clock.now(), str(zone))
        for member_id in sorted(authors - known):
            kind = NoticeKind.NOTES_GO_SOON
            put_due(tx, going.network_id, kind, going.round_id, member_id, at)


def _let_go(settings: Settings, going: Going, record_ids: Sequence[str]) -> int:
    """Purge, unless a hold or another date came in between; then the row is settled."""
    if record_ids:
        settings.unwiped.touch()
    count = purge_records(
        settings, going.network_id, record_ids, unless=lambda tx: not _is_due(tx, going)
    )
    with writing(going.network_id) as tx:
        if _is_due(tx, going):
            settled = {"settled_at": clock.now(), "outcome": GONE}
            tx.execute(update(Notice).where(*_row(going)).values(**settled))
            tx.execute(delete(Notice).where(*_soon(going)))
    if count:
        logging.getLogger(__name__).info("raw notes went: %s records of a round", f"{count:,}")
    return count


def _is_due(tx: Connection, going: Going) -> bool:
    due_at = tx.execute(
        select(Notice.due_at).where(*_row(going), Notice.settled_at.is_(None))
    ).scalar_one_or_none()
    return due_at is not None and due_at <= clock.now()


def _row(going: Going) -> list[Any]:
    return _of(going, NoticeKind.NOTES_GO)


def _soon(going: Going) -> list[Any]:
    return _of(going, NoticeKind.NOTES_GO_SOON)


def _of(going: Going, kind: NoticeKind) -> list[Any]:
    return [
        Notice.network_id == going.network_id,
        Notice.kind == kind,
        Notice.subject_id == going.round_id,
    ]
