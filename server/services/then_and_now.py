"""Then and now of one school: what was agreed there, and what stands beside it at the revisit.

The only place where patterns over rounds name a school. Its host opened that, `then_and_now` beside
`opened` for the same audience, and for a second visit in both rounds; both are the same
school's, so it is compared with itself alone (rule 16). What was agreed is read from the narrow
tables, so it has passed the same rules as every pattern; what was written at the revisit has
passed the name check. The quarter is told, never the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from sqlalchemy import Connection

from schemas.vocabulary import Audience, PatternSubject, Quantifier, RevisitForm, ScopeType
from server.domain.calendar import day_of, quarter_of
from server.domain.identifiers import derived_id, return_summary_id, revisit_id
from server.domain.names_check import words_to_check
from server.services.exports.content import Statement, ThenAndNow
from server.sync.dialect import many, run
from server.sync.read import MergedRecord, records_of, text_of


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


Rounds = Mapping[str, Readable]


@dataclass(frozen=True, slots=True)
class ByName:
    """What is read under schools' names, and the ids of the rounds of which something is."""

    pairs: tuple[ThenAndNow, ...]
    rounds: frozenset[str]


def find_pairs(tx: Connection, network_id: str, readable: Iterable[Readable]) -> ByName:
    """Every pattern beside which something stands now; by school, then by time."""
    rounds, summaries = _by_name(tx, network_id, readable)
    revisits = _revisits(tx, network_id, rounds)
    agreed = _agreed(tx, network_id, {*revisits, *_seconds(revisits, rounds)})
    names = _names(tx, network_id, {rounds[each].school_id for each in revisits})
    written = _written(tx, network_id, agreed)
    pairs: list[ThenAndNow] = []
    told: set[str] = set()
    for one in agreed.values():
        beside, revisit = written.get(one.id), revisits.get(one.round_id)
        if beside and revisit:
            first = rounds[one.round_id]
            second = _second_of(revisit, first, rounds)
            now = agreed.get(beside.get("second_pattern") or "")
            pair = ThenAndNow(
                school_id=first.school_id,
                school=names.get(first.school_id, ""),
                then_in=first.visited_in,
                then=one.said,
                now_in=second.visited_in if second else _met_in(revisit),
                now=now.said if now and second and now.round_id == second.id else None,
                words=_clean(text_of(beside, "text"), summaries[first.id]),
            )
            if pair.school and (pair.now or pair.words):
                pairs.append(pair)
                told |= {first.id, *([second.id] if second else [])}
    pairs.sort(key=lambda pair: (pair.school, pair.then_in, pair.then.statement))
    return ByName(tuple(pairs), frozenset(told))


def rounds_under_name(tx: Connection, network_id: str, readable: Iterable[Readable]) -> list[str]:
    """The ids of the rounds that stand under their school's name for this reader."""
    return [*_by_name(tx, network_id, readable)[0]]


def _by_name(
    tx: Connection, network_id: str, readable: Iterable[Readable]
) -> tuple[dict[str, Readable], dict[str, MergedRecord]]:
    """The rounds that stand under their school's name for this reader, with their summaries."""
    of_summary = {return_summary_id(each.id): each for each in readable}
    rounds, summaries = {}, {}
    for summary in records_of(tx, network_id, ids=of_summary, kind="return_summary"):
        round_ = of_summary[summary.id]
        if round_.audiences & summary.tagged("then_and_now"):
            rounds[round_.id], summaries[round_.id] = round_, summary
    return rounds, summaries


def _revisits(tx: Connection, network_id: str, rounds: Rounds) -> dict[str, MergedRecord]:
    of_revisit = {revisit_id(each): each for each in rounds}
    found = records_of(tx, network_id, ids=of_revisit, kind="revisit")
    return {of_revisit[revisit.id]: revisit for revisit in found}


def _second_of(revisit: MergedRecord, first: Readable, rounds: Rounds) -> Readable | None:
    """The second visit, where it too stands by name: a visit to the same school."""
    if revisit.get("form") != RevisitForm.SECOND_VISIT:
        return None
    second = rounds.get(revisit.get("second_round") or "")
    return second if second and second.school_id == first.school_id else None


def _seconds(revisits: Mapping[str, MergedRecord], rounds: Rounds) -> set[str]:
    seconds = {_second_of(each, rounds[round_id], rounds) for round_id, each in revisits.items()}
    return {second.id for second in seconds if second}


def _met_in(revisit: MergedRecord) -> str | None:
    day = day_of(revisit.get("meets_on"))
    return quarter_of(day) if day else None


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


def _written(tx: Connection, network_id: str, patterns: Iterable[str]) -> dict[str, MergedRecord]:
    """What stands beside each pattern, by the pattern's id."""
    of_now = {derived_id(each, "now"): each for each in patterns}
    return {
        of_now[record.id]: record
        for record in records_of(tx, network_id, ids=of_now, kind="pattern_now")
    }


def _names(tx: Connection, network_id: str, schools: Set[str]) -> dict[str, str]:
    scope = f"{ScopeType.NETWORK}:{network_id}"
    found = records_of(tx, network_id, scope=scope, kind="school", ids=schools)
    return {school.id: text_of(school, "name") for school in found}


def _clean(words: str, summary: MergedRecord) -> str:
    return "" if words_to_check([words], summary.tagged("not_a_person")) else words
