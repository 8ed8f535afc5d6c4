"""Runs every test, and says at the end what passed, failed and was skipped, and why.

    python -m tests.run                all tests: `make test`
    python -m tests.run --last N       only the last line again, with N more failures
    python -m tests.run --keep-costs   keep in costs.json how long each file took just now

Files are put into shares of about the same length by costs.json. It may be old, and a new
file may be missing there: then the end is less even, and no test is left out.

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
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "last-run.json"
COSTS = Path(__file__).with_name("costs.json")
"""Seconds that a file took, beside others. The app's tests are one entry, `app`."""

A_SHARE = 400
"""Seconds of a share, about: beside them, the start of its server and browser is little."""
NOT_KNOWN = 5
"""What a file that is not in costs.json is taken to cost."""
A_LINE = 200
"""Letters of what is said of a failed test: the whole of it stands where it failed."""
BESIDE = 3
"""Runners at once, on two cores: while a browser waits, a third has work for its core."""
KINDS = ("browser", "api", "sync")
"""Folders whose tests share what is started once a run. All others are one kind more."""


@dataclass
class Tally:
    """What became of the tests of one run."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)
    """Which, and why: said at the very end, where nobody has to look for them."""
    skipped: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    """By file, as in costs.json."""

    def add(self, path: Path, ended_with: int) -> None:
        """Add what a runner wrote; a runner that wrote nothing is one failure."""
        if not path.is_file():
            self.failed.append(f"{path.stem} ended with {ended_with} and told nothing")
            return
        told = json.loads(path.read_text())
        self.passed += told["passed"]
        self.failed += told["failed"]
        self.skipped.update(told["skipped"])
        self.seconds.update(told["seconds"])
        if ended_with and not told["failed"]:
            self.failed.append(f"{path.stem} ended with {ended_with}")

    def lines(self) -> list[str]:
        reasons = [f"  {count} skipped: {why}" for why, count in sorted(self.skipped.items())]
        failed = [f"  failed: {each[:A_LINE]}" for each in self.failed]
        counts = (len(self.failed), self.skipped.total())
        return [*reasons, *failed, "{} passed, {} failed, {} skipped".format(self.passed, *counts)]


@dataclass
class Share:
    """Files of tests that one runner takes, one after the other."""

    name: str
    files: list[str] = field(default_factory=list)
    cost: float = 0

    def add(self, file: str, cost: float) -> None:
        self.files.append(file)
        self.cost += cost


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
                print(f"{self.name:<9} | {line.rstrip()}", flush=True)
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
    """Every test once, the longest runner first, so that the last ones are short."""
    costs = json.loads(COSTS.read_text())
    queue = [(share.cost, pytest_runner(share.name, *share.files)) for share in shares(costs)]
    queue.append((costs["app"], app_runner(folder)))
    return [runner for _, runner in sorted(queue, key=lambda each: -each[0])]


def shares(costs: dict[str, float]) -> list[Share]:
    """Every file of the server's and the browser's tests in one share."""
    kinds: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        file = path.relative_to(ROOT)
        kind = file.parts[1] if file.parts[1] in KINDS else "others"
        kinds.setdefault(kind, []).append(str(file))
    return [share for kind, files in kinds.items() for share in shares_of(kind, files, costs)]


def shares_of(kind: str, files: list[str], costs: dict[str, float]) -> list[Share]:
    """The costliest file first, each to the share that has least to do so far."""
    known = {file: costs.get(file, NOT_KNOWN) for file in files}
    count = max(1, round(sum(known.values()) / A_SHARE))
    made = [Share(f"{kind}-{number + 1}") for number in range(count)]
    for file in sorted(files, key=known.__getitem__, reverse=True):
        min(made, key=lambda share: share.cost).add(file, known[file])
    return made


def retell_vitest(folder: Path) -> None:
    report = folder / "vitest.json"
    if not report.is_file():
        return
    told = json.loads(report.read_text())
    waiting = told["numPendingTests"] + told["numTodoTests"]
    tally = {
        "passed": told["numPassedTests"],
        "failed": [f"{name}: see above" for name in _failed_in(told)],
        "skipped": {"a test of the app is switched off": waiting} if waiting else {},
        "seconds": {"app": _seconds_of(told)},
    }
    (folder / "app.json").write_text(json.dumps(tally))


def _failed_in(told: dict[str, Any]) -> list[str]:
    """Tests of the app that failed, and files that could not be run at all."""
    return [
        name
        for file in told["testResults"]
        if file["status"] == "failed"
        for name in [
            each["fullName"] for each in file["assertionResults"] if each["status"] == "failed"
        ]
        or [file["name"]]
    ]


def _seconds_of(told: dict[str, Any]) -> float:
    """How long vitest took, from its start to its last file's end."""
    ends = [each["endTime"] for each in told["testResults"]]
    return float(max(ends, default=told["startTime"]) - told["startTime"]) / 1000


def keep_costs() -> None:
    seconds = json.loads(KEPT.read_text())["seconds"]
    kept = {file: round(each, 1) for file, each in sorted(seconds.items())}
    COSTS.write_text(json.dumps(kept, indent=2) + "\n")


def main() -> None:
    if sys.argv[1:] == ["--keep-costs"]:
        keep_costs()
        return
    if sys.argv[1:2] == ["--last"]:
        told = json.loads(KEPT.read_text()) if KEPT.is_file() else {}
        tally = Tally(told.get("passed", 0), told.get("failed", []), Counter(told.get("skipped")))
        tally.failed += ["a check: see above"] * int(sys.argv[2])
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
    KEPT.write_text(json.dumps(vars(tally)))
    return tally


if __name__ == "__main__":
    main()
