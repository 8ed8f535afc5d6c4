"""What the demo network counts over time: a share that stays, and a count that moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from schemas.vocabulary import ChartForm, CountedBase, NumberSort
from server import clock
from server.domain.identifiers import derived_id
from server.services.demo.stage import Cast
from server.sync.compose import compose
from server.sync.protocol import Json


@dataclass(frozen=True, slots=True)
class Counted:
    """One number a week, the last one this Monday. notes: place of a week to words."""

    title: str
    about: str
    unit: str
    numbers: NumberSort
    form: ChartForm
    base: CountedBase
    aim: str
    values: tuple[int, ...]
    out_of: tuple[int, ...] = ()
    notes: tuple[tuple[int, str], ...] = ()


THERE_ON_MONDAYS = Counted(
    title="Students who were there on Monday morning",
    about="All students of our schools who were in their first lesson, of all who are enrolled.",
    unit="",
    numbers=NumberSort.SHARE,
    form=ChartForm.CONTROL,
    base=CountedBase.STUDENTS,
    aim="95",
    values=(1712, 1698, 1725, 1706, 1719, 1731, 1690, 1708, 1722, 1581, 1715, 1702)
    + (1727, 1711, 1699, 1718, 1724, 1709, 1716, 1729),
    out_of=(1842,) * 9 + (1839,) * 11,
    notes=((9, "Snow: two bus lines did not run."),),
)

PLANNED_TOGETHER = Counted(
    title="Lessons that grade teams planned together",
    about="Counted by the grade teams themselves every Friday, over all schools.",
    unit="lessons a week",
    numbers=NumberSort.COUNT,
    form=ChartForm.RUN,
    base=CountedBase.SOMETHING_ELSE,
    aim="24",
    values=(11, 14, 9, 12, 13, 10, 12, 15, 11, 10, 13, 12, 19, 17, 21, 18, 22, 20, 23, 19, 21, 24),
    notes=((12, "A shared hour on Wednesdays began."),),
)


def measures(cast: Cast, today: date) -> Iterator[Json]:
    """Every record of both, as the lead would type them in."""
    for counted in (THERE_ON_MONDAYS, PLANNED_TOGETHER):
        yield from _records(cast, counted, today - timedelta(days=today.weekday()))


def _records(cast: Cast, counted: Counted, monday: date) -> Iterator[Json]:
    by, scope = cast.members["lead"], f"network:{cast.network_id}"
    measure_id = clock.new_id()
    set_ = {
        "title": counted.title,
        "about": counted.about,
        "unit": counted.unit,
        "numbers": counted.numbers,
        "base": counted.base,
        "form": counted.form,
        "aim": counted.aim,
    }
    yield compose("measure", measure_id, scope, set_, by=by)
    notes = dict(counted.notes)
    for place, value in enumerate(counted.values):
        on = (monday - timedelta(weeks=len(counted.values) - 1 - place)).isoformat()
        point = {"measure": measure_id, "measured_on": on, "value": str(value)}
        if counted.out_of:
            point["out_of"] = str(counted.out_of[place])
        if place in notes:
            point["note"] = notes[place]
        point_id = derived_id(measure_id, f"point/{on}")
        yield compose("measure_point", point_id, scope, point, by=by)
