"""What a file brought, whichever layout it has: places, people, and what was only counted.

A person in here is somebody who works for schools. Students and families are a number in
`forgotten`; no cell of theirs is ever put into one of these.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from schemas.vocabulary import NetworkRole
from server.domain.directory import Entry


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A district or school, and the row that tells of it."""

    row: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody who may be invited. `place_ids`: entry ids; `place_name` as it was typed."""

    row: int
    name: str
    email: str | None = None
    roles: tuple[NetworkRole, ...] = (NetworkRole.MEMBER,)
    position: str | None = None
    place_ids: tuple[str, ...] = ()
    place_name: str | None = None


@dataclass(slots=True)
class Found:
    """Everything that a file brought. `left_out`: sort of row to how many were passed over."""

    layout: str
    places: list[FoundPlace] = field(default_factory=list)
    people: list[FoundPerson] = field(default_factory=list)
    forgotten: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    is_old_text: bool = False
    """Whether the text was read as Windows-1252, so that its accents want a look."""
