"""Then and now of one school: what was agreed there, and what stands beside it at the revisit.

The only place where patterns over rounds name a school. Its host opened that, `then_and_now` beside
`opened` for the same audience, and for a second visit in both rounds; both are the same
school's, so it is compared with itself alone (rule 16). What was agreed and what was written at
the revisit is read from the narrow tables, so it has passed the same rules as every pattern and
the name check. The quarter is told, never the day. Twin of the view of that name
(bi_queries.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from schemas.vocabulary import Audience, PatternSubject, Quantifier, ScopeType
from server.domain.identifiers import return_summary_id
from server.services.exports.content import Statement, ThenAndNow
from server.sync.dialect import many, run
from server.sync.read import records_of, text_of


@dataclass(frozen=True, slots=True)
class Readable:
    """An opened round of a school, and the audiences as one of which somebody reads it."""

    id: str
    school_id: str
    visited_in: str
    audiences: Set[Audience]


@dataclass(frozen=True, slots=True)
class Agreed:
    """A settled pattern that left its round."""

    id: str
    round_id: str
    said: Statement


Line = Mapping[Any, Any]
Rounds = Mapping[str, Readable]


@dataclass(frozen=True, slots=True)
class ByName:
    """What is read under schools' names, and the ids of the rounds of which something is."""

    pairs: tuple[ThenAndNow, ...]
    rounds: frozenset[str]


def find_pairs(tx: Connection, network_id: str, readable: Iterable[Readable]) -> ByName:
    """Every pattern beside which something stands now; by school, then by time."""
    rounds = _by_name(tx, network_id, readable)
    beside = _beside(tx, network_id, rounds)
    seconds = {second.id for each in beside if (second := _second_of(each, rounds))}
    agreed = _agreed(tx, network_id, {*(each["round_id"] for each in beside), *seconds})
    names = _names(tx, network_id, {rounds[each["round_id"]].school_id for each in beside})
    pairs: list[ThenAndNow] = []
    told: set[str] = set()
    for each in beside:
        first, second = rounds[each["round_id"]], _second_of(each, rounds)
        now = agreed.get(each["second_pattern"] or "")
        pair = ThenAndNow(
            school_id=first.school_id,
            school=names.get(first.school_id, ""),
            then_in=first.visited_in,
            then=agreed[each["pattern_id"]].said,
            now_in=second.visited_in if second else each["met_in"],
            now=now.said if now and second and now.round_id == second.id else None,
            words=each["words"],
        )
        if pair.school and (pair.now or pair.words):
            pairs.append(pair)
            told |= {first.id, *([second.id] if second else [])}
    pairs.sort(key=lambda pair: (pair.school, pair.then_in, pair.then.statement))
    return ByName(tuple(pairs), frozenset(told))


def rounds_under_name(tx: Connection, network_id: str, readable: Iterable[Readable]) -> list[str]:
    """The ids of the rounds that stand under their school's name for this reader."""
    return [*_by_name(tx, network_id, readable)]


def _by_name(tx: Connection, network_id: str, readable: Iterable[Readable]) -> Rounds:
    """As their summaries say at this moment, whatever the narrow tables know of it yet."""
    of_summary = {return_summary_id(each.id): each for each in readable}
    found = records_of(tx, network_id, ids=of_summary, kind="return_summary")
    return {
        (round_ := of_summary[summary.id]).id: round_
        for summary in found
        if of_summary[summary.id].audiences & summary.tagged("then_and_now")
    }


def _beside(tx: Connection, network_id: str, rounds: Rounds) -> list[Line]:
    """What stands beside patterns of these rounds; in one order, for ids of twins."""
    statement = (
        "SELECT * FROM released_now WHERE network_id = ? AND round_id {among} "
        "ORDER BY pattern_id {bytewise}"
    )
    return [*run(tx, statement, network_id, many(tx, sorted(rounds))).mappings()]


def _second_of(beside: Line, rounds: Rounds) -> Readable | None:
    """The second visit, where it too stands by name: a visit to the same school."""
    first, second = rounds[beside["round_id"]], rounds.get(beside["second_round"] or "")
    return second if second and second.school_id == first.school_id else None


def _agreed(tx: Connection, network_id: str, rounds: Iterable[str]) -> dict[str, Agreed]:
    statement = (
        "SELECT pattern_id, round_id, statement, subject, quantifier FROM released_pattern "
        "WHERE network_id = ? AND round_id {among}"
    )
    return {
        row[0]: Agreed(
            row[0], row[1], Statement(row[2], PatternSubject(row[3]), Quantifier(row[4]))
        )
        for row in run(tx, statement, network_id, many(tx, sorted(rounds)))
    }


def _names(tx: Connection, network_id: str, schools: Set[str]) -> dict[str, str]:
    scope = f"{ScopeType.NETWORK}:{network_id}"
    found = records_of(tx, network_id, scope=scope, kind="school", ids=schools)
    return {school.id: text_of(school, "name") for school in found}
