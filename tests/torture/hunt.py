"""Looks for the seed that catches a planted bug, and runs bugs from their listed seeds.

`seeds.json` is written here: `{bug: {"seed": 7, "caught_by": "divergence", "unlisted": ...}}`,
the last one from a T1, whose seeds nobody chose. A bug counts as
caught when a run ends by a broken invariant, or by a crash of the device that it was planted
in; a run without the bug, from the same seed, must pass.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.torture.crowd import run_crowd
from tests.torture.faults import Killed
from tests.torture.planted import Bug
from tests.torture.simulator import run_seed
from tests.torture.stage import Stage

SEEDS = Path(__file__).with_name("seeds.json")


@dataclass(frozen=True)
class Catch:
    """How a bug was noticed: from which seed, after how many runs, by which words."""

    bug: str
    seed: int
    runs: int
    words: str


def caught_from(stage: Stage, planted: Bug, seed: int) -> str | None:
    """What noticed the bug in a run from this seed; None when nothing did."""
    run_one = run_crowd if planted.place == "crowd" else run_seed
    stage.log.bugs.clear()
    try:
        with planted.plant():
            run_one(stage, seed)
    except Killed:
        raise
    except Exception as error:
        return str(error).splitlines()[0][:90] if str(error) else type(error).__name__
    finally:
        stage.log.bugs.clear()
    return None


def hunt(stage: Stage, planted: Bug, seeds: Iterable[int]) -> Catch | None:
    """The first of the seeds that catches the bug."""
    for runs, seed in enumerate(seeds, 1):
        words = caught_from(stage, planted, seed)
        if words is not None:
            return Catch(planted.name, seed, runs, words)
    return None


def listed_seeds() -> dict[str, int]:
    """Bug to the seed that catches it."""
    return {name: told["seed"] for name, told in json.loads(SEEDS.read_text()).items()}


def list_seeds(catches: Iterable[Catch], unlisted: bool = False) -> None:
    """Write the catches down. unlisted: as caught from seeds that nobody chose."""
    told = json.loads(SEEDS.read_text())
    for catch in catches:
        known = told.setdefault(catch.bug, {})
        if unlisted:
            known["unlisted"] = {"seed": catch.seed, "runs": catch.runs, "caught_by": catch.words}
        else:
            known |= {"seed": catch.seed, "caught_by": catch.words}
    SEEDS.write_text(json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


def never_caught_unlisted() -> list[str]:
    """Bugs that no seed but a listed one is known to catch."""
    return [name for name, told in json.loads(SEEDS.read_text()).items() if "unlisted" not in told]
