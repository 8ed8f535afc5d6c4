"""What a test may need of the machine, and what REQUIRE makes of its absence.

A test that needs what is not here skips, and says so in words. Where REQUIRE names it
(`REQUIRE=chromium,postgres,data`), the skip is a failure instead: a machine that must have
it cannot pass without.
"""

from __future__ import annotations

import os
import re

NEEDS = {
    "chromium": re.compile(r"chromium|browser", re.IGNORECASE),
    "postgres": re.compile(r"postgres", re.IGNORECASE),
    "data": re.compile(r"real data", re.IGNORECASE),
    "redis": re.compile(r"redis", re.IGNORECASE),
}


def required() -> frozenset[str]:
    """What REQUIRE names. ValueError for a word that is not in NEEDS."""
    words = frozenset(filter(None, re.split(r"[,\s]+", os.environ.get("REQUIRE", ""))))
    unknown = words - NEEDS.keys()
    if unknown:
        raise ValueError(f"REQUIRE: {', '.join(sorted(unknown))} is none of {', '.join(NEEDS)}")
    return words


def required_need(reason: str) -> str | None:
    """The need that a skip's reason names and that must be there; None for any other skip."""
    for need in sorted(required()):
        if NEEDS[need].search(reason):
            return need
    return None
