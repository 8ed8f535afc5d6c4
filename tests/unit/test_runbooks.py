"""The runbook and its clock: the same on the server as on the tablet."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from schemas.vocabulary import Activity, Actor, Phase
from server.domain import step_clock
from server.domain.runbooks import (
    REQUIRED,
    Step,
    minutes_of,
    neighbour,
    runbook_id,
    shipped_steps,
    step_at,
    step_id,
    whole_runbook,
)
from server.domain.step_clock import StepClock

VECTORS = Path(__file__).parents[1] / "vectors"
RUNBOOK = "0b6f4c1e-1d52-4e1c-9a0e-6f1f8f0f2a11"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def vectors(name: str, which: str) -> list[Any]:
    found = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(each, id=each["about"]) for each in found if which in each]


def a_step(given: dict[str, Any]) -> Step:
    words = {"activity": Activity(given["activity"]), "phase": Phase(given["phase"])}
    return Step(**{**given, **words, "actor": Actor.EVERYONE})


def a_clock(given: dict[str, Any]) -> StepClock:
    at = {
        name: None if given[name] is None else second(given[name])
        for name in given
        if name in ("began", "paused")
    }
    return StepClock(given["step"], at["began"], at["paused"], given["added"])


def second(after_noon: int) -> datetime:
    return NOON + timedelta(seconds=after_noon)


@pytest.mark.parametrize("vector", vectors("runbooks", "whole"))
def test_a_runbook_is_whole_and_in_the_order_of_its_phases(vector: dict[str, Any]) -> None:
    steps = whole_runbook(RUNBOOK, map(a_step, vector["steps"]))

    added = {step_id(RUNBOOK, word): f"added:{word}" for word in Activity}
    assert [added.get(step.id, step.id) for step in steps] == vector["whole"]
    assert [step.id for step in steps if step.left_out] == vector["left_out"]


@pytest.mark.parametrize("vector", vectors("runbooks", "shipped"))
def test_a_runbook_that_ships_takes_its_time(vector: dict[str, Any]) -> None:
    steps = shipped_steps(runbook_id("round", vector["shipped"]), vector["shipped"])

    assert [[step.activity, step.minutes] for step in steps] == vector["steps"]
    assert [step.activity for step in steps if step.left_out] == vector["offered"]
    assert minutes_of(steps) == vector["total"]
    assert {step.activity for step in steps} >= REQUIRED
    assert whole_runbook(RUNBOOK, steps) == steps


@pytest.mark.parametrize("vector", vectors("runbooks", "next_is"))
def test_next_and_back_pass_over_what_is_left_out(vector: dict[str, Any]) -> None:
    found = neighbour([a_step(each) for each in vector["steps"]], vector["of"], vector["way"])

    assert (found and found.id) == vector["next_is"]


@pytest.mark.parametrize("vector", vectors("runbooks", "stands_at"))
def test_where_a_debrief_stands(vector: dict[str, Any]) -> None:
    steps = [a_step(each) for each in vector["steps"]]

    assert step_at(steps, vector["phase"], vector["said"]).id == vector["stands_at"]


@pytest.mark.parametrize("vector", vectors("step_clock", "left"))
def test_the_remaining_time_is_counted_from_moments(vector: dict[str, Any]) -> None:
    clock, now = a_clock(vector["clock"]), second(vector["now"])

    assert step_clock.seconds_left(clock, vector["minutes"], now) == vector["left"]


@pytest.mark.parametrize("vector", vectors("step_clock", "act"))
def test_the_clock_is_moved_as_one(vector: dict[str, Any]) -> None:
    clock, now = a_clock(vector["clock"]), second(vector["now"])

    acts = {
        "start": lambda: step_clock.start(clock, now),
        "pause": lambda: step_clock.pause(clock, now),
        "add": lambda: step_clock.add_minutes(clock, 2),
        "move": lambda: step_clock.move_to("other", now),
    }
    assert acts[vector["act"]]() == a_clock(vector["then"])
