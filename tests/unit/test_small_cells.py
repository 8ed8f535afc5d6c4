"""Small cells (rule 9), against a reader who tries every table that there could be.

The reader knows the names of the parts that are not nought, each count that is shown, and
the total where it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from server.domain.small_cells import gives_away, shown_counts

FEWEST = 4
PARTS = "abcd"
TABLES = [
    dict(zip(PARTS, counts, strict=False))
    for length in (1, 2, 3, 4)
    for counts in product(range(8), repeat=length)
]
Shown = dict[str, int | None]


def what_hidden_parts_could_be(shown: Shown, total: int | None) -> Iterator[dict[str, int]]:
    """Every way to fill in what is not shown: parts of at least one that sum up as known."""
    hidden = [part for part, count in shown.items() if count is None]
    rest = None if total is None else total - sum(count or 0 for count in shown.values())
    for counts in product(
        range(1, 2 * FEWEST + 1 if rest is None else rest + 1), repeat=len(hidden)
    ):
        if rest is None or sum(counts) == rest:
            yield dict(zip(hidden, counts, strict=True))


def test_no_figure_below_the_fewest_is_shown_and_what_is_shown_is_true():
    for table in TABLES:
        for part, count in shown_counts(table, FEWEST).items():
            assert count is None or FEWEST <= count == table[part]


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_a_hidden_part_could_be_few_or_enough_for_all_that_a_reader_can_work_out(length):
    views = {
        (
            tuple(sorted(shown_counts(table, FEWEST).items())),
            None if gives_away(table, FEWEST) else sum(table.values()),
        )
        for table in TABLES
        if len(table) == length
    }
    for parts, total in views:
        shown = dict(parts)
        ways = [*what_hidden_parts_could_be(shown, total)]
        for part in (part for part, count in shown.items() if count is None):
            assert any(way[part] < FEWEST for way in ways), (parts, total)
            assert any(way[part] >= FEWEST for way in ways), (parts, total)


def test_one_small_figure_is_covered_by_the_next_smallest():
    assert shown_counts({"a": 2, "b": 30, "c": 9}, 5) == {"a": None, "b": 30, "c": None}


def test_figures_that_are_all_about_enough_are_all_shown():
    assert shown_counts({"a": 5, "b": 6}, 5) == {"a": 5, "b": 6}


def test_a_total_that_gives_its_parts_away_is_kept_back():
    assert gives_away({"a": 1, "b": 1, "c": 1, "d": 1}, 4)
    assert not gives_away({"a": 2, "b": 30}, 5)


def test_the_order_of_parts_is_no_matter():
    assert shown_counts({"a": 9, "b": 2, "c": 7}, 5) == shown_counts({"c": 7, "b": 2, "a": 9}, 5)
