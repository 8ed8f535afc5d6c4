"""What of a round's records may leave the round: settled, whole, and looked at.

Reads the visitors' scope to know from how many classrooms a pattern's cards come, and lets
nothing of that out: what it gives leads from no card to a classroom (rule 15).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import Connection

from schemas.vocabulary import (
    CardStanding,
    CheckBack,
    Horizon,
    Level,
    PatternForm,
    PatternSubject,
    Quantifier,
    ScopeType,
    Taker,
)
from server.domain.board import standing_group
from server.domain.calendar import day_of
from server.domain.debriefs import DebriefFacts, counts_next_level
from server.domain.evidence import SHARED_BY, CardFacts, ClassroomFacts, card_facts
from server.domain.identifiers import debrief_id, return_summary_id
from server.domain.improvement import (
    FirstFacts,
    ItemFacts,
    PlaceFacts,
    as_to_be_done,
    chosen_first,
    missing_from_item,
)
from server.domain.joins import end_of_joins
from server.domain.names_check import words_to_check
from server.domain.patterns import PatternFacts, consensus_of, missing_of
from server.services.exports.content import AgreedItem, NextLevel, Statement
from server.sync.read import MergedRecord, records_of, text_of

Word = TypeVar("Word", bound=StrEnum)
Records = Mapping[str, list[MergedRecord]]
Room = MergedRecord

ROUND_KINDS = (
    "classroom",
    "slot",
    "card",
    "group",
    "pattern",
    "debrief",
    "prediction",
    "problem_of_practice",
    "focus_question",
    "next_level_item",
    "return_summary",
    "revisit",
    "pattern_now",
)
VISITORS_KINDS = ("card_source", "reading")
"""Where cards come from, and how people read them: what lies with the visitors of a round."""


@dataclass(slots=True)
class Told:
    """What a page of one round says. unread_count: texts in which somebody may be named."""

    statements: list[Statement] = field(default_factory=list)
    next_level: list[AgreedItem] = field(default_factory=list)
    unread_count: int = 0


@dataclass(frozen=True, slots=True)
class Inside:
    """What must not leave the round, and what is decided by it.

    rooms: card id to classroom id. visited: when others first read the round. facts: classroom
    id to what its cards may say, decided by those.
    """

    rooms: Mapping[str, str]
    visited: list[Room]
    facts: Mapping[str, CardFacts]
    looked_at: Set[str]

    def facts_of(self, card: MergedRecord) -> CardFacts:
        """What may be said of the card's classroom, whatever its own fields say."""
        return self.facts.get(self.rooms.get(card.id, ""), CardFacts())

    def is_clean(self, *texts: str) -> bool:
        """Whether nobody may be named in them, or somebody looked at every such word."""
        return not words_to_check(texts, self.looked_at)


def read_round(tx: Connection, network_id: str, round_id: str) -> dict[str, list[MergedRecord]]:
    """A round's records by kind, those of its visitors' too."""
    found: dict[str, list[MergedRecord]] = {kind: [] for kind in ROUND_KINDS}
    for record in records_of(tx, network_id, scope=f"{ScopeType.ROUND}:{round_id}"):
        if record.kind in found:
            found[record.kind].append(record)
    visitors = f"{ScopeType.VISITORS}:{round_id}"
    for kind in VISITORS_KINDS:
        found[kind] = records_of(tx, network_id, scope=visitors, kind=kind)
    return found


def tell_round(tx: Connection, network_id: str, round_id: str) -> Told:
    """The statements and the next level of work of one round; nothing of too few classrooms."""
    records, told = read_round(tx, network_id, round_id), Told()
    inside = look_inside(round_id, records)
    if len(inside.visited) < SHARED_BY:
        return told
    for pattern, _ in settled_patterns(records, inside):
        said = statement_of(pattern)
        if inside.is_clean(said.statement):
            told.statements.append(said)
        else:
            told.unread_count += 1
    for item, starts_first in _as_to_be_done([*agreed_items(round_id, records)]):
        if inside.is_clean(*(text_of(item, name) for name in ("text", "support", "learned"))):
            told.next_level.append(_agreed(item, starts_first))
        else:
            told.unread_count += 1
    return told


def settled_patterns(
    records: Records, inside: Inside
) -> Iterator[tuple[MergedRecord, list[MergedRecord]]]:
    """Each settled pattern of the round (rule 5) with its agreed cards."""
    agreed = agreed_cards(records)
    joined = {group.id: group.get("joined_to") for group in records["group"]}
    for pattern in sorted(records["pattern"], key=lambda each: each.get("order") or 0):
        cards = _cards_of(pattern, agreed, joined)
        if _is_settled(pattern, cards, inside.rooms):
            yield pattern, cards


def agreed_cards(records: Records) -> dict[str, MergedRecord]:
    """The cards that their team agreed on, by id."""
    return {
        card.id: card for card in records["card"] if card.get("standing") == CardStanding.AGREED
    }


def statement_of(pattern: MergedRecord) -> Statement:
    return Statement(
        statement=pattern.get("statement").strip(),
        subject=PatternSubject(pattern.get("subject")),
        quantifier=Quantifier(pattern.get("quantifier")),
    )


def agreed_items(round_id: str, records: Records) -> Iterator[MergedRecord]:
    """All that a round wants to do, also what nobody gave a day yet (docs/adr/0052)."""
    if _has_next_level(round_id, records):
        yield from (each for each in records["next_level_item"] if text_of(each, "text").strip())


def _as_to_be_done(items: list[MergedRecord]) -> Iterator[tuple[MergedRecord, bool]]:
    """In the order of the summary in the app; with each, whether it is started with."""
    first, _beyond = chosen_first(
        FirstFacts(each.id, each.get("order"), each.get("starts_first")) for each in items
    )
    by_id = {each.id: each for each in items}
    for own in as_to_be_done(
        PlaceFacts(each.id, each.get("order"), each.id in first, each.get("horizon"))
        for each in items
    ):
        yield by_id[own], own in first


def _agreed(item: MergedRecord, starts_first: bool) -> AgreedItem:
    return AgreedItem(
        text=text_of(item, "text").strip(),
        horizon=word_of(Horizon, item.get("horizon")),
        taken_on_by=word_of(Taker, item.get("taken_on_by")),
        is_taken=bool(item.get("taken_on_by") or item.get("taken_on_by_member")),
        check_back_on=day_of(item.get("check_back_on")),
        starts_first=starts_first,
    )


def whole_items(round_id: str, records: Records) -> Iterator[tuple[str, NextLevel]]:
    """What comes next, by id, where an agreed prediction was sealed before (rules 4 and 11)."""
    for record in agreed_items(round_id, records):
        item = _item_of(record)
        if item is not None:
            yield record.id, item


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


def look_inside(round_id: str, records: Records, as_shown: Records | None = None) -> Inside:
    """as_shown: what said which classrooms were visited when others first read the round."""
    visited = _visited(as_shown or records)
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
    return Inside(_rooms_of_cards(records), visited, facts, _looked_at(round_id, records))


def count_visited(records: Records) -> int:
    """How many classrooms were visited, as the round stands."""
    return len(_visited(records))


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


def _visited(records: Records) -> list[Room]:
    """Classrooms that a slot led to, or that a card comes from; joined ones once."""
    rooms = {room.id: room for room in records["classroom"]}
    joined = {room.id: room.get("joined_to") for room in records["classroom"]}
    led_to = {slot.get("classroom") for slot in records["slot"] if not slot.get("skipped")}
    been = {end_of_joins(each, joined) for each in led_to if each}
    been.update(_rooms_of_cards(records).values())
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


def agreement_on(pattern: MergedRecord) -> str | None:
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
        consensus=agreement_on(pattern),
        card_count=len(cards),
        classroom_count=len({sources[card.id] for card in cards if card.id in sources}),
    )
    return not missing_of(facts)


def _item_of(item: MergedRecord) -> NextLevel | None:
    """None for an item that is not whole. A member who takes it on is not named."""
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
        return None
    return NextLevel(
        text=text,
        horizon=Horizon(item.get("horizon")),
        level=Level(item.get("level")),
        taken_on_by=word_of(Taker, item.get("taken_on_by")),
        support=item.get("support") or "",
        check_back_on=day,
        outcome=word_of(CheckBack, item.get("outcome")),
        learned=item.get("learned") or "",
        of_use=item.get("of_use"),
    )


def word_of(words: type[Word], value: str | None) -> Word | None:
    return words(value) if value else None
