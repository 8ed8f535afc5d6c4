"""Licences of what ships: every Python and npm package that runs in production.

    python -m tests.licences

Ends with 1 and a line for each package whose licence is not on the list below. MPL and LGPL
are there for packages that we use unchanged and do not link into ours.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

ALLOWED = re.compile(
    r"(MIT(-0)?|0BSD|ISC|BSD|BSD-[23]-Clause|Apache(-| )2(\.0)?|PSF-2\.0|MPL-2\.0|LGPL-3\.0-only"
    r"|MIT License|BSD License|Apache Software License|Python Software Foundation License"
    r"|Mozilla Public License 2\.0 \(MPL 2\.0\))\Z"
)


def python_licences() -> Iterator[tuple[str, str]]:
    """Each package of requirements/app.txt that is installed here, and its licence."""
    for line in (ROOT / "requirements" / "app.txt").read_text().splitlines():
        named = re.match(r"([\w.-]+)==", line)
        if named is None:
            continue
        try:
            about = metadata(named[1])
        except PackageNotFoundError:
            continue  # for another platform
        classified = [
            each.rpartition("::")[2].strip()
            for each in about.get_all("Classifier") or []
            if each.startswith("License ::")
        ]
        told = about.get("License-Expression") or about.get("License") or " AND ".join(classified)
        yield named[1], told


def npm_licences() -> Iterator[tuple[str, str]]:
    """Each package that the built app may hold, from the lock."""
    lock = json.loads((ROOT / "pwa" / "package-lock.json").read_text())
    for path, package in lock["packages"].items():
        if path and not package.get("dev") and not package.get("optional"):
            yield path.rpartition("node_modules/")[2], package.get("license", "")


def is_allowed(told: str) -> bool:
    """Whether each part of `A AND (B OR C)` has an allowed choice."""
    parts = re.split(r"\s+AND\s+", told.strip())
    return all(
        any(ALLOWED.match(choice.strip("() ")) for choice in re.split(r"\s+OR\s+", part))
        for part in parts
    )


def main() -> None:
    packages = [*python_licences(), *npm_licences()]
    refused = [(name, told) for name, told in packages if not is_allowed(told)]
    for name, told in refused:
        print(f"{name}: {told or 'no licence is named'}")
    print(f"licences: {len(packages)} packages ship, {len(refused)} are not allowed")
    sys.exit(1 if refused else 0)


if __name__ == "__main__":
    main()
