"""How long a text may be: the same on the server as where it is typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from schemas.base import check_set, json_bytes
from server.sync.canonical import canonical
from server.sync.protocol import MAX_CHANGE_BYTES

CASES = json.loads((Path(__file__).parents[1] / "vectors" / "safe_text.json").read_text())["cases"]


def text_of(sized: dict[str, Any]) -> str:
    return "".join(what * times for what, times in sized["repeat"])


@pytest.mark.parametrize("sized", CASES, ids=lambda sized: sized["about"])
def test_a_text_is_taken_up_to_its_size_and_its_size_as_json(sized: dict[str, Any]) -> None:
    wrong = check_set("note", {"text": text_of(sized)})

    assert (wrong == {}) == sized["fits"]


def test_a_text_that_is_taken_never_makes_a_change_too_large() -> None:
    """The longest of them leaves half of the change to everything else."""
    largest = max(len(canonical(text_of(each))) for each in CASES if each["fits"])

    assert largest <= MAX_CHANGE_BYTES // 2


def test_the_size_as_json_is_that_of_the_spelling_that_is_hashed() -> None:
    for text in ["".join(map(chr, range(1, 0x2100))), '"\\/\b\f\n\r\t', "😀\u007f\u2028"]:
        assert json_bytes(text) == len(canonical(text))
