"""Reading the narrow tables: what rounds released, as findings, items and figures.

Checks no access: whoever asks says which rounds may be read. Of rounds that are not opened to
anybody the tables hold nothing; the same rows are then made of their records on the way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Connection

from schemas.vocabulary import (
    CheckBack,
    CoreElement,
    GradeBand,
    Horizon,
    Level,
    PatternSubject,
    ProgramContext,
    Quantifier,
    SchoolSubject,
    Taker,
)
from server.services.exports.content import Evidence, Finding, NextLevel
from server.services.narrow_rows import rows_of
from server.services.narrowing import TABLES
from server.services.released import read_round, word_of
from server.sync.dialect import many, run

Rows = Mapping[str, list[Mapping[str, Any]]]
Rooms = list[Mapping[str, str | None]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Round id to the quarter of its visits; and which of them are not opened to anybody."""

    quarters: Mapping[str, str]
    unopened: Sequence[str]


@dataclass(slots=True)
class Released:
    """What leaves the rounds. visited: each round's visited classrooms, for figures alone.

    held_back_count: texts in which somebody may be named, cards included.
    """

    visited: list[Rooms] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    next_level: list[NextLevel] = field(default_factory=list)
    held_back_count: int = 0


def read_released(tx: Connection, network_id: str, wanted: Wanted) -> Released:
    """Everything of these rounds, by a statement a table."""
    rows = _rows(tx, network_id, wanted.quarters.keys() - {*wanted.unopened})
    for round_id in wanted.unopened:
        made = rows_of(round_id, read_round(tx, network_id, round_id))
        for name, lines in made.by_table.items():
            rows[name] += [{"round_id": round_id, **line} for line in lines]
    released = Released(findings=_findings(rows, wanted.quarters))
    for line in rows["released_round"]:
        rooms: Rooms = [
            {"grade_band": band, "subject": subject}
            for band, subject in orjson.loads(line["visited"])
        ]
        released.visited.append(rooms)
        released.held_back_count += line["held_back"]
    released.next_level = [_item(orjson.loads(line["content"])) for line in rows["released_item"]]
    return released


def _rows(
    tx: Connection, network_id: str, round_ids: Iterable[str]
) -> dict[str, list[Mapping[str, Any]]]:
    among = many(tx, sorted(round_ids))
    return {
        name: [
            *run(
                tx,
                f"SELECT * FROM {name} WHERE network_id = ? AND round_id {{among}}",  # noqa: S608
                network_id,
                among,
            ).mappings()
        ]
        for name in TABLES
    }


def _findings(rows: Rows, quarters: Mapping[str, str]) -> list[Finding]:
    cards = {line["card_id"]: _evidence(line) for line in rows["released_card"]}
    stands_on: dict[str, list[Evidence]] = defaultdict(list)
    for line in rows["released_evidence"]:
        stands_on[line["pattern_id"]].append(cards[line["card_id"]])
    return [
        Finding(
            statement=line["statement"],
            subject=PatternSubject(line["subject"]),
            quantifier=Quantifier(line["quantifier"]),
            element=word_of(CoreElement, line["element"]),
            visited_in=quarters[line["round_id"]],
            evidence=_shuffled(stands_on[line["pattern_id"]]),
        )
        for line in rows["released_pattern"]
    ]


def _shuffled(cards: list[Evidence]) -> tuple[Evidence, ...]:
    """By their words, so that the order tells nothing of who posted when, or where."""
    return tuple(sorted(cards, key=lambda card: (card.text, card.element or "")))


def _evidence(line: Mapping[str, Any]) -> Evidence:
    return Evidence(
        text=line["text"],
        element=word_of(CoreElement, line["element"]),
        grade_band=word_of(GradeBand, line["grade_band"]),
        subject=word_of(SchoolSubject, line["subject"]),
        context=tuple(ProgramContext(word) for word in line["contexts"].split()),
    )


def _item(plain: Mapping[str, Any]) -> NextLevel:
    return NextLevel(
        text=plain["text"],
        horizon=Horizon(plain["horizon"]),
        level=Level(plain["level"]),
        taken_on_by=word_of(Taker, plain["taken_on_by"]),
        support=plain["support"],
        check_back_on=date.fromisoformat(plain["check_back_on"]),
        outcome=word_of(CheckBack, plain["outcome"]),
        learned=plain["learned"],
        of_use=plain["of_use"],
    )
