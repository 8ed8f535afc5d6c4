"""How alike did we read it? What is said of a question that several people answered apart.

For learning which words people read differently; never about a person. Columns of a table
only serve to tell readings of one person from another's. Twin of pwa/src/domain/agreement.ts;
both run tests/vectors/agreement.json.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from server.domain.coefficients import (
    Coefficient,
    Counts,
    Metric,
    Table,
    cohen_kappa,
    counts_of,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    shared_of,
    shares_of,
)

FEWEST_CARDS = 5
"""From fewer cards nothing is said of chance."""
ORDERED: Sequence[Metric] = ("ordinal", "interval")


Band = Literal["too_few", "all_alike", "like_chance", "beyond_chance"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is said of one question that several people answered of the same cards.

    alike, by_chance: of two readings of a card, how often the same; from 0 to 1, or None
    where no card was read by two. cards: those read by two or more; readers: of these cards.
    """

    cards: int
    readers: int
    alike: float | None
    by_chance: float | None
    band: Band
    coefficients: Mapping[str, Coefficient]
    by_word: Sequence[float | None]


def specific_agreement(counts: Counts, words: int) -> list[float | None]:
    """Where one chose a word, how often did another choose it too? None where nobody did.

    From 0 to 1, word by word (Fleiss, Statistical Methods for Rates and Proportions, 1981).
    """
    shared = shared_of(counts).items()
    found: list[float | None] = []
    for word in range(words):
        both = sum(row[word] * (row[word] - 1) * many for row, many in shared)
        either = sum(row[word] * (sum(row) - 1) * many for row, many in shared)
        found.append(both / either if either else None)
    return found


def agreement_of(
    tables: Sequence[Table], words: int, *, ordered: bool = False, same_readers: bool = False
) -> Agreement:
    """Everything that is said of one question, over groups of people and what each of them read.

    tables: one a group. ordered: the words have an order, so alpha knows near from far.
    same_readers: one group, whose readers read the same cards; Cohen's kappa is of no others.
    """
    rows = [row for table in tables for row in table if _readings_in(row) > 1]
    said = agreement_of_cards(
        counts_of(rows, words), sum(map(readers_of, tables)), words, ordered=ordered
    )
    if not same_readers:
        return said
    return replace(
        said, coefficients={**said.coefficients, "cohen_kappa": cohen_kappa(rows, words)}
    )


def agreement_of_cards(
    counts: Counts, readers: int, words: int, *, ordered: bool = False
) -> Agreement:
    """The same of cards that two or more read, where it is forgotten who said what."""
    coefficients = {
        "percent_agreement": percent_agreement(counts),
        "fleiss_kappa": fleiss_kappa(counts, words),
        "krippendorff_alpha": krippendorff_alpha(counts, words),
    }
    if ordered:
        for metric in ORDERED:
            named = f"krippendorff_alpha_{metric}"
            coefficients[named] = krippendorff_alpha(counts, words, metric)
    coefficients["gwet_ac1"] = gwet_ac1(counts, words)
    alike = coefficients["percent_agreement"]
    spoken = coefficients["krippendorff_alpha_ordinal" if ordered else "krippendorff_alpha"]
    shares, cards = shares_of(counts, words), sum(counts.values())
    return Agreement(
        cards=cards,
        readers=readers,
        alike=alike.value,
        by_chance=math.fsum(share * share for share in shares) if cards else None,
        band=_band(cards, alike, spoken),
        coefficients=coefficients,
        by_word=specific_agreement(counts, words),
    )


def _readings_in(row: Sequence[int | None]) -> int:
    return sum(cell is not None for cell in row)


def readers_of(table: Table) -> int:
    """How many of a group read a card that somebody else read too."""
    shared = [row for row in table if _readings_in(row) > 1]
    return sum(_readings_in(column) > 0 for column in zip(*shared, strict=True))


def _band(cards: int, alike: Coefficient, alpha: Coefficient) -> Band:
    if cards < FEWEST_CARDS:
        return "too_few"
    if alike.value == 1:
        return "all_alike"
    return "beyond_chance" if alpha.low is not None and alpha.low > 0 else "like_chance"
