"""A network of many years, made at once: what its hosts opened, straight into the tables that
patterns are read from (server/models/patterns.py) and the index of rounds.

Nothing of it goes through the log: it is for what reading costs, and what a page of it holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from random import Random
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
from server.domain.focus_questions import lasting_question_id
from server.domain.folding import fold
from server.services.agreement import WHAT_IT_IS_ABOUT
from server.services.narrow_places import place_of
from server.services.narrow_rows import RULES, figures_outside, searched_of
from server.sync.dialect import insert_rows

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


ASKED = [
    f"{asked} {of}?"
    for asked in ("Who says why in", "Who begins", "What is done with a mistake in", "Who ends")
    for of in ("a task", "talk in pairs", "a lesson's last part", "writing", "a table's work")
]
"""Focus questions of a framework, which its rounds ask again and again."""
OF_A_ROUND, ITEMS = 3, 8
READ_EVERY = 4
TEAMS, READERS, CARDS_READ = 4, 4, 8
"""A round in which it was read alike: each team reads so many of its own cards."""


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
                of = Base.metadata.tables[table].c
                columns = {name: str(of[name].type) for name in lines[0]}
                insert_rows(tx, table, columns, [[*line.values()] for line in lines])
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
    yield "released_round", {**of, **visited, **figures, "held_back": 0, "by_name": ""}
    for at in range(ITEMS):
        item_id, item = clock.new_id(), {**ITEM, "text": f"{ITEM['text']}, {at}"}
        place = place_of(item["level"], item["check_back_on"], item["text"], item_id)
        content = orjson.dumps(item).decode()
        yield "released_item", {**of, "item_id": item_id, "place": place, "content": content}
    asked = [_question(number * OF_A_ROUND + at) for at in range(OF_A_ROUND)]
    for question_id, words in asked:
        seen = {"question_id": question_id, "words": words, "seen": True}
        yield "released_question", {**of, **seen}
    if number % READ_EVERY == 0:
        for question_id, words in [(WHAT_IT_IS_ABOUT, ""), *asked]:
            read = _read(number, 4 if question_id == WHAT_IT_IS_ABOUT else 3)
            row = {"question_id": question_id, "words": words, "read": read}
            yield "released_reading", {**of, **row}
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
            "questions": _question(turn + place)[0] if place % 2 else "",
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
            "place": place_of(element, subject, statement, pattern_id),
            **searched_of(fold(statement), cards),
        },
    )
    for card in cards:
        yield "released_card", {**of, **card}
        yield "released_evidence", {**of, "pattern_id": pattern_id, "card_id": card["card_id"]}


def _question(turn: int) -> tuple[str, str]:
    """Its lasting id and its words."""
    words = _turned(ASKED, turn)
    return lasting_question_id("", "", [], words), words


def _read(seed: int, words: int) -> str:
    """What people of several teams said of their cards: mostly alike."""
    dice, cards = Random(seed), Counter[tuple[int, ...]]()
    for _ in range(TEAMS * CARDS_READ):
        usual = dice.randrange(words)
        said = [usual if dice.random() < 0.7 else dice.randrange(words) for _ in range(READERS)]
        cards[tuple(map(said.count, range(words)))] += 1
    return orjson.dumps([[TEAMS * READERS, sorted(cards.items())]]).decode()


def _turned(words: Any, turn: int) -> str:
    listed = [*words]
    return str(listed[turn % len(listed)])
