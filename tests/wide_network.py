"""A network of many years, made at once: what its hosts opened, straight into the tables that
patterns are read from (server/models/patterns.py) and the index of rounds.

Nothing of it goes through the log: it is for what reading costs, and what a page of it holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from typing import Any

import orjson
from sqlalchemy import insert

from schemas.vocabulary import (
    CoreElement,
    GradeBand,
    PatternSubject,
    ProgramContext,
    Quantifier,
    SchoolSubject,
)
from server import clock
from server.db import Base, writing
from server.domain.folding import fold
from server.services.narrow_rows import RULES, figures_outside, place_in_order, searched_of

FIRST_VISIT = date(2012, 9, 3)
ROUNDS_AT_ONCE = 50
ITEM = {
    "text": "Try one open task a week",
    "horizon": "next_month",
    "level": "classroom",
    "taken_on_by": "grade_teams",
    "support": "A shared hour",
    "check_back_on": "2026-11-12",
    "outcome": None,
    "learned": "",
    "of_use": None,
}


@dataclass(frozen=True)
class Wide:
    """How much there is of it: patterns of a round, and cards behind each."""

    rounds: int
    patterns: int
    cards: int
    texts: Sequence[str]


def fill_widely(network_id: str, wide: Wide) -> None:
    """Every round opened to the district and the network."""
    texts = cycle(wide.texts)
    for begin in range(0, wide.rounds, ROUNDS_AT_ONCE):
        rows: dict[str, list[dict[str, Any]]] = {}
        for number in range(begin, min(begin + ROUNDS_AT_ONCE, wide.rounds)):
            for table, row in _round(number, wide, texts):
                rows.setdefault(table, []).append({"network_id": network_id, **row})
        with writing(network_id) as tx:
            for table, lines in rows.items():
                tx.execute(insert(Base.metadata.tables[table]), lines)
    with writing(network_id) as tx:
        until = {"network_id": network_id, "head": 0, "rules": RULES}
        tx.execute(insert(Base.metadata.tables["narrowed_until"]), until)


def _round(number: int, wide: Wide, texts: Iterator[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    of = {"round_id": clock.new_id()}
    day = FIRST_VISIT + timedelta(days=number * 5)
    yield "round_index", {**of, "visits_on": day.isoformat(), "opened": "district network"}
    bands, subjects = [*GradeBand], [*SchoolSubject]
    rooms = [[str(band), str(subject)] for band in bands[1:3] for subject in subjects[:3]] * 2
    visited = {"visited": orjson.dumps(rooms).decode(), "elements": " ".join(CoreElement)}
    figures = {"figures": figures_outside(rooms)}
    yield "released_round", {**of, **visited, **figures, "held_back": 0}
    for at in range(8):
        item = orjson.dumps({**ITEM, "text": f"{ITEM['text']}, {at}"}).decode()
        yield "released_item", {**of, "item_id": clock.new_id(), "content": item}
    for at in range(wide.patterns):
        yield from _pattern(of, number + at, wide, texts)


def _pattern(
    of: dict[str, str], turn: int, wide: Wide, texts: Iterator[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    element, pattern_id = _turned(CoreElement, turn), clock.new_id()
    subject, statement = _turned(PatternSubject, turn), f"{next(texts)[:120]} {turn}"
    cards = [
        {
            "card_id": clock.new_id(),
            "element": element,
            "grade_band": _turned(GradeBand, turn + place % 3) if place % 4 else None,
            "subject": _turned(SchoolSubject, turn // 7 + place % 2) if place % 5 else None,
            "contexts": _turned(ProgramContext, turn) if place % 3 else "",
            "questions": "",
            "text": text,
            "folded": fold(text),
        }
        for place, text in enumerate(islice(texts, wide.cards))
    ]
    yield (
        "released_pattern",
        {
            **of,
            "pattern_id": pattern_id,
            "subject": subject,
            "quantifier": _turned(Quantifier, turn),
            "element": element,
            "statement": statement,
            "folded": fold(statement),
            "problem": "How do students come to say why?",
            "place": place_in_order(element, subject, statement, pattern_id),
            **searched_of(fold(statement), cards),
        },
    )
    for card in cards:
        yield "released_card", {**of, **card}
        yield "released_evidence", {**of, "pattern_id": pattern_id, "card_id": card["card_id"]}


def _turned(words: Any, turn: int) -> str:
    listed = [*words]
    return str(listed[turn % len(listed)])
