"""The clock of a step: one for all devices, kept as four values that change together.

Nothing is decided by it. It is counted from moments of the server's time, so a tablet that
slept, or whose own clock is wrong, shows the same remaining time once it is told again.
Twin of pwa/src/domain/step-clock.ts; both run tests/vectors/step_clock.json.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

MOST_ADDED = 999


@dataclass(frozen=True, slots=True)
class StepClock:
    """`began_at` is None until the clock is started; a pause moves it on when it ends."""

    step: str
    began_at: datetime | None = None
    paused_at: datetime | None = None
    added_minutes: int = 0


def move_to(step: str, now: datetime) -> StepClock:
    """The clock of another step, running from now."""
    return StepClock(step, began_at=now)


def start(clock: StepClock, now: datetime) -> StepClock:
    """Start, or go on after a pause: what the pause took is given back."""
    if clock.began_at is None:
        return replace(clock, began_at=now, paused_at=None)
    if clock.paused_at is None:
        return clock
    passed = max(clock.paused_at - clock.began_at, timedelta())
    return replace(clock, began_at=now - passed, paused_at=None)


def pause(clock: StepClock, now: datetime) -> StepClock:
    """Stop where it is; a clock that does not run stays as it is."""
    if clock.began_at is None or clock.paused_at is not None:
        return clock
    return replace(clock, paused_at=now)


def add_minutes(clock: StepClock, minutes: int) -> StepClock:
    return replace(clock, added_minutes=min(clock.added_minutes + minutes, MOST_ADDED))


def seconds_left(clock: StepClock, minutes: int, now: datetime) -> int:
    """Seconds that remain, below zero once the time is over."""
    whole = (minutes + clock.added_minutes) * 60
    if clock.began_at is None:
        return whole
    passed = ((clock.paused_at or now) - clock.began_at).total_seconds()
    return whole - max(0, int(passed))
