"""A demo round's evidence: visits, notes, the cards made of them and where those come from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schemas.vocabulary import CardStanding, ScopeType
from server import clock
from server.services.demo.planning import TIMES
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
    room, note, card = stage.rooms[seen.visit], clock.new_id(), clock.new_id()
    visit = clock.new_id()
    stage.cards[seen] = card
    about = {"round": stage.round_id, "classroom": room}
    began_at = clock.as_text(clock.now())
    yield stage.change(key, "observation", visit, about | {"began_at": began_at}, ScopeType.OWN)
    written = {
        "text": seen.text,
        "element": seen.element,
        "minute": seen.minute,
        "order": 1,
        "starred": True,
        "chosen": True,
    }
    yield stage.change(key, "note", note, about | {"observation": visit} | written, ScopeType.OWN)
    posted = {
        "text": seen.text,
        "element": seen.element,
        "standing": CardStanding.POSTED,
    }
    yield stage.change(key, "card", card, posted | shared_by_three(stage, seen.visit))
    source = {"card": card, "note": note, "classroom": room, "minute": seen.minute}
    source |= {"team": stage.teams[team_of(stage, seen)], "member": stage.cast.members[key]}
    yield stage.change(key, "card_source", clock.new_id(), source, ScopeType.VISITORS)


def shared_by_three(stage: Stage, visit: int) -> dict[str, Any]:
    """What may be said of the card's classroom: what three classrooms share."""
    rooms = stage.script.rooms
    room = next(room for room in rooms if room.number == visit)
    context = [word for word in room.context if sum(word in other.context for other in rooms) >= 3]
    return {
        name: getattr(room, name)
        for name in ("grade_band", "subject")
        if sum(getattr(other, name) == getattr(room, name) for other in rooms) >= 3
    } | {f"context/{word}": True for word in context}
