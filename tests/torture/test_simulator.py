"""Layer S at tier T0: two hundred histories of tablets on bad links, against the real app."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import orjson
import pytest

from tests.serving import ROOT
from tests.sync.oracle import TEXT
from tests.torture import acts, rooms
from tests.torture.crowd import run_crowd
from tests.torture.simulator import Simulation, run_seed
from tests.torture.stage import Stage, a_fresh_run, a_stage
from tests.torture.tiers import TIERS, simulate


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with a_stage() as stage:
        yield stage


@pytest.mark.timeout(0)
def test_two_hundred_histories_break_no_invariant_and_meet_enough_trouble(stage: Stage) -> None:
    tier = TIERS["T0"]

    tally = simulate(stage, range(tier.seeds), tier.steps)

    assert tally.broken == []
    assert tally.below(tier) == []


def test_histories_in_which_nobody_leads_prove_too_little(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The floors say so, phase by phase: a torture that never gets there is none."""
    others = [act for act in acts.ACTS if act is not rooms.lead_the_debrief]
    monkeypatch.setattr(acts, "ACTS", others)

    tally = simulate(stage, range(8), 32)

    assert tally.broken == []
    missed = " ".join(tally.below(replace(TIERS["T0"], seeds=8)))
    for phase in ("analyze", "predict", "next_level", "closed", "opened"):
        assert f"runs in {phase} 0 of" in missed


def test_a_few_histories_hold_on_postgresql_too(postgres_url: str) -> None:
    with a_stage(postgres_url) as stage:
        tally = simulate(stage, range(6), 40)

    assert tally.broken == []
    assert tally.seen["faults"] > 20


def test_many_writers_at_once_leave_no_hole_for_a_reader(stage: Stage) -> None:
    run_crowd(stage, 1)


def test_many_writers_at_once_leave_no_hole_on_postgresql(postgres_url: str) -> None:
    with a_stage(postgres_url) as stage:
        run_crowd(stage, 1)


def test_one_seed_makes_one_trace_in_every_process(stage: Stage) -> None:
    here = run_seed(stage, 7).trace
    again = run_seed(stage, 7).trace
    command = [sys.executable, "-m", "tests.torture", "replay", "--seed", "7"]
    elsewhere = {
        subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hashed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()[-1]
        for hashed in ("1", "2")
    }

    assert here == again
    assert len(elsewhere) == 1


def test_a_push_cut_at_every_byte_stores_nothing(stage: Stage) -> None:
    with a_fresh_run(stage, Random(1)):
        world = Simulation(stage, 1)
        device = world.devices[0]
        world.type_on(0, "na", 3)
        world.act(0, "a1", TEXT)
        _, changes = device.batch(9)
        body = {"network": world.network, "head": 0, "chain": "", "changes": changes}
        raw, before = orjson.dumps(body), world.head()

        answers = {
            world.wire.ask("POST", "push", device.cookie, raw, cut_at).status
            for cut_at in range(len(raw))
        }

        assert answers == {400}
        assert world.head() == before
        world.come_to_rest()


def test_five_hundred_waiting_changes_drain_within_a_minute(stage: Stage) -> None:
    with a_fresh_run(stage, Random(2)):
        world = Simulation(stage, 2)
        device = world.devices[0]
        for _ in range(500):
            world.act(0, "na", TEXT)
            device.outbox[-1]["frozen"] = True
        began = device.requests

        world.push(0, 500)

        assert not device.outbox
        assert device.requests == began + 1
        world.come_to_rest()
