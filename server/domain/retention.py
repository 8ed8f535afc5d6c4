"""When the raw notes of a round go: days on the network's own calendar, and warnings before.

Pure: the clock, the setting and the round's days come in as values. No clock of a device
decides: what cannot be undone goes by the server's own (docs/adr/0017).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from schemas.retention import DEFAULT_DAYS

WARNED = timedelta(days=7)
"""So long before notes go, their author is told."""
UNCLOSED_DAYS = 60
"""A debrief that nobody closed counts as closed so many days after the visits."""
NIGHT, MORNING = time(3, 0), time(8, 0)
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RoundDays:
    """What of a round decides. Each a day on the network's calendar.

    made_on, closed_on: when the server first heard of the round, and of its debrief's end.
    """

    visits_on: date | None
    made_on: date | None
    closed_on: date | None


def days_kept(settings: Mapping[str, Any]) -> int:
    """The network's own number of days, or the default."""
    return int(settings.get("retention_days", DEFAULT_DAYS))


def kept_through(round_days: RoundDays, days: int) -> date | None:
    """The last day that the notes are kept; None where nothing says when the round was.

    A visit day long before the round was planned is a slip of the pen: the later one counts.
    """
    counts_from = round_days.closed_on
    try:
        if counts_from is None and round_days.visits_on is not None:
            counts_from = max(round_days.visits_on, round_days.made_on or date.min)
            counts_from += timedelta(days=UNCLOSED_DAYS)
        return counts_from + timedelta(days=days) if counts_from else None
    except OverflowError:
        return None


def night_after(day: date, time_zone: str) -> datetime:
    """When what is kept through a day goes, in UTC."""
    return _local(day + A_DAY, NIGHT, time_zone)


def last_day(goes_at: datetime, time_zone: str) -> date:
    """The last day before the night in which it goes."""
    return local_day(goes_at, time_zone) - A_DAY


def local_day(moment: datetime, time_zone: str) -> date:
    return moment.astimezone(ZoneInfo(time_zone)).date()


def goes_at(
    through: date, *, known: datetime | None, now: datetime, warned: timedelta, time_zone: str
) -> datetime:
    """When notes go that are kept through a day, but for `warned` from now at least.

    known: when they were to go before. Once its warning has begun it comes no sooner, and is
    put off only because they are kept through a later day.
    """
    today = local_day(now, time_zone)
    soonest = night_after(today + warned, time_zone)
    if known is not None and known <= night_after(today + WARNED, time_zone):
        soonest = known
    return max(night_after(through, time_zone), soonest)


def told_at(going_at: datetime, now: datetime, time_zone: str) -> datetime:
    """When an author is told: next morning, or at once where they then had less than a day."""
    today = local_day(now, time_zone)
    morning = _local(today, MORNING, time_zone)
    if morning < now:
        morning = _local(today + A_DAY, MORNING, time_zone)
    return morning if going_at - morning >= A_DAY else now


def _local(day: date, at: time, time_zone: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(time_zone)).astimezone(UTC)
