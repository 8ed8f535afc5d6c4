"""How much is enough: the three tiers of docs/torture.md, and the floors below which a run fails.

A run that met too few conflicts, faults or kills has proved too little, and fails like one
that broke an invariant. T0 is within `make test`, T1 is `make torture`, T2 ten times that.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.postgres import a_postgres
from tests.torture.browsers import BrowserReport
from tests.torture.dead_tabs import TabReport
from tests.torture.processes import Plan, Report
from tests.torture.simulator import run_seed
from tests.torture.stage import Stage, a_stage

FEWEST_CALLS = 100
"""Tabs that die in a T1, each at another call."""


DEBRIEF = {
    "runs in analyze": 0.5,
    "runs in predict": 0.4,
    "runs in sealed": 0.35,
    "runs in next_level": 0.35,
    "runs in closed": 0.25,
    "runs in opened": 0.2,
    "debrief moved": 4,
    "debrief went back": 0.3,
    "debrief clock": 0.4,
    "debrief agreed": 2,
    "debrief not agreed": 0.8,
    "debrief own wall": 0.1,
    "debrief wall": 0.4,
    "debrief pattern": 1,
    "debrief predicted": 0.4,
    "debrief sealed": 0.35,
    "debrief late card": 0.4,
    "debrief next level": 0.4,
    "debrief committed": 0.05,
    "debrief checked back": 0.04,
    "debrief said what was seen": 0.5,
    "debrief handed over": 0.3,
    "told of a wall": 1,
    "told as it stood before": 0.15,
    "walls held by a host": 0.5,
    "screen sealed": 0.1,
    "sealed words held": 0.3,
    "items that count": 0.1,
    "patterns that leave": 0.4,
}
"""What a run must meet of a debrief, for each seed: that every phase is reached in a good share
of them, and that a host is told of walls that have moved on since. About half of what is met."""


@dataclass(frozen=True)
class Tier:
    """seeds and steps of layer S, plans of layer P, browser kills of layer B, and floors."""

    seeds: int
    steps: int
    ops: int
    faults: int
    plans: tuple[Plan, ...] = ()
    browser_kills: int = 0
    """Of each engine that there is."""

    def floors(self) -> dict[str, int]:
        """What layer S must have met at least; a share of the runs, rarer things less."""
        return {
            "ops": self.ops,
            "faults": self.faults,
            "runs with conflict": self.seeds // 2,
            "in conflict": self.seeds,
            "amended": 20 * self.seeds,
            "forgot": self.seeds // 2,
            "fault restored": self.seeds // 3,
            "verdict set_aside": self.seeds,
            "verdict invalid": self.seeds // 8,
            "verdict purged": self.seeds // 10,
            "late": self.seeds // 20,
            "fault killed before commit": self.seeds // 20,
            "fault cut request": self.seeds // 20,
            "fault portal": self.seeds // 20,
            "fault stranger": self.seeds // 40,
            "runs with delete": self.seeds // 50,
            **{name: int(self.seeds * share) for name, share in DEBRIEF.items()},
        }


TIERS = {
    "T0": Tier(seeds=200, steps=32, ops=50_000, faults=1_500),
    "T1": Tier(
        seeds=320,
        steps=180,
        ops=1_000_000,
        faults=10_000,
        plans=(Plan("sqlite", 10_000, 25), Plan("postgres", 10_000, 27, 6)),
        browser_kills=14,
    ),
    "T2": Tier(
        seeds=3_200,
        steps=180,
        ops=10_000_000,
        faults=100_000,
        plans=(Plan("sqlite", 100_000, 250), Plan("postgres", 100_000, 270, 60)),
        browser_kills=140,
    ),
}


@dataclass
class Tally:
    """What the seeds of layer S came to."""

    seen: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, other: Tally) -> None:
        self.seen.update(other.seen)
        self.broken += other.broken

    def below(self, tier: Tier) -> list[str]:
        """The floors that were not reached, in words."""
        return [
            f"too few: {name} {self.seen[name]:,} of {floor:,}"
            for name, floor in tier.floors().items()
            if self.seen[name] < floor
        ]


def simulate(stage: Stage, seeds: Iterable[int], steps: int) -> Tally:
    """Layer S, one seed after the other. A broken invariant names its seed."""
    tally = Tally()
    for seed in seeds:
        stage.log.bugs.clear()
        try:
            outcome = run_seed(stage, seed, steps)
        except Exception as error:
            tally.broken.append(f"seed {seed}: {type(error).__name__}: {str(error)[:200]}")
        else:
            tally.seen.update(outcome.seen)
            tally.seen["ops"] += outcome.ops
    return tally


def simulate_all(first: int, tier: Tier, store: str, workers: int = 2) -> Tally:
    """All seeds of a tier, shared among processes that each have a database of their own."""
    began, tally = time.monotonic(), Tally()
    parts = [range(first + part, first + tier.seeds, workers) for part in range(workers)]
    with ProcessPoolExecutor(workers) as pool:
        for part in pool.map(partial(_simulate_part, tier.steps, store), parts):
            tally.add(part)
    tally.seconds = time.monotonic() - began
    return tally


def _simulate_part(steps: int, store: str, seeds: range) -> Tally:
    for stage in stages(store):
        return simulate(stage, seeds, steps)
    raise AssertionError("no stage")


def stages(store: str) -> Iterator[Stage]:
    """One stage on the store, `sqlite` or `postgres`; ends with the loop."""
    if store == "sqlite":
        with a_stage() as stage:
            yield stage
        return
    with (
        TemporaryDirectory(prefix="pg") as folder,
        a_postgres(Path(folder) / "d") as url,
        a_stage(url) as stage,
    ):
        yield stage


def below_plan(plan: Plan, report: Report) -> list[str]:
    """Floors of layer P."""
    wanted = {
        "acks": (report.acks, plan.acks),
        "kills of workers": (report.worker_kills, plan.worker_kills),
        "kills of PostgreSQL": (report.postgres_kills, plan.postgres_kills),
        "faults": (report.faults.total(), plan.acks // 200),
    }
    return [
        f"too few: {plan.store} {name} {had:,} of {floor:,}"
        for name, (had, floor) in wanted.items()
        if had < floor
    ]


def below_kills(kills: int, report: BrowserReport) -> list[str]:
    """Floors of layer B. An engine that is not here proves nothing, and is said to be absent."""
    if report.skipped:
        return []
    wanted = {
        "kills": (report.kills, kills),
        "keys called saved": (report.seen["keys called saved"], 8 * kills),
        "deaths while sending": (report.seen["killed while sending"], kills // 6),
    }
    return [
        f"too few: {report.engine} {name} {had:,} of {floor:,}"
        for name, (had, floor) in wanted.items()
        if had < floor
    ]


def below_tabs(report: TabReport) -> list[str]:
    """Calls to IndexedDB of one line, from the opening of the app to the acknowledgement."""
    if report.skipped or report.kills >= FEWEST_CALLS:
        return []
    return [f"too few: tabs killed {report.kills} of {FEWEST_CALLS}"]
