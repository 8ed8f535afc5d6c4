"""The torture suite by hand.

    python -m tests.torture [--record]           T1: what `make torture` runs
    python -m tests.torture --tier T2            ten times that
    python -m tests.torture --seed 7 --store postgres
    python -m tests.torture replay --seed 299    one seed of layer S, with its trace hash
    python -m tests.torture planted [--record]   hunt every planted bug; write seeds.json
    python -m tests.torture browsers --kills 4   layer B alone
    python -m tests.torture tabs                 of it the tabs alone: one for every call

Prints one page and ends with failure on a broken invariant or a floor not reached.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.torture.browsers import ENGINES, BrowserReport, run_browser
from tests.torture.dead_tabs import TabReport, kill_tabs
from tests.torture.hunt import Catch, hunt, list_seeds
from tests.torture.planted import every_bug
from tests.torture.processes import Report, run_processes
from tests.torture.simulator import run_seed
from tests.torture.tiers import (
    TIERS,
    Tally,
    Tier,
    below_kills,
    below_plan,
    below_tabs,
    simulate_all,
    stages,
)

SEEDS_A_HUNT = 600
"""About a minute: a bug that hides longer is missed."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.torture")
    parser.add_argument(
        "what", nargs="?", default="tier", choices=["tier", "replay", "planted", "browsers", "tabs"]
    )
    parser.add_argument("--tier", default="T1", choices=[*TIERS])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--kills", type=int, default=4)
    parser.add_argument("--store", default="sqlite", choices=["sqlite", "postgres"])
    parser.add_argument("--record", action="store_true")
    asked = parser.parse_args()
    if asked.what == "replay":
        return replay(asked.store, asked.seed, asked.steps)
    if asked.what == "planted":
        return hunt_all(0, asked.record)
    if asked.what in ("browsers", "tabs"):
        alone = asked.what == "tabs"
        wrong = judge_tabs(kill_tabs()) if alone else fight_browsers(asked.kills, asked.seed)
        print("\n".join(wrong) or "nothing was lost")
        return len(wrong)
    return run_tier(asked.tier, asked.seed, asked.store, asked.record)


def replay(store: str, seed: int, steps: int) -> int:
    for stage in stages(store):
        outcome = run_seed(stage, seed, steps)
        print(f"seed {seed}: {outcome.ops} ops, trace {outcome.trace}")
    return 0


def hunt_all(first: int, record: bool) -> int:
    """Every planted bug from `first` on, shared by two processes; how many were missed."""
    bugs = every_bug()
    catches: list[Catch] = []
    with ProcessPoolExecutor(2) as pool:
        for share in pool.map(partial(hunt_share, first), [[*bugs][0::2], [*bugs][1::2]]):
            catches += share
    if record:
        list_seeds(catches, unlisted=first > 0)
    missed = bugs.keys() - {catch.bug for catch in catches}
    print(f"{len(catches)} planted bugs caught, {len(missed)} missed {' '.join(sorted(missed))}")
    return len(missed)


def hunt_share(first: int, names: list[str]) -> list[Catch]:
    """Some of the bugs, one after the other."""
    catches: list[Catch] = []
    for stage in stages("sqlite"):
        for bug in map(every_bug().__getitem__, names):
            began = time.monotonic()
            catch = hunt(stage, bug, range(first, first + SEEDS_A_HUNT))
            took = time.monotonic() - began
            catches += [catch] if catch else []
            told = (
                f"seed {catch.history.seed:<10} {took:5.1f} s  {catch.words}" if catch else "MISSED"
            )
            print(f"  {bug.place:7} {bug.name:36} {told}", flush=True)
    return catches


def run_tier(name: str, seed: int, store: str, record: bool) -> int:
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
    if tier.browser_kills:
        wrong += fight_browsers(tier.browser_kills, seed)
    print("Planted bugs, from seeds that nobody chose:")
    missed = hunt_all(1 + int.from_bytes(os.urandom(3)) if tier.plans else 0, record)
    wrong += [f"{missed} planted bugs were missed"] if missed else []
    for line in wrong:
        print(f"FAILED  {line}")
    print(f"{name}: {'failed' if wrong else 'passed'} in {time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


def fight_browsers(kills: int, seed: int) -> list[str]:
    """Layer B, every engine at once: a browser waits more than it computes. What was broken."""
    wrong: list[str] = []
    with ProcessPoolExecutor(len(ENGINES) + 1) as pool:
        tabs = pool.submit(kill_tabs)
        for report in pool.map(partial(run_browser, kills, seed), ENGINES):
            wrong += report.broken + below_kills(kills, report)
            print_browser(report)
        wrong += judge_tabs(tabs.result())
    return wrong


def judge_tabs(report: TabReport) -> list[str]:
    print_tabs(report)
    return report.broken + below_tabs(report)


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


def print_browser(report: BrowserReport) -> None:
    if report.skipped:
        print(f"Layer B in {report.engine}: skipped: {report.skipped}")
        return
    told = " · ".join(f"{name} {count:,}" for name, count in sorted(report.seen.items()))
    print(f"Layer B in {report.engine}: {report.kills} kills, {report.keys:,} keys on the server")
    print(f"  {told} · {report.seconds:.0f} s")


def print_tabs(report: TabReport) -> None:
    if report.skipped:
        print(f"Layer B, tabs: skipped: {report.skipped}")
        return
    told = f"killed, each at another call; {report.saved} had called their line saved"
    print(f"Layer B, tabs: {report.kills} {told}, in {report.seconds:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
