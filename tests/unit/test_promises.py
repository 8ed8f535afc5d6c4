"""The README's promises: fifteen, each with its standing, and tests that exist."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from schemas.kinds import KINDS

ROOT = Path(__file__).parents[2]

ROW = re.compile(r"^\| (P\d+) \| (.+?) \| (.+?) \| (.*?) \|$", re.MULTILINE)
PROMISES = {
    number: (standing, re.findall(r"`([^`]+)`", tests))
    for number, _, standing, tests in ROW.findall((ROOT / "README.md").read_text("utf-8"))
}
NAMED = [(number, test) for number, (_, tests) in PROMISES.items() for test in tests]


@cache
def names_in(path: str) -> frozenset[str]:
    """Names of a Python file's tests; titles of a TypeScript file's."""
    text = (ROOT / path).read_text(encoding="utf-8")
    if not path.endswith(".py"):
        return frozenset(re.findall(r'\btest(?:\.each\(.*\))?\(\s*["`]([^"`]+)', text))
    body = ast.parse(text).body
    names = {node.name for node in body if isinstance(node, ast.FunctionDef)}
    return frozenset(name for name in names if name.startswith("test_"))


def test_all_fifteen_stand_there_and_say_in_words_whether_they_are_held() -> None:
    assert [*PROMISES] == [f"P{n}" for n in range(1, 16)]
    for number, (standing, tests) in PROMISES.items():
        assert re.match(r"(held|not yet)\b", standing), number
        assert tests or standing.startswith("not yet"), number


@pytest.mark.parametrize(("number", "named"), NAMED)
def test_a_promise_names_tests_that_exist(number: str, named: str) -> None:
    path, _, test = named.partition("::")

    assert (ROOT / path).is_file(), number
    assert re.search(r"(/test_\w+\.py|\.test\.tsx?)$", path), number
    assert names_in(path), number
    assert not test or test in names_in(path), number


def test_no_record_has_a_field_for_a_teacher_or_a_student() -> None:
    """What has a name is a place, a member, a team of visitors or a group of cards."""
    fields = {(kind, name) for kind, schema in KINDS.items() for name in schema().fields}
    about_people = {each for each in fields if re.search("teacher|student|pupil|email", each[1])}
    named = {kind for kind, name in fields if re.search(r"(^|_)(first|last|full)?_?name", name)}

    assert about_people == set()
    groups = {"team", "group", "team_group"}
    assert named == {"district", "school", "member", "template"} | groups
