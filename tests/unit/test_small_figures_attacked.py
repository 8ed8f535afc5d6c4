"""Small figures (rule 9) against a reader who writes everything down and solves it.

The reader keeps all that is published of a round: both tables and the total, on the page and
in the file, of each round alone and of both together, from today and from months ago; and the
evidence, which says of a classroom what three share, program context included. By linear
programming they ask how large each figure that is kept back could be. `test_small_figures.py`
has the reader who knows the program instead; here is the one who links. What they read is made
of records by what screen, file, API and the views for BI tools have it from.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import combinations, product
from typing import Any

import numpy as np
import orjson
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from schemas.vocabulary import GradeBand, ProgramContext, SchoolSubject
from server.domain.evidence import SHARED_BY
from server.services import small_figures
from server.services.exports.content import Figure
from server.services.narrow_rows import rooms_named, rows_of
from server.services.released import ROUND_KINDS, VISITORS_KINDS, Records
from server.services.small_figures import figures_of, shown_of
from server.sync.read import MergedRecord

INSIDE, OUTSIDE = 5, 10
TABLES = 10_000
"""Two of each round: by grade band and by subject."""
WORDS = {"grade_band": [*GradeBand][:3], "subject": [*SchoolSubject][:2]}
CELLS = [*product([*WORDS["grade_band"], None], [*WORDS["subject"], None])]
"""Of which grade band and subject a classroom can be; some are of none."""

Room = tuple[GradeBand | None, SchoolSubject | None, tuple[ProgramContext, ...]]


@dataclass(frozen=True)
class Published:
    """What is to be read of one round. said: each thing that cards say of their classrooms."""

    rooms: Sequence[Mapping[str, str | None]]
    said: frozenset[tuple[str | None, str | None, str]]
    visited: Sequence[Room]


def publish(visited: Sequence[Room], as_shown: Sequence[Room] | None = None) -> Published:
    """A round with a settled pattern that has a card from every classroom."""
    rows = rows_of("r", records_of(visited), as_shown and records_of(as_shown))
    (of_round,) = rows.by_table["released_round"]
    rooms = rooms_named(orjson.loads(of_round["visited"]))
    assert orjson.loads(of_round["figures"]) == asdict(shown_of(rooms, OUTSIDE)), "as by SQL"
    cards = rows.by_table["released_card"]
    said = {(card["grade_band"], card["subject"], card["contexts"]) for card in cards}
    return Published(rooms, frozenset(said), as_shown or visited)


def records_of(visited: Sequence[Room], texts: Sequence[str] = (), of: str = "") -> Records:
    """texts: what the cards say, each of one classroom. of: a prefix of this round's ids."""
    found: dict[str, list[MergedRecord]] = {kind: [] for kind in (*ROUND_KINDS, *VISITORS_KINDS)}
    for number, (band, subject, contexts) in enumerate(visited):
        room, card = f"{of}v{number:02}", f"{of}c{number:02}"
        facts = {"grade_band": band, "subject": subject}
        found["classroom"].append(a_record("classroom", room, facts, context={*contexts}))
        said = {"standing": "agreed", "text": texts[number] if texts else "wrote"}
        found["card"].append(a_record("card", card, said))
        source = {"card": card, "classroom": room}
        found["card_source"].append(a_record("card_source", f"{of}s{number:02}", source))
    agreed = {"subject": "students", "statement": "wrote", "quantifier": "many"}
    cards = {card.id for card in found["card"]}
    pattern = a_record("pattern", f"{of}p", {**agreed, "consensus": "agree"}, cards=cards)
    found["pattern"].append(pattern)
    return found


def a_record(kind: str, id_: str, fields: dict[str, Any], **tags: set[str]) -> MergedRecord:
    return MergedRecord(id_, kind, "round:r", 1, False, fields, tags, {})


@dataclass
class System:
    """What a reader knows of many unknown numbers, as rows of inequalities.

    A number of classrooms is at least nought. Those of one story share no row with others'.
    """

    unknowns: int = 0
    above: list[tuple[list[int], int, float]] = field(default_factory=list)

    def at_least(self, cells: list[int], value: float) -> None:
        self.above.append((cells, 1, value))

    def equal(self, cells: list[int], value: float) -> None:
        self.at_least(cells, value)
        self.above.append((cells, -1, -value))

    def most(self, sums: Sequence[list[int]]) -> list[float]:
        """The most of sums that share no row: the most of all of them together finds each."""
        wanted = np.zeros(self.unknowns)
        wanted[[cell for cells in sums for cell in cells]] = -1
        known = [
            (row, cell, -sign) for row, (cells, sign, _) in enumerate(self.above) for cell in cells
        ]
        rows, columns, times = np.array(known).T
        found = linprog(
            wanted,
            A_ub=csr_array((times, (rows, columns)), shape=(len(self.above), self.unknowns)),
            b_ub=[-value for _, _, value in self.above],
            bounds=(0, 1_000),
            method="highs",
        )
        assert found.status == 0, found.message
        return [float(sum(found.x[cell] for cell in cells)) for cells in sums]


Story = Sequence[Published]
"""The rounds of a network. A story of one round at two times is a list of its two states."""
Cells = Callable[[str | None, str | None], list[int]]


def learn(
    system: System, told: Story, thresholds: Sequence[int], reads_evidence: bool
) -> list[Cells]:
    """All that is read of a network's rounds, each alone and all together, which is more than
    any choice of quarters, words or schools shows. Unknown is each round's number in each cell;
    given is how to find them."""
    of_rounds = []
    for round_ in told:
        begins = system.unknowns
        system.unknowns += len(CELLS)
        of_rounds.append(cells_from(begins))
        if reads_evidence:
            hear_evidence(system, of_rounds[-1], round_)
    chosen = [(which,) for which in range(len(told))] + [tuple(range(len(told)))]
    for fewest, among in product(thresholds, dict.fromkeys(chosen)):
        figures = figures_of([told[which].rooms for which in among], fewest)
        hear_figures(system, [of_rounds[which] for which in among], figures)
    return of_rounds


def cells_from(begins: int) -> Cells:
    def cells(band: str | None, subject: str | None) -> list[int]:
        return [
            begins + at
            for at, (of_band, of_subject) in enumerate(CELLS)
            if band in (None, of_band) and subject in (None, of_subject)
        ]

    return cells


def hear_evidence(system: System, cells: Cells, round_: Published) -> None:
    """Whatever is said, three classrooms share, and who says one thing says no other: so of all
    things together that lie in some cells there are three times as many in these."""
    said = [frozenset(cells(band, subject)) for band, subject, _ in round_.said]
    fewest: dict[frozenset[int], int] = {}
    for count in range(1, len(said) + 1):
        for together in combinations(said, count):
            fewest[frozenset().union(*together)] = SHARED_BY * count
    for lies_in, rooms in fewest.items():
        system.at_least([*lies_in], rooms)


def hear_figures(system: System, rounds: Sequence[Cells], figures: Sequence[Figure]) -> None:
    whole, *parts = figures
    for figure in figures:
        found = [cell for cells in rounds for cell in of_word(cells, figure.of)]
        if figure.classrooms is None:
            system.at_least(found, 1)
        elif figure.more:
            system.at_least(found, figure.classrooms)
        else:
            system.equal(found, figure.classrooms)
    if whole.classrooms is not None and not whole.more:
        named = {figure.of for figure in parts}
        for word in {*WORDS["grade_band"], *WORDS["subject"]} - named:
            system.equal([cell for cells in rounds for cell in of_word(cells, word)], 0)


def of_word(cells: Cells, word: GradeBand | SchoolSubject | None) -> list[int]:
    return cells(None, word) if isinstance(word, SchoolSubject) else cells(word, None)


def found_out(
    stories: Sequence[Story],
    thresholds: Sequence[int] = (INSIDE, OUTSIDE),
    *,
    reads_evidence: bool = True,
) -> tuple[int, int]:
    """How many figures are below the fewest, and of how many of those the reader finds out
    that they are. Who knows of a small one how many it is, knows that too.

    Asked for at once is one figure of each story: those of one story depend on each other.
    """
    waves = defaultdict[int, list[tuple[Story, int, str]]](list)
    for told in stories:
        for wave, (which, word) in enumerate(small_ones(told, thresholds[0])):
            waves[wave].append((told, which, word))
    seen = found = 0
    for asked in waves.values():
        system = System()
        sums = [
            of_word(learn(system, told, thresholds, reads_evidence)[which], word)
            for told, which, word in asked
        ]
        seen += len(sums)
        found += sum(most < thresholds[0] - 0.5 for most in system.most(sums))
    return seen, found


def small_ones(told: Story, fewest: int) -> Iterator[tuple[int, Any]]:
    for which, round_ in enumerate(told):
        for place, words in enumerate(WORDS.values()):
            for word in words:
                if 0 < sum(room[place] == word for room in round_.visited) < fewest:
                    yield which, word


def a_round(chance: random.Random) -> list[Room]:
    """Lopsided and level ones; classrooms of a grade band have much or nothing in common."""
    weights = {
        field: [chance.choice([0, 1, 2, 8]) for _ in words] for field, words in WORDS.items()
    }
    may_lack = chance.choice([0, 0, 1])

    def word_of(field: str) -> Any:
        return chance.choices([*WORDS[field], None], [*weights[field], may_lack + 0.01])[0]

    programs = [(), (), (ProgramContext.INCLUSION,)] if chance.random() < 0.5 else [()]
    return [
        (word_of("grade_band"), word_of("subject"), chance.choice(programs))
        for _ in range(chance.randint(3, 24))
    ]


def stories_of(seed: int, count: int) -> list[Story]:
    """Of one round, and every fourth of two."""
    chance = random.Random(seed)
    return [
        [publish(a_round(chance)) for _ in range(2 if number % 4 == 0 else 1)]
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    return stories_of(14, TABLES // 2 * 4 // 5)


def test_no_reader_solves_for_a_figure_below_the_fewest(stories):
    assert sum(2 * len(told) for told in stories) == TABLES

    small, found = found_out(stories)

    assert small > TABLES / 4
    assert found == 0


def test_no_reader_of_the_figures_in_files_solves_for_one_below_their_fewest(stories):
    small, found = found_out(stories[::5], [OUTSIDE], reads_evidence=False)

    assert small > TABLES / 10
    assert found == 0


def test_the_reader_is_able_figures_that_only_hide_the_few_are_solved(monkeypatch, stories):
    def only_the_few(counts: Mapping[str, int], fewest: int, told: object) -> dict[str, int | None]:
        return {part: count if count >= fewest else None for part, count in counts.items()}

    monkeypatch.setattr(small_figures, "shown_counts", only_the_few)
    monkeypatch.setattr(small_figures, "gives_away", lambda counts, fewest, told: False)

    small, found = found_out(stories[:200])

    assert found > small / 10


def test_the_reader_is_able_figures_that_forget_what_evidence_tells_are_solved(
    monkeypatch, stories
):
    """Six of one grade band by two things that cards say, eight with another: two at most."""
    monkeypatch.setattr(small_figures, "_told_by_cards", lambda rooms, field: {})

    _, found = found_out(stories[:200])

    assert found > 0


def test_a_late_classroom_changes_no_figure_and_nothing_that_evidence_says():
    """Else next year's file and this year's would tell it, by a difference of one."""
    chance = random.Random(16)
    for _ in range(200):
        then = a_round(chance)
        later = publish([*then, *a_round(chance)[:1]], as_shown=then)

        assert later.rooms == publish(then).rooms
        assert later.said - publish(then).said <= {(None, None, "")}


def test_the_reader_is_able_figures_that_follow_late_classrooms_are_solved():
    """Why figures stay as they were when others first read them."""
    chance = random.Random(16)
    found = 0
    for _ in range(100):
        then = a_round(chance)
        late = a_round(chance)[:1]
        before, after = (figures_of([publish(each).rooms], INSIDE) for each in (then, then + late))
        shown = [{figure.of: figure.classrooms for figure in each} for each in (before, after)]
        both = [all(each.get(word) for each in shown) for word in (None, late[0][0])]
        one_more = both[0] and shown[1][None] - shown[0][None] == 1
        found += one_more and not both[1]

    assert found > 0
