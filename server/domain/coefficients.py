"""Coefficients of agreement: of two readings of one card, how often are they the same, and how
often beyond chance?

A table has a row a card and a column a reader; a cell is the place of the word that was
chosen, from 0, or None where that reader left that card out. But for Cohen's kappa it is all the
same who said what: cards that were read alike are counted, and reckoned with once. What cannot
be said is said by a word (`why`), never by a number that is none.

Intervals hold 95 %: linearised variances over cards (Gwet, Handbook of Inter-Rater
Reliability, 4th ed. 2014, chapters 5 and 6; the same as R's irrCAC), Student's t. Distances
of alpha count as given. Twin of pwa/src/domain/coefficients.ts; both run
tests/vectors/agreement.json.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from server.domain.student_t import t_quantile

Table = Sequence[Sequence[int | None]]
Row = tuple[int, ...]
"""Of one card, how many chose each word."""
Counts = Mapping[Row, int]
"""Of how many cards a row is."""
Weighed = tuple[float, int]
"""What is said of a card, and of how many cards."""
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


def counts_of(table: Table, words: int) -> Counter[Row]:
    """The cards that anybody read, by how many chose each of so many words."""
    rows = (_row_of(row, words) for row in table)
    return Counter(row for row in rows if any(row))


def _row_of(row: Sequence[int | None], words: int) -> Row:
    return tuple(sum(cell == word for cell in row) for word in range(words))


def shared_of(counts: Counts) -> Counts:
    """Those of them that two or more read."""
    return {row: many for row, many in counts.items() if sum(row) > 1}


def percent_agreement(counts: Counts) -> Coefficient:
    """Of two readings of one card, how often are they the same? From 0 to 1, cards alike."""
    return _beyond_chance([(row, many, 0.0) for row, many in counts.items()], 0.0)


def fleiss_kappa(counts: Counts, words: int) -> Coefficient:
    """Chance draws from all readings together (Fleiss 1971; of two readers, Scott's pi)."""
    shares = shares_of(counts, words)
    return _by_chance_of(counts, shares, _dot(shares, shares))


def gwet_ac1(counts: Counts, words: int) -> Coefficient:
    """Steady where nearly all choose one word (Gwet 2008). `words` counts those offered."""
    shares = shares_of(counts, words)
    others = [(1 - share) / (words - 1) for share in shares]
    return _by_chance_of(counts, others, _dot(shares, others))


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
    cards = [(_row_of(row, words), 1, part) for row, part in zip(read, parts, strict=True)]
    return _beyond_chance(cards, chance)


def krippendorff_alpha(counts: Counts, words: int, metric: Metric = "nominal") -> Coefficient:
    """Any number of readers, readings left out, words with or without order.

    Krippendorff, Computing Krippendorff's alpha-reliability, 2011. `interval` takes the
    words for whole numbers one apart.
    """
    shared = shared_of(counts)
    if not shared:
        return Coefficient(None, why="one_reader")
    readings = sum(sum(row) * many for row, many in shared.items())
    totals = [sum(row[word] * many for row, many in shared.items()) for word in range(words)]
    closeness = _closeness(_distance(metric, totals), words)
    near = [_dot(row, totals) / readings for row in closeness]
    chance = _dot(near, totals) / readings
    if 1 - chance < SAME:
        return Coefficient(None, why="one_word")
    mean = readings / sum(shared.values())
    parts = {row: _close_pairs(row, closeness) / (mean * (sum(row) - 1)) for row in shared}
    alike = _mean((part, shared[row]) for row, part in parts.items())
    value = (alike + (1 - alike) / readings - chance) / (1 - chance)
    plain = (alike - chance) / (1 - chance)
    by_card: list[Weighed] = []
    for row, part in parts.items():
        more = sum(row) / mean - 1
        by_chance = _dot(row, near) / mean - chance * (1 + more)
        here = part - alike * more - chance
        by_card.append(((here - 2 * (1 - plain) * by_chance) / (1 - chance), shared[row]))
    return _with_interval(value, plain, by_card, sum(counts.values()) - 1)


def shares_of(counts: Counts, words: int) -> list[float]:
    """Of each word the mean, over cards, of the share of readings that chose it."""
    if not counts:
        return [0.0] * words
    return [
        _mean((row[word] / sum(row), many) for row, many in counts.items()) for word in range(words)
    ]


def _mean(values: Iterable[Weighed]) -> float:
    weighed = [*values]
    return math.fsum(value * many for value, many in weighed) / sum(many for _, many in weighed)


def _share_of(column: Sequence[int | None], word: int) -> float:
    return sum(cell == word for cell in column) / sum(cell is not None for cell in column)


def _dot(row: Sequence[float], values: Sequence[float]) -> float:
    return math.fsum(a * b for a, b in zip(row, values, strict=True))


def _by_chance_of(counts: Counts, values: Sequence[float], chance: float) -> Coefficient:
    """values: of each word, what a reading of it adds to chance."""
    cards = [(row, many, _dot(row, values) / sum(row) - chance) for row, many in counts.items()]
    return _beyond_chance(cards, chance)


def _beyond_chance(cards: Sequence[tuple[Row, int, float]], chance: float) -> Coefficient:
    """(alike - chance) / (1 - chance). cards: each row, of how many, and what their readings
    add to chance."""
    shared = [(_same_pairs(row), many) for row, many, _ in cards if sum(row) > 1]
    if not shared:
        return Coefficient(None, why="one_reader")
    if 1 - chance < SAME:
        return Coefficient(None, why="one_word")
    value = (_mean(shared) - chance) / (1 - chance)
    read = sum(many for _, many, _ in cards)
    weight = read / sum(many for _, many in shared)
    by_card: list[Weighed] = []
    for row, many, part in cards:
        here = weight * (_same_pairs(row) - chance) if sum(row) > 1 else 0.0
        by_card.append(((here - 2 * (1 - value) * part) / (1 - chance), many))
    return _with_interval(value, value, by_card, read - 1)


def _same_pairs(row: Sequence[int]) -> float:
    """Of two readings of this card, how often they are the same."""
    return sum(count * (count - 1) for count in row) / (sum(row) * (sum(row) - 1))


def _with_interval(
    value: float, centre: float, by_card: Sequence[Weighed], freedom: int
) -> Coefficient:
    """by_card: of every card; their spread around the centre is the coefficient's."""
    cards = sum(many for _, many in by_card)
    if cards < 2:
        return Coefficient(value, why="one_card")
    squares = math.fsum((share - centre) ** 2 * many for share, many in by_card)
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
