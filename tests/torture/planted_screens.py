"""Bugs planted in what a model tablet's screens offer in a debrief."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.torture import screens
from tests.torture.device import TorturedDevice
from tests.torture.planted import bug

Any_ = Callable[..., Any]


@bug("tablet", screens, "clock_saved")
def a_press_saves_its_own_value_alone(original: Any_) -> Any_:
    """Of two presses at once, each wins with a part of the clock."""

    def saved(clock: Any, phase: str) -> Any:
        whole = original(clock, phase)
        return whole if clock.paused_at is None else {"paused_at": whole["paused_at"]}

    return saved


@bug("tablet", screens, "may_predict")
def the_seal_is_not_looked_at(original: Any_) -> Any_:
    """Predictions stay open on a tablet that was told of the seal."""
    return lambda world, device: True


@bug("tablet", screens, "may_seal")
def a_seal_is_put_on_nothing(original: Any_) -> Any_:
    """Predictions are sealed before the network agreed on one."""

    def may(world: Any, device: Any) -> bool:
        return not screens.shows(world, device, "d1").get("sealed_at")

    return may


@bug("tablet", screens, "may_open")
def the_seal_opens_on_any_day(original: Any_) -> Any_:
    """Nobody waits for the revisit."""

    def may(world: Any, device: Any) -> bool:
        sealed = screens.shows(world, device, "d1").get("sealed_at")
        return bool(sealed) and not screens.shows(world, device, "r1").get("opened_at")

    return may


@bug("tablet", screens, "may_say_what_was_seen")
def what_was_seen_is_said_under_the_seal(original: Any_) -> Any_:
    """Predictions are answered before they are opened."""
    return lambda world, device: True


@bug("tablet", TorturedDevice, "let_go")
def what_was_brought_is_shown_for_ever(original: Any_) -> Any_:
    """A card that came by file stands in its first words, whatever was written since."""
    return lambda self: None
