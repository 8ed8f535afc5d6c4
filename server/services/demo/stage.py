"""What a demo round is made on: who plays, which ids it has so far, and how changes leave.

All goes through push as a tablet's changes would, so the demo can hold nothing that a
network could not have made by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from schemas.vocabulary import ScopeType
from server import clock
from server.services.demo.cast import PEOPLE
from server.services.demo.script import Script, Seen
from server.services.writing_records import send_all
from server.sync.compose import compose
from server.sync.protocol import Json


@dataclass(frozen=True, slots=True)
class Cast:
    """The ids of the demo network: members and schools by their keys in cast.py."""

    network_id: str
    members: dict[str, str]
    schools: dict[str, str]


@dataclass
class Stage:
    """One round while it is played. rooms, slots: visit number to id."""

    cast: Cast
    script: Script
    today: date
    round_id: str = field(default_factory=clock.new_id)
    rooms: dict[int, str] = field(default_factory=dict)
    slots: dict[int, str] = field(default_factory=dict)
    visits: set[str] = field(default_factory=set)
    teams: list[str] = field(default_factory=list)
    groups: dict[str, str] = field(default_factory=dict)
    cards: dict[Seen, str] = field(default_factory=dict)
    patterns: list[str] = field(default_factory=list)

    @property
    def host(self) -> str:
        return next(person.key for person in PEOPLE if person.hosts == self.script.host)

    @property
    def day(self) -> date:
        """The round's day; a past one was never on a weekend."""
        day = self.today + timedelta(days=self.script.day)
        weekend = max(0, day.weekday() - 4) if self.script.is_past else 0
        return day - timedelta(days=weekend)

    def send(self, key: str, changes: Iterable[Json]) -> None:
        send_all(self.cast.network_id, self.cast.members[key], changes)

    def change(
        self,
        key: str,
        kind: str,
        record_id: str,
        set_: Mapping[str, Any],
        scope: str = ScopeType.ROUND,
        heads: Any = None,
    ) -> Json:
        """A change by one of the cast, in one of the round's scopes or their own."""
        owner = self.cast.members[key] if scope == ScopeType.OWN else self.round_id
        by = self.cast.members[key]
        return compose(kind, record_id, f"{scope}:{owner}", set_, by=by, heads=heads)

    def new(self, key: str, kind: str, set_: Mapping[str, Any]) -> Json:
        return self.change(key, kind, clock.new_id(), set_)
