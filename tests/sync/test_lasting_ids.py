"""Rows of files go by ids that stay, whatever part is asked for and whatever came of it."""

from __future__ import annotations

import json
from collections import Counter
from io import BytesIO
from typing import Any

from flask import Flask

from schemas.vocabulary import GradeBand
from server import clock
from server.db import reading
from server.services import narrowing
from server.services.exports.content import Filter
from server.services.exports.json_file import write_patterns_json
from server.services.exports.making import today_in
from server.services.exports.tables import TABLES
from server.services.patterns import Reader, find_patterns
from tests.sync.test_narrowing import CARDS, Story

OWN_ID = {
    "patterns": "pattern_id",
    "evidence": "evidence_id",
    "next_level": "next_level_id",
    "then_and_now": "then_and_now_id",
    "focus_questions": "question_id",
}


def a_story(seed: int) -> Story:
    """Two rounds that settled the same words in one quarter; two rooms heard the same words."""
    story = Story(seed)
    for round_id in story.rounds:
        for at in (0, 4):  # Of grades 6 to 8, and of 3 to 5.
            card = story.ids[round_id]["card"][at]
            story.write("card", round_id, card, text="T: Who did it another way?")
    narrowing.bring_up_to_head(story.network)
    return story


def told(story: Story, table: str, **asked: Any) -> list[dict[str, Any]]:
    """A table's rows as a file has them."""
    with reading(story.network) as tx:
        today = today_in(tx, story.network)
        reader = Reader(story.network, None, to_take_away=True)
        found = find_patterns(tx, reader, Filter(**asked), today)
        (of,) = [each for each in TABLES if each.name == table]
        return [
            {column.key: column.cell(line) for column in of.columns}
            for line in of.lines(found, "en")
        ]


def test_every_row_has_an_id_of_its_own_twins_too(app: Flask) -> None:
    story = a_story(1)

    for table in ("patterns", "evidence", "next_level"):
        rows = told(story, table)
        ids = {row[OWN_ID[table]] for row in rows}
        assert len(ids) == len(rows) > 1
    assert len(told(story, "evidence")) == 2 * CARDS


def test_a_part_of_the_evidence_goes_by_the_same_ids_as_the_whole(app: Flask) -> None:
    story = a_story(2)

    whole = {row["evidence_id"]: row["grade_band"] for row in told(story, "evidence")}

    for band in (GradeBand.GRADES_6_8, GradeBand.GRADES_3_5):
        part = {row["evidence_id"] for row in told(story, "evidence", grade_band=band)}
        assert part == {each for each, of in whole.items() if of == band} != set()


def test_a_card_under_two_patterns_is_two_rows_of_one_card_and_counts_once(app: Flask) -> None:
    """Two cards of the same words stay two, also where only a part was asked for."""
    story = a_story(5)
    first = story.rounds[0]
    both = story.ids[first]["card"][:2]
    said = {"subject": "tasks", "statement": "ask for one answer", "quantifier": "some"}
    stands_on = {f"cards/{card}": True for card in both}
    said_by_all = {**said, **stands_on, "consensus": "agree"}
    story.write("pattern", first, clock.new_id(), **said_by_all)
    narrowing.bring_up_to_head(story.network)

    rows = told(story, "evidence")

    assert len(rows) == 2 * CARDS + len(both)
    assert len({row["card_id"] for row in rows}) == 2 * CARDS
    alike = {row["card_id"] for row in rows if row["evidence"] == "T: Who did it another way?"}
    assert len(alike) == 4
    of_part = {row["card_id"] for row in told(story, "evidence", grade_band=GradeBand.GRADES_6_8)}
    assert of_part == {row["card_id"] for row in rows if row["grade_band"] == "6_8"}
    for table in ("contexts", "room_to_room"):
        assert {row["card_id"] for row in told(story, table)} <= {row["card_id"] for row in rows}


def test_an_item_keeps_its_id_when_it_is_told_what_became_of_it(app: Flask) -> None:
    story = a_story(3)
    before = told(story, "next_level")

    first = story.rounds[0]
    (item,) = story.ids[first]["next_level_item"]
    story.write("next_level_item", first, item, outcome="done", learned="It takes an hour.")
    narrowing.bring_up_to_head(story.network)
    after = told(story, "next_level")

    assert {row["next_level_id"] for row in after} == {row["next_level_id"] for row in before}
    assert [row["outcome"] for row in after].count("done") == 1


def test_no_id_is_one_of_the_app_and_json_has_the_same(app: Flask) -> None:
    story = a_story(4)
    tables = {table: told(story, table) for table in ("patterns", "evidence", "next_level")}
    inner = [each for held in story.ids.values() for kind in held.values() for each in kind]

    out = BytesIO()
    with reading(story.network) as tx:
        reader = Reader(story.network, None, to_take_away=True)
        found = find_patterns(tx, reader, Filter(), today_in(tx, story.network))
        write_patterns_json(out, found, "en")
    made = json.loads(out.getvalue())

    assert not [each for each in inner if each in repr(tables) or each in repr(made)]
    evidence = [each for finding in made["findings"] for each in finding["evidence"]]
    for table, rows in (
        ("patterns", made["findings"]),
        ("evidence", evidence),
        ("next_level", made["next_level"]),
    ):
        ids = Counter(row[OWN_ID[table]] for row in tables[table])
        assert Counter(row["id"] for row in rows) == ids


def test_evidence_names_its_focus_questions_by_the_ids_that_they_have_in_every_year(
    app: Flask,
) -> None:
    story = a_story(5)
    first = story.rounds[0]
    asked = story.ids[first]["focus_question"][0]
    story.write("card", first, story.ids[first]["card"][0], **{f"focus_questions/{asked}": True})
    narrowing.bring_up_to_head(story.network)

    questions = {row["question_id"] for row in told(story, "focus_questions")}
    named = {row["focus_question_ids"] for row in told(story, "evidence")}

    assert named - {""} == questions
