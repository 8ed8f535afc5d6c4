"""Codes beside a focus question: the same on the tablet, on paper and by a link."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from server.domain.standards import StandardFacts, codes_of

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "standards.json").read_text(encoding="utf-8")
)["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["about"])
def test_codes_stand_as_the_vectors_say(case):
    assert codes_of(StandardFacts(**each) for each in case["standards"]) == case["codes"]
