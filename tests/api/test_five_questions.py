"""Five questions of an analyst, answered from the screen's answers and from the workbook alone."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from server.messages import say
from tests.api.test_agreement import DEMAND, ask_in, read_apart
from tests.api.test_patterns import Demo, demo, played, sentences, settings

__all__ = ["demo", "played", "settings"]

SENTENCE = "In one sentence"
Rows = list[dict[str, Any]]


class Book:
    """A workbook as a person with a filter reads it: each sheet's rows by their headings."""

    def __init__(self, content: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(content))

    def rows(self, name: str, **wanted: str) -> Rows:
        sheet = self.book[name]
        titles, *lines = sheet.iter_rows(values_only=True)
        rows = [dict(zip(titles, line, strict=True)) for line in lines]
        named = {key.replace("_", " "): value for key, value in wanted.items()}
        return [row for row in rows if all(row[key] == value for key, value in named.items())]


@pytest.fixture
def book(demo: Demo) -> Book:
    read_apart(demo, 0, 6, ask_in(demo, 0, DEMAND))
    path = f"{demo.path}/export?format=xlsx&language=en"
    return Book(demo.somebody("analyst").get(path).data)


def test_what_students_do_in_middle_school_mathematics_and_on_what_evidence(demo, book):
    found = demo.ask("analyst", "&about=students&grade_band=6_8&subject=math")["findings"]

    rows = book.rows("Evidence", About="Students", Grade_band="Grades 6-8", Lesson_subject="Math")

    assert found
    path = f"{demo.path}/findings/{{}}/evidence?about=students&grade_band=6_8&subject=math"
    for finding in found:
        evidence = demo.somebody("analyst").get(path.format(finding["id"])).json["evidence"]
        shown = [row["Evidence"] for row in rows if row[SENTENCE] == finding["sentence"]]
        assert sorted(shown) == sorted(each["text"] for each in evidence)
    assert {row[SENTENCE] for row in rows} == {finding["sentence"] for finding in found}


def test_what_changed_at_a_school_since_then(demo, book):
    answer = demo.somebody("analyst").get(f"{demo.path}/then-and-now?language=en").json

    pairs = next(each for each in answer.values() if isinstance(each, list))
    rows = book.rows("Then and now") if pairs else []

    told = [(row["School"], row["What was agreed then"]) for row in rows]
    assert told == [(each["school"], each["then"]) for each in pairs]
    assert pairs


def test_whether_observers_agree_on_task_demand(demo, book):
    for asked in demo.ask("analyst")["read_alike"]:
        question = asked["question"] or "What a card is about"
        for key, coefficient in asked["agreement"]["coefficients"].items():
            (row,) = book.rows(
                "How alike it was read", Question=question, Name_of_the_statistic=key
            )
            figures = [row["Value"], row["Interval begins"], row["Interval ends"]]
            wanted = [coefficient[name] for name in ("value", "low", "high")]
            assert figures == [each and pytest.approx(each, abs=1e-12) for each in wanted]
    assert book.rows("How alike it was read", Question=DEMAND)


def test_what_was_seen_when_and_on_what_base(demo, book):
    for quarter in demo.ask("analyst")["quarters"]:
        day = quarter["begins_on"]
        then = demo.ask("analyst", f"&begins_on={day}&ends_on={day}")

        rows = book.rows("What was found", Visited_in=quarter["quarter"])

        assert [row[SENTENCE] for row in rows] == sentences(then)
        (base,) = book.rows("Quarter by quarter", Visited_in=quarter["quarter"])
        assert (base["Rounds"], str(base["Visited"])) == (
            then["rounds_count"],
            then["figures"][0]["classrooms"],
        )


def test_who_gets_what_kind_of_task_and_what_is_done_next(demo, book):
    path = f"{demo.path}/contexts?language=en&about=tasks"
    for each in demo.somebody("analyst").get(path).json["contexts"]:
        program = say(f"vocabulary.program_context.{each['context']}", "en")
        rows = book.rows("By program context", About="Tasks", Seen_in_classes_of=program)
        assert {row[SENTENCE] for row in rows} == {*sentences(each)}
    items = [item["text"] for item in demo.ask("analyst")["next_level"]]
    assert [row["What is done next"] for row in book.rows("Next level of work")] == items
