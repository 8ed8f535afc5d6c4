"""Next-level items: when one is whole (rule 11), which are started with, how its check-back stands.

Twin of pwa/src/domain/improvement.ts; both run tests/vectors/improvement.json.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from schemas.vocabulary import Horizon

HORIZONS = [*Horizon]
FIRST_ITEMS = 3
"""At most so many items are marked "we start with these"."""

CheckBackState = Literal["ahead", "due", "half_said", "said"]


@dataclass(frozen=True, slots=True)
class ItemFacts:
    text: str
    horizon: str | None
    level: str | None
    taken_on_by_member: str | None
    taken_on_by: str | None
    check_back_on: str | None


@dataclass(frozen=True, slots=True)
class FirstFacts:
    id: str
    order: int | None
    starts_first: bool | None


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """By what an item finds its place. starts: it stands among those that are started with."""

    id: str
    order: int | None
    starts: bool
    horizon: str | None


@dataclass(frozen=True, slots=True)
class CheckBackFacts:
    """What was said: what became of it, what was learned, whether it was of use."""

    check_back_on: str | None
    outcome: str | None
    learned: str
    of_use: bool | None


def missing_from_item(item: ItemFacts) -> list[str]:
    """What an item still needs; empty when it is whole."""
    needs = {
        "text": item.text.strip(),
        "horizon": item.horizon,
        "level": item.level,
        "taker": item.taken_on_by or item.taken_on_by_member,
        "check_back": item.check_back_on,
    }
    return [name for name, value in needs.items() if not value]


def chosen_first(items: Iterable[FirstFacts]) -> tuple[list[str], list[str]]:
    """Ids of what is started with, and of what was chosen beyond three.

    Tablets that were apart may together have chosen more than three: the first three of the
    list stand, by their order there and then by id. No choice is taken back.
    """
    chosen = [each for each in items if each.starts_first]
    ids = [each.id for each in sorted(chosen, key=lambda each: (each.order or 0, each.id))]
    return ids[:FIRST_ITEMS], ids[FIRST_ITEMS:]


def as_to_be_done(items: Iterable[PlaceFacts]) -> list[str]:
    """Ids in the order in which a summary tells them: what is started with, then next week
    before next month, what has no horizon last; among those as they were agreed on."""

    def place(each: PlaceFacts) -> tuple[bool, int, int, str]:
        far = HORIZONS.index(Horizon(each.horizon)) if each.horizon else len(HORIZONS)
        return (not each.starts, far, each.order or 0, each.id)

    return [each.id for each in sorted(items, key=place)]


def check_back_state(item: CheckBackFacts, today: str) -> CheckBackState:
    """Where a check-back stands. today: the network's own date, `2026-11-22`."""
    if item.outcome is not None:
        return "said" if item.learned.strip() and item.of_use is not None else "half_said"
    return "due" if item.check_back_on is not None and item.check_back_on <= today else "ahead"
