"""docs/practice-rules.md names tests that exist; two rules that are about all words at once."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from schemas.base import Reference
from schemas.kinds import KINDS
from tests.unit.test_promises import names_in

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (\d+) \| (.+?) \| ((?:held|in part: ).*?) \| (.+?) \|$", re.MULTILINE)
ROWS = ROW.findall((ROOT / "docs/practice-rules.md").read_text("utf-8"))
NAMED = [(rule, test) for rule, _, _, tests in ROWS for test in re.findall(r"`([^`]+)`", tests)]
PLACES = re.findall(
    r"^\| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$",
    (ROOT / "docs/practice-rules.md").read_text("utf-8").partition("## In every place")[2],
    re.MULTILINE,
)[1:]
NAMED += [
    (place, test) for place, *cells in PLACES for test in re.findall(r"`([^`]+)`", "".join(cells))
]
MESSAGES = sorted((ROOT / "schemas/messages").glob("*/*.json"))
PRAISE = re.compile(
    r"well done|(great|good|nice|excellent) (job|work)\b|congrat|bravo|keep it up|awesome|hurry|"
    r"\bstreak|leader ?board|achievement|points earned|"
    r"bien hecho|buen trabajo|felicidades|felicita|enhorabuena|date prisa|apúr|insignia|medalla",
    re.IGNORECASE,
)


def test_the_table_has_a_row_for_each_rule_that_it_speaks_of() -> None:
    assert [int(rule) for rule, *_ in ROWS] == [1, *range(3, 17), 18, 19]


@pytest.mark.parametrize(("rule", "named"), NAMED)
def test_a_rule_names_tests_that_exist(rule: str, named: str) -> None:
    path, _, test = named.partition("::")

    assert names_in(path), rule
    assert not test or test in names_in(path), rule


def test_every_way_out_of_a_round_says_what_holds_the_rules_there() -> None:
    """Tests, or in words why there is nothing to break."""
    assert len(PLACES) >= 15
    assert all("`tests/" in whose for _, whose, *_ in PLACES if "those of" not in whose)
    assert all(len(cell) > len("the same") - 1 for _, *cells in PLACES for cell in cells)


def test_no_record_and_no_body_has_a_place_for_a_nudge() -> None:
    """Rule 7: what has no field and no route cannot leave the device."""
    fields = {name for schema in KINDS.values() for name in schema().fields}
    document = (ROOT / "schemas/openapi.json").read_text("utf-8")

    assert not [name for name in [*KINDS, *fields] if "nudge" in name]
    assert "nudge" not in document.lower()


def test_no_message_praises_hurries_or_keeps_a_score_of_people() -> None:
    """Rule 19: observers are adults at work."""
    found = [
        f"{path.parent.name}/{key}: {text}"
        for path in MESSAGES
        for key, text in json.loads(path.read_text("utf-8")).items()
        if PRAISE.search(str(text))
    ]

    assert len(MESSAGES) > 20
    assert found == []
    assert PRAISE.search("Great job, you are on a streak!")


def test_what_is_counted_over_time_belongs_to_no_school_classroom_or_person() -> None:
    """Rule 16: a chart has one line of numbers, so none of schools beside each other.

    A number may name its round, whose day is told to those alone who hold that round.
    """
    fields = [KINDS[kind]().fields for kind in ("measure", "measure_point")]
    refers_to = {
        each.to for of_kind in fields for each in of_kind.values() if isinstance(each, Reference)
    }

    assert refers_to == {"measure", "round"}
    assert {*fields[0], *fields[1]} - {"deleted"} == {
        *("title", "about", "unit", "numbers", "base", "form", "aim", "not_a_person"),
        *("measure", "measured_on", "value", "out_of", "note", "round"),
    }
