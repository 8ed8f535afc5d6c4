"""Looks for the seed that catches a planted bug, and runs bugs from their listed seeds.

`seeds.json` is written here:
`{bug: {"seed": 7, "steps": 32, "steered": false, "caught_by": "divergence", "unlisted": ...}}`,
the last one from seeds that nobody chose. A bug counts as caught when a run ends by a broken
invariant, or by a crash of the device that it was planted in; a run without the bug, from the
same seed, must pass.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.torture.crowd import run_crowd
from tests.torture.faults import Killed
from tests.torture.planted import Bug
from tests.torture.simulator import run_seed
from tests.torture.stage import Stage

SEEDS = Path(__file__).with_name("seeds.json")


@dataclass(frozen=True)
class History:
    """What a run is made from: a seed, so many steps, steered (acts.py) or not."""

    seed: int
    steps: int = 32
    steered: bool = False


@dataclass(frozen=True)
class Catch:
    """How a bug was noticed: in which history, after how many runs, by which words."""

    bug: str
    history: History
    runs: int
    words: str


def caught_in(stage: Stage, planted: Bug, history: History) -> str | None:
    """What noticed the bug in this history; None when nothing did."""
    stage.log.bugs.clear()
    try:
        with planted.plant():
            _run(stage, planted.place, history)
    except Killed:
        raise
    except Exception as error:
        return str(error).splitlines()[0][:90] if str(error) else type(error).__name__
    finally:
        stage.log.bugs.clear()
    return None


def _run(stage: Stage, place: str, history: History) -> None:
    if place == "crowd":
        run_crowd(stage, history.seed)
    else:
        run_seed(stage, history.seed, history.steps, history.steered)


def hunt(stage: Stage, planted: Bug, seeds: Iterable[int]) -> Catch | None:
    """The first of the seeds that catches the bug: what hides from a dozen short histories is
    looked for in steered ones and in long ones."""
    for runs, seed in enumerate(seeds, 1):
        is_early, steered = runs <= 12, runs > 12 and runs % 2 == 0
        history = History(seed, 32 if is_early or steered else 128, steered)
        words = caught_in(stage, planted, history)
        if words is not None:
            _run(stage, planted.place, history)  # Holds without the bug, or that is what was found.
            return Catch(planted.name, history, runs, words)
    return None


def listed_histories() -> dict[str, History]:
    """Bug to the history that catches it."""
    told = json.loads(SEEDS.read_text())
    return {
        name: History(known["seed"], known["steps"], known["steered"])
        for name, known in told.items()
    }


def list_seeds(catches: Iterable[Catch], unlisted: bool = False) -> None:
    """Write the catches down. unlisted: as caught from seeds that nobody chose."""
    told = json.loads(SEEDS.read_text())
    for catch in catches:
        known = told.setdefault(catch.bug, {})
        if unlisted:
            seed = catch.history.seed
            known["unlisted"] = {"seed": seed, "runs": catch.runs, "caught_by": catch.words}
        else:
            known |= {**asdict(catch.history), "caught_by": catch.words}
    SEEDS.write_text(json.dumps(told, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


def never_caught_unlisted() -> list[str]:
    """Bugs that no seed but a listed one is known to catch."""
    return [name for name, told in json.loads(SEEDS.read_text()).items() if "unlisted" not in told]
