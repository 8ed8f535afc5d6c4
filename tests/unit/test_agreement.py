"""Agreement of readers: against outside references, against the definitions, and as a whole."""

from __future__ import annotations

import json
import math
import os
from dataclasses import asdict
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.agreement import agreement_of
from server.domain.coefficients import (
    Coefficient,
    Metric,
    Table,
    cohen_kappa,
    counts_of,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
)
from server.domain.student_t import t_quantile

REFERENCE = (
    Path(os.environ.get("ROUNDS_REAL_DATA", "../shared/data"))
    / "agreement"
    / "irrcac_r_cases_dev.json"
)
VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "agreement.json").read_text(encoding="utf-8")
)


def share_alike(table: Table, words: int) -> Coefficient:
    return percent_agreement(counts_of(table, words))


def kappa(table: Table, words: int) -> Coefficient:
    return fleiss_kappa(counts_of(table, words), words)


def ac1(table: Table, words: int) -> Coefficient:
    return gwet_ac1(counts_of(table, words), words)


def alpha(table: Table, words: int, metric: Metric = "nominal") -> Coefficient:
    return krippendorff_alpha(counts_of(table, words), words, metric)


OURS = {
    "percent_agreement": share_alike,
    "cohen_kappa": cohen_kappa,
    "conger_kappa": cohen_kappa,
    "scott_pi": kappa,
    "fleiss_kappa": kappa,
    "gwet_ac1": ac1,
    "krippendorff_alpha": alpha,
}
"""The reference's word for a coefficient, and what it is here."""

NOT_OURS = {"brennan_prediger"}

PUBLISHED_ERRORS = {
    "cohen_kappa": 0.05891072,
    "scott_pi": 0.05905473,
    "gwet_ac1": 0.04321747,
    "krippendorff_alpha": 0.05905473,
    "percent_agreement": 0.03128898,
}
"""Of the table of 100 that irrCAC's own documentation shows, divided by n and not n - 1."""


def reference_cases() -> dict[str, Any]:
    if not REFERENCE.exists():
        pytest.skip("skipped: no real data")
    cases = json.loads(REFERENCE.read_text(encoding="utf-8"))["cases"]
    return {case["id"]: case for case in cases}


def table_of(case: dict[str, Any]) -> tuple[Table, int]:
    """The case as a row a card, and how many words were chosen from."""
    rows, kind = case["table"], case["kind"]
    if kind.startswith("contingency"):
        cells = ((a, b, count) for a, row in enumerate(rows) for b, count in enumerate(row))
        return [[a, b] for a, b, count in cells for _ in range(count)], len(rows)
    if kind.startswith("counts"):
        said = [[word for word, count in enumerate(row) for _ in range(count)] for row in rows]
        return said, len(rows[0])
    words = sorted({cell for row in rows for cell in row if cell is not None})
    table = [[None if cell is None else words.index(cell) for cell in row] for row in rows]
    return table, len(words)


def digits_of(number: float) -> int:
    return len(repr(number).partition(".")[2])


def test_six_reference_cases_are_equal_to_1e_9_or_to_the_digits_that_are_given():
    cases = reference_cases()

    assert len(cases) == 6
    for name, case in cases.items():
        table, words = table_of(case)
        for coefficient, expected in case["expected"].items():
            if coefficient in NOT_OURS:
                continue
            value = OURS[coefficient](table, words).value
            near = 1e-9 if digits_of(expected) >= 9 else 0.5000001 * 10 ** -digits_of(expected)
            assert value == pytest.approx(expected, rel=0, abs=near), (name, coefficient)


def test_standard_errors_are_those_that_the_reference_publishes():
    table, words = table_of(reference_cases()["cont3x3abstractors"])
    smaller = math.sqrt((len(table) - 1) / len(table))

    for coefficient, expected in PUBLISHED_ERRORS.items():
        error = OURS[coefficient](table, words).error
        assert error is not None
        assert error * smaller == pytest.approx(expected, rel=0, abs=5e-9), coefficient


def test_alpha_of_ordered_words_is_what_krippendorff_publishes():
    table, words = table_of(reference_cases()["cac.raw4raters"])

    alphas = [alpha(table, words, metric).value for metric in ("nominal", "ordinal", "interval")]

    assert [round(alpha or 0, 3) for alpha in alphas] == [0.743, 0.815, 0.849]


@pytest.mark.parametrize("vector", VECTORS["tables"], ids=lambda vector: vector["about"])
def test_both_languages_say_the_same(vector: dict[str, Any]):
    asked = {name: vector[name] for name in ("ordered", "same_readers")}
    said = asdict(agreement_of(vector["tables"], vector["words"], **asked))

    assert said["coefficients"].keys() == vector["says"]["coefficients"].keys()
    for name, coefficient in said.pop("coefficients").items():
        assert coefficient == pytest.approx(vector["says"]["coefficients"][name], abs=1e-12), name
    by_word = vector["says"]["by_word"]
    assert said.pop("by_word") == pytest.approx(by_word, abs=1e-12)
    wanted = {name: vector["says"][name] for name in said}
    assert said == pytest.approx(wanted, abs=1e-12)


@pytest.mark.parametrize(("freedom", "expected"), VECTORS["quantiles"])
def test_students_t_is_the_same_in_both_languages(freedom: int, expected: float):
    assert t_quantile(freedom) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("freedom", "expected"), [(1, 12.706), (2, 4.303), (10, 2.228), (30, 2.042), (120, 1.980)]
)
def test_students_t_is_that_of_the_printed_tables(freedom: int, expected: float):
    assert t_quantile(freedom) == pytest.approx(expected, abs=5e-4)


WORDS = 3
cells = st.one_of(st.none(), st.integers(0, WORDS - 1))
tables = st.integers(2, 5).flatmap(
    lambda readers: st.lists(
        st.lists(cells, min_size=readers, max_size=readers), min_size=2, max_size=7
    )
)
full_pairs = st.lists(
    st.lists(st.integers(0, WORDS - 1), min_size=2, max_size=2), min_size=2, max_size=9
)


def everything(table: Table) -> list[Coefficient]:
    named = agreement_of([table], WORDS, ordered=True, same_readers=True).coefficients
    return [named[name] for name in sorted(named)]


def assert_same(found: list[Coefficient], expected: list[Coefficient]) -> None:
    for one, other in zip(found, expected, strict=True):
        assert one.value == pytest.approx(other.value, abs=1e-9)
        assert one.error == pytest.approx(other.error, abs=1e-9)


@given(table=tables, data=st.data())
def test_who_read_and_in_which_order_changes_nothing(table: Table, data: st.DataObject):
    readers = data.draw(st.permutations(range(len(table[0]))))
    cards = data.draw(st.permutations(table))

    assert_same(everything([[row[at] for at in readers] for row in cards]), everything(table))


@given(table=tables, names=st.permutations(range(WORDS)))
def test_what_words_are_called_changes_nothing_that_has_no_order(table: Table, names: list[int]):
    renamed = [[None if cell is None else names[cell] for cell in row] for row in table]

    for coefficient in OURS.values():
        assert_same([coefficient(renamed, WORDS)], [coefficient(table, WORDS)])


@given(table=tables)
def test_turning_the_order_of_words_round_changes_no_ordered_alpha(table: Table):
    turned = [[None if cell is None else WORDS - 1 - cell for cell in row] for row in table]

    assert_same(everything(turned), everything(table))


@given(table=tables)
def test_nothing_is_ever_no_number_and_an_interval_holds_its_value(table: Table):
    for found in everything(table):
        assert (found.value is None) <= (found.why in ("one_reader", "one_word"))
        assert (found.low is None) == (found.why is not None)
        if found.value is not None:
            assert math.isfinite(found.value)
            assert found.value <= 1 + 1e-12
        if found.low is not None and found.high is not None and found.value is not None:
            assert -1 <= found.low <= found.value <= found.high + 1e-12 <= 1 + 1e-12


def alpha_by_definition(table: Table, apart: Any) -> float | None:
    """1 - observed over expected disagreement, pair by pair, as Krippendorff writes it."""
    units = [[cell for cell in row if cell is not None] for row in table]
    units = [unit for unit in units if len(unit) > 1]
    values = [value for unit in units for value in unit]
    observed = sum(
        apart(a, b) / (len(unit) - 1) for unit in units for a, b in permutations(unit, 2)
    ) / max(len(values), 1)
    pairs = len(values) * (len(values) - 1)
    expected = sum(apart(a, b) for a, b in permutations(values, 2)) / max(pairs, 1)
    return 1 - observed / expected if expected else None


@given(table=tables)
def test_alpha_is_one_minus_observed_over_expected_disagreement(table: Table):
    rows = counts_of(pairable(table), WORDS).elements()
    totals = [sum(column) for column in zip(*rows, strict=True)]

    def in_order(a: int, b: int) -> float:
        between = totals[min(a, b) : max(a, b) + 1]
        return (sum(between) - (totals[a] + totals[b]) / 2) ** 2

    for metric, apart in (
        ("nominal", lambda a, b: float(a != b)),
        ("interval", lambda a, b: float((a - b) ** 2)),
        ("ordinal", in_order),
    ):
        found = alpha(table, WORDS, metric).value  # type: ignore[arg-type]
        assert found == pytest.approx(alpha_by_definition(table, apart), abs=1e-9), metric


def pairable(table: Table) -> Table:
    return [row for row in table if sum(cell is not None for cell in row) > 1]


@given(table=full_pairs)
def test_cohens_kappa_is_that_of_the_two_readers_table(table: list[list[int]]):
    cards = len(table)
    alike = sum(a == b for a, b in table) / cards
    by_word = [
        sum(a == word for a, _ in table) * sum(b == word for _, b in table) for word in range(WORDS)
    ]
    chance = sum(by_word) / cards**2

    found = cohen_kappa(table, WORDS).value

    if chance == 1:
        assert found is None
    else:
        assert found == pytest.approx((alike - chance) / (1 - chance), abs=1e-9)


@given(table=full_pairs)
def test_alpha_of_two_readers_is_scotts_pi_but_for_a_correction_that_shrinks(
    table: list[list[int]],
):
    pi, said = kappa(table, WORDS).value, alpha(table, WORDS).value

    if pi is None:
        assert said is None
    else:
        assert said == pytest.approx(pi + (1 - pi) / (2 * len(table)), abs=1e-9)


@given(table=tables)
def test_the_share_read_alike_is_the_mean_over_pairs_of_each_card(table: Table):
    rows = [[cell for cell in row if cell is not None] for row in pairable(table)]
    by_card = [[a == b for a, b in combinations(row, 2)] for row in rows]

    said = agreement_of([table], WORDS)

    assert said.cards == len(rows)
    if rows:
        mean = sum(sum(pairs) / len(pairs) for pairs in by_card) / len(rows)
        assert said.alike == pytest.approx(mean, abs=1e-12)
    else:
        assert said.alike is None


@given(table=tables)
def test_groups_apart_are_pooled_card_by_card_and_their_readers_counted_each(table: Table):
    together, once = agreement_of([table, table], WORDS), agreement_of([table], WORDS)

    assert (together.cards, together.readers) == (2 * once.cards, 2 * once.readers)
    assert together.alike == pytest.approx(once.alike, abs=1e-12)
    assert "cohen_kappa" not in together.coefficients
