"""Notices: telling what is due, to the browsers that may be told.

The text of a push says what happens and never what anybody wrote. Sending holds no
transaction: a push service may take its ten seconds.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import Connection, select, update

from server import clock
from server.config import Settings
from server.db import EVERY_NETWORK, reading, writing
from server.domain.notices import NoticeKind, is_stale, quiet_until
from server.models.accounts import Membership, Person
from server.models.notices import Notice
from server.models.sync import Network, Participation, RoundIndex
from server.services import vapid
from server.services.subscriptions import admitted_hosts, browsers_of, forget
from server.services.web_push import Delivery, Subscription, deliver
from server.sync.read import record_of, records_of

BATCH = 100
RETRY_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Due:
    """One notice, whom it is for, and the browsers that show it."""

    notice: Any
    person_id: str
    language: str
    time_zone: str


def work_off(settings: Settings) -> int:
    """Tell what is due, once. How many notices were settled."""
    now = clock.now()
    settled: Counter[str] = Counter()
    with reading(EVERY_NETWORK) as tx:
        due = _due(tx, now)
        waits = {each: _waits_until(tx, each, now) for each in due}
        browsers = {each: browsers_of(tx, each.person_id) for each in due}
    for each in due:
        waiting = waits[each]
        if waiting is not None:
            _postpone(each, waiting)
            continue
        outcome = _tell(settings, each, browsers[each], now)
        if outcome == Delivery.LATER:
            _postpone(each, now + RETRY_AFTER)
        else:
            _settle(each, outcome, now)
            settled[outcome] += 1
    _log(settled)
    return settled.total()


def _log(settled: Counter[str]) -> None:
    """One line a look, and none where only people without a browser were due: most have none."""
    if {*settled} - {"nobody"}:
        said = ", ".join(f"{count} {outcome}" for outcome, count in sorted(settled.items()))
        logging.getLogger(__name__).info("notices were settled: %s", said)


def _due(tx: Connection, now: datetime) -> list[Due]:
    rows = tx.execute(
        select(Notice.__table__, Membership.person_id, Person.language, Network.time_zone)
        .join(
            Membership,
            (Membership.network_id == Notice.network_id) & (Membership.id == Notice.member_id),
        )
        .join(Person, Person.id == Membership.person_id)
        .join(Network, Network.id == Notice.network_id)
        .where(
            Notice.settled_at.is_(None),
            Notice.due_at <= now,
            Membership.removed_at.is_(None),
        )
        .order_by(Notice.due_at)
        .limit(BATCH)
    ).all()
    return [Due(row, row.person_id, row.language, row.time_zone) for row in rows]


def _waits_until(tx: Connection, due: Due, now: datetime) -> datetime | None:
    """The end of the visits that the member is on right now (rule 18)."""
    rounds = tx.execute(
        select(RoundIndex.round_id, RoundIndex.visits_on)
        .join(
            Participation,
            (Participation.network_id == RoundIndex.network_id)
            & (Participation.round_id == RoundIndex.round_id),
        )
        .where(
            RoundIndex.network_id == due.notice.network_id,
            Participation.member_id == due.notice.member_id,
            RoundIndex.visits_on.is_not(None),
            RoundIndex.deleted.is_(False),
        )
    ).all()
    nearby = {(now + timedelta(days=shift)).date().isoformat() for shift in (-1, 0, 1)}
    ends = [
        quiet_until(day, _slots(tx, due.notice.network_id, round_id), due.time_zone, now)
        for round_id, day in rounds
        if day in nearby
    ]
    return max((end for end in ends if end is not None), default=None)


def _slots(tx: Connection, network_id: str, round_id: str) -> list[tuple[str, int]]:
    slots = records_of(tx, network_id, scope=f"round:{round_id}", kind="slot")
    return [
        (str(slot.get("begins_at")), int(slot.get("minutes") or 20))
        for slot in slots
        if slot.get("begins_at") and not slot.get("skipped")
    ]


def _tell(settings: Settings, due: Due, browsers: Sequence[Subscription], now: datetime) -> str:
    """Send to each browser; LATER only when none could be told and one may be later."""
    if is_stale(due.notice.kind, due.notice.due_at, now):
        return "stale"
    message = _message(due)
    if message is None:
        return "withdrawn"
    said = {
        browser: deliver(
            browser,
            message,
            key=vapid.key(settings),
            contact=_contact(settings),
            topic=sha256(due.notice.subject_id.encode()).hexdigest(),
            admitted=admitted_hosts(settings),
        )
        for browser in browsers
    }
    forget(due.person_id, [browser for browser, word in said.items() if word == Delivery.GONE])
    if Delivery.SENT in said.values():
        return Delivery.SENT
    return Delivery.LATER if Delivery.LATER in said.values() else "nobody"


def _contact(settings: Settings) -> str:
    """Whom a push service may write to: an address, else this server's own page."""
    if settings.vapid_contact:
        return settings.vapid_contact
    return settings.origin if settings.is_secure else "mailto:rounds@localhost.invalid"


_PATHS: Mapping[str, str] = {
    NoticeKind.DEBRIEF_OPENS: "debrief",
    NoticeKind.REVISIT_NEAR: "revisit",
    NoticeKind.SUMMARY_WAITS: "summary",
    NoticeKind.NOTES_GO_SOON: "notes",
}
"""Notices about a round, and the page of it that they lead to."""


def _message(due: Due) -> str | None:
    """Which words the service worker shows, and where they lead; None when void by now."""
    notice = due.notice
    with reading(notice.network_id) as tx:
        if notice.kind in _PATHS:
            path = f"/rounds/{notice.subject_id}/{_PATHS[notice.kind]}"
        elif notice.kind == NoticeKind.FILE_READY:
            path = "/patterns/files"
        else:
            item = record_of(tx, notice.network_id, notice.subject_id)
            if item is None or item.deleted:
                return None
            path = f"/rounds/{item.scope.partition(':')[2]}/next-level"
    return orjson.dumps(
        {
            "title_key": f"notices.{notice.kind}.title",
            "body_key": f"notices.{notice.kind}.body",
            "language": due.language,
            "url": path,
            "tag": f"{notice.kind}:{notice.subject_id}",
        }
    ).decode()


def _where(due: Due) -> list[Any]:
    notice = due.notice
    names = ("network_id", "kind", "subject_id", "member_id", "due_at")
    return [getattr(Notice, name) == getattr(notice, name) for name in names]


def _postpone(due: Due, until: datetime) -> None:
    with writing(due.notice.network_id) as tx:
        tx.execute(update(Notice).where(*_where(due)).values(due_at=until))


def _settle(due: Due, outcome: str, now: datetime) -> None:
    """Only if it is still due as it was read: a date moved meanwhile makes it due again."""
    with writing(due.notice.network_id) as tx:
        tx.execute(update(Notice).where(*_where(due)).values(settled_at=now, outcome=outcome))
