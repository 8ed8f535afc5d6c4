"""When somebody is told something, and when they are left alone.

Rule 18: between the first and the last slot of a round its members get no push; what was due
waits. Pure: the clock and the plan come in as values.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from schemas.vocabulary import FileEvery

MORNING = time(8, 0)
STALE_AFTER = timedelta(hours=18)
"""A notice later than that tells nobody anything: a debrief is over."""

REMINDED_APART = timedelta(days=1)
"""Nobody is reminded of the same thing twice within it, however many leads press."""


class NoticeKind(StrEnum):
    DEBRIEF_OPENS = "debrief_opens"
    CHECK_BACK_DUE = "check_back_due"
    REVISIT_NEAR = "revisit_near"
    SUMMARY_WAITS = "summary_waits"
    NOTES_GO_SOON = "notes_go_soon"
    FILE_READY = "file_ready"
    NOTES_GO = "notes_go"
    FILE_DUE = "file_due"
    """The last two are work of the server's own: told to nobody."""


def morning_before(day_on: str, time_zone: str) -> datetime:
    """The morning before a check-back or a revisit, on the network's own calendar; in UTC.

    ValueError or OverflowError for what is no day.
    """
    day = date.fromisoformat(day_on) - timedelta(days=1)
    return datetime.combine(day, MORNING, ZoneInfo(time_zone)).astimezone(UTC)


def next_begin(every: FileEvery, now: datetime, time_zone: str) -> datetime:
    """The first morning of the next month or quarter on the network's own calendar; in UTC."""
    today = now.astimezone(ZoneInfo(time_zone)).date()
    months = 1 if every == FileEvery.MONTH else 3 - (today.month - 1) % 3
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    day = date(year, month + 1, 1)
    return datetime.combine(day, MORNING, ZoneInfo(time_zone)).astimezone(UTC)


def may_remind(last: datetime | None, now: datetime) -> bool:
    """Whether a host may be reminded (again) of a summary to read.

    Twin of pwa/src/domain/notices.ts.
    """
    return last is None or now - last >= REMINDED_APART


def is_stale(kind: str, due_at: datetime, now: datetime) -> bool:
    """Whether it tells nobody anything now. That notes go is news until they are gone."""
    return kind != NoticeKind.NOTES_GO_SOON and now - due_at > STALE_AFTER


def quiet_until(
    visits_on: str, slots: Iterable[tuple[str, int]], time_zone: str, now: datetime
) -> datetime | None:
    """The end of the day's visits while they go on, in UTC; None when nobody is in a room.

    slots: `("09:05", 20)`, when a visit begins at the host school and how many minutes it
    lasts. A visit may not last past midnight.
    """
    zone = ZoneInfo(time_zone)
    day = date.fromisoformat(visits_on)
    begun: list[datetime] = []
    ended: list[datetime] = []
    for begins_at, minutes in slots:
        begin = datetime.combine(day, time.fromisoformat(begins_at), zone)
        begun.append(begin)
        ended.append(begin + timedelta(minutes=minutes))
    if not begun or not min(begun) <= now < max(ended):
        return None
    return max(ended).astimezone(UTC)
