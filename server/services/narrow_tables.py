"""Reading the narrow tables: what rounds released, as findings, items and figures.

Checks no access: whoever asks says which rounds may be read. Of rounds that are not opened to
anybody the tables hold nothing; the same rows are then made of their records on the way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import Connection

from schemas.vocabulary import CoreElement, ProgramContext
from server.domain.folding import fold
from server.services.agreement import PooledReadings, pooled
from server.services.exports.content import Evidence, Filter, Finding, QuestionAsked
from server.services.narrow_findings import (
    ReleasedFindings,
    evidence_of_line,
    finding_of_line,
    narrowed,
    place_of_finding,
)
from server.services.narrow_items import ReleasedItems
from server.services.narrow_rows import NarrowRows, rooms_named, rows_of
from server.services.released import read_round
from server.sync.dialect import many, run

Line = Mapping[Any, Any]
Rooms = list[Mapping[str, str | None]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Round id to the quarter of its visits; which of them are not opened to anybody; and
    what is asked of them."""

    quarters: Mapping[str, str]
    unopened: Sequence[str]
    asked: Filter


@dataclass(slots=True)
class Released:
    """What leaves the rounds. visited: by round its visited classrooms, for figures alone.

    held_back_count: texts in which somebody may be named, cards included. agreed_on: what
    cards that were agreed on are about; covered: what those behind patterns are.
    """

    findings: ReleasedFindings
    next_level: ReleasedItems
    read_alike: PooledReadings
    visited: dict[str, Rooms] = field(default_factory=dict)
    held_back_count: int = 0
    agreed_on: set[CoreElement] = field(default_factory=set)
    covered: set[CoreElement] = field(default_factory=set)
    questions: list[QuestionAsked] = field(default_factory=list)

    def add_round(self, line: Line) -> None:
        rooms: Rooms = list(rooms_named(orjson.loads(line["visited"])))
        self.visited[line["round_id"]] = rooms
        self.held_back_count += line["held_back"]
        self.agreed_on.update(map(CoreElement, line["elements"].split()))


def read_released(tx: Connection, network_id: str, wanted: Wanted) -> Released:
    """Everything of these rounds; their findings and what comes next only once they are read."""
    made = _made_of_records(tx, network_id, wanted)
    released = Released(
        _findings(tx, network_id, wanted, made),
        _items(tx, network_id, wanted, made),
        _read_alike(tx, network_id, wanted, made),
    )
    for line in _lines(tx, network_id, wanted, made, "released_round"):
        released.add_round(line)
    released.covered = _covered(tx, network_id, wanted, made, released.agreed_on)
    questions = _lines(tx, network_id, wanted, made, "released_question")
    released.questions = _questions(_by_time(questions, wanted))
    return released


def read_findings(tx: Connection, network_id: str, wanted: Wanted) -> ReleasedFindings:
    """The findings of these rounds and nothing else of them."""
    return _findings(tx, network_id, wanted, _made_of_records(tx, network_id, wanted))


def read_items(tx: Connection, network_id: str, wanted: Wanted) -> ReleasedItems:
    """The next-level items of these rounds and nothing else of them."""
    return _items(tx, network_id, wanted, _made_of_records(tx, network_id, wanted))


def read_readings(tx: Connection, network_id: str, wanted: Wanted) -> PooledReadings:
    """How alike these rounds were read, and nothing else of them."""
    return _read_alike(tx, network_id, wanted, _made_of_records(tx, network_id, wanted))


def _made_of_records(tx: Connection, network_id: str, wanted: Wanted) -> dict[str, NarrowRows]:
    """What the tables would hold of rounds that are not opened."""
    return {each: rows_of(each, read_round(tx, network_id, each)) for each in wanted.unopened}


def _items(
    tx: Connection, network_id: str, wanted: Wanted, made: Mapping[str, NarrowRows]
) -> ReleasedItems:
    own = [line for rows in made.values() for line in rows.by_table["released_item"]]
    return ReleasedItems(tx, network_id, sorted(wanted.quarters.keys() - made.keys()), own)


def _read_alike(
    tx: Connection, network_id: str, wanted: Wanted, made: Mapping[str, NarrowRows]
) -> PooledReadings:
    """Over whole rounds alone: a part of their cards would be told apart by its grades."""
    if not wanted.asked.asks_for_whole_rounds:
        return pooled(())
    return pooled(_by_time(_lines(tx, network_id, wanted, made, "released_reading"), wanted))


def _covered(
    tx: Connection,
    network_id: str,
    wanted: Wanted,
    made: Mapping[str, NarrowRows],
    agreed_on: Iterable[CoreElement],
) -> set[CoreElement]:
    """Those of them that a card behind a pattern is about. One such card is looked for, of all."""
    own = {card["element"] for rows in made.values() for card in rows.by_table["released_card"]}
    opened = many(tx, sorted(wanted.quarters.keys() - made.keys()))
    one = (
        "SELECT 1 FROM released_card WHERE network_id = ? AND round_id {among} "
        "AND element = ? LIMIT 1"
    )
    return {
        each
        for each in agreed_on
        if each in own or run(tx, one, network_id, opened, each).first() is not None
    }


def _findings(
    tx: Connection, network_id: str, wanted: Wanted, made: Mapping[str, NarrowRows]
) -> ReleasedFindings:
    opened = {each: quarter for each, quarter in wanted.quarters.items() if each not in made}
    own = [
        finding
        for round_id, rows in made.items()
        for finding in narrowed(_made(rows, wanted.quarters[round_id]), wanted.asked)
    ]
    own.sort(key=place_of_finding)
    programs = [*map(_programs_of, made.values())]
    return ReleasedFindings(tx, network_id, opened, wanted.asked, own, programs)


def _programs_of(rows: NarrowRows) -> frozenset[ProgramContext]:
    """Of which programs' classes a round that is in no table has evidence."""
    cards = rows.by_table["released_card"]
    return frozenset(ProgramContext(word) for card in cards for word in card["contexts"].split())


def _made(rows: NarrowRows, quarter: str) -> Iterable[Finding]:
    """What the tables would tell of a round that is not opened."""
    cards = {line["card_id"]: evidence_of_line(line) for line in rows.by_table["released_card"]}
    behind: dict[str, list[Evidence]] = defaultdict(list)
    for line in rows.by_table["released_evidence"]:
        behind[line["pattern_id"]].append(cards[line["card_id"]])
    for line in rows.by_table["released_pattern"]:
        evidence = sorted(behind[line["pattern_id"]], key=lambda one: (one.text, one.element or ""))
        yield finding_of_line(line, quarter, evidence)


def _lines(
    tx: Connection, network_id: str, wanted: Wanted, made: Mapping[str, NarrowRows], name: str
) -> Iterable[Line]:
    """A table's rows of these rounds, and what it would hold of those that are not opened."""
    opened = many(tx, sorted(wanted.quarters.keys() - made.keys()))
    statement = f"SELECT * FROM {name} WHERE network_id = ? AND round_id {{among}}"  # noqa: S608
    yield from run(tx, statement, network_id, opened).mappings()
    for round_id, rows in made.items():
        yield from ({**row, "round_id": round_id} for row in rows.by_table[name])


def _by_time(lines: Iterable[Line], wanted: Wanted) -> list[Line]:
    """What was worded last comes last."""
    return sorted(lines, key=lambda line: (wanted.quarters[line["round_id"]], line["words"]))


def _questions(by_time: Sequence[Line]) -> list[QuestionAsked]:
    """Each once, as it was worded last, with evidence where any round has some."""
    words = {line["question_id"]: line["words"] for line in by_time}
    seen = {line["question_id"] for line in by_time if line["seen"]}
    asked = [QuestionAsked(id_, said, id_ in seen) for id_, said in words.items()]
    return sorted(asked, key=lambda each: (fold(each.words), each.id))
