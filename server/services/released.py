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
from server.domain.calendar import day_of
from server.domain.identifiers import return_summary_id
from server.domain.names_check import words_to_check
from server.domain.patterns import PatternFacts, missing_of
from server.services.exports.content import Evidence, Finding, NextLevel
from server.sync.read import MergedRecord, records_of

SHARED_BY = 3
"""Classrooms that must share what is said of a card, and be visited for a pattern to be read."""

Word = TypeVar("Word", bound=StrEnum)
Records = Mapping[str, list[MergedRecord]]
Room = MergedRecord

_ROUND_KINDS = ("classroom", "slot", "card", "pattern", "next_level_item", "return_summary")


@dataclass(slots=True)
class Released:
    """What leaves one round. visited: its visited classrooms, for figures alone."""

    visited: list[Room]
    findings: list[Finding] = field(default_factory=list)
    next_level: list[NextLevel] = field(default_factory=list)
    held_back_count: int = 0


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
    looked_at = _looked_at(round_id, records)
    sources = _rooms_of_cards(records)
    visited = _visited(records, sources)
    released = Released(visited)
    if len(visited) < SHARED_BY:
        return released
    agreed = {
        card.id: card for card in records["card"] if card.get("standing") == CardStanding.AGREED
    }
    for pattern in records["pattern"]:
        cards = _cards_of(pattern, agreed)
        if _is_settled(pattern, cards, sources):
            _take_pattern(released, pattern, cards, day, looked_at)
    for item in records["next_level_item"]:
        _take_item(released, item, looked_at)
    return released


def _looked_at(round_id: str, records: Records) -> Set[str]:
    """Slugs of words that somebody said name nobody: kept in the round's one summary."""
    for summary in records["return_summary"]:
        if summary.id == return_summary_id(round_id):
            return summary.tagged("not_a_person")
    return frozenset()


def _rooms_of_cards(records: Records) -> dict[str, str]:
    """Card id to classroom id, joined classrooms being one. Stays in this module."""
    joined = {room.id: room.get("joined_to") for room in records["classroom"]}
    sources: dict[str, str] = {}
    for source in records["card_source"]:
        room = source.get("classroom")
        if source.get("card") and room:
            sources[source.get("card")] = joined.get(room) or room
    return sources


def _visited(records: Records, sources: Mapping[str, str]) -> list[Room]:
    """Classrooms that a slot led to, or that a card comes from; joined ones once."""
    been = {slot.get("classroom") for slot in records["slot"] if not slot.get("skipped")}
    been |= set(sources.values())
    rooms = {room.id: room for room in records["classroom"]}
    whole = {rooms[each].get("joined_to") or each for each in been if each in rooms}
    return [rooms[each] for each in sorted(whole) if each in rooms]


def _cards_of(pattern: MergedRecord, agreed: Mapping[str, MergedRecord]) -> list[MergedRecord]:
    """Agreed cards that were attached one by one, or lie in an attached group."""
    groups, named = pattern.tagged("groups"), pattern.tagged("cards")
    return [
        card
        for card in agreed.values()
        if card.id in named or (card.get("position") or {}).get("group") in groups
    ]


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
        consensus=pattern.get("consensus"),
        card_count=len(cards),
        classroom_count=len({sources[card.id] for card in cards if card.id in sources}),
    )
    return not missing_of(facts)


def _take_pattern(
    released: Released,
    pattern: MergedRecord,
    cards: list[MergedRecord],
    day: date | None,
    looked_at: Set[str],
) -> None:
    clean = [card for card in cards if _is_clean([card.get("text") or ""], looked_at)]
    released.held_back_count += len(cards) - len(clean)
    statement = pattern.get("statement").strip()
    if not clean or not _is_clean([statement], looked_at):
        released.held_back_count += 1
        return
    released.findings.append(
        Finding(
            statement=statement,
            subject=PatternSubject(pattern.get("subject")),
            quantifier=Quantifier(pattern.get("quantifier")),
            element=_word(CoreElement, pattern.get("element")),
            visited_on=day,
            evidence=tuple(_evidence(card, released.visited) for card in _shuffled(clean)),
        )
    )


def _shuffled(cards: Iterable[MergedRecord]) -> list[MergedRecord]:
    """By their words, so that the order tells nothing of who posted when, or where."""
    return sorted(cards, key=lambda card: (card.get("text") or "", card.id))


def _evidence(card: MergedRecord, rooms: list[Room]) -> Evidence:
    """The card, with as much of its classroom as three classrooms have in common."""
    alike = rooms
    said: dict[str, str] = {}
    for name in ("grade_band", "subject"):
        value = card.get(name)
        sharing = [room for room in alike if value and room.get(name) == value]
        if len(sharing) >= SHARED_BY:
            alike, said[name] = sharing, value
    context: list[ProgramContext] = []
    for word in ProgramContext:
        sharing = [room for room in alike if word in room.tagged("context")]
        if word in card.tagged("context") and len(sharing) >= SHARED_BY:
            alike = sharing
            context.append(word)
    return Evidence(
        text=card.get("text") or "",
        element=_word(CoreElement, card.get("element")),
        grade_band=_word(GradeBand, said.get("grade_band")),
        subject=_word(SchoolSubject, said.get("subject")),
        context=tuple(context),
    )


def _take_item(released: Released, item: MergedRecord, looked_at: Set[str]) -> None:
    """A next-level item that is whole (rule 11). A member who takes it on is not named."""
    text, day = (item.get("text") or "").strip(), day_of(item.get("check_back_on"))
    taken_on = item.get("taken_on_by") or item.get("taken_on_by_member")
    if not (text and day and taken_on and item.get("horizon") and item.get("level")):
        return
    support, learned = item.get("support") or "", item.get("learned") or ""
    if not _is_clean([text, support, learned], looked_at):
        released.held_back_count += 1
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
