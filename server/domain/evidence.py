"""Evidence: what a card may say of its classroom (rule 15).

Twin of pwa/src/domain/evidence.ts; both run tests/vectors/evidence.json. Knows classrooms
by what is said of them, never by who teaches there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SHARED_BY = 3
"""A host knows every lesson of the day: fewer than this, and a description is a name."""

Facts = tuple[str, ...]
"""`grade_band=6_8`, `subject=math`, `context=inclusion`: what says most comes first."""


@dataclass(frozen=True, slots=True)
class ClassroomFacts:
    id: str
    grade_band: str | None
    subject: str | None
    context: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CardFacts:
    grade_band: str | None = None
    subject: str | None = None
    context: Facts = ()


def card_facts(visited: Sequence[ClassroomFacts]) -> dict[str, CardFacts]:
    """Classroom id to what its cards may say. visited: joined numbers once.

    Taken together, not one by one: three of grades 6-8 and three of math may still be one
    that is both. And what is left unsaid must not tell either: where two classrooms alone
    would say so little, a third says no more than they.
    """
    said = _facts_said(visited)
    return {room.id: _as_card(said[room.id]) for room in visited}


def _as_card(said: Facts) -> CardFacts:
    parted = [fact.partition("=") for fact in said]
    by_name = {name: value for name, _, value in parted}
    context = tuple(value for name, _, value in parted if name == "context")
    return CardFacts(by_name.get("grade_band"), by_name.get("subject"), context)


def _facts_of(room: ClassroomFacts) -> Facts:
    band = [f"grade_band={room.grade_band}"] if room.grade_band else []
    subject = [f"subject={room.subject}"] if room.subject else []
    return (*band, *subject, *(f"context={word}" for word in sorted(room.context)))


def _facts_said(visited: Sequence[ClassroomFacts]) -> dict[str, Facts]:
    """Obligation: each step takes a fact from somebody, so it ends."""
    facts = {room.id: _facts_of(room) for room in visited}
    said = {room_id: _shared(room_id, facts) for room_id in facts}
    while True:
        classes = _classes(said)
        small = next((each for each in classes if len(each[1]) < SHARED_BY), None)
        if small is None or (len(classes) == 1 and not small[0]):
            return said
        said.update(_hidden(small, classes))


def _shared(room_id: str, facts: Mapping[str, Facts]) -> Facts:
    """As much as three classrooms have in common."""
    sharing, said = [*facts.values()], []
    for fact in facts[room_id]:
        left = [other for other in sharing if fact in other]
        if len(left) >= SHARED_BY:
            sharing = left
            said.append(fact)
    return tuple(said)


Class = tuple[Facts, list[str]]
"""What is said, and the classrooms of which just that is said."""


def _classes(said: Mapping[str, Facts]) -> list[Class]:
    """The fewest classrooms first; alike on every device."""
    alike: dict[Facts, list[str]] = {}
    for room_id in sorted(said):
        alike.setdefault(said[room_id], []).append(room_id)
    return sorted(alike.items(), key=lambda each: (len(each[1]), " ".join(each[0])))


def _hidden(small: Class, classes: Iterable[Class]) -> dict[str, Facts]:
    """How a class that is too small gets company: others say as little, or it says less."""
    said, rooms = small
    more = [each for each in classes if len(each[0]) > len(said) and set(said) <= set(each[0])]
    if not more:
        return dict.fromkeys(rooms, said[:-1])
    largest = more[-1][1]
    return dict.fromkeys(largest[-1:] if len(largest) > SHARED_BY else largest, said)
