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
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "last-run.json"


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


def run_vitest(folder: Path) -> int:
    """The client's tests; their JSON report in our own shape."""
    report = folder / "vitest.json"
    ended = subprocess.run(
        ["npx", "vitest", "run", "--reporter=dot", "--reporter=json", f"--outputFile={report}"],
        cwd=ROOT / "pwa",
        check=False,
    )
    if report.is_file():
        told = json.loads(report.read_text())
        waiting = told["numPendingTests"] + told["numTodoTests"]
        tally = {
            "passed": told["numPassedTests"],
            "failed": told["numFailedTests"],
            "skipped": {"a test of the app is switched off": waiting} if waiting else {},
        }
        (folder / "client.json").write_text(json.dumps(tally))
    return ended.returncode


def run_pytest(folder: Path) -> int:
    """The server's and the browser's tests; conftest.py writes the tally."""
    environment = {**os.environ, "TALLY": str(folder / "server.json")}
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-r", "fE"],
        cwd=ROOT,
        env=environment,
        check=False,
    )
    return ended.returncode


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
    folder = KEPT.parent
    folder.mkdir(exist_ok=True)
    for stale in ("client.json", "server.json", "vitest.json", KEPT.name):
        (folder / stale).unlink(missing_ok=True)
    tally = Tally()
    ended = run_vitest(folder)
    tally.add(folder / "client.json", ended)
    ended = run_pytest(folder)
    tally.add(folder / "server.json", ended)
    kept = {"passed": tally.passed, "failed": tally.failed, "skipped": tally.skipped}
    KEPT.write_text(json.dumps(kept))
    return tally


if __name__ == "__main__":
    main()
