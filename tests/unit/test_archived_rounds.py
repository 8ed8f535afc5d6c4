"""When a round is archived, and that no list of all rounds looks into packs."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from schemas.kinds import KINDS
from schemas.vocabulary import ScopeType
from server.domain.rounds import is_archived

PWA = Path(__file__).parents[2] / "pwa" / "src"


@pytest.mark.parametrize(
    ("visits_on", "today", "archived"),
    [
        ("2025-11-22", date(2026, 11, 21), False),
        ("2025-11-22", date(2026, 11, 22), True),
        ("2020-01-01", date(2026, 11, 22), True),
        ("2027-01-01", date(2026, 11, 22), False),
        ("2024-02-29", date(2025, 2, 28), False),
        ("2024-02-29", date(2025, 3, 1), True),
        (None, date(2026, 11, 22), False),
    ],
)
def test_a_round_is_archived_twelve_months_after_its_visits(
    visits_on: str | None, today: date, archived: bool
) -> None:
    assert is_archived(visits_on, today) is archived


def test_what_is_listed_over_all_rounds_is_never_packed() -> None:
    packs = (PWA / "db/packs.ts").read_text()
    (at_hand,) = re.findall(r"AT_HAND[^=]*= new Set<Kind>\(\[(.*?)\]\)", packs)
    of_rounds = {
        name
        for name, schema in KINDS.items()
        if schema.scope in (ScopeType.ROUND, ScopeType.VISITORS)
    }
    listed: set[str] = set()
    for path in PWA.rglob("*.ts*"):
        listed.update(re.findall(r'\blist\("(\w+)"\)', path.read_text()))
        listed.update(re.findall(r'\blistBy\("(\w+)"', path.read_text()))

    assert {"round", "participant", "team"} <= listed
    assert listed & of_rounds <= set(re.findall(r'"(\w+)"', at_hand))
