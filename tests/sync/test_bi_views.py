"""Views for BI tools on a real PostgreSQL: what a file says, and nothing else, to one role."""

# ruff: noqa: S608 - our own names
from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import orjson
import psycopg
import pytest
from flask import Flask
from sqlalchemy import Connection, create_engine, insert, update

from schemas.vocabulary import GradeBand, Quantifier, SchoolSubject
from server import clock
from server.config import Settings
from server.db import Base, reading, writing
from server.domain.identifiers import return_summary_id
from server.domain.patterns import SAID_OF
from server.models.patterns import NarrowedUntil, ReleasedRound
from server.models.sync import RoundIndex
from server.services import bi_views, narrowing, postgres_tools
from server.services.exports.content import Filter, Found
from server.services.exports.figure_tables import QUARTER_COLUMNS, figure_lines, quarter_lines
from server.services.exports.followed_tables import (
    ThenAndNowLine,
    next_level_lines,
    then_and_now_lines,
)
from server.services.exports.making import today_in
from server.services.exports.measure_rows import measure_jsonl
from server.services.exports.pattern_tables import (
    CONTEXT_COLUMNS,
    EVIDENCE_COLUMNS,
    context_lines,
    evidence_lines,
    finding_lines,
    lasting_id_of,
    room_lines,
)
from server.services.measures import read_series
from server.services.narrow_rows import RULES, figures_outside
from server.services.patterns import Reader, find_patterns
from server.services.small_figures import FEWEST, figures_of
from server.services.standings import standing_of
from server.sync.purge import purge
from tests.api.test_commands import rounds
from tests.make import a_network
from tests.postgres import as_owner, passing_url, with_owner
from tests.sync.test_narrowing import CARDS, Story

LINE = (
    "Evidence about a school's practice, gathered by peers. "
    "Not for use in the evaluation of any educator."
)


@pytest.fixture(scope="module", params=["postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """SQLite has no such views."""
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def database() -> str:
    return "postgresql"


class Tool:
    """A BI tool: its own role, its own connection."""

    def __init__(self, settings: Settings, network_id: str) -> None:
        self.schema = bi_views.schema_of(network_id)
        self.superuser = passing_url(settings.database_url)
        raise_as_owner(settings, network_id)
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            (database,) = connection.execute("SELECT current_database()").fetchone()
            sql, password = bi_views.role_sql(network_id, database)
            connection.execute(sql)
        parts = urlsplit(settings.database_url)
        host = parts.netloc.rpartition("@")[2]
        address = (parts.scheme, f"{self.schema}:{password}@{host}", *parts[2:])
        self.connection = psycopg.connect(urlunsplit(address), autocommit=True)

    def read(self, query: str) -> list[Any]:
        return self.connection.execute(query).fetchall()

    def rows(self, view: str) -> list[dict[str, Any]]:
        found = self.connection.execute(f"SELECT * FROM {view}")
        names = [each.name for each in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]

    def close(self) -> None:
        self.connection.close()
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            connection.execute(f"DROP OWNED BY {self.schema}; DROP ROLE {self.schema}")
            connection.execute(f"DROP SCHEMA IF EXISTS {self.schema} CASCADE")


def raise_as_owner(settings: Settings, network_id: str) -> bool:
    engine = create_engine(with_owner(settings).migrate_database)
    with engine.begin() as tx:
        has_role = bi_views.raise_views(tx, network_id)
    engine.dispose()
    return has_role


@pytest.fixture
def story(app: Flask) -> Story:
    found = Story(3)
    narrowing.bring_up_to_head(found.network)
    return found


@pytest.fixture
def tool(story: Story, settings: Settings) -> Iterator[Tool]:
    found = Tool(settings, story.network)
    try:
        yield found
    finally:
        found.close()


def in_a_file(network_id: str) -> tuple[Found, list[Any]]:
    """What an operator's file would hold, and its findings, read while they can be."""
    with reading(network_id) as tx:
        found = _found(tx, network_id)
        return found, [*found.findings]


def items_in_a_file(network_id: str) -> list[Any]:
    with reading(network_id) as tx:
        return [*_found(tx, network_id).next_level]


def _found(tx: Connection, network_id: str) -> Found:
    reader = Reader(network_id, None, to_take_away=True)
    return find_patterns(tx, reader, Filter(), today_in(tx, network_id))


def plain(words: Any) -> str | None:
    return "; ".join(words) or None


def joined(questions: Iterable[str]) -> str | None:
    return " · ".join(questions) or None


def test_a_tool_reads_what_a_file_says_and_carries_its_line(story, tool):
    first, second = story.rounds
    story.write("round", second, second, visits_on="2026-05-12")
    story.write("card", first, story.ids[first]["card"][0], element="student")
    story.write("pattern", second, story.ids[second]["pattern"][0], statement="wait to be told")
    narrowing.bring_up_to_head(story.network)

    _, findings = in_a_file(story.network)

    assert len(findings) == 2
    said = Counter(
        (
            each.statement,
            each.quantifier,
            each.subject,
            each.element,
            each.visited_in,
            card.text,
            card.element,
            card.grade_band,
            card.subject,
            plain(card.context),
        )
        for each in findings
        for card in each.evidence
    )
    assert sum(said.values()) == 2 * CARDS
    names = (
        "statement, how_many, pattern_about, core_element, visited_in, evidence, "
        "evidence_element, grade_band, lesson_subject, context"
    )
    assert Counter(tool.read(f"SELECT {names} FROM evidence")) == said
    assert len(tool.rows("patterns")) == 2
    told = [(row["next_level"], row["check_back_on"]) for row in tool.rows("next_level")]
    assert len(told) == 2
    assert Counter(told) == Counter(
        (item.text, item.check_back_on) for item in items_in_a_file(story.network)
    )
    assert tool.read("SELECT rounds_read, rounds_not_released FROM rounds") == [(2, 0)]
    assert {row["about_this_evidence"] for row in tool.rows("evidence")} == {LINE}


def test_every_row_of_every_view_says_that_it_evaluates_nobody(tool):
    """Rule 13, in a tool that shows one view and no other."""
    for view in bi_views.QUERIES:
        rows = tool.rows(view)
        assert {row["about_this_evidence"] for row in rows} == {LINE}, view


def test_no_view_says_who_agreed_or_that_anybody_did_not(story, tool):
    """Rule 5. What is still open is no finding, and of one that is agreed nobody is named."""
    first = story.rounds[0]
    said = {"consensus": "not_yet", "open_question": "Is it one task?"}
    story.write("pattern", first, story.ids[first]["pattern"][0], by=story.host, **said)
    story.write("pattern", first, story.ids[first]["pattern"][0], by=story.host, consensus="agree")
    narrowing.bring_up_to_head(story.network)

    told = repr([tool.rows(view) for view in (*bi_views.QUERIES, "codebook")])

    assert len(tool.rows("patterns")) == 2
    for each in (story.host, story.lead, "consensus", "not_yet", "Is it one task?"):
        assert each not in told


def test_grade_bands_and_subjects_of_a_pattern_are_those_of_its_evidence_in_their_order(tool):
    (one, two) = tool.rows("patterns")

    assert one["grade_bands"] == "3_5; 6_8"
    assert set(one["lesson_subjects"].split("; ")) == {"math", "science"}
    assert one["pattern_id"] != two["pattern_id"]
    assert {row["pattern_id"] for row in tool.rows("evidence")} == {
        one["pattern_id"],
        two["pattern_id"],
    }


def test_each_focus_question_stands_once_as_it_was_worded_last_and_beside_its_evidence(story, tool):
    """One that the name check stops is in no view, nor one of a round that is not opened."""
    first, second = story.rounds
    story.write("round", second, second, visits_on="2026-05-12")
    shared, named = story.ids[first]["focus_question"]
    same, other = story.ids[second]["focus_question"]
    story.write("focus_question", first, shared, text="who says WHY?")
    story.write("focus_question", first, named, text="What does Ms. Sample ask?")
    story.write("focus_question", second, other, text="Who decides what comes next?")
    story.write("focus_question", second, clock.new_id(), text="Who helps whom?")
    for round_id, questions in ((first, (shared, named)), (second, (same, other))):
        bears_on = {f"focus_questions/{each}": True for each in questions}
        story.write("card", round_id, story.ids[round_id]["card"][0], **bears_on)
    narrowing.bring_up_to_head(story.network)

    found, findings = in_a_file(story.network)
    lines = evidence_lines(finding_lines(findings, "en"), found.questions)
    told = tool.rows("focus_questions")

    columns = ("question_id", "question", "has_evidence")
    asked = {tuple(row[name] for name in columns) for row in told}
    assert asked == {(each.id, each.words, each.seen) for each in found.questions}
    assert {row["question"]: row["has_evidence"] for row in told} == {
        "who says WHY?": True,
        "Who decides what comes next?": True,
        "Who helps whom?": False,
    }
    assert {row["about_this_evidence"] for row in told} == {LINE}
    beside = Counter(tool.read("SELECT evidence, focus_questions FROM evidence"))
    assert beside == Counter(
        (each.evidence.text, joined(one.words for one in each.questions)) for each in lines
    )
    assert sorted(len(asked.split(" · ")) for _, asked in beside if asked) == [1, 2]
    story.open(second, to=False)
    assert [row["question"] for row in tool.rows("focus_questions")] == ["who says WHY?"]


def test_what_was_much_the_same_from_room_to_room_is_told_as_in_a_file(story, tool):
    second = story.rounds[1]
    said = {"statement": "wait to be told", "quantifier": "few"}
    story.write("pattern", second, story.ids[second]["pattern"][0], **said)
    narrowing.bring_up_to_head(story.network)

    found, findings = in_a_file(story.network)
    names = "room_to_room, pattern_id, how_many, evidence, core_element, visited_in"

    assert Counter(tool.read(f"SELECT {names} FROM evidence")) == Counter(
        (
            line.rooms,
            line.line.of.pattern_id,
            line.line.of.finding.quantifier,
            line.line.evidence.text,
            line.line.of.finding.element,
            line.line.of.finding.visited_in,
        )
        for line in room_lines(replace(found, findings=findings), "en")
    )
    assert set(tool.read("SELECT room_to_room, how_many FROM patterns")) == {
        ("alike", "many"),
        ("different", "few"),
    }
    for quantifier in Quantifier:
        story.write("pattern", second, story.ids[second]["pattern"][0], quantifier=quantifier)
        narrowing.bring_up_to_head(story.network)
        (rooms,) = [rooms for rooms, words in SAID_OF.items() if quantifier in words]
        wait = "SELECT room_to_room FROM patterns WHERE statement = 'wait to be told'"
        assert tool.read(wait) == [(rooms,)]


def test_what_was_seen_in_classes_of_a_program_is_told_as_in_a_file(story, tool):
    """With that evidence alone, under the ids of the whole, and once for each program."""
    columns = {column.key: column.cell for column in CONTEXT_COLUMNS}

    with reading(story.network) as tx:
        lines = [*context_lines(_found(tx, story.network), "en")]
    found = tool.rows("contexts")

    names = [name for name in found[0] if name not in ("statement", "about_this_evidence")]
    assert {*columns} - {*names} == {"sentence"}
    in_file = Counter(
        tuple(
            plain(cell) if isinstance(cell := columns[name](line), tuple) else cell or None
            for name in names
        )
        for line in lines
    )
    assert Counter(tuple(row[name] for name in names) for row in found) == in_file
    told = Counter((row["program"], row["grade_bands"]) for row in found)
    assert {*told} == {("dual_language", "3_5; 6_8"), ("inclusion", "6_8")}
    assert told["dual_language", "3_5; 6_8"] == 2 * CARDS


THEN_AND_NOW = (
    "school, then_in, then_statement, then_how_many, then_about, now_in, now_statement, "
    "now_how_many, now_about, now_words, then_and_now_id"
)


def of_a_pair(line: ThenAndNowLine) -> tuple[Any, ...]:
    of, now = line.of, line.of.now
    then = (of.then.statement, of.then.quantifier, of.then.subject)
    said_now = (now.statement, now.quantifier, now.subject) if now else (None, None, None)
    words = of.words or None
    return (of.school, of.then_in, *then, of.now_in, *said_now, words, line.pair_id)


def pairs_in_a_file(network_id: str) -> Counter[tuple[Any, ...]]:
    found, _ = in_a_file(network_id)
    return Counter(map(of_a_pair, then_and_now_lines(found, "en")))


def test_then_and_now_of_a_school_is_told_as_in_a_file_twins_too(story, tool):
    first, second = story.rounds
    beside = story.ids[first]["pattern_now"][0]
    told = Counter(tool.read(f"SELECT {THEN_AND_NOW} FROM then_and_now"))
    assert told == pairs_in_a_file(story.network)
    assert sorted(row[5] for row in told) == ["2026-Q4", "2027-Q2"]
    assert sum(row[-1].endswith("-2") for row in told) == 1

    now = story.ids[second]["pattern"][0]
    story.write("pattern_now", first, beside, text="Mr. Sample did.", second_pattern=now)
    story.write("pattern", second, now, statement="ask each other why")
    narrowing.bring_up_to_head(story.network)

    told = Counter(tool.read(f"SELECT {THEN_AND_NOW} FROM then_and_now"))
    assert told == pairs_in_a_file(story.network)
    (pair,) = [row for row in told if row[6]]
    assert pair[6:10] == ("ask each other why", "many", "students", None)


def test_a_school_stands_by_name_only_where_its_host_opened_that_to_the_district(story, tool):
    """Taken back, it is gone at once; of a second visit that is not opened by name, nothing."""
    first, second = story.rounds
    beside, now = story.ids[first]["pattern_now"][0], story.ids[second]["pattern"][0]
    story.write("pattern_now", first, beside, second_pattern=now)
    narrowing.bring_up_to_head(story.network)
    story.open_by_name(second, to=False)
    assert {row["now_statement"] for row in tool.rows("then_and_now")} == {None}
    narrowing.bring_up_to_head(story.network)
    (pair,) = tool.rows("then_and_now")
    assert (pair["now_statement"], pair["now_in"]) == (None, "2027-Q1")
    assert {pair_id for *_, pair_id in pairs_in_a_file(story.network)} == {pair["then_and_now_id"]}

    story.open_by_name(first, to=False)
    assert tool.rows("then_and_now") == []
    narrowing.bring_up_to_head(story.network)
    assert tool.rows("then_and_now") == []
    summary, by_name = return_summary_id(first), {"then_and_now/network": True}
    opened = {"opened/network": True}
    story.write("return_summary", first, summary, by=story.host, **by_name, **opened)
    narrowing.bring_up_to_head(story.network)
    assert tool.rows("then_and_now") == []
    assert "Meadow School" not in repr([tool.rows(view) for view in bi_views.QUERIES])


def test_a_second_visit_to_another_school_is_not_put_beside_the_first(story, tool):
    """Rule 16: a school is compared with itself only."""
    first, second = story.rounds
    beside, now = story.ids[first]["pattern_now"][0], story.ids[second]["pattern"][0]
    story.write("pattern_now", first, beside, second_pattern=now)
    other = clock.new_id()
    story.write_own("school", other, name="Hill School")
    story.write("round", second, second, host_school=other)
    narrowing.bring_up_to_head(story.network)

    (pair,) = [row for row in tool.rows("then_and_now") if row["school"] == "Meadow School"]

    assert pair["now_statement"] is None
    told = Counter(tool.read(f"SELECT {THEN_AND_NOW} FROM then_and_now"))
    assert told == pairs_in_a_file(story.network)


def days_in_a_file(story: Story, measure_id: str) -> list[dict[str, Any]]:
    with reading(story.network) as tx:
        standing = standing_of(tx, story.network, story.lead)
        series = read_series(tx, standing, measure_id)
    return [orjson.loads(line) for line in measure_jsonl(series, "en").splitlines()]


def as_said(cell: Any) -> Any:
    """A view has days and no empty text; JSON has days as text, and whole numbers as such."""
    return float(cell) if isinstance(cell, int | float) else str(cell or None)


def test_a_measure_is_told_day_by_day_as_in_its_file(story, tool):
    """A day about too few has no figure, and words that may name somebody are not there."""
    again = clock.new_id()
    said = {"title": "Students explain", "numbers": "count", "base": "something_else"}
    story.write_own("measure", again, form="control", unit="Mr. Sample", **said)
    of = {"measure": again, "measured_on": "2026-09-07", "value": "4"}
    story.write_own("measure_point", clock.new_id(), **of)
    narrowing.bring_up_to_head(story.network)

    found = tool.rows("measure_days")

    in_files = [day for each in (story.measure, again) for day in days_in_a_file(story, each)]
    names = [name for name in found[0] if name in in_files[0]]
    assert {*in_files[0]} - {*names} == {"round"}
    told = Counter(tuple(as_said(row[name]) for name in names) for row in found)
    in_file = Counter(tuple(as_said(day[name]) for name in names) for day in in_files)
    assert told == in_file
    (hidden,) = [row for row in found if row["held_back"]]
    assert hidden["held_back"] == "of fewer than 10"
    assert {hidden[name] for name in ("value", "out_of", "drawn", "centre", "aim")} == {None}
    assert "Sample" not in repr([found, tool.rows("measures")])
    assert len({row["measure_day_id"] for row in found}) == len(found) == 4


def test_each_measure_stands_once_with_what_its_chart_says_and_its_days_join_it(story, tool):
    (measure,) = tool.rows("measures")

    assert measure["measure"] == "Students explain"
    assert (measure["days_shown"], measure["days_held_back"]) == (2, 1)
    assert (measure["numbers"], measure["counted_base"]) == ("share", "students")
    assert measure["aim"] == 0.8
    assert "With fewer than 10 points" in measure["chart_says"]
    assert "One point is about fewer than 10" in measure["chart_says"]
    assert {row["measure_id"] for row in tool.rows("measure_days")} == {measure["measure_id"]}


def test_a_measure_that_was_written_to_a_moment_ago_is_away_until_the_tables_tell_it(story, tool):
    story.write_own("measure_point", story.points[0], value="2", out_of="9")

    assert tool.rows("measures") == tool.rows("measure_days") == []
    narrowing.bring_up_to_head(story.network)
    assert sum(row["held_back"] is not None for row in tool.rows("measure_days")) == 2
    with writing(story.network) as tx:
        purge(tx, story.network, [story.measure])
    assert tool.rows("measures") == []
    narrowing.bring_up_to_head(story.network)
    assert tool.rows("measures") == tool.rows("measure_days") == []


def test_a_tool_reads_no_measure_and_no_school_of_another_network(story, tool):
    other = Story(4)
    other.write_own("measure", other.measure, title="Of another network")
    other.write_own("school", other.school, name="Of another network")
    narrowing.bring_up_to_head(other.network)

    assert "Of another network" not in repr([tool.rows(view) for view in bi_views.QUERIES])
    assert len(tool.rows("measures")) == 1


def test_an_id_stays_with_its_sentence_and_is_no_id_of_the_app(story, tool):
    def ids() -> set[str]:
        return {row["pattern_id"] for row in tool.rows("patterns")}

    before = ids()
    first = story.rounds[0]
    story.write("pattern", first, story.ids[first]["pattern"][0], quantifier="few")
    narrowing.bring_up_to_head(story.network)

    assert ids() == before
    told = repr([tool.rows(view) for view in (*bi_views.QUERIES, "codebook")])
    inner = [each for held in story.ids.values() for kind in held.values() for each in kind]
    inner += [story.network, story.host, story.lead, "2026-10-06"]
    assert not [each for each in inner if each in told]
    assert not [each for each in inner if each.replace("-", "")[:12] in told]


def test_a_file_names_each_row_of_evidence_and_what_comes_next_as_the_views_do(story, tool):
    """Twins too: the same words stand twice under one pattern, and twice for one day."""
    first, second = story.rounds
    asked = story.ids[first]["focus_question"][0]
    for at in (0, 4, 5):
        card = story.ids[first]["card"][at]
        bears_on = {f"focus_questions/{asked}": at > 0, "element": "task" if at > 4 else "student"}
        story.write("card", first, card, text="the same words", **bears_on)
    for round_id, text in ((first, "Why here?"), (second, "Why there?")):
        story.write("problem_of_practice", round_id, clock.new_id(), text=text)
    narrowing.bring_up_to_head(story.network)

    found, findings = in_a_file(story.network)
    lines = [*evidence_lines(finding_lines(findings, "en"), found.questions)]
    columns = {column.key: column.cell for column in EVIDENCE_COLUMNS}
    names = ["evidence_id", "card_id", "pattern_id", "evidence", "evidence_element"]
    names.append("focus_question_ids")

    in_file = {tuple(columns[key](line) or None for key in (*names, "problem")) for line in lines}
    assert len(in_file) == 2 * CARDS
    assert {*tool.read(f"SELECT {', '.join(names)}, problem FROM evidence")} == in_file
    assert {row["problem"] for row in tool.rows("patterns")} == {"Why here?", "Why there?"}
    items = {line.item_id for line in next_level_lines(items_in_a_file(story.network))}
    assert {row["next_level_id"] for row in tool.rows("next_level")} == items
    assert len(items) == 2


def test_a_file_names_each_pattern_as_the_views_do_twins_too(story, tool):
    """Both rounds settled the same words in the same quarter."""
    _, findings = in_a_file(story.network)

    ids = {lasting_id_of(finding) for finding in findings}

    assert len(ids) == 2
    assert sum(each.endswith("-2") for each in ids) == 1
    assert ids == {row["pattern_id"] for row in tool.rows("patterns")}


def test_a_round_that_is_not_opened_shows_nothing_and_closing_takes_it_away_at_once(story, tool):
    first, second = story.rounds
    story.write("pattern", second, story.ids[second]["pattern"][0], statement="wait to be told")
    narrowing.bring_up_to_head(story.network)
    assert "wait to be told" in repr(tool.rows("evidence"))

    story.open(second, to=False)  # Nobody looks, and no worker runs.

    assert "wait to be told" not in repr([tool.rows(view) for view in bi_views.QUERIES])
    assert len(tool.rows("patterns")) == 1
    assert tool.read("SELECT rounds_read, rounds_not_released FROM rounds") == [(1, 1)]
    story.open(first, to=False)
    assert [tool.rows(view) for view in ("evidence", "patterns", "next_level", "figures")] == [
        [],
        [],
        [],
        [],
    ]


def test_a_round_that_is_opened_to_the_network_alone_is_in_the_tables_and_in_no_view(story, tool):
    """The tables hold it, for members read it: that a district does not is the views' own rule."""
    second = story.rounds[1]
    story.write("pattern", second, story.ids[second]["pattern"][0], statement="wait to be told")
    summary = return_summary_id(second)
    opened = {"opened/network": True, "opened/district": False}
    story.write("return_summary", second, summary, by=story.host, **opened)
    narrowing.bring_up_to_head(story.network)

    assert "wait to be told" in repr(story.rows()["released_pattern"])
    assert "wait to be told" not in repr([tool.rows(view) for view in bi_views.QUERIES])
    assert tool.read("SELECT rounds_read, rounds_not_released FROM rounds") == [(1, 1)]


def test_what_was_taken_back_is_not_shown_until_the_tables_tell_it(story, tool):
    first = story.rounds[0]
    story.write("card", first, story.ids[first]["card"][0], standing="returned")

    assert len(tool.rows("patterns")) == 1
    narrowing.bring_up_to_head(story.network)
    assert len(tool.rows("evidence")) == 2 * CARDS - 1


def test_rows_of_an_earlier_releases_rules_are_not_shown(story, tool):
    with writing(story.network) as tx:
        tx.execute(update(NarrowedUntil).values(rules=0))

    assert tool.rows("evidence") == []


def test_the_role_reads_its_views_and_nothing_else(story, tool, settings):
    other = Tool(settings, a_network("Another network"))
    try:
        refused = [*Base.metadata.tables, "alembic_version", f"{other.schema}.evidence"]
        for table in refused:
            name = table if "." in table else f"public.{table}"
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                tool.read(f"SELECT * FROM {name}")
    finally:
        other.close()
    tool.connection.execute("SET default_transaction_read_only = off")  # It may; it helps nobody.
    for statement, why in (
        ("DELETE FROM evidence", psycopg.errors.ObjectNotInPrerequisiteState),
        ("UPDATE rounds SET rounds_read = 9", psycopg.errors.ObjectNotInPrerequisiteState),
        ("CREATE TABLE mine (a int)", psycopg.errors.InsufficientPrivilege),
        ("CREATE TABLE public.mine (a int)", psycopg.errors.InsufficientPrivilege),
        ("SELECT pg_read_file('PG_VERSION')", psycopg.errors.InsufficientPrivilege),
        ("COPY (SELECT 1) TO PROGRAM 'true'", psycopg.errors.InsufficientPrivilege),
        (
            f"SET ROLE {urlsplit(settings.database_url).username}",
            psycopg.errors.InsufficientPrivilege,
        ),
    ):
        with pytest.raises(why):
            tool.connection.execute(statement)


def test_a_function_of_the_tools_own_sees_no_row_that_it_may_not_read(story, tool):
    """A cheap function in a condition would else be asked before the rules are."""
    second = story.rounds[1]
    item = story.ids[second]["next_level_item"][0]
    story.write("next_level_item", second, item, text="Wait to be told")
    narrowing.bring_up_to_head(story.network)
    story.open(second, to=False)
    seen: list[str] = []
    tool.connection.add_notice_handler(lambda notice: seen.append(notice.message_primary))
    for statement in (
        "SET default_transaction_read_only = off",
        "CREATE FUNCTION pg_temp.peek(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 "
        "AS $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$",
        "SELECT * FROM next_level WHERE pg_temp.peek(next_level)",
    ):
        tool.connection.execute(statement)

    assert "Try one open task" in seen
    assert "Wait to be told" not in seen


def test_figures_are_kept_back_as_in_a_file_for_whatever_rounds_there_are(story, tool):
    dice = random.Random(20)
    for _ in range(60):
        held = some_rounds(story.network, dice)
        lines = figure_lines(replace_figures(story.network, held), "en")
        wanted = {(str(line.of), str(line.classrooms)) for line in lines}

        found = tool.read("SELECT figure_of, classrooms_visited FROM figures")

        named = {
            (("All classrooms that were visited" if of == "all" else of), n) for of, n in found
        }
        assert named == wanted


def test_quarters_are_told_with_their_base_as_in_a_file_for_whatever_rounds_there_are(story, tool):
    dice = random.Random(21)
    for _ in range(40):
        some_rounds(story.network, dice, days=["2025-11-04", "2026-02-03", "2026-10-06"])

        found, _ = in_a_file(story.network)

        told = [
            {column.key: column.cell(line) for column in QUARTER_COLUMNS}
            for line in quarter_lines(found, "en")
        ]
        names = [name for name in told[0] if name != "quarter_in_words"]
        for line in told:
            line["classrooms_visited"] = str(line["classrooms_visited"])
        in_file = {tuple(line[name] for name in names) for line in told}
        assert {*tool.read(f"SELECT {', '.join(names)} FROM quarters")} == in_file


def some_rounds(
    network_id: str, dice: random.Random, days: Sequence[str] = ("2026-10-06",)
) -> list[list[dict[str, str | None]]]:
    """One to four rounds, in the place of those that were there: opened, where all are of one day,
    else some."""
    held = []
    with writing(network_id) as tx:
        for table in (ReleasedRound, RoundIndex):
            tx.execute(table.__table__.delete())
        tx.execute(update(NarrowedUntil).values(rules=RULES, head=10_000))
        for _ in range(dice.randint(1, 4)):
            rooms = [
                [dice.choice(["", *GradeBand][:4]), dice.choice(["", *SchoolSubject][:3])]
                for _ in range(dice.randint(1, 60))
            ]
            round_id = clock.new_id()
            mine = {"network_id": network_id, "round_id": round_id}
            spelled = orjson.dumps(rooms).decode()
            told = {"visited": spelled, "figures": figures_outside(rooms), "elements": ""}
            told["by_name"] = ""
            tx.execute(insert(ReleasedRound).values(**mine, **told, held_back=0))
            opened = "district" if len(days) == 1 else dice.choice(["district", "district", ""])
            day = {"visits_on": dice.choice(days), "opened": opened, "deleted": False}
            tx.execute(insert(RoundIndex).values(**mine, **day))
            held.append([{"grade_band": band, "subject": subject} for band, subject in rooms])
    return held


def replace_figures(network_id: str, rounds: list[Any]) -> Found:
    found, _ = in_a_file(network_id)
    return replace(found, figures=figures_of(rounds, FEWEST))


def test_the_codebook_explains_every_column_in_both_languages(tool):
    told = tool.rows("codebook")

    columns = tool.read(
        "SELECT table_name, column_name FROM information_schema.columns "
        f"WHERE table_schema = '{tool.schema}' AND table_name <> 'codebook'"
    )
    assert {(row["view_name"], row["column_name"]) for row in told} == {*columns}
    assert len(told) == len(columns) > 30
    for row in told:
        words = (row["meaning_en"], row["meaning_es"])
        assert all(len(each) > 5 and "exports." not in each for each in words), row
        assert words[0] != words[1]


def test_views_are_made_anew_by_a_migration_and_stand_in_no_copy(story, tool, settings, tmp_path):
    owned = with_owner(settings)
    target = tmp_path / "copy.dump"
    postgres_tools.dump(owned, target)
    assert b"CREATE VIEW" not in target.read_bytes()

    with as_owner(settings) as owner:
        owner.execute(f"DROP VIEW {tool.schema}.evidence")
    engine = create_engine(owned.migrate_database)
    with engine.begin() as tx:
        bi_views.bring_up_to_date(tx, urlsplit(settings.database_url).username)
    engine.dispose()

    assert len(tool.rows("evidence")) == 2 * CARDS


def test_the_servers_own_role_has_nothing_to_do_with_them(story, tool, settings):
    with as_owner(settings) as owner:
        (may,) = owner.execute(
            "SELECT has_schema_privilege(%s, %s, 'USAGE')",
            (urlsplit(settings.database_url).username, tool.schema),
        ).fetchone()
    assert not may


def test_an_operator_makes_them_by_a_command_and_takes_them_away(story, settings):
    """As a superuser's psql would run what it prints."""
    schema = bi_views.schema_of(story.network)
    made = rounds(settings, "bi-views", "--network", story.network)
    with psycopg.connect(passing_url(settings.database_url), autocommit=True) as connection:
        connection.execute(made.stdout)
        again = rounds(settings, "bi-views", "--network", story.network)
        held = connection.execute(f"SELECT count(*) FROM {schema}.evidence").fetchone()
        gone = rounds(settings, "bi-views", "--network", story.network, "--remove")
        left = connection.execute("SELECT to_regclass(%s)", (f"{schema}.evidence",)).fetchone()
        connection.execute(f"DROP OWNED BY {schema}; DROP ROLE {schema}")

    assert f'schema "{schema}"' in made.stderr
    assert (again.stdout, again.stderr) == ("", "The views are made anew.\n")
    assert held == (2 * CARDS,)
    assert f"DROP ROLE {schema};" in gone.stdout
    assert left == (None,)
