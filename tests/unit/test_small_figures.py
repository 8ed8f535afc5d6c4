"""Small figures (rule 9) against a reader who knows the program and tries every table.

The reader has a page (fewer than five are kept back) and a file (fewer than ten), which is more
than the product gives (docs/adr/0060), knows
how both are made, and asks of each figure that is kept back what it could be.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from schemas.vocabulary import GradeBand, SchoolSubject
from server.services.exports.content import Figure
from server.services.small_figures import figures_of

INSIDE, OUTSIDE = 5, 10
ROUNDS = 10_000
FIELDS = {"grade_band": [*GradeBand], "subject": [*SchoolSubject]}

Table = tuple[int, ...]
View = tuple[Figure, ...]


def rooms_of(bands: Table, subjects: Table) -> list[dict[str, str]]:
    """Classrooms of one round: so many of the first grade band, of the second ..."""
    words = {
        field: [
            word for word, count in zip(FIELDS[field], counts, strict=False) for _ in [0] * count
        ]
        for field, counts in (("grade_band", bands), ("subject", subjects))
    }
    pairs = zip(words["grade_band"], words["subject"], strict=True)
    return [{"grade_band": band, "subject": subject} for band, subject in pairs]


@cache
def what_is_read(bands: Table, subjects: Table) -> tuple[View, View]:
    rooms = rooms_of(bands, subjects)
    return figures_of([rooms], INSIDE), figures_of([rooms], OUTSIDE)


def compositions(total: int, parts: int) -> Iterator[Table]:
    """Every way to write a total as that many parts of at least one."""
    for cuts in combinations(range(1, total), parts - 1):
        yield tuple(b - a for a, b in zip((0, *cuts), (*cuts, total), strict=True))


def a_round(chance: random.Random) -> tuple[Table, Table]:
    """Two tables of the same classrooms, from lopsided to level."""
    total = chance.randint(2, 16)
    bands = chance.choice([*compositions(total, chance.randint(1, min(4, total)))])
    half = total // 2
    return bands, chance.choice([(total,), (1, total - 1), (half, total - half)])


@cache
def could_be(view: tuple[View, View], total: int, bands: int, subjects: Table) -> list[set[int]]:
    """Of each grade band every number that it may have, for all that the reader has read."""
    found: list[set[int]] = [set() for _ in range(bands)]
    for guess in compositions(total, bands):
        if what_is_read(guess, subjects) == view:
            for values, value in zip(found, guess, strict=True):
                values.add(value)
    return found


def test_no_reader_narrows_a_figure_below_the_fewest():
    chance = random.Random(9)
    narrowed = Counter[str]()

    for _ in range(ROUNDS):
        bands, subjects = a_round(chance)
        view = what_is_read(bands, subjects)
        whole = view[0][0].classrooms
        if whole is None:
            assert len(view[0]) == len(view[1]) == 1, "a round that is kept back has no parts"
            continue
        for value, possible in zip(bands, could_be(view, whole, len(bands), subjects), strict=True):
            if value < INSIDE:
                narrowed["few"] += not {*range(1, INSIDE)} <= possible
                narrowed["surely few"] += max(possible) < INSIDE
                narrowed["seen"] += 1

    assert narrowed["seen"] > 5_000
    assert (narrowed["few"], narrowed["surely few"]) == (0, 0)


def test_a_tie_of_the_smallest_is_not_told_by_what_is_shown():
    """4, 3, 3 with a total of ten: shown, the four would say that nothing else was."""
    bands = (6, 4, 4)

    figures, _ = what_is_read(bands, (14,))

    assert [figure.classrooms for figure in figures[1:4]] == [None, None, None]


def test_a_total_that_is_kept_back_stands_in_no_other_table():
    figures, _ = what_is_read((1, 1, 1, 1, 1), (5,))

    assert figures == (Figure(None, None),)


def test_what_other_rounds_show_says_at_least_where_a_round_is_kept_back():
    large, small = rooms_of((12,), (12,)), rooms_of((1, 1), (2,))

    figures = {figure.of: figure for figure in figures_of([large, small], INSIDE)}

    assert figures[None] == Figure(None, 12, more=True)
    assert figures[GradeBand.PRE_K] == Figure(GradeBand.PRE_K, 12, more=True)
