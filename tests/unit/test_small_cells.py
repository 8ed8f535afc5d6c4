"""Small cells against an attacker who tries every table that fits what was shown."""

from collections.abc import Iterator

from hypothesis import example, given
from hypothesis import strategies as st

from server.domain.small_cells import gives_away, shown_counts

FEWEST = 5
TABLES = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 14), min_size=1, max_size=5)


def fitting(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way in which so many parts, each at least one, make the total."""
    if parts == 1:
        yield (total,)
        return
    for first in range(1, total - parts + 2):
        for rest in fitting(total - first, parts - 1):
            yield (first, *rest)


@given(TABLES)
@example({"a": 12, "b": 3})
@example({"a": 12, "b": 1, "c": 2})
@example({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1})
def test_an_attacker_with_the_total_narrows_no_hidden_part_below_the_threshold(counts):
    shown = shown_counts(counts, FEWEST)
    total = sum(counts.values())
    hidden = [part for part, count in shown.items() if count is None]
    if not hidden or gives_away(counts, FEWEST):
        return

    left = total - sum(count for count in shown.values() if count is not None)
    tables = [*fitting(left, len(hidden))]

    for place in range(len(hidden)):
        possible = {table[place] for table in tables}
        assert min(possible) < FEWEST <= max(possible)


@given(TABLES)
def test_no_figure_about_too_few_is_ever_shown(counts):
    shown = shown_counts(counts, FEWEST)

    assert not [count for count in shown.values() if count is not None and count < FEWEST]
    assert shown.keys() == {part for part, count in counts.items() if count}


@given(TABLES)
def test_what_is_shown_is_true(counts):
    assert all(count in (None, counts[part]) for part, count in shown_counts(counts, 5).items())


def test_enough_everywhere_is_shown_everywhere():
    assert shown_counts({"a": 6, "b": 5}, FEWEST) == {"a": 6, "b": 5}
    assert not gives_away({"a": 6, "b": 5}, FEWEST)


def test_one_small_part_takes_the_next_smallest_with_it():
    assert shown_counts({"a": 9, "b": 7, "c": 2}, FEWEST) == {"a": 9, "b": None, "c": None}


def test_a_total_that_would_give_its_parts_away_is_kept_back():
    assert gives_away({"a": 3}, FEWEST)
    assert gives_away({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1}, FEWEST)
