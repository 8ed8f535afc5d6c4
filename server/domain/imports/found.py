"""What a file brought, whichever layout it has: places, people, standards, and mere counts.

A person in here is somebody who works for schools. Students and families are a number in
`forgotten`; no cell of theirs is ever put into one of these.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum

from schemas.vocabulary import NetworkRole
from server.domain.directory import Entry


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    LEFT_OUT = "left_out"
    DROPPED = "dropped"


class WhyNotRead(StrEnum):
    """Of a file in a zip. PLACES: schools and districts come in another way. NO_TABLE: no CSV."""

    PLACES = "places"
    NO_TABLE = "no_table"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class NotRead:
    """A file of a zip that nothing was read of, by its name."""

    name: str
    why: WhyNotRead


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


@dataclass(frozen=True, slots=True)
class FoundFramework:
    """What a file's standards belong to. `id`: its own, as the file says it."""

    id: str
    title: str
    creator: str


@dataclass(frozen=True, slots=True)
class FoundStandard:
    """One item. `row`: its number in the file; `asks`: whether it is a focus question.

    top: the id of the part that it belongs to; None for what stands above all parts.
    """

    row: int
    id: str
    code: str
    text: str
    asks: bool
    top: str | None = None

    def under(self, top: str | None) -> FoundStandard:
        return replace(self, top=top)


@dataclass(slots=True)
class Found:
    """Everything that a file brought. `left_out`: sort of row to how many were passed over."""

    layout: str
    places: list[FoundPlace] = field(default_factory=list)
    people: list[FoundPerson] = field(default_factory=list)
    framework: FoundFramework | None = None
    standards: list[FoundStandard] = field(default_factory=list)
    forgotten: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    not_read: list[NotRead] = field(default_factory=list)
    is_old_text: bool = False
    """Whether the text was read as Windows-1252, so that its accents want a look."""
