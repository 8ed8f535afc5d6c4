"""Small figures (rule 9) against a reader who asks for many views of the same rounds.

The product itself answers, from its narrow tables: of every span of quarters, on the page and
as a file; of grade bands, subjects and programs together, and of words that are searched for;
and again on a later day, when classrooms came late. The reader writes down every figure and
every piece of evidence, with what it was found by, and solves it as the reader of
`tests/unit/test_small_figures_attacked.py` does, who has ten thousand tables and no filters.
"""

from __future__ import annotations

import os
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations_with_replacement, product
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert

from schemas.vocabulary import GradeBand, ProgramContext, SchoolSubject
from server.db import Base, reading, writing
from server.domain.calendar import quarter_of
from server.models.sync import RoundIndex
from server.services import narrowing, patterns
from server.services.exports.content import Figure, Filter, Found
from server.services.narrow_rows import NarrowRows, rows_of
from server.services.patterns import Reader, find_patterns
from server.services.released import Records
from server.services.small_figures import Rooms, Shown, figures_of, shown_of
from tests.make import a_network
from tests.unit.test_small_figures_attacked import (
    INSIDE,
    WORDS,
    Cells,
    Published,
    Room,
    System,
    a_round,
    hear_evidence,
    records_of,
)

ROUNDS = 3
TABLES = int(os.environ.get("ATTACKED_TABLES", "120"))
"""Two of each round: by grade band and by subject."""
NETWORKS = TABLES // 2 // ROUNDS

DAYS = [date(2025, 11, 4), date(2026, 3, 10), date(2026, 11, 3)]
"""Of three quarters, one of them in two years."""
SPANS = [*combinations_with_replacement(DAYS, 2)]
TODAY = date(2027, 1, 11)
WORD = "fractions"
SEARCHED = [None, WORD, *WORDS["grade_band"], *WORDS["subject"]]
"""A word of some cards, and words that only a card's classroom could be found by."""
CELLS = [*product([*WORDS["grade_band"], None], [*WORDS["subject"], None], (False, True))]
"""Of which grade band and subject a classroom is, and whether its card has the word."""

EVERYTHING = Filter()
FEW = 15
"""Networks in which a weakness is found out."""
Asked = tuple[Filter, bool]
"""What was asked for, and whether as a file."""


@pytest.fixture(scope="module", params=["sqlite"])
def database_url() -> str:
    """That PostgreSQL answers the same is tested elsewhere."""
    return ""


@dataclass(frozen=True)
class Program:
    """What the reader knows of the program. follows: figures are of a round as it stands
    today. of_part: they are of the grade band and subject that were asked for."""

    follows: bool = False
    of_part: bool = False


AS_IT_IS = Program()


@dataclass(frozen=True)
class Visited:
    """A round: its classrooms when it was opened, those that came late, and each one's card."""

    id: str
    day: date
    then: Sequence[Room]
    late: Sequence[Room]
    texts: Sequence[str]

    def rows(self, with_late: bool, follows: bool = False) -> NarrowRows:
        """As the narrow tables have it before the late ones came, or afterwards."""
        then, now = self._records(self.then), self._records([*self.then, *self.late])
        if not with_late:
            return rows_of(self.id, then, then)
        return rows_of(self.id, now, now if follows else then)

    def _records(self, rooms: Sequence[Room]) -> Records:
        return records_of(rooms, self.texts, of=self.id)


@dataclass(frozen=True)
class Card:
    """A piece of evidence, what it says of its classroom, and what it was found by."""

    round_id: str
    text: str
    says: tuple[str | None, str | None, str]
    found_by: Filter


@dataclass(frozen=True)
class Told:
    """Figures of some rounds. of: which part of them the reader takes them to be about."""

    rounds: tuple[str, ...]
    figures: tuple[Figure, ...]
    with_late: bool
    of: Filter


@dataclass
class Notes:
    """All that a reader was told of one network. of_whole: what is said to be of whole rounds,
    by from when, until when, how few are kept back, and whether the late ones had come."""

    story: Sequence[Visited]
    of_whole: dict[tuple[date, date, int, bool], set[Any]] = field(default_factory=dict)
    told: set[Told] = field(default_factory=set)
    cards: dict[bool, set[Card]] = field(default_factory=lambda: {False: set(), True: set()})


@dataclass(frozen=True)
class OfRooms(Shown):
    """What may be read of a round, with what was visited."""

    rooms: Rooms
    fewest: int


def a_story(chance: random.Random) -> list[Visited]:
    found = []
    for number, day in enumerate(sorted(chance.choices(DAYS, k=ROUNDS))):
        then, late = a_round(chance), a_round(chance)[: chance.randint(0, 3)]
        has_word = [chance.random() < 0.4 for _ in [*then, *late]]
        texts = [f"{WORD if has else 'wrote'} {at}" for at, has in enumerate(has_word)]
        found.append(Visited(f"r{number}", day, then, late, texts))
    return found


def put(network_id: str, story: Iterable[Visited], **how: bool) -> None:
    """The rounds in the narrow tables and in the index, as their hosts opened them."""
    narrow = [Base.metadata.tables[name] for name in narrowing.ROUND_TABLES]
    with writing(network_id) as tx:
        for table in (*narrow, RoundIndex.__table__):
            tx.execute(delete(table).where(table.c.network_id == network_id))
        for each in story:
            mine = {"network_id": network_id, "round_id": each.id}
            for name, lines in each.rows(**how).by_table.items():
                tx.execute(insert(Base.metadata.tables[name]), [{**mine, **line} for line in lines])
            day = {"visits_on": each.day.isoformat(), "opened": "district", "deleted": False}
            tx.execute(insert(RoundIndex.__table__).values(**mine, **day))


def what_is_asked(chance: random.Random) -> Iterator[Asked]:
    """Every span of quarters on the page and in a file; and some of all that can be narrowed."""
    for (begins_on, ends_on), to_take_away in product(SPANS, (False, True)):
        yield Filter(begins_on=begins_on, ends_on=ends_on), to_take_away
    for words in SEARCHED:
        yield Filter(words=words, begins_on=DAYS[0], ends_on=DAYS[-1]), False
    for _ in range(5):
        begins_on, ends_on = chance.choice(SPANS)
        narrowed = Filter(
            grade_band=chance.choice([None, *WORDS["grade_band"]]),
            subject=chance.choice([None, *WORDS["subject"]]),
            context=chance.choice([None, ProgramContext.INCLUSION]),
            words=chance.choice(SEARCHED),
            begins_on=begins_on,
            ends_on=ends_on,
        )
        yield narrowed, chance.random() < 0.3


def write_down(notes: Notes, found: Found, with_late: bool, program: Program) -> None:
    """Every figure of one answer, and every card with what it was found by."""
    asked = found.filter
    assert asked.begins_on
    assert asked.ends_on
    among = [each for each in notes.story if asked.begins_on <= each.day <= asked.ends_on]
    when = (asked.begins_on, asked.ends_on, found.fewest, with_late)
    programs = frozenset(found.findings.rounds_by_context().items())
    of_whole = (found.figures, found.covered, found.agreed_on, programs)
    notes.of_whole.setdefault(when, set()).add(of_whole)
    assert found.rounds_count == len(among)
    part = replace(asked, words=None, context=None) if program.of_part else Filter()
    _note(notes, among, found.figures, with_late, part)
    for quarter in found.quarters:
        of_quarter = [each for each in among if quarter_of(each.day) == quarter.quarter]
        _note(notes, of_quarter, [quarter.classrooms], with_late, part)
    for finding in found.findings:
        for one in finding.evidence:
            says = (one.grade_band, one.subject, " ".join(one.context))
            notes.cards[with_late].add(Card(finding.id[:-1], one.text, says, asked))


def _note(
    notes: Notes,
    among: Sequence[Visited],
    figures: Iterable[Figure],
    with_late: bool,
    part: Filter,
) -> None:
    if among:
        ids = tuple(each.id for each in among)
        of = Filter(grade_band=part.grade_band, subject=part.subject)
        notes.told.add(Told(ids, tuple(figures), with_late, of))


def read_all(story: Sequence[Visited], seed: int, program: Program) -> Notes:
    """What find_patterns tells whoever reads all districts, before and after the late ones."""
    network_id, notes = a_network(), Notes(story)
    for with_late in (False, True):
        put(network_id, story, with_late=with_late, follows=program.follows)
        with reading(network_id) as tx:
            for asked, to_take_away in what_is_asked(random.Random(seed)):
                reader = Reader(network_id, None, to_take_away)
                found = find_patterns(tx, reader, asked, TODAY)
                write_down(notes, found, with_late, program)
    return notes


Unknown = Mapping[str, int]
"""A round to where its unknown numbers begin: of each cell, and of each that came late."""


def learn(system: System, notes: Notes, program: Program) -> Unknown:
    begins = {}
    for each in notes.story:
        begins[each.id] = system.unknowns
        system.unknowns += 2 * len(CELLS)
        said = {card.says for card in notes.cards[False] if card.round_id == each.id}
        cells = cells_from(begins[each.id])
        hear_evidence(system, cells, Published((), frozenset(said), ()))
    for with_late, cards in notes.cards.items():
        for (round_id, text), (band, subject) in known_of(cards).items():
            starts = [begins[round_id], begins[round_id] + len(CELLS)][: 1 + with_late]
            has_word = WORD in text
            of = [cell for at in starts for cell in cells_from(at, has_word)(band, subject)]
            system.at_least(of, 1)
    for told in notes.told:
        hear_figures(system, begins, told, program)
    return begins


def known_of(cards: Iterable[Card]) -> Mapping[tuple[str, str], tuple[Any, Any]]:
    """Of which grade band and subject each card's classroom is: what it says, and what it was
    ever found by. A card is of one classroom, so at least one is of both."""
    known: dict[tuple[str, str], tuple[Any, Any]] = {}
    for card in cards:
        asked, searched = card.found_by, card.found_by.words
        found_by = (
            searched if searched in [*GradeBand] else asked.grade_band,
            searched if searched in [*SchoolSubject] else asked.subject,
        )
        before = known.get((card.round_id, card.text), (None, None))
        band, subject = (
            one or other or earlier
            for one, other, earlier in zip(card.says, found_by, before, strict=False)
        )
        known[card.round_id, card.text] = band, subject
    return known


def cells_from(begins: int, has_word: bool | None = None, of: Filter = EVERYTHING) -> Cells:
    """The unknown numbers of classrooms that are of what was asked for."""

    def cells(band: str | None, subject: str | None) -> list[int]:
        return [
            begins + at
            for at, (of_band, of_subject, of_word) in enumerate(CELLS)
            if band in (None, of_band)
            and subject in (None, of_subject)
            and of.grade_band in (None, of_band)
            and of.subject in (None, of_subject)
            and has_word in (None, of_word)
        ]

    return cells


def hear_figures(system: System, begins: Unknown, told: Told, program: Program) -> None:
    """As the reader of figures alone hears them; one of a part may be about nobody."""
    starts = [begins[each] for each in told.rounds]
    if program.follows and told.with_late:
        starts += [begins[each] + len(CELLS) for each in told.rounds]
    least = 0 if program.of_part else 1

    def cells(band: Any, subject: Any) -> list[int]:
        return [cell for start in starts for cell in cells_from(start, of=told.of)(band, subject)]

    whole = told.figures[0]
    for figure in told.figures:
        of_word = _of_word(cells, figure.of)
        if figure.classrooms is None:
            system.at_least(of_word, least)
        elif figure.more:
            system.at_least(of_word, figure.classrooms)
        else:
            system.equal(of_word, figure.classrooms)
    if len(told.figures) > 1 and whole.classrooms is not None and not whole.more:
        named = {figure.of for figure in told.figures}
        for word in {*WORDS["grade_band"], *WORDS["subject"]} - named:
            system.equal(_of_word(cells, word), 0)


def _of_word(cells: Cells, word: GradeBand | SchoolSubject | None) -> list[int]:
    return cells(None, word) if isinstance(word, SchoolSubject) else cells(word, None)


def small_ones(notes: Notes) -> Iterator[tuple[str, int, Any]]:
    """Each figure of a round below the fewest: the round, of those then or late, the word."""
    for each in notes.story:
        for group, rooms in enumerate((each.then, each.late)):
            for place, words in enumerate(WORDS.values()):
                for word in words:
                    if 0 < sum(room[place] == word for room in rooms) < INSIDE:
                        yield each.id, group, word


def found_out(count: int = NETWORKS, program: Program = AS_IT_IS) -> tuple[int, int]:
    """How many figures are below the fewest, and of how many the reader finds out that."""
    notebooks = [
        read_all(a_story(random.Random(seed)), seed, program) for seed in range(50, 50 + count)
    ]
    waves = defaultdict[int, list[tuple[Notes, str, int, Any]]](list)
    for notes in notebooks:
        for wave, small in enumerate(small_ones(notes)):
            waves[wave].append((notes, *small))
    seen = found = 0
    for asked in waves.values():
        system, sums = System(), []
        for notes, round_id, group, word in asked:
            begins = learn(system, notes, program)[round_id] + group * len(CELLS)
            sums.append(_of_word(cells_from(begins), word))
        seen += len(sums)
        found += sum(most < INSIDE - 0.5 for most in system.most(sums))
    return seen, found


def test_no_reader_of_many_views_solves_for_a_figure_below_the_fewest(app: Flask):
    small, found = found_out()

    assert small > TABLES / 4
    assert found == 0


def test_what_is_of_whole_rounds_is_one_for_every_part_and_no_more_than_evidence_tells(app: Flask):
    """So neither coverage nor the rounds of a program are more than this reader solved with: it
    knows each card's round, and with it which rounds say a program."""
    told_of_some = 0
    for seed in range(50, 60):
        notes = read_all(a_story(random.Random(seed)), seed, AS_IT_IS)
        for (begins_on, ends_on, _, with_late), told in notes.of_whole.items():
            [(_, _, _, programs)] = told
            within = {each.id for each in notes.story if begins_on <= each.day <= ends_on}
            say_it = {
                card.round_id
                for card in notes.cards[with_late]
                if ProgramContext.INCLUSION in card.says[2].split()
            }
            assert dict(programs)[ProgramContext.INCLUSION] == len(within & say_it)
            told_of_some += bool(within & say_it)
    assert told_of_some > FEW


def test_the_reader_is_able_figures_of_a_quarters_rounds_put_together_are_solved(
    app: Flask, monkeypatch: pytest.MonkeyPatch
):
    """Kept back of all rounds of a span together, instead of each: spans overlap."""

    def with_rooms(rooms: Rooms, fewest: int) -> OfRooms:
        shown = shown_of(rooms, fewest)
        return OfRooms(shown.whole, shown.tables, rooms, fewest)

    def put_together(shown: Sequence[OfRooms]) -> tuple[Figure, ...]:
        rooms = [room for one in shown for room in one.rooms]
        return figures_of([rooms], shown[0].fewest) if shown else ()

    monkeypatch.setattr(patterns, "shown_of", with_rooms)
    monkeypatch.setattr(patterns, "figures_of_shown", put_together)

    _, found = found_out(FEW)

    assert found > 0


def test_the_reader_is_able_figures_of_what_was_asked_for_are_solved(
    app: Flask, monkeypatch: pytest.MonkeyPatch
):
    """Of grades K-2 in math alone: each is a table more of the same classrooms. Kept back are
    fewer than five, as there was a page that did: of ten, these few networks say nothing."""
    read_released = patterns.read_released

    def of_what_was_asked(tx: Any, network_id: str, wanted: Any) -> Any:
        released = read_released(tx, network_id, wanted)
        for round_id, rooms in released.visited.items():
            released.visited[round_id] = [room for room in rooms if _fits(room, wanted.asked)]
        return released

    monkeypatch.setattr(patterns, "read_released", of_what_was_asked)
    monkeypatch.setattr(patterns, "FEWEST", INSIDE)

    _, found = found_out(FEW, Program(of_part=True))

    assert found > 0


def _fits(room: Mapping[str, str | None], asked: Filter) -> bool:
    band, subject = asked.grade_band, asked.subject
    return band in (None, room["grade_band"]) and subject in (None, room["subject"])


def test_the_reader_is_able_figures_of_a_later_day_that_follow_late_classrooms_are_solved(
    app: Flask,
):
    """Why figures stay as they were when others first read them."""
    _, found = found_out(FEW, Program(follows=True))

    assert found > 0
