"""Could the device suggest which cards belong together? A measurement; run it by

    python -m tests.suggesting.measure

Each method ranks all pairs of a debrief's cards by their likeness. Judged are the ten pairs
that it would put forward first (how many lie in one group that people made) and each card's
nearest neighbour (how often it lies in the card's own group). Two kinds of debrief:

- *own*: the three in cards.json, written for this and laid in groups by what they show;
- *lessons*: sixty drawn from the real notes (ROUNDS_REAL_DATA), ten lessons of four notes
  each, where the lesson a note comes from stands in for a group.

The answer, and why the product suggests nothing, is docs/adr/0031-groups-are-not-suggested.md.
"""

from __future__ import annotations

import csv
import json
import math
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from statistics import mean

from tests.real_input import NOTES

SEED = 20261128
FIRST_PAIRS = 10
DRAWN, LESSONS, NOTES_OF_EACH = 60, 10, 4
SHUFFLES = 200
"""A rank by chance is averaged over so many."""

WORD = re.compile(r"[^\W\d_]+")
ENDINGS = ("ings", "ing", "ed", "es", "s", "ly", "mente", "ando", "iendo", "an", "a", "o", "e")

Likeness = Callable[[int, int], float]
Method = Callable[[Sequence[str]], Likeness]


@dataclass(frozen=True)
class Debrief:
    """`cards[i]` was laid into the group `groups[i]`."""

    cards: list[str]
    groups: list[str]


def words_of(card: str) -> list[str]:
    return WORD.findall(card.lower())


def stem(word: str) -> str:
    """A light stem for English and Spanish: one ending less, three letters left at least."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def overlap(cards: Sequence[str]) -> Likeness:
    """Jaccard's index: of all words of two cards, the part that both have."""
    sets = [set(words_of(card)) for card in cards]
    return lambda one, other: len(sets[one] & sets[other]) / max(1, len(sets[one] | sets[other]))


def weighed(cards: Sequence[str]) -> Likeness:
    """Cosine of stems weighed by how rare they are in this debrief (tf-idf, Salton 1988)."""
    stems = [[stem(word) for word in words_of(card)] for card in cards]
    spread = Counter(word for said in stems for word in set(said))
    vectors = []
    for said in stems:
        weights = {
            word: (1 + math.log(times)) * math.log((len(cards) + 1) / spread[word])
            for word, times in Counter(said).items()
        }
        length = math.hypot(*weights.values()) or 1.0
        vectors.append({word: weight / length for word, weight in weights.items()})
    return lambda one, other: sum(
        weight * vectors[other].get(word, 0.0) for word, weight in vectors[one].items()
    )


def chance(cards: Sequence[str]) -> Likeness:
    return lambda one, other: 0.0


METHODS: dict[str, Method] = {"chance": chance, "overlap": overlap, "weighed": weighed}


def judge(debrief: Debrief, likeness: Likeness, dice: random.Random) -> tuple[float, float]:
    """How good the first pairs are, and the nearest neighbours: two shares of 0 to 1."""
    count = len(debrief.cards)
    rank = {pair: (-likeness(*pair), dice.random()) for pair in combinations(range(count), 2)}
    first = sorted(rank, key=rank.__getitem__)[:FIRST_PAIRS]
    nearest = [
        min((tuple(sorted((card, other))) for other in range(count) if other != card), key=rank.get)
        for card in range(count)
    ]
    together = [debrief.groups[one] == debrief.groups[other] for one, other in first]
    beside = [debrief.groups[one] == debrief.groups[other] for one, other in nearest]
    return mean(together), mean(beside)


def own_debriefs() -> list[Debrief]:
    told = json.loads((Path(__file__).parent / "cards.json").read_text(encoding="utf-8"))
    return [
        Debrief(
            [card for cards in one["groups"].values() for card in cards],
            [name for name, cards in one["groups"].items() for _ in cards],
        )
        for one in told["debriefs"]
    ]


def lesson_debriefs(dice: random.Random) -> list[Debrief]:
    notes: dict[str, list[str]] = defaultdict(list)
    with NOTES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            notes[row["classroom_ref"]].append(row["note_text"])
    long = sorted(lesson for lesson, said in notes.items() if len(said) >= NOTES_OF_EACH)
    drawn = []
    for _ in range(DRAWN):
        picked = dice.sample(long, LESSONS)
        cards = [text for lesson in picked for text in dice.sample(notes[lesson], NOTES_OF_EACH)]
        drawn.append(Debrief(cards, [lesson for lesson in picked for _ in range(NOTES_OF_EACH)]))
    return drawn


def compare(name: str, debriefs: Sequence[Debrief], dice: random.Random) -> None:
    for method, prepare in METHODS.items():
        times = SHUFFLES if prepare is chance and len(debriefs) < DRAWN else 1
        judged = [
            judge(debrief, prepare(debrief.cards), dice)
            for debrief in debriefs
            for _ in range(times)
        ]
        pairs, neighbours = (mean(values) for values in zip(*judged, strict=True))
        print(f"| {name} | {method} | {pairs:.2f} | {neighbours:.2f} |")


def main() -> None:
    dice = random.Random(SEED)
    print("| Debriefs | Method | Of the first ten pairs | Of the nearest neighbours |")
    print("|---|---|---|---|")
    compare("own", own_debriefs(), dice)
    if NOTES.exists():
        compare("lessons", lesson_debriefs(dice), dice)
    else:
        print("skipped: no real data for the lessons", file=sys.stderr)


if __name__ == "__main__":
    main()
