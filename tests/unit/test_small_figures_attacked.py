"""Small figures (rule 9) against a reader who writes everything down and solves it.

The reader keeps every page and every file, of each round alone and of both together, from
today and from months ago, and asks by linear programming how small and how large each figure
that is kept back could be. `test_small_figures.py` has the reader who knows the program
instead; here is the one with many tables. Both use what screen, file and API use.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from schemas.vocabulary import GradeBand
from server.services import small_figures
from server.services.exports.content import Figure
from server.services.small_figures import figures_of

INSIDE, OUTSIDE = 5, 10
TABLES = 10_000
WORDS = [*GradeBand][:4]
Counts = tuple[int, ...]
"""Classrooms of one round by grade band."""


@dataclass
class System:
    """What a reader knows of many unknown numbers, as rows of inequalities.

    A number of classrooms is at least nought. Those of one story share no row with others'.
    """

    unknowns: int = 0
    above: list[tuple[list[tuple[int, int]], float]] = field(default_factory=list)

    def add_unknowns(self, count: int) -> int:
        self.unknowns += count
        return self.unknowns - count

    def at_least(self, terms: list[tuple[int, int]], value: float) -> None:
        self.above.append((terms, value))

    def equal(self, terms: list[tuple[int, int]], value: float) -> None:
        self.at_least(terms, value)
        self.at_least([(at, -times) for at, times in terms], -value)

    def solve(self, targets: list[int], direction: int) -> list[float]:
        """Least (1) or greatest (-1) of targets that share no row: their sum finds each."""
        wanted = np.zeros(self.unknowns)
        wanted[targets] = direction
        known = [(row, *term) for row, (terms, _) in enumerate(self.above) for term in terms]
        rows, columns, times = np.array(known).T
        shape = (len(self.above), self.unknowns)
        found = linprog(
            wanted,
            A_ub=csr_array((-times, (rows, columns)), shape=shape),
            b_ub=[-value for _, value in self.above],
            bounds=(0, 1_000),
            method="highs",
        )
        assert found.status == 0, found.message
        return [float(found.x[at]) for at in targets]


Story = Sequence[Sequence[Counts]]
"""At each time that somebody looks: the rounds of which the figures are told then."""


def learn(system: System, begins: int, told: Story) -> None:
    """Everything that pages and files say at each time, of each round and of both.

    Unknown is each round's number for each grade band at the last time. Before it had as many
    or fewer: classrooms come late, and none is taken away.
    """
    last = len(told) - 1
    size = len(told[0]) * len(WORDS)
    for time, rounds in enumerate(told):
        here = begins + (last - time) * size
        if time < last:
            for at in range(size):
                system.at_least([(here - size + at, 1), (here + at, -1)], 0)
        for fewest, chosen in product((INSIDE, OUTSIDE), ((0,), (1,), (0, 1))):
            figures = figures_of([rooms_of(rounds[which]) for which in chosen], fewest)
            hear(system, [here + which * len(WORDS) for which in chosen], figures)


def hear(system: System, rounds: list[int], figures: Sequence[Figure]) -> None:
    """One answer. rounds: where the unknowns of each of its rounds begin."""
    everything = [(begin + at, 1) for begin in rounds for at in range(len(WORDS))]
    whole, *parts = figures
    for terms, figure in ((everything, whole), *_parts(rounds, parts)):
        if figure.classrooms is None:
            system.at_least(terms, 1)
        elif figure.more:
            system.at_least(terms, figure.classrooms)
        else:
            system.equal(terms, figure.classrooms)
    if whole.classrooms is not None and not whole.more:
        named = {figure.of for figure in parts}
        absent = [at for at, word in enumerate(WORDS) if word not in named]
        for begin, at in product(rounds, absent):
            system.equal([(begin + at, 1)], 0)


def _parts(
    rounds: list[int], parts: Sequence[Figure]
) -> list[tuple[list[tuple[int, int]], Figure]]:
    return [
        ([(begin + WORDS.index(figure.of), 1) for begin in rounds], figure)
        for figure in parts
        if isinstance(figure.of, GradeBand)
    ]


def rooms_of(counts: Counts) -> list[dict[str, str | None]]:
    """All of one subject, so that the other table only repeats the total."""
    return [
        {"grade_band": word, "subject": "math"}
        for word, count in zip(WORDS, counts, strict=True)
        for _ in range(count)
    ]


def narrowed(stories: Sequence[Story]) -> tuple[int, int]:
    """How many figures are below the fewest, and how many of those the reader finds out.

    Found out is one that is surely below the fewest, or of which the number is known. Asked
    for at once is one figure of each story: those of one story depend on each other.
    """
    system, waves = System(), defaultdict[int, list[int]](list)
    for told in stories:
        begins = system.add_unknowns(len(told) * len(told[0]) * len(WORDS))
        learn(system, begins, told)
        counts = [count for each in told[-1] for count in each]
        few = [begins + at for at, count in enumerate(counts) if 0 < count < INSIDE]
        for wave, target in enumerate(few):
            waves[wave].append(target)
    seen = found = 0
    for targets in waves.values():
        least, most = system.solve(targets, 1), system.solve(targets, -1)
        seen += len(targets)
        found += sum(
            high < INSIDE - 0.5 or high - low < 0.5 for low, high in zip(least, most, strict=True)
        )
    return seen, found


def a_round(chance: random.Random) -> Counts:
    shape = chance.choice([(1, 3), (1, 6), (1, 14), (1, 4), (5, 14)])
    counts = [chance.choice([0, chance.randint(*shape)]) for _ in WORDS]
    return tuple(counts) if any(counts) else a_round(chance)


def two_rounds(chance: random.Random) -> list[Counts]:
    return [a_round(chance), a_round(chance)]


def with_a_late_one(rounds: Sequence[Counts], chance: random.Random) -> list[Counts]:
    which, at = chance.randrange(len(rounds)), chance.randrange(len(WORDS))
    later = [[*each] for each in rounds]
    later[which][at] += 1
    return [tuple(each) for each in later]


def test_no_reader_solves_for_a_figure_below_the_fewest():
    chance = random.Random(14)

    small, found = narrowed([[two_rounds(chance)] for _ in range(TABLES // 2)])

    assert small > TABLES / 2
    assert found == 0


def test_the_reader_is_able_figures_that_only_hide_the_few_are_solved(monkeypatch):
    def only_the_few(counts: Mapping[str, int], fewest: int) -> dict[str, int | None]:
        return {part: count if count >= fewest else None for part, count in counts.items()}

    monkeypatch.setattr(small_figures, "shown_counts", only_the_few)
    monkeypatch.setattr(small_figures, "gives_away", lambda counts, fewest: False)
    chance = random.Random(15)

    small, found = narrowed([[two_rounds(chance)] for _ in range(100)])

    assert found > small / 10


def test_the_reader_is_able_figures_that_follow_late_classrooms_are_solved():
    """Why figures stay as they were when others first read them."""
    chance = random.Random(16)
    stories = []
    for _ in range(100):
        then = two_rounds(chance)
        stories.append([then, with_a_late_one(then, chance)])

    _, found = narrowed(stories)

    assert found > 0
