"""Known weaknesses in what is pinned: Python packages by pip-audit, npm's by npm itself.

    python -m tests.audit

Needs the network. Ends with 1 when something is known, and also when a package could not be
asked about: without an answer pip-audit says "no known vulnerabilities" and means nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

PIP_AUDIT = "pip-audit==2.10.1"
"""Run apart from our own packages, so that it asks for none of theirs."""

PINNED = ("app", "build", "dev")


def findings(report: dict[str, Any]) -> Iterator[str]:
    """A line for each weakness of a pip-audit report, and for each package it skipped."""
    packages = report["dependencies"]
    if not packages:
        yield "no package was asked about"
    for each in packages:
        if "skip_reason" in each:
            yield f"{each['name']}: not asked about: {each['skip_reason']}"
        for weakness in each.get("vulns", []):
            mended = ", ".join(weakness["fix_versions"]) or "no version yet"
            yield f"{each['name']} {each['version']}: {weakness['id']}, mended in {mended}"


def python_findings(pinned: str) -> list[str]:
    asked = ["--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off"]
    done = subprocess.run(
        ["uv", "tool", "run", PIP_AUDIT, *asked, "-r", f"requirements/{pinned}.txt"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if not done.stdout.startswith("{"):
        return [f"pip-audit did not work: {done.stderr.strip()[-300:]}"]
    return [*findings(json.loads(done.stdout))]


def main() -> None:
    wrong = 0
    for pinned in PINNED:
        found = python_findings(pinned)
        print(f"requirements/{pinned}.txt: {len(found)} to look at")
        for line in found:
            print(f"  {line}")
        wrong += len(found)
    npm = subprocess.run(["npm", "audit", "--omit=dev"], cwd=ROOT / "pwa", check=False)
    sys.exit(1 if wrong or npm.returncode else 0)


if __name__ == "__main__":
    main()
