"""When raw notes go: the days of the network's calendar, and the warning that comes before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from server.domain.retention import RoundDays, goes_at, kept_through, last_day, night_after, told_at

DENVER = "America/Denver"
NOON = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
"""Noon of November 24 in Denver."""
TODAY = date(2026, 11, 24)
WEEK, DAY = timedelta(days=7), timedelta(days=1)


def going(through: date, *, known: datetime | None = None, warned: timedelta = WEEK) -> datetime:
    return goes_at(through, known=known, now=NOON, warned=warned, time_zone=DENVER)


@pytest.mark.parametrize(
    ("days", "through"), [(0, TODAY), (30, date(2026, 12, 24)), (365, date(2027, 11, 24))]
)
def test_days_count_from_the_day_the_debrief_closed(days: int, through: date) -> None:
    closed = RoundDays(visits_on=date(2026, 11, 1), made_on=date(2026, 10, 1), closed_on=TODAY)

    assert kept_through(closed, days) == through


def test_a_debrief_that_nobody_closed_counts_as_closed_sixty_days_after_the_visits() -> None:
    unclosed = RoundDays(visits_on=TODAY, made_on=date(2026, 10, 1), closed_on=None)

    assert kept_through(unclosed, 30) == TODAY + 90 * DAY


def test_a_visit_day_long_before_the_round_was_planned_deletes_nothing_early() -> None:
    slip = RoundDays(visits_on=date(1926, 11, 24), made_on=TODAY, closed_on=None)

    assert kept_through(slip, 30) == TODAY + 90 * DAY


@pytest.mark.parametrize("visits_on", [None, date.max])
def test_without_a_day_that_can_be_counted_from_nothing_goes(visits_on: date | None) -> None:
    assert kept_through(RoundDays(visits_on, TODAY, None), 30) is None


@pytest.mark.parametrize(
    ("day", "zone", "night"),
    [
        (date(2026, 12, 24), DENVER, datetime(2026, 12, 25, 10, 0, tzinfo=UTC)),
        (date(2026, 7, 1), DENVER, datetime(2026, 7, 2, 9, 0, tzinfo=UTC)),
        (date(2026, 7, 1), "Pacific/Auckland", datetime(2026, 7, 1, 15, 0, tzinfo=UTC)),
    ],
)
def test_the_night_is_the_networks_own(day: date, zone: str, night: datetime) -> None:
    assert night_after(day, zone) == night
    assert last_day(night, zone) == day


def test_a_round_that_is_overdue_still_has_its_week() -> None:
    assert going(date(2020, 1, 1)) == night_after(TODAY + WEEK, DENVER)


def test_a_date_that_was_put_off_for_its_warning_is_not_put_off_again() -> None:
    first = going(date(2020, 1, 1))

    later = goes_at(
        date(2020, 1, 1), known=first, now=NOON + 3 * DAY, warned=WEEK, time_zone=DENVER
    )

    assert later == first


def test_a_shorter_setting_leaves_a_week_and_never_a_sooner_night_than_was_told() -> None:
    far, near = night_after(TODAY + 25 * DAY, DENVER), night_after(TODAY + 5 * DAY, DENVER)

    assert going(TODAY, known=far) == night_after(TODAY + WEEK, DENVER)
    assert going(TODAY, known=near, warned=0 * DAY) == near


def test_a_longer_setting_puts_off_what_was_told() -> None:
    near = night_after(TODAY + 5 * DAY, DENVER)

    assert going(TODAY + 60 * DAY, known=near) == night_after(TODAY + 60 * DAY, DENVER)


def test_no_days_at_all_means_the_night_after_the_debrief() -> None:
    assert going(TODAY, warned=0 * DAY) == night_after(TODAY, DENVER)


def test_people_are_told_in_the_morning_unless_that_is_too_late() -> None:
    eight_tomorrow = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)

    assert told_at(night_after(TODAY + WEEK, DENVER), NOON, DENVER) == eight_tomorrow
    assert told_at(night_after(TODAY, DENVER), NOON, DENVER) == NOON
