"""Every expected failure has words, in every language, with the same blanks to fill in."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import server
from server import errors
from server.api.answers import _CODES
from server.messages import FOLDER, LANGUAGES, catalogue, say

SOURCES = [*Path(server.__file__).parent.rglob("*.py")]
RULES = {name for name, each in vars(errors).items() if isinstance(each, type)}
CODE = re.compile(r"[a-z_]+(\.[a-z_]+)+")


def codes_in(path: Path) -> set[str]:
    """Codes that a file raises, or gives to an exception class of its own."""
    found: set[str] = set()
    rules = set(RULES)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and rules & {ast.unparse(base) for base in node.bases}:
            rules.add(node.name)
            for line in node.body:
                if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "code":
                    found.add(ast.literal_eval(line.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in rules and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    return found


ALL_CODES = sorted(set(_CODES.values()).union(*map(codes_in, SOURCES)) | {"server.failed"})


def test_the_search_finds_codes():
    assert {"join.wrong_code", "not_found", "server.storage_full"} <= {*ALL_CODES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_failure_has_words(language):
    missing = [code for code in ALL_CODES if f"error.{code}" not in catalogue(language)]

    assert missing == []


def keys_and_blanks(language: str) -> dict[str, set[str]]:
    return {
        key: set(re.findall(r"{(\w+)}", str(words))) for key, words in catalogue(language).items()
    }


def test_both_languages_say_the_same_things_with_the_same_blanks():
    english, spanish = keys_and_blanks("en"), keys_and_blanks("es")

    assert english == spanish


def test_no_key_stands_in_two_files():
    for language in LANGUAGES:
        count = sum(path.read_text().count('\n  "') for path in (FOLDER / language).glob("*.json"))
        assert count == len(catalogue(language))


def test_blanks_are_filled_in_and_an_unknown_language_reads_english():
    assert "30 seconds" in say("error.attempts.too_many", "en", retry_after=30)
    assert "30 segundos" in say("error.attempts.too_many", "es", retry_after=30)
    assert say("error.not_found", "xx") == say("error.not_found", "en")
