"""Every word of the vocabulary is explained and shown; some words name nothing (rule 14)."""

from __future__ import annotations

import ast
import json
import re
from enum import StrEnum
from pathlib import Path

import pytest

from schemas import vocabulary
from schemas.kinds import KINDS
from server.domain.refused_words import refused_in_name, refused_in_words

ROOT = Path(__file__).parents[2]
LANGUAGES = ["en", "es"]
ENUMS = [
    each
    for each in vars(vocabulary).values()
    if isinstance(each, type) and issubclass(each, StrEnum) and each is not StrEnum
]
UNDER_THE_HOOD = {"ScopeType", "FieldKind", "Verdict"}
"""Never on a screen by their words."""

SAYS_WHAT_IT_IS_NOT = re.compile(
    r"\bnot? for use in\b|\bnever\b|\bnot\b|\bno\b|\bnunca\b|\bni\b|\bnadie\b", re.IGNORECASE
)


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def messages(language: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for path in sorted((ROOT / "schemas/messages" / language).glob("*.json")):
        found |= json.loads(path.read_text(encoding="utf-8"))
    return found


def sayings(value: object) -> list[str]:
    return [str(each) for each in value.values()] if isinstance(value, dict) else [str(value)]


@pytest.fixture(scope="module")
def glossary() -> str:
    return (ROOT / "docs/glossary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_every_word_of_the_vocabulary_stands_in_the_glossary(enum, glossary):
    assert [word.value for word in enum if f"`{word.value}`" not in glossary] == []


def test_every_kind_of_record_stands_in_the_glossary(glossary):
    assert [kind for kind in KINDS if f"`{kind}`" not in glossary] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_every_word_that_a_screen_shows_is_said_in_both_languages(enum, language):
    if enum.__name__ in UNDER_THE_HOOD:
        return
    said = messages(language)
    keys = [f"vocabulary.{snake(enum.__name__)}.{word.value}" for word in enum]

    assert [key for key in keys if not said.get(key)] == []


def python_names() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for path in [*ROOT.glob("server/**/*.py"), *ROOT.glob("schemas/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                found.append((path.name, node.name))
            elif isinstance(node, ast.arg):
                found.append((path.name, node.arg))
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.append((path.name, node.id))
    return found


DECLARED = re.compile(
    r"\b(?:const|let|function|class|interface|type)\s+([A-Za-z_$][\w$]*)"
    r"|^\s*(?:readonly\s+)?([A-Za-z_$][\w$]*)\??:",
    re.MULTILINE,
)


def typescript_names() -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for path in [*ROOT.glob("pwa/src/**/*.ts"), *ROOT.glob("pwa/src/**/*.tsx")]:
        for declared in DECLARED.finditer(path.read_text(encoding="utf-8")):
            found.append((path.name, declared[1] or declared[2]))
    return found


def test_no_name_in_the_python_code_is_a_refused_word():
    names = python_names()

    assert len(names) > 1000
    assert [(file, name) for file, name in names if refused_in_name(name)] == []


def test_no_name_in_the_typescript_code_is_a_refused_word():
    names = typescript_names()

    assert len(names) > 1000
    assert [(file, name) for file, name in names if refused_in_name(name)] == []


def test_no_kind_field_or_word_of_the_records_is_a_refused_word():
    names = [*KINDS, *(name for kind in KINDS.values() for name in kind().fields)]
    names += [word.value for enum in ENUMS for word in enum]

    assert [name for name in names if refused_in_name(name)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_of_a_message_is_a_refused_word(language):
    assert [key for key in messages(language) if refused_in_name(key)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_word_is_said_only_where_it_says_what_this_is_not(language):
    wrong = [
        (key, text)
        for key, value in messages(language).items()
        for text in sayings(value)
        if refused_in_words(text, language) and not SAYS_WHAT_IT_IS_NOT.search(text)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    "name",
    ["score", "teacherScore", "rating", "lowPerforming", "gap", "gap_count", "rank_order"],
)
def test_refused_words_are_found_in_names_of_either_style(name):
    assert refused_in_name(name)


@pytest.mark.parametrize("name", ["generating", "underscored", "singapore", "iterating", "frank"])
def test_words_that_only_contain_one_are_no_refused_words(name):
    assert refused_in_name(name) is None
