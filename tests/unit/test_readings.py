"""Readings as tables: the same on the server as on the tablet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from server.domain.readings import Answer, bearing_of, table_of, times_of_ten

VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "readings.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("vector", VECTORS["bearings"], ids=lambda vector: vector["about"])
def test_a_focus_question_has_one_answer_or_none(vector: dict[str, Any]):
    tagged = {name: set(questions) for name, questions in vector["tagged"].items()}

    assert bearing_of(tagged, "q") == vector["says"]


@pytest.mark.parametrize("vector", VECTORS["tables"], ids=lambda vector: vector["about"])
def test_answers_make_a_table(vector: dict[str, Any]):
    assert table_of([Answer(*answer) for answer in vector["answers"]]) == vector["table"]


@pytest.mark.parametrize(("share", "times"), VECTORS["times_of_ten"])
def test_ten_of_ten_is_said_of_always_and_none_of_never(share: float, times: int):
    assert times_of_ten(share) == times
