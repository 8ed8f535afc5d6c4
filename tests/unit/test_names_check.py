"""The name check remembers words, and asks for each once."""

import json
from pathlib import Path

import pytest

from server.domain.names_check import word_slug, words_to_check

VECTORS = json.loads(
    (Path(__file__).parent.parent / "vectors" / "names_check.json").read_text("utf-8")
)


@pytest.mark.parametrize("case", VECTORS["word_slug"], ids=lambda case: case["word"])
def test_a_word_is_remembered_alike_in_both_languages(case):
    assert word_slug(case["word"]) == case["slug"]


@pytest.mark.parametrize("case", VECTORS["words_to_check"], ids=lambda case: str(case["words"]))
def test_what_nobody_looked_at_is_listed_once(case):
    looked_at = {word_slug(word) for word in case["looked_at"]}

    assert words_to_check(case["texts"], looked_at) == case["words"]
