"""The torture suite by hand.

    python -m tests.torture                      T1: what `make torture` runs
    python -m tests.torture --tier T2            ten times that
    python -m tests.torture --seed 7 --store postgres
    python -m tests.torture replay --seed 299    one seed of layer S, with its trace hash
    python -m tests.torture planted [--record]   hunt every planted bug; write seeds.json

Prints one page and ends with failure on a broken invariant or a floor not reached.
"""

from __future__ import annotations

import argparse
import os
import sys
import time

from tests.torture.hunt import Catch, hunt, list_seeds
from tests.torture.planted import every_bug
from tests.torture.processes import Report, run_processes
from tests.torture.simulator import run_seed
from tests.torture.tiers import TIERS, Tally, Tier, below_plan, simulate_all, stages

SEEDS_A_HUNT = 120


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture")
    parser.add_argument("what", nargs="?", default="tier", choices=["tier", "replay", "planted"])
    parser.add_argument("--tier", default="T1", choices=[*TIERS])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--store", default="sqlite", choices=["sqlite", "postgres"])
    parser.add_argument("--record", action="store_true")
    asked = parser.parse_args()
    if asked.what == "replay":
        return replay(asked.store, asked.seed, asked.steps)
    if asked.what == "planted":
        return hunt_all(0, asked.record)
    return run_tier(asked.tier, asked.seed, asked.store)


def replay(store: str, seed: int, steps: int) -> int:
    for stage in stages(store):
        outcome = run_seed(stage, seed, steps)
        print(f"seed {seed}: {outcome.ops} ops, trace {outcome.trace}")
    return 0


def hunt_all(first: int, record: bool) -> int:
    """Every planted bug from `first` on; how many were missed."""
    catches: list[Catch] = []
    missed: list[str] = []
    for stage in stages("sqlite"):
        for bug in every_bug().values():
            began = time.monotonic()
            catch = hunt(stage, bug, range(first, first + SEEDS_A_HUNT))
            took = time.monotonic() - began
            if catch is None:
                missed.append(bug.name)
                print(f"  MISSED  {bug.place:7} {bug.name}", flush=True)
            else:
                catches.append(catch)
                told = f"{bug.place:7} {bug.name:36} seed {catch.seed:<10} {took:5.1f} s"
                print(f"  caught  {told}  {catch.words}", flush=True)
    if record:
        list_seeds(catches)
    print(f"{len(catches)} planted bugs caught, {len(missed)} missed")
    return len(missed)


def run_tier(name: str, seed: int, store: str) -> int:
    tier = TIERS[name]
    began = time.monotonic()
    first = seed * 1_000_000
    print(f"{name}, seeds {first}..{first + tier.seeds - 1} on {store}", flush=True)
    tally = simulate_all(first, tier, store)
    wrong = tally.broken + tally.below(tier)
    print_simulated(tier, tally)
    for plan in tier.plans:
        report = run_processes(plan)
        wrong += report.broken + below_plan(plan, report)
        print_processes(plan.store, report)
    print("Planted bugs, from seeds that nobody chose:")
    missed = hunt_all(int.from_bytes(os.urandom(3)) if tier.plans else 0, record=False)
    wrong += [f"{missed} planted bugs were missed"] if missed else []
    for line in wrong:
        print(f"FAILED  {line}")
    print(f"{name}: {'failed' if wrong else 'passed'} in {time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


def print_simulated(tier: Tier, tally: Tally) -> None:
    ops = tally.seen["ops"]
    rate = ops / max(tally.seconds, 0.001)
    print(f"Layer S: {tier.seeds} seeds, {ops:,} ops in {tally.seconds:.0f} s ({rate:,.0f}/s)")
    for name, floor in tier.floors().items():
        print(f"  {name:28} {tally.seen[name]:>10,}   floor {floor:,}")
    faults = {name.removeprefix("fault "): count for name, count in tally.seen.items()}
    told = [f"{n} {c:,}" for n, c in sorted(faults.items()) if f"fault {n}" in tally.seen]
    print("  faults: " + " · ".join(told))


def print_processes(store: str, report: Report) -> None:
    kills = f"{report.worker_kills} workers and {report.postgres_kills} PostgreSQLs killed"
    print(f"Layer P on {store}: {report.acks:,} acks, {kills} in {report.seconds:.0f} s")
    print("  faults: " + " · ".join(f"{n} {c:,}" for n, c in sorted(report.faults.items())))
    print("  heard: " + " · ".join(f"{n} {c:,}" for n, c in sorted(report.heard.items())))


if __name__ == "__main__":
    sys.exit(main())
