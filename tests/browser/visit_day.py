"""A planned round, as a lead's device would have written it: four classrooms for one team."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from server import clock
from tests.make import Somebody
from tests.sync.talk import a_change, a_part, a_round, push, statuses

AT_SCHOOL = ZoneInfo("America/Denver")
TIMES = ("09:05", "09:30", "09:55", "10:20")
SPARES = (5, 6)


@dataclass(frozen=True)
class Day:
    """slots, classrooms: ids in the order of the day. spares: classrooms without a slot."""

    round_id: str
    team: str
    slots: list[str] = field(default_factory=list)
    classrooms: list[str] = field(default_factory=list)
    spares: list[str] = field(default_factory=list)

    def visit(self, at: int) -> str:
        return f"/rounds/{self.round_id}/visit/{self.slots[at]}"


def in_days(count: int) -> str:
    """A date from the school's today on: what a test plans is always still to come."""
    return (datetime.now(AT_SCHOOL) + timedelta(days=count)).date().isoformat()


def school_day_in(count: int) -> str:
    """The same, or the Monday after a weekend: what the app proposes is never on one."""
    there = datetime.fromisoformat(in_days(count))
    to_monday = {5: 2, 6: 1}.get(there.weekday(), 0)
    return (there + timedelta(days=to_monday)).date().isoformat()


def moment_of(date: str, time: str) -> str:
    """When it is this time of that date at the school."""
    there = datetime.fromisoformat(f"{date}T{time}").replace(tzinfo=AT_SCHOOL)
    return there.astimezone(UTC).isoformat()


def a_day(
    lead: Somebody,
    *visitors: Somebody,
    host: Somebody | None = None,
    times: tuple[str, ...] = TIMES,
    **fields: Any,
) -> Day:
    """The day, pushed by the lead; everybody in one team."""
    fields = {"title": "Sample School", "visits_on": in_days(2), **fields}
    round_id = a_round(lead, *visitors, **fields)
    if host:
        push(lead, a_part(lead, round_id, host, "host"))
    day = Day(round_id, clock.new_id())
    scope = f"round:{round_id}"
    changes: list[Any] = []

    def add(kind: str, record: str, **values: Any) -> None:
        changes.append(a_change(lead, kind=kind, record=record, scope=scope, set=values))

    members = {f"members/{one.member_id}": True for one in visitors}
    add("team", day.team, name="Team A", order=1, **members)
    for number, begins_at in enumerate(times, start=1):
        classroom, slot = clock.new_id(), clock.new_id()
        day.classrooms.append(classroom)
        day.slots.append(slot)
        add("classroom", classroom, number=number, grade_band="6_8", subject="math")
        place = {"team": day.team, "classroom": classroom, "begins_at": begins_at, "minutes": 20}
        add("slot", slot, skipped=False, **place)
    for number in SPARES:
        spare = clock.new_id()
        day.spares.append(spare)
        add("classroom", spare, number=number, spare_of=day.team)
    add("focus_question", clock.new_id(), text="Who does the thinking?", order=1)
    add("problem_of_practice", clock.new_id(), text="Students explain little of their thinking.")
    assert statuses(push(lead, *changes)) == ["applied"] * len(changes)
    return day
