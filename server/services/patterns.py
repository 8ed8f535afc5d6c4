"""Patterns of a network over its rounds: what may be read, by whom, pooled over schools.

The one door to a round's content for everybody who does not hold the round: analysts read
rounds whose host opened *the district* (rule 10), members those opened to *the network*,
and the round's own people their round. Everything else is only counted as not yet released.

What comes out holds settled patterns with agreed cards (rule 5), names nobody, and leads to
no classroom, clock time or author (rule 15), and to no school but where its host opened then
and now of it by name (rule 16, services/then_and_now). A piece of text in which the
name check finds a word that nobody looked at stays in its round: what was not looked at does
not leave. Looked at means: replaced, or kept in the summary as no person's name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from schemas.vocabulary import (
    Audience,
    CoreElement,
    GradeBand,
    NetworkRole,
    PatternSubject,
    ProgramContext,
    RoomToRoom,
    SchoolSubject,
    ScopeType,
)
from server.domain.access import Standing, may_hold
from server.domain.calendar import day_of, quarter_of
from server.errors import RuleBroken
from server.models.accounts import Membership
from server.models.sync import RoundIndex
from server.services.exports.content import (
    Filter,
    Findings,
    Found,
    NextLevels,
    Quarter,
    QuestionAsked,
    ReadsAlike,
    ThenAndNow,
)
from server.services.narrow_tables import (
    Released,
    Wanted,
    read_findings,
    read_items,
    read_readings,
    read_released,
)
from server.services.networks import name_of
from server.services.released import word_of
from server.services.small_figures import (
    FEWEST,
    Shown,
    figure_of_all,
    figures_of_shown,
    shown_of,
)
from server.services.then_and_now import ByName, Readable, find_pairs, rounds_under_name
from server.sync.read import records_of


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads. `standing` is None for an operator, who reads as an analyst of all districts.

    to_take_away: for a file, into which only what hosts opened may go.
    """

    network_id: str
    standing: Standing | None
    to_take_away: bool = False


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round as the index has it."""

    id: str
    host_school_id: str | None
    visits_on: date | None
    opened: frozenset[str]


def find_patterns(tx: Connection, reader: Reader, asked: Filter, today: date) -> Found:
    """What the reader may read of what was asked. Wants an open transaction.

    Its findings are read as they are wanted, while the transaction is open. Reads the narrow
    tables: bring them up to the head before (services/narrowing).
    """
    rounds = _of_concern(tx, reader, _rounds_asked(tx, reader, asked, today))
    readable = _readable(tx, reader, rounds)
    released = read_released(tx, reader.network_id, _parted(readable, asked))
    by_name = _to_take_away(tx, reader, asked, rounds)
    shown = {id_: shown_of(rooms, FEWEST) for id_, rooms in released.visited.items() if rooms}
    return Found(
        network=name_of(tx, reader.network_id),
        made_on=today,
        filter=asked,
        rounds_count=len(readable),
        not_released_count=len(rounds) - len(readable),
        held_back_count=released.held_back_count,
        fewest=FEWEST,
        in_no_file_count=_in_no_file(tx, reader, readable),
        quarters=_quarters(rounds, readable, shown),
        covered=frozenset(released.covered),
        agreed_on=frozenset(released.agreed_on),
        questions=_questions(asked, released),
        figures=figures_of_shown([*shown.values()]),
        findings=released.findings,
        next_level=released.next_level,
        read_alike=released.read_alike,
        then_and_now=by_name.pairs if by_name else (),
        not_by_name_count=_without_name(readable, by_name) if by_name else 0,
    )


def find_then_and_now(
    tx: Connection, reader: Reader, today: date
) -> tuple[tuple[ThenAndNow, ...], int]:
    """Schools with themselves, where their hosts opened that to this reader by name; and how many
    of the rounds that the reader may read have no part in it."""
    rounds = _rounds_asked(tx, reader, Filter(), today)
    found = _find_pairs(tx, reader, rounds)
    return found.pairs, _without_name(_readable(tx, reader, rounds), found)


def _without_name(readable: list[RoundRow], found: ByName) -> int:
    """Rounds and no schools: a number of schools would tell which rounds are of one (ADR 54)."""
    return sum(row.id not in found.rounds for row in readable)


def _in_no_file(tx: Connection, reader: Reader, readable: list[RoundRow]) -> int:
    """Rounds that the reader holds, and that nobody may take away before their host opens them."""
    taken = _readable(tx, replace(reader, to_take_away=True), readable)
    return len(readable) - len(taken)


def _to_take_away(
    tx: Connection, reader: Reader, asked: Filter, rounds: list[RoundRow]
) -> ByName | None:
    """In a file of everything alone: of a part, less would stand there than its name says."""
    if not reader.to_take_away or asked != Filter():
        return None
    return _find_pairs(tx, reader, rounds)


def rounds_by_name(tx: Connection, reader: Reader, asked: Filter, today: date) -> list[str]:
    """The rounds of which `find_patterns` may say then and now under a school's name."""
    if asked != Filter():
        return []
    rounds = _rounds_asked(tx, reader, asked, today)
    return rounds_under_name(tx, reader.network_id, _opened_to(tx, reader, rounds))


def _find_pairs(tx: Connection, reader: Reader, rounds: list[RoundRow]) -> ByName:
    return find_pairs(tx, reader.network_id, _opened_to(tx, reader, rounds))


def _opened_to(tx: Connection, reader: Reader, rounds: list[RoundRow]) -> list[Readable]:
    standing = reader.standing
    schools = _schools_of_district(tx, standing) if standing else None
    return [
        Readable(row.id, row.host_school_id, quarter_of(row.visits_on), audiences)
        for row in rounds
        if row.host_school_id
        and row.visits_on
        and (audiences := _audiences_of(row, standing, schools))
    ]


def readable_rounds(tx: Connection, reader: Reader, asked: Filter, today: date) -> list[str]:
    """The rounds that `find_patterns` reads."""
    rounds = _rounds_asked(tx, reader, asked, today)
    return [row.id for row in _readable(tx, reader, rounds)]


def filter_of(asked: dict[str, Any]) -> Filter:
    """What was asked, as words of the vocabulary and dates."""
    return Filter(
        about=word_of(PatternSubject, asked.get("about")),
        element=word_of(CoreElement, asked.get("element")),
        grade_band=word_of(GradeBand, asked.get("grade_band")),
        subject=word_of(SchoolSubject, asked.get("subject")),
        context=word_of(ProgramContext, asked.get("context")),
        question=asked.get("question"),
        rooms=word_of(RoomToRoom, asked.get("rooms")),
        words=(asked.get("words") or "").strip() or None,
        begins_on=_day(asked, "begins_on"),
        ends_on=_day(asked, "ends_on"),
    )


def _day(asked: dict[str, Any], name: str) -> date | None:
    day = day_of(asked.get(name))
    if asked.get(name) and day is None:
        raise RuleBroken("request.invalid", field=name)
    return day


def find_findings(tx: Connection, reader: Reader, asked: Filter, today: date) -> Findings:
    """The findings alone of what `find_patterns` finds."""
    return read_findings(tx, reader.network_id, _wanted(tx, reader, asked, today))


def find_next_level(tx: Connection, reader: Reader, asked: Filter, today: date) -> NextLevels:
    """The next-level items alone of what `find_patterns` finds."""
    return read_items(tx, reader.network_id, _wanted(tx, reader, asked, today))


def find_read_alike(tx: Connection, reader: Reader, asked: Filter, today: date) -> ReadsAlike:
    """How alike it was read alone of what `find_patterns` finds."""
    return read_readings(tx, reader.network_id, _wanted(tx, reader, asked, today))


def _wanted(tx: Connection, reader: Reader, asked: Filter, today: date) -> Wanted:
    rounds = _rounds_asked(tx, reader, asked, today)
    return _parted(_readable(tx, reader, rounds), asked)


def _questions(asked: Filter, released: Released) -> tuple[QuestionAsked, ...]:
    """Of a part of the cards it is not said either on which question nobody has evidence."""
    if asked.asks_for_whole_rounds:
        return tuple(released.questions)
    return tuple(replace(each, seen=None) for each in released.questions)


def _quarters(
    rounds: list[RoundRow], readable: list[RoundRow], shown: Mapping[str, Shown]
) -> tuple[Quarter, ...]:
    """In which quarters there were rounds, of how many of them more is told, and on what base."""
    been, read = (
        Counter(quarter_of(row.visits_on) for row in rows if row.visits_on)
        for rows in (rounds, readable)
    )
    of_each: dict[str, list[Shown]] = {each: [] for each in been}
    for row in readable:
        if row.visits_on and row.id in shown:
            of_each[quarter_of(row.visits_on)].append(shown[row.id])
    return tuple(
        Quarter(each, read[each], been[each] - read[each], figure_of_all(of_each[each]))
        for each in sorted(been, reverse=True)
    )


def _parted(readable: list[RoundRow], asked: Filter) -> Wanted:
    """The narrow tables hold what is opened; what is not yet is read by its own people."""
    quarters = {row.id: quarter_of(row.visits_on) for row in readable if row.visits_on}
    return Wanted(quarters, [row.id for row in readable if not row.opened], asked)


def _rounds_asked(tx: Connection, reader: Reader, asked: Filter, today: date) -> list[RoundRow]:
    return [row for row in _rounds(tx, reader.network_id) if _within(row, asked, today)]


def _rounds(tx: Connection, network_id: str, round_id: str | None = None) -> list[RoundRow]:
    """Those of the network, or one of them."""
    wanted = select(
        RoundIndex.round_id,
        RoundIndex.host_school_id,
        RoundIndex.visits_on,
        RoundIndex.opened,
    ).where(RoundIndex.network_id == network_id, RoundIndex.deleted.is_(False))
    if round_id is not None:
        wanted = wanted.where(RoundIndex.round_id == round_id)
    rows = tx.execute(wanted)
    return [
        RoundRow(
            row.round_id,
            row.host_school_id,
            day_of(row.visits_on),
            frozenset(row.opened.split()),
        )
        for row in rows
    ]


def _within(row: RoundRow, asked: Filter, today: date) -> bool:
    """Whether the round has been, in a quarter of the year that was asked for.

    Whole quarters: asked day by day, the answers would tell the day of a round.
    """
    day = row.visits_on
    if day is None or day > today:
        return False
    begins, ends = quarter_of(asked.begins_on or day), quarter_of(asked.ends_on or day)
    return begins <= quarter_of(day) <= ends


def _of_concern(tx: Connection, reader: Reader, rounds: list[RoundRow]) -> list[RoundRow]:
    """Without those of other districts for whoever is but a district's analyst: no host could
    ever open one to them, so it is not *not yet* released."""
    standing = reader.standing
    if standing is None or standing.network_roles & {NetworkRole.MEMBER, NetworkRole.LEAD}:
        return rounds
    schools = _schools_of_district(tx, standing)
    return [row for row in rounds if schools is None or row.host_school_id in schools]


def _readable(tx: Connection, reader: Reader, rounds: list[RoundRow]) -> list[RoundRow]:
    standing = reader.standing
    if standing is None:
        return [row for row in rounds if Audience.DISTRICT in row.opened]
    schools = _schools_of_district(tx, standing)
    return [row for row in rounds if _may_read(row, reader, standing, schools)]


def _audiences_of(
    row: RoundRow, standing: Standing | None, schools: frozenset[str] | None
) -> frozenset[Audience]:
    """As one of which audiences somebody reads an opened round. schools: as in `_may_read`."""
    if standing is not None and not standing.active:
        return frozenset()
    own = schools is None or row.host_school_id in schools
    found = set[Audience]()
    if own and (standing is None or NetworkRole.ANALYST in standing.network_roles):
        found.add(Audience.DISTRICT)
    if standing and standing.network_roles & {NetworkRole.MEMBER, NetworkRole.LEAD}:
        found.add(Audience.NETWORK)
    return frozenset(found & row.opened)


def _may_read(
    row: RoundRow, reader: Reader, standing: Standing, schools: frozenset[str] | None
) -> bool:
    """schools: those of an analyst's own district; None for an analyst of all districts."""
    if _audiences_of(row, standing, schools):
        return True
    if not standing.active or not standing.network_roles & {NetworkRole.MEMBER, NetworkRole.LEAD}:
        return False
    if Audience.PUBLIC in row.opened:
        return True
    return not reader.to_take_away and may_hold(standing, f"{ScopeType.ROUND}:{row.id}")


def is_opened_to(tx: Connection, standing: Standing, round_id: str) -> bool:
    """Whether the round's host opened it to an audience that somebody is of."""
    [row] = _rounds(tx, standing.network_id, round_id)
    by_role = Reader(standing.network_id, standing, to_take_away=True)
    if _may_read(row, by_role, standing, _schools_of_district(tx, standing)):
        return True
    return Audience.NETWORK in row.opened and may_hold(standing, f"{ScopeType.ROUND}:{round_id}")


def _schools_of_district(tx: Connection, standing: Standing) -> frozenset[str] | None:
    district_id = tx.scalar(
        select(Membership.district_id).where(
            Membership.network_id == standing.network_id, Membership.id == standing.member_id
        )
    )
    if district_id is None:
        return None
    scope = f"{ScopeType.NETWORK}:{standing.network_id}"
    schools = records_of(tx, standing.network_id, scope=scope, kind="school")
    return frozenset(school.id for school in schools if school.get("district") == district_id)
