"""Next-level items: when one is whole, and how its check-back stands (rule 11).

Twin of pwa/src/domain/improvement.ts; both run tests/vectors/improvement.json.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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


def check_back_state(item: CheckBackFacts, today: str) -> CheckBackState:
    """Where a check-back stands. today: the network's own date, `2026-11-22`."""
    if item.outcome is not None:
        return "said" if item.learned.strip() and item.of_use is not None else "half_said"
    return "due" if item.check_back_on is not None and item.check_back_on <= today else "ahead"
