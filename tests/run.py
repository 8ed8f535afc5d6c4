"""Runs every test, and says at the end what passed, failed and was skipped, and why.

    python -m tests.run            all tests: `make test`
    python -m tests.run --last N   only the last line again, with N more failures

The very last line reads `912 passed, 0 failed, 3 skipped`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "last-run.json"
BROWSER = "tests/browser"
SERVER = ("tests/api", "tests/sync")
BESIDE = 3
"""Runners at once, on two cores: while a browser waits, a third has work for its core."""

EVERY_SCREEN = ("screens", "strangers")
"""Tests that walk through the whole app."""
EVERY_DEBRIEF = (
    "board",
    "coming_back",
    "debrief",
    "handing",
    "live",
    "main_job",
    "paper_wall",
    "papers",
    "presenting",
    "review",
    "room_screen",
    "typing",
    "whole_room",
)
"""Tests around a debrief."""
EVERY_KILL = ("engines", "installed", "kills", "odd_moments")
EVERY_RETURN = ("rescue", "survival", "worker")
"""Tests that start browsers of their own and end them."""


@dataclass
class Tally:
    """What became of the tests of one run."""

    passed: int = 0
    failed: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def add(self, path: Path, ended_with: int) -> None:
        """Add what a runner wrote; a runner that wrote nothing is one failure."""
        if not path.is_file():
            self.failed += 1
            return
        told = json.loads(path.read_text())
        self.passed += told["passed"]
        self.failed += told["failed"]
        self.skipped.update(told["skipped"])
        if ended_with and not told["failed"]:
            self.failed += 1

    def lines(self) -> list[str]:
        reasons = [f"  {count} skipped: {why}" for why, count in sorted(self.skipped.items())]
        last = f"{self.passed} passed, {self.failed} failed, {self.skipped.total()} skipped"
        return [*reasons, last]


@dataclass(frozen=True)
class Runner:
    """A program that runs tests and leaves a tally in the folder, as `<name>.json`."""

    name: str
    command: list[str]
    at: Path = ROOT

    def run(self, folder: Path) -> int:
        """Run it, its lines under its name. What it ended with."""
        tally = str(folder / f"{self.name}.json")
        with subprocess.Popen(
            self.command,
            cwd=self.at,
            env={**os.environ, "TALLY": tally, "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            for line in process.stdout or ():
                print(f"{self.name:<8} | {line.rstrip()}", flush=True)
        return process.returncode


def app_runner(folder: Path) -> Runner:
    """The client's tests; their JSON report is told in our own shape afterwards."""
    report = f"--outputFile={folder / 'vitest.json'}"
    words = ["npx", "vitest", "run", "--reporter=default", "--reporter=json", report]
    return Runner("app", words, ROOT / "pwa")


def pytest_runner(name: str, *words: str) -> Runner:
    """Some of the server's or the browser's tests; conftest.py writes the tally."""
    alone = ("-p", "no:cacheprovider")  # Those beside each other have no cache in common.
    return Runner(name, [sys.executable, "-m", "pytest", "-q", "-r", "fE", *alone, *words])


def runners(folder: Path) -> list[Runner]:
    """Every test once, the longest runner first. A new file falls to the rest of its folder."""
    named = {
        "screens": files_of(EVERY_SCREEN),
        "debriefs": files_of(EVERY_DEBRIEF),
        "kills": files_of(EVERY_KILL),
        "returns": files_of(EVERY_RETURN),
    }
    others = [f"--ignore={file}" for files in named.values() for file in files]
    rest = [f"--ignore={part}" for part in (BROWSER, *SERVER)]
    return [
        *(pytest_runner(name, *files) for name, files in named.items()),
        pytest_runner("browser", *others, BROWSER),
        *(pytest_runner(Path(part).name, part) for part in SERVER),
        pytest_runner("others", *rest),
        app_runner(folder),
    ]


def files_of(names: tuple[str, ...]) -> list[str]:
    """The files of tests in a browser by what they are called."""
    return [f"{BROWSER}/test_{name}.py" for name in names]


def retell_vitest(folder: Path) -> None:
    report = folder / "vitest.json"
    if not report.is_file():
        return
    told = json.loads(report.read_text())
    waiting = told["numPendingTests"] + told["numTodoTests"]
    tally = {
        "passed": told["numPassedTests"],
        "failed": told["numFailedTests"],
        "skipped": {"a test of the app is switched off": waiting} if waiting else {},
    }
    (folder / "app.json").write_text(json.dumps(tally))


def main() -> None:
    if sys.argv[1:2] == ["--last"]:
        told = json.loads(KEPT.read_text()) if KEPT.is_file() else {}
        tally = Tally(told.get("passed", 0), told.get("failed", 0), Counter(told.get("skipped")))
        tally.failed += int(sys.argv[2])
    else:
        tally = run_all()
    print("\n".join(tally.lines()), flush=True)
    sys.exit(1 if tally.failed else 0)


def run_all() -> Tally:
    """One queue of runners: whoever is done takes the next, so that no core idles at the end."""
    folder = KEPT.parent
    folder.mkdir(exist_ok=True)
    queue = runners(folder)
    for stale in ("vitest", KEPT.stem, *(runner.name for runner in queue)):
        (folder / f"{stale}.json").unlink(missing_ok=True)
    with ThreadPoolExecutor(BESIDE) as beside:
        ended_with = [*beside.map(lambda runner: runner.run(folder), queue)]
    retell_vitest(folder)
    tally = Tally()
    for runner, each in zip(queue, ended_with, strict=True):
        tally.add(folder / f"{runner.name}.json", each)
    kept = {"passed": tally.passed, "failed": tally.failed, "skipped": tally.skipped}
    KEPT.write_text(json.dumps(kept))
    return tally


if __name__ == "__main__":
    main()
