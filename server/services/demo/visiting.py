"""A demo round's evidence: visits, notes, the cards made of them and where those come from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schemas.vocabulary import CardStanding, ScopeType
from server import clock
from server.domain.evidence import ClassroomFacts, card_facts
from server.domain.identifiers import derived_id
from server.services.demo.planning import TIMES, question_id
from server.services.demo.script import Seen
from server.services.demo.stage import Stage
from server.sync.protocol import Json


def seen(stage: Stage) -> list[Seen]:
    grouped = [seen for group in stage.script.groups.values() for seen in group]
    return [*grouped, *stage.script.ungrouped]


def team_of(stage: Stage, seen: Seen) -> int:
    return (seen.visit - 1) // len(TIMES)


def visitor(stage: Stage, seen: Seen, place: int) -> str:
    keys = stage.script.teams[team_of(stage, seen)]
    return keys[place % len(keys)]


def evidence(stage: Stage, seen: Seen, place: int) -> Iterator[Json]:
    """A visit, a note in it, the card made of it, and where the card comes from."""
    key = visitor(stage, seen, place)
    note, card = clock.new_id(), clock.new_id()
    stage.cards[seen] = card
    about = {"round": stage.round_id, "classroom": stage.rooms[seen.visit]}
    visit = derived_id(stage.slots[seen.visit], f"{stage.cast.members[key]}:visit")
    if visit not in stage.visits:
        stage.visits.add(visit)
        begun = {"slot": stage.slots[seen.visit], "began_at": clock.as_text(clock.now())}
        yield stage.change(key, "observation", visit, about | begun, ScopeType.OWN)
    written = {
        "observation": visit,
        "text": seen.text,
        "element": seen.element,
        "minute": seen.minute,
        "order": seen.minute * 1_000 + place,
        "starred": True,
        "chosen": True,
        **_bears_on(stage, seen),
    }
    yield stage.change(key, "note", note, about | written, ScopeType.OWN)
    posted = {"text": seen.text, "element": seen.element, "standing": CardStanding.POSTED}
    said = _said_of(stage, seen.visit) | _bears_on(stage, seen)
    yield stage.change(key, "card", card, posted | said)
    source = {"card": card, "note": note, "classroom": about["classroom"], "minute": seen.minute}
    source |= {"team": stage.teams[team_of(stage, seen)], "member": stage.cast.members[key]}
    yield stage.change(key, "card_source", clock.new_id(), source, ScopeType.VISITORS)


def _bears_on(stage: Stage, seen: Seen) -> dict[str, Any]:
    """The focus questions of the groups that it lies in."""
    groups = (name for name, seen_here in stage.script.groups.items() if seen in seen_here)
    orders = {stage.script.bears_on[name] for name in groups if name in stage.script.bears_on}
    return {f"focus_questions/{question_id(stage, order)}": True for order in sorted(orders)}


def _said_of(stage: Stage, visit: int) -> dict[str, Any]:
    """What a card from this classroom may say of it."""
    rooms = [
        ClassroomFacts(str(room.number), room.grade_band, room.subject, frozenset(room.context))
        for room in stage.script.rooms
    ]
    facts = card_facts(rooms)[str(visit)]
    said = {"grade_band": facts.grade_band, "subject": facts.subject}
    context = {f"context/{word}": True for word in facts.context}
    return {name: value for name, value in said.items() if value} | context
