"""Coefficients of agreement: of two readings of one card, how often are they the same, and how
often beyond chance?

A table has a row a card and a column a reader; a cell is the place of the word that was
chosen, from 0, or None where that reader left that card out. What cannot be said is said by
a word (`why`), never by a number that is none.

Intervals hold 95 %: linearised variances over cards (Gwet, Handbook of Inter-Rater
Reliability, 4th ed. 2014, chapters 5 and 6; the same as R's irrCAC), Student's t. Distances
of alpha count as given. Twin of pwa/src/domain/coefficients.ts; both run
tests/vectors/agreement.json.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from server.domain.student_t import t_quantile

Table = Sequence[Sequence[int | None]]
Counts = Sequence[Sequence[int]]
Metric = Literal["nominal", "ordinal", "interval"]
Why = Literal["one_reader", "one_word", "one_card", "no_spread"]
Distance = Callable[[int, int], float]

SAME = 1e-12
"""Standard errors below this come of rounding alone."""


@dataclass(frozen=True, slots=True)
class Coefficient:
    """An agreement coefficient, at most 1, with its interval.

    value is None, and why says it, where no card was read by two (`one_reader`) or chance
    alone would always agree (`one_word`). The interval is missing where there is one card, or
    where no card differs from another (`no_spread`).
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    error: float | None = None
    why: Why | None = None


def counts_of(table: Table, words: int) -> list[list[int]]:
    """For each card that anybody read, how many chose each of so many words."""
    rows = [[sum(cell == word for cell in row) for word in range(words)] for row in table]
    return [row for row in rows if sum(row)]


def percent_agreement(table: Table, words: int) -> Coefficient:
    """Of two readings of one card, how often are they the same? From 0 to 1, cards alike."""
    counts = counts_of(table, words)
    return _beyond_chance(counts, 0.0, [0.0] * len(counts))


def fleiss_kappa(table: Table, words: int) -> Coefficient:
    """Chance draws from all readings together (Fleiss 1971; of two readers, Scott's pi)."""
    counts = counts_of(table, words)
    shares = shares_of(counts, words)
    chance = math.fsum(share * share for share in shares)
    return _beyond_chance(counts, chance, [_among(row, shares) - chance for row in counts])


def gwet_ac1(table: Table, words: int) -> Coefficient:
    """Steady where nearly all choose one word (Gwet 2008). `words` counts those offered."""
    counts = counts_of(table, words)
    shares = shares_of(counts, words)
    others = [(1 - share) / (words - 1) for share in shares]
    chance = math.fsum(share * other for share, other in zip(shares, others, strict=True))
    return _beyond_chance(counts, chance, [_among(row, others) - chance for row in counts])


def cohen_kappa(table: Table, words: int) -> Coefficient:
    """Chance draws from each reader's own readings: Cohen 1960; of several, Conger 1980."""
    read = [row for row in table if any(cell is not None for cell in row)]
    columns = [column for column in zip(*read, strict=True) if any(c is not None for c in column)]
    if len(columns) < 2:
        return Coefficient(None, why="one_reader")
    own = [[_share_of(column, word) for word in range(words)] for column in columns]
    others = [
        [math.fsum(each[word] for each in own) - shares[word] for word in range(words)]
        for shares in own
    ]
    pairs = len(columns) * (len(columns) - 1)
    chance = math.fsum(_dot(a, b) for a, b in zip(own, others, strict=True)) / pairs
    parts = [0.0] * len(read)
    for column, shares, rest in zip(columns, own, others, strict=True):
        usual = _dot(shares, rest)
        weight = len(read) / sum(cell is not None for cell in column) / pairs
        for place, cell in enumerate(column):
            if cell is not None:
                parts[place] += weight * (rest[cell] - usual)
    return _beyond_chance(counts_of(read, words), chance, parts)


def krippendorff_alpha(table: Table, words: int, metric: Metric = "nominal") -> Coefficient:
    """Any number of readers, readings left out, words with or without order.

    Krippendorff, Computing Krippendorff's alpha-reliability, 2011. `interval` takes the
    words for whole numbers one apart.
    """
    everything = counts_of(table, words)
    counts = [row for row in everything if sum(row) > 1]
    if not counts:
        return Coefficient(None, why="one_reader")
    readings = sum(map(sum, counts))
    totals = [sum(column) for column in zip(*counts, strict=True)]
    closeness = _closeness(_distance(metric, totals), words)
    near = [_dot(row, totals) / readings for row in closeness]
    chance = _dot(near, totals) / readings
    if 1 - chance < SAME:
        return Coefficient(None, why="one_word")
    mean = readings / len(counts)
    parts = [_close_pairs(row, closeness) / (mean * (sum(row) - 1)) for row in counts]
    alike = fmean(parts)
    value = (alike + (1 - alike) / readings - chance) / (1 - chance)
    plain = (alike - chance) / (1 - chance)
    by_card = []
    for row, part in zip(counts, parts, strict=True):
        more = sum(row) / mean - 1
        by_chance = _dot(row, near) / mean - chance * (1 + more)
        here = part - alike * more - chance
        by_card.append((here - 2 * (1 - plain) * by_chance) / (1 - chance))
    return _with_interval(value, plain, by_card, len(everything) - 1)


def shares_of(counts: Counts, words: int) -> list[float]:
    """Of each word the mean, over cards, of the share of readings that chose it."""
    if not counts:
        return [0.0] * words
    return [fmean(row[word] / sum(row) for row in counts) for word in range(words)]


def _share_of(column: Sequence[int | None], word: int) -> float:
    return sum(cell == word for cell in column) / sum(cell is not None for cell in column)


def _dot(row: Sequence[float], values: Sequence[float]) -> float:
    return math.fsum(a * b for a, b in zip(row, values, strict=True))


def _among(row: Sequence[int], values: Sequence[float]) -> float:
    return _dot(row, values) / sum(row)


def _beyond_chance(counts: Counts, chance: float, parts: Sequence[float]) -> Coefficient:
    """(alike - chance) / (1 - chance). parts: of each card, what its readings add to chance."""
    shared = [row for row in counts if sum(row) > 1]
    if not shared:
        return Coefficient(None, why="one_reader")
    if 1 - chance < SAME:
        return Coefficient(None, why="one_word")
    value = (fmean(map(_same_pairs, shared)) - chance) / (1 - chance)
    weight = len(counts) / len(shared)
    by_card = []
    for row, part in zip(counts, parts, strict=True):
        here = weight * (_same_pairs(row) - chance) if sum(row) > 1 else 0.0
        by_card.append((here - 2 * (1 - value) * part) / (1 - chance))
    return _with_interval(value, value, by_card, len(counts) - 1)


def _same_pairs(row: Sequence[int]) -> float:
    """Of two readings of this card, how often they are the same."""
    return sum(count * (count - 1) for count in row) / (sum(row) * (sum(row) - 1))


def _with_interval(
    value: float, centre: float, by_card: Sequence[float], freedom: int
) -> Coefficient:
    """by_card: one a card; their spread around the centre is the coefficient's."""
    cards = len(by_card)
    if cards < 2:
        return Coefficient(value, why="one_card")
    squares = math.fsum((share - centre) ** 2 for share in by_card)
    error = math.sqrt(squares / (cards * (cards - 1)))
    if error < SAME:
        return Coefficient(value, why="no_spread")
    reach = error * t_quantile(freedom)
    return Coefficient(value, max(value - reach, -1.0), min(value + reach, 1.0), error)


def _distance(metric: Metric, totals: Sequence[int]) -> Distance:
    """How far two words are apart, squared. totals: how often each was chosen."""
    if metric == "nominal":
        return lambda a, b: float(a != b)
    if metric == "interval":
        return lambda a, b: float((a - b) ** 2)

    def ordinal(a: int, b: int) -> float:
        low, high = min(a, b), max(a, b)
        between = sum(totals[low : high + 1]) - (totals[a] + totals[b]) / 2
        return float(between**2)

    return ordinal


def _closeness(distance: Distance, words: int) -> list[list[float]]:
    """1 for the same word, 0 for the two farthest apart."""
    apart = [[distance(a, b) for b in range(words)] for a in range(words)]
    farthest = max(map(max, apart)) or 1.0
    return [[1 - each / farthest for each in row] for row in apart]


def _close_pairs(row: Sequence[int], closeness: Sequence[Sequence[float]]) -> float:
    return math.fsum(
        count * (_dot(row, near) - 1) for count, near in zip(row, closeness, strict=True)
    )
