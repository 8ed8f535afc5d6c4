"""The narrow tables of patterns: kept current by number, they are what the log alone gives.

Random histories of two rounds: what is written, changed, deleted and brought back, set aside
and let in, opened and closed again, purged. Whatever happened, and wherever the tables were
brought up in between, they end as `rounds rebuild` makes them.
"""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as with_settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from schemas.vocabulary import CoreElement, GradeBand, SchoolSubject
from server import clock
from server.db import Base, reading, writing
from server.domain.identifiers import (
    debrief_id,
    derived_id,
    participant_id,
    return_summary_id,
    revisit_id,
)
from server.errors import Busy
from server.models.patterns import NarrowedUntil, ReleasedPattern
from server.models.sync import Change
from server.services import narrowing
from server.services.released import VISITORS_KINDS
from server.services.writing_records import send
from server.sync.compose import compose
from server.sync.purge import purge
from server.sync.read import record_of
from server.sync.release import release
from tests.make import a_membership, a_network, a_person

ROOMS, CARDS, READERS = 6, 8, 5


class Story:
    """Two rounds of one network, and what people do to them."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.network = a_network()
        self.lead = a_membership(self.network, a_person(), "lead")
        self.host = a_membership(self.network, a_person("Sam Sample"))
        self.late = a_membership(self.network, a_person("Kim Sample"))
        self.waiting: list[str] = []
        self.school, self.measure = clock.new_id(), clock.new_id()
        self.points = [clock.new_id() for _ in range(3)]
        self._count()
        self.rounds = [clock.new_id() for _ in range(2)]
        self.ids = {round_id: self._begin(round_id) for round_id in self.rounds}

    def _count(self) -> None:
        """The network's own: a school, and a measure with a day about too few and a name."""
        self.write_own("school", self.school, name="Meadow School")
        said = {"title": "Students explain", "numbers": "share", "base": "students", "aim": "80"}
        self.write_own("measure", self.measure, form="run", **said)
        days = (("2026-09-07", "12", "30"), ("2026-09-14", "3", "8"), ("2026-09-21", "20", "30"))
        for point, (day, value, out_of) in zip(self.points, days, strict=True):
            of = {"measure": self.measure, "measured_on": day, "value": value, "out_of": out_of}
            self.write_own("measure_point", point, note="Mr. Sample came", **of)

    def _begin(self, round_id: str) -> dict[str, list[str]]:
        """A round with a settled pattern, opened to the district."""
        ids = {
            "classroom": [clock.new_id() for _ in range(ROOMS)],
            "card": [clock.new_id() for _ in range(CARDS)],
            "card_source": [clock.new_id() for _ in range(CARDS)],
            "focus_question": [clock.new_id() for _ in range(2)],
            "reading": [clock.new_id() for _ in range(2 * READERS)],
            "pattern": [(pattern := clock.new_id())],
            "pattern_now": [derived_id(pattern, "now")],
            "revisit": [revisit_id(round_id)],
            "next_level_item": [clock.new_id()],
            "prediction": [clock.new_id()],
            "debrief": [debrief_id(round_id)],
            "round": [round_id],
        }
        hosted = {"visits_on": "2026-10-06", "host_school": self.school}
        self.write("round", round_id, round_id, title="A round", **hosted)
        part = participant_id(round_id, self.host)
        self.write("participant", round_id, part, member=self.host, **{"roles/host": True})
        for at, room in enumerate(ids["classroom"]):
            band, subject = ("6_8", "math") if at < ROOMS / 2 else ("3_5", "science")
            programs = {"context/inclusion": band == "6_8", "context/dual_language": True}
            self.write("classroom", round_id, room, grade_band=band, subject=subject, **programs)
        for question in ids["focus_question"]:
            self.write("focus_question", round_id, question, text="Who says why?")
        for at, card in enumerate(ids["card"]):
            self.write("card", round_id, card, text=f"Line {at}", standing="agreed")
            room = ids["classroom"][at % ROOMS]
            self.write("card_source", round_id, ids["card_source"][at], card=card, classroom=room)
        self._read_apart(round_id, ids)
        self._conclude(round_id, ids)
        self._come_back(round_id, ids)
        self.open(round_id)
        self.open_by_name(round_id)
        return ids

    def _read_apart(self, round_id: str, ids: dict[str, list[str]]) -> None:
        """As many people as must read a card read two of them."""
        readers = [clock.new_id() for _ in range(READERS)]
        for at, record in enumerate(ids["reading"]):
            said = {"card": ids["card"][at % 2], "reader": readers[at // 2], "element": "task"}
            bears = {f"bears/{ids['focus_question'][0]}": True}
            self.write("reading", round_id, record, **said, **bears)

    def _conclude(self, round_id: str, ids: dict[str, list[str]]) -> None:
        said = {"subject": "students", "statement": "explain their way", "quantifier": "many"}
        stands_on = {f"cards/{card}": True for card in ids["card"]}
        self.write("pattern", round_id, ids["pattern"][0], consensus="agree", **said, **stands_on)
        self.write("debrief", round_id, ids["debrief"][0], sealed_at="2026-10-06T20:00:00Z")
        self.write("prediction", round_id, ids["prediction"][0], text="So.", agreed=True)
        item = {"horizon": "next_month", "level": "school", "taken_on_by": "coaches"}
        day = {"text": "Try one open task", "check_back_on": "2027-01-12"}
        self.write("next_level_item", round_id, ids["next_level_item"][0], **item, **day)

    def _come_back(self, round_id: str, ids: dict[str, list[str]]) -> None:
        """To the first round by the second, to the second in a conversation."""
        first, second = self.rounds
        how = {"form": "second_visit", "second_round": second, "meets_on": "2027-02-02"}
        if round_id == second:
            how = {"form": "conversation", "meets_on": "2027-05-04"}
        self.write("revisit", round_id, ids["revisit"][0], **how)
        beside = {"pattern": ids["pattern"][0], "text": "Some of it stayed."}
        self.write("pattern_now", round_id, ids["pattern_now"][0], **beside)

    def write_own(self, kind: str, record: str, **set_: Any) -> None:
        """One save in the network's own scope."""
        self._save(kind, record, f"network:{self.network}", self.lead, set_)

    def write(self, kind: str, round_id: str, record: str, *, by: str = "", **set_: Any) -> None:
        """One save, made of the record as it stands."""
        scope = f"{'visitors' if kind in VISITORS_KINDS else 'round'}:{round_id}"
        self._save(kind, record, scope, by or self.lead, set_)

    def _save(self, kind: str, record: str, scope: str, by: str, set_: dict[str, Any]) -> None:
        with reading(self.network) as tx:
            held = record_of(tx, self.network, record)
        change = compose(kind, record, scope, set_, by=by, heads=held)
        [result] = send(self.network, by, [change])
        if result.status == "set_aside":
            self.waiting.append(change["id"])

    def open(self, round_id: str, to: bool = True) -> None:
        summary = return_summary_id(round_id)
        self.write("return_summary", round_id, summary, by=self.host, **{"opened/district": to})

    def open_by_name(self, round_id: str, to: bool = True) -> None:
        summary, by_name = return_summary_id(round_id), {"then_and_now/district": to}
        self.write("return_summary", round_id, summary, by=self.host, **by_name)

    def goes_on(self) -> None:
        """One thing that people, or whoever runs the server, do."""
        round_id = self.dice.choice(self.rounds)
        kind = self.dice.choice([*self.ids[round_id]])
        record = self.dice.choice(self.ids[round_id][kind])
        acts = [self._change, self._change, self._delete, self._turn, self._wait, self._purge]
        acts += [self._change_own, self._purge_own]
        self.dice.choice(acts)(kind, round_id, record)

    def _change(self, kind: str, round_id: str, record: str) -> None:
        pick = self.dice.choice
        asked = pick(self.ids[round_id]["focus_question"])
        words = pick(["counted aloud", "wrote two lines", "Mr. Sample said so"])
        of: dict[str, dict[str, Any]] = {
            "classroom": {"grade_band": pick([*GradeBand]), "subject": pick([*SchoolSubject])},
            "focus_question": {"text": f"Who {words}?"},
            "card": {
                "text": words,
                f"focus_questions/{asked}": pick([True, False]),
                "element": pick([*CoreElement]),
                "standing": pick(["agreed", "agreed", "returned"]),
            },
            "card_source": {"classroom": pick(self.ids[round_id]["classroom"])},
            "reading": {"element": pick([*CoreElement]), f"bears/{asked}": pick([True, False])},
            "pattern": {"statement": words, "quantifier": pick(["few", "most"])},
            "next_level_item": {"text": words, "outcome": "doing"},
            "pattern_now": {
                "text": words,
                "second_pattern": self.ids[self.rounds[-1]]["pattern"][0],
            },
            "revisit": {"form": pick(["second_visit", "conversation"])},
            "prediction": {"agreed": pick([True, True, False])},
            "round": {"visits_on": pick(["2026-11-03", "2026-05-12"])},
        }
        if kind in of:
            self.write(kind, round_id, record, **of[kind])

    def _delete(self, kind: str, round_id: str, record: str) -> None:
        self.write(kind, round_id, record, deleted=self.dice.choice([True, False]))

    def _turn(self, kind: str, round_id: str, record: str) -> None:
        self.open(round_id, self.dice.choice([True, True, False]))
        self.open_by_name(round_id, self.dice.choice([True, False]))

    def _wait(self, kind: str, round_id: str, record: str) -> None:
        """Who is not of the round writes; later they are, and it is let in."""
        card = self.ids[round_id]["card"][0]
        self.write("card", round_id, card, by=self.late, text="Late words")
        part = participant_id(round_id, self.late)
        self.write("participant", round_id, part, member=self.late, **{"roles/visitor": True})
        with writing(self.network) as tx:
            release(tx, self.network, self.waiting)
        self.write("participant", round_id, part, deleted=True)

    def _purge(self, kind: str, round_id: str, record: str) -> None:
        if kind in ("card", "card_source", "pattern", "reading", "pattern_now"):
            with writing(self.network) as tx:
                purge(tx, self.network, [record])

    def _change_own(self, kind: str, round_id: str, record: str) -> None:
        pick = self.dice.choice
        gone = {"deleted": pick([True, False, False])}
        title = pick(["Students explain", "Ms. Sample counts"])
        self.write_own("school", self.school, name=pick(["Meadow School", "Hill School"]))
        self.write_own("measure", self.measure, title=title, form=pick(["run", "control"]), **gone)
        self.write_own("measure_point", pick(self.points), value=pick(["2", "11"]), **gone)

    def _purge_own(self, kind: str, round_id: str, record: str) -> None:
        with writing(self.network) as tx:
            purge(tx, self.network, [self.points[-1]])

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        with reading(self.network) as tx:
            return {name: self._rows_of(tx, name) for name in narrowing.TABLES}

    def _rows_of(self, tx: Any, name: str) -> list[tuple[Any, ...]]:
        table = Base.metadata.tables[name]
        mine = select(table).where(table.c.network_id == self.network)
        return sorted((tuple(row) for row in tx.execute(mine)), key=repr)


def test_after_any_history_the_tables_are_what_the_log_alone_gives(app):
    @with_settings(max_examples=6, deadline=None)
    @given(seed=st.integers(0, 2**32), acts=st.lists(st.booleans(), min_size=4, max_size=14))
    def compare(seed: int, acts: list[bool]) -> None:
        story = Story(seed)
        for brings_up in acts:
            story.goes_on()
            if brings_up:
                narrowing.bring_up_to_head(story.network)
        narrowing.bring_up_to_head(story.network)

        kept = story.rows()
        narrowing.rebuild(story.network, lambda done, total: None)
        assert kept == story.rows()

    compare()


def test_every_narrow_table_is_among_those_that_are_compared_and_made_again():
    narrow = {name for name in Base.metadata.tables if name.startswith("released_")}

    assert narrow == {*narrowing.TABLES}


def test_only_opened_rounds_have_rows_and_none_leads_to_a_classroom_or_an_author(app):
    story = Story(7)
    first, second = story.rounds
    story.open(second, to=False)

    narrowing.bring_up_to_head(story.network)

    rows = story.rows()
    assert len(rows["released_card"]) == CARDS
    told = repr(rows)
    assert second not in repr({**rows, "released_now": ()}), "it names a second visit, none of it"
    assert not [row for row in rows["released_now"] if row[2] == second]
    assert rows["released_reading"]
    hidden = ("classroom", "card_source", "reading")
    inner = [each for kind in hidden for each in story.ids[first][kind]]
    assert not [each for each in [*inner, story.lead, story.host] if each in told]
    assert "2026-10-06" not in told


def test_what_only_the_visitors_know_moves_what_is_said_of_a_card(app):
    story = Story(11)
    narrowing.bring_up_to_head(story.network)
    first = story.rounds[0]
    card, source = (story.ids[first][kind][0] for kind in ("card", "card_source"))

    story.write("card_source", first, source, classroom=story.ids[first]["classroom"][-1])
    narrowing.bring_up_to_head(story.network)

    assert [row for row in story.rows()["released_card"] if card in row and "science" in row]


def test_what_is_closed_or_purged_is_gone_at_the_next_look(app):
    story = Story(8)
    narrowing.bring_up_to_head(story.network)
    first, second = story.rounds

    story.open(second, to=False)
    with writing(story.network) as tx:
        purge(tx, story.network, [story.ids[first]["card"][0]])
    narrowing.bring_up_to_head(story.network)

    rows = story.rows()
    assert len(rows["released_card"]) == CARDS - 1
    assert "Line 0" not in repr(rows)


def test_what_came_after_others_could_read_a_round_is_in_no_figure_of_it(app):
    story = Story(12)
    narrowing.bring_up_to_head(story.network)
    first = story.rounds[0]
    rooms, sources = story.ids[first]["classroom"], story.ids[first]["card_source"]
    as_shown = story.rows()["released_round"]

    story.open(first, to=False)
    late = clock.new_id()
    story.write("classroom", first, late, grade_band="6_8", subject="math")
    story.write("card_source", first, sources[0], classroom=late)
    story.write("classroom", first, rooms[1], joined_to=rooms[2])
    story.write("classroom", first, rooms[3], grade_band="9_12")
    story.open(first)
    narrowing.bring_up_to_head(story.network)

    assert story.rows()["released_round"] == as_shown


def test_until_others_can_read_a_round_its_figures_follow_it(app):
    story = Story(13)
    round_id = clock.new_id()
    room, summary = clock.new_id(), return_summary_id(round_id)
    story.write("round", round_id, round_id, visits_on="2026-10-06", title="A round")
    part = participant_id(round_id, story.host)
    story.write("participant", round_id, part, member=story.host, **{"roles/host": True})
    story.write("return_summary", round_id, summary, by=story.host, **{"opened/school": True})
    story.write("classroom", round_id, room, grade_band="6_8")
    story.write("slot", round_id, clock.new_id(), classroom=room)
    story.write("return_summary", round_id, summary, by=story.host, **{"opened/network": True})

    narrowing.bring_up_to_head(story.network)

    (visited,) = [row for row in story.rows()["released_round"] if round_id in row]
    assert '[["6_8","","","",""]]' in visited


def test_what_was_agreed_is_read_once_late_classrooms_make_enough(app):
    story = Story(15)
    first = story.rounds[0]
    summary, rooms = return_summary_id(first), story.ids[first]["classroom"]
    for source in story.ids[first]["card_source"]:
        story.write("card_source", first, source, deleted=True)
    with writing(story.network) as tx:
        tx.execute(delete(Change).where(Change.record_id == summary))
    story.open(first)
    narrowing.bring_up_to_head(story.network)
    before = story.rows()
    assert not [row for row in before["released_pattern"] if first in row]

    for at, source in enumerate(story.ids[first]["card_source"]):
        story.write("card_source", first, source, deleted=False, classroom=rooms[at % ROOMS])
    narrowing.bring_up_to_head(story.network)

    after = story.rows()
    assert [row for row in after["released_pattern"] if first in row]
    assert '"6_8"' not in next(row for row in after["released_round"] if first in row)[2]


def test_a_reader_takes_a_few_steps_and_leaves_the_rest_to_the_worker(app, monkeypatch):
    story = Story(9)
    monkeypatch.setattr(narrowing, "CHANGES_A_STEP", 3)

    with pytest.raises(Busy):
        narrowing.bring_up_to_head(story.network, steps=2)
    assert narrowing.bring_all_up() == 1

    with reading(story.network) as tx:
        assert narrowing.is_narrow(tx, story.network)


def test_rows_of_earlier_rules_are_made_anew(app):
    story = Story(10)
    narrowing.bring_up_to_head(story.network)
    kept = story.rows()
    with writing(story.network) as tx:
        mine = NarrowedUntil.network_id == story.network
        tx.execute(update(NarrowedUntil).where(mine).values(rules=0))
        tx.execute(update(ReleasedPattern).values(statement="of old rules"))

    narrowing.bring_all_up()

    assert story.rows() == kept
