"""The content of rounds that somebody may read, stripped of what must stay in the round.

Reads the visitors' scope to know from how many classrooms a pattern's cards come, and lets
nothing of that out: what it gives leads from no card to a classroom (rule 15).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import Connection

from schemas.vocabulary import (
    CardStanding,
    CheckBack,
    CoreElement,
    GradeBand,
    Horizon,
    Level,
    PatternForm,
    PatternSubject,
    ProgramContext,
    Quantifier,
    SchoolSubject,
    Taker,
)
from server.domain.board import standing_group
from server.domain.calendar import day_of, quarter_of
from server.domain.debriefs import DebriefFacts, counts_next_level
from server.domain.evidence import SHARED_BY, CardFacts, ClassroomFacts, card_facts
from server.domain.identifiers import debrief_id, return_summary_id
from server.domain.improvement import ItemFacts, missing_from_item
from server.domain.joins import end_of_joins
from server.domain.names_check import words_to_check
from server.domain.patterns import PatternFacts, consensus_of, missing_of
from server.services.exports.content import Evidence, Finding, NextLevel
from server.sync.read import MergedRecord, records_of

Word = TypeVar("Word", bound=StrEnum)
Records = Mapping[str, list[MergedRecord]]
Room = MergedRecord

_ROUND_KINDS = (
    "classroom",
    "slot",
    "card",
    "group",
    "pattern",
    "debrief",
    "prediction",
    "next_level_item",
    "return_summary",
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A settled pattern as a sentence, without its evidence."""

    statement: str
    subject: PatternSubject
    quantifier: Quantifier


@dataclass(slots=True)
class Released:
    """What leaves one round. visited: its visited classrooms, for figures alone.

    held_back_count: texts in which somebody may be named, cards included.
    unread_count: of those, statements and items.
    """

    visited: list[Room]
    statements: list[Statement] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    next_level: list[NextLevel] = field(default_factory=list)
    held_back_count: int = 0
    unread_count: int = 0


@dataclass(frozen=True, slots=True)
class Inside:
    """What must not leave the round, and what is decided by it.

    rooms: card id to classroom id. facts: classroom id to what its cards may say.
    """

    rooms: Mapping[str, str]
    visited: list[Room]
    facts: Mapping[str, CardFacts]
    looked_at: Set[str]

    def facts_of(self, card: MergedRecord) -> CardFacts:
        return self.facts.get(self.rooms.get(card.id, ""), CardFacts())


def read_rounds(tx: Connection, network_id: str, days: Mapping[str, date | None]) -> list[Released]:
    """One Released for each round id, by a handful of statements for all of them."""
    found: dict[str, dict[str, list[MergedRecord]]] = defaultdict(lambda: defaultdict(list))
    scopes = [(kind, "round") for kind in _ROUND_KINDS] + [("card_source", "visitors")]
    for kind, scope_type in scopes if days else []:
        among = [f"{scope_type}:{round_id}" for round_id in days]
        for record in records_of(tx, network_id, scopes=among, kind=kind):
            found[record.scope.partition(":")[2]][kind].append(record)
    return [_release(round_id, found[round_id], day) for round_id, day in days.items()]


def _release(round_id: str, records: Records, day: date | None) -> Released:
    inside = _look_inside(round_id, records)
    released = Released(inside.visited)
    if len(inside.visited) < SHARED_BY:
        return released
    agreed = {
        card.id: card for card in records["card"] if card.get("standing") == CardStanding.AGREED
    }
    joined = {group.id: group.get("joined_to") for group in records["group"]}
    for pattern in sorted(records["pattern"], key=lambda each: each.get("order") or 0):
        cards = _cards_of(pattern, agreed, joined)
        if _is_settled(pattern, cards, inside.rooms):
            _take_pattern(released, inside, pattern, cards, day)
    if _has_next_level(round_id, records):
        for item in records["next_level_item"]:
            _take_item(released, item, inside.looked_at)
    return released


def _has_next_level(round_id: str, records: Records) -> bool:
    """Whether an agreed prediction was sealed before what comes next (rule 4)."""
    found = (each for each in records["debrief"] if each.id == debrief_id(round_id))
    return counts_next_level(
        DebriefFacts(
            teams=(),
            pattern_count=0,
            prediction_count=sum(bool(each.get("agreed")) for each in records["prediction"]),
            sealed=any(each.get("sealed_at") for each in found),
        )
    )


def _look_inside(round_id: str, records: Records) -> Inside:
    rooms = _rooms_of_cards(records)
    visited = _visited(records, rooms)
    facts = card_facts(
        [
            ClassroomFacts(
                room.id,
                room.get("grade_band"),
                room.get("subject"),
                frozenset(room.tagged("context")),
            )
            for room in visited
        ]
    )
    return Inside(rooms, visited, facts, _looked_at(round_id, records))


def _looked_at(round_id: str, records: Records) -> Set[str]:
    """Slugs of words that somebody said name nobody: kept in the round's one summary."""
    for summary in records["return_summary"]:
        if summary.id == return_summary_id(round_id):
            return summary.tagged("not_a_person")
    return frozenset()


def _rooms_of_cards(records: Records) -> dict[str, str]:
    """Card id to classroom id, joined classrooms being one."""
    joined = {room.id: room.get("joined_to") for room in records["classroom"]}
    return {
        source.get("card"): end_of_joins(source.get("classroom"), joined)
        for source in records["card_source"]
        if source.get("card") and source.get("classroom")
    }


def _visited(records: Records, rooms_of_cards: Mapping[str, str]) -> list[Room]:
    """Classrooms that a slot led to, or that a card comes from; joined ones once."""
    rooms = {room.id: room for room in records["classroom"]}
    joined = {room.id: room.get("joined_to") for room in records["classroom"]}
    led_to = {slot.get("classroom") for slot in records["slot"] if not slot.get("skipped")}
    been = {end_of_joins(each, joined) for each in led_to if each}
    been.update(rooms_of_cards.values())
    return [rooms[each] for each in sorted(been) if each in rooms]


def _cards_of(
    pattern: MergedRecord, agreed: Mapping[str, MergedRecord], joined: Mapping[str, str | None]
) -> list[MergedRecord]:
    """Agreed cards that were attached one by one, or lie in what an attached group is now."""
    named = pattern.tagged("cards")
    groups = {standing_group(group, joined) for group in pattern.tagged("groups")} - {None}

    def lies_in(card: MergedRecord) -> str | None:
        return standing_group((card.get("position") or {}).get("group"), joined)

    return [card for card in agreed.values() if card.id in named or lies_in(card) in groups]


def _consensus(pattern: MergedRecord) -> str | None:
    """What stands, where several said something at the same time."""
    others = [head["value"] for head in pattern.heads.get("consensus", ())]
    return consensus_of([pattern.get("consensus"), *others])


def _is_settled(
    pattern: MergedRecord, cards: list[MergedRecord], sources: Mapping[str, str]
) -> bool:
    """A pattern whose rules all hold. Contrasts and questions of one classroom stay inside."""
    if (pattern.get("form") or PatternForm.PATTERN) != PatternForm.PATTERN:
        return False
    facts = PatternFacts(
        form=pattern.get("form"),
        subject=pattern.get("subject"),
        statement=pattern.get("statement") or "",
        quantifier=pattern.get("quantifier"),
        consensus=_consensus(pattern),
        card_count=len(cards),
        classroom_count=len({sources[card.id] for card in cards if card.id in sources}),
    )
    return not missing_of(facts)


def _take_pattern(
    released: Released,
    inside: Inside,
    pattern: MergedRecord,
    cards: list[MergedRecord],
    day: date | None,
) -> None:
    clean = [card for card in cards if _is_clean([card.get("text") or ""], inside.looked_at)]
    released.held_back_count += len(cards) - len(clean)
    said = Statement(
        statement=pattern.get("statement").strip(),
        subject=PatternSubject(pattern.get("subject")),
        quantifier=Quantifier(pattern.get("quantifier")),
    )
    if _is_clean([said.statement], inside.looked_at):
        released.statements.append(said)
    else:
        released.unread_count += 1
    if not clean or said not in released.statements:
        released.held_back_count += 1
        return
    released.findings.append(
        Finding(
            statement=said.statement,
            subject=said.subject,
            quantifier=said.quantifier,
            element=_word(CoreElement, pattern.get("element")),
            visited_in=quarter_of(day) if day else None,
            evidence=tuple(_evidence(card, inside.facts_of(card)) for card in _shuffled(clean)),
        )
    )


def _shuffled(cards: Iterable[MergedRecord]) -> list[MergedRecord]:
    """By their words, so that the order tells nothing of who posted when, or where."""
    return sorted(cards, key=lambda card: (card.get("text") or "", card.id))


def _evidence(card: MergedRecord, facts: CardFacts) -> Evidence:
    """The card, with what may be said of its classroom, whatever its own fields say."""
    return Evidence(
        text=card.get("text") or "",
        element=_word(CoreElement, card.get("element")),
        grade_band=_word(GradeBand, facts.grade_band),
        subject=_word(SchoolSubject, facts.subject),
        context=tuple(ProgramContext(word) for word in facts.context),
    )


def _take_item(released: Released, item: MergedRecord, looked_at: Set[str]) -> None:
    """A next-level item that is whole (rule 11). A member who takes it on is not named."""
    text, day = (item.get("text") or "").strip(), day_of(item.get("check_back_on"))
    facts = ItemFacts(
        text=text,
        horizon=item.get("horizon"),
        level=item.get("level"),
        taken_on_by_member=item.get("taken_on_by_member"),
        taken_on_by=item.get("taken_on_by"),
        check_back_on=item.get("check_back_on"),
    )
    if day is None or missing_from_item(facts):
        return
    support, learned = item.get("support") or "", item.get("learned") or ""
    if not _is_clean([text, support, learned], looked_at):
        released.held_back_count += 1
        released.unread_count += 1
        return
    released.next_level.append(
        NextLevel(
            text=text,
            horizon=Horizon(item.get("horizon")),
            level=Level(item.get("level")),
            taken_on_by=_word(Taker, item.get("taken_on_by")),
            support=support,
            check_back_on=day,
            outcome=_word(CheckBack, item.get("outcome")),
            learned=learned,
            of_use=item.get("of_use"),
        )
    )


def _is_clean(texts: Iterable[str], looked_at: Set[str]) -> bool:
    return not words_to_check(texts, looked_at)


def _word(words: type[Word], value: str | None) -> Word | None:
    return words(value) if value else None
