"""REQUIRE: what it names must be there, and a run without it fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

SKIPS = """
import pytest

def test_of_real_data():
    pytest.skip("skipped: no real data")

def test_of_something_else():
    pytest.skip("the moon is full")

def test_that_passes():
    pass
"""


def run(tmp_path: Path, require: str) -> tuple[int, dict[str, Any] | None]:
    """pytest with our own conftest over three tests; its end and its tally."""
    (tmp_path / "test_skips.py").write_text(SKIPS)
    tally = tmp_path / "tally.json"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:cacheprovider"]
        + [f"--rootdir={tmp_path}", str(tmp_path / "test_skips.py")],
        cwd=ROOT,
        env={**os.environ, "REQUIRE": require, "TALLY": str(tally), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    return done.returncode, json.loads(tally.read_text()) if tally.is_file() else None


def test_a_skip_says_its_reason_in_the_tally(tmp_path):
    ended, tally = run(tmp_path, "")

    assert ended == 0
    assert tally
    assert tally.pop("seconds").keys() == {"test_skips.py"}
    assert tally == {
        "passed": 1,
        "failed": [],
        "skipped": {"no real data": 1, "the moon is full": 1},
    }


def test_what_is_required_and_missing_fails_the_run(tmp_path):
    ended, tally = run(tmp_path, "chromium,data")

    assert ended == 1
    assert tally
    assert tally["passed"] == 1
    (failed,) = tally["failed"]
    assert "REQUIRE names data: " in failed
    assert tally["skipped"] == {"the moon is full": 1}


@pytest.mark.parametrize("require", ["chrom", "data,tapes"])
def test_a_requirement_that_nobody_knows_stops_the_run(tmp_path, require):
    ended, tally = run(tmp_path, require)

    assert ended != 0
    assert tally is None
