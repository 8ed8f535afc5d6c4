"""Measures of a network, as its members see them: records read into days and a chart.

Everybody of the network holds the records; what leaves as a file goes through here, so that
days about too few and words that nobody has looked at stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection

from schemas.vocabulary import ChartForm, CountedBase, NumberSort, ScopeType
from server.domain.access import Standing, may_hold
from server.domain.measures import DIVIDED, Day, Point, days_of
from server.domain.names_check import words_to_check
from server.domain.run_charts import Chart, draw
from server.errors import NotFound
from server.sync.read import MergedRecord, record_of, records_of


@dataclass(frozen=True, slots=True)
class Series:
    """One measure as it may leave. A text is None where the name check holds it back.

    days: all of them, hidden ones as such; chart: of the others, in their order.
    """

    measure_id: str
    title: str | None
    about: str | None
    unit: str | None
    numbers: NumberSort
    aim: float | None
    days: tuple[Day, ...]
    chart: Chart

    @property
    def shown(self) -> list[Day]:
        return [day for day in self.days if not day.hidden]


def read_series(tx: Connection, standing: Standing, measure_id: str) -> Series:
    """As this reader sees it. NotFound where the network has no such measure. Wants an open
    transaction.
    """
    network_id = standing.network_id
    measure = record_of(tx, network_id, measure_id)
    if measure is None or measure.deleted or measure.kind != "measure":
        raise NotFound()
    looked_at = measure.tagged("not_a_person")
    numbers = NumberSort(measure.get("numbers") or NumberSort.VALUE)
    base = measure.get("base")
    records = _whole_points(tx, network_id, measure_id)
    round_days = _round_days(tx, standing, records)
    found = [_point(record, looked_at, round_days) for record in records]
    days = days_of(numbers, CountedBase(base) if base else None, found)
    form = ChartForm(measure.get("form") or ChartForm.RUN)
    return Series(
        measure_id,
        title=_looked_at(measure.get("title") or "", looked_at),
        about=_looked_at(measure.get("about") or "", looked_at),
        unit=_looked_at(measure.get("unit") or "", looked_at),
        numbers=numbers,
        aim=_aim(measure, numbers),
        days=days,
        chart=draw(form, numbers, [day for day in days if not day.hidden]),
    )


def _aim(measure: MergedRecord, numbers: NumberSort) -> float | None:
    """Of shares the aim is typed in percent."""
    aim = measure.get("aim")
    if aim is None:
        return None
    return float(Decimal(aim) / 100 if numbers == NumberSort.SHARE else Decimal(aim))


def _whole_points(tx: Connection, network_id: str, measure_id: str) -> list[MergedRecord]:
    scope = f"{ScopeType.NETWORK}:{network_id}"
    return [
        record
        for record in records_of(tx, network_id, scope=scope, kind="measure_point")
        if record.get("measure") == measure_id
        and record.get("measured_on")
        and record.get("value") is not None
    ]


def _round_days(
    tx: Connection, standing: Standing, points: Iterable[MergedRecord]
) -> dict[str, str]:
    """The day of each round that a point names and the reader holds; of no other, not even
    that there is one.
    """
    named = {point.get("round") for point in points} - {None}
    scopes = {f"{ScopeType.ROUND}:{round_id}" for round_id in named}
    held = [scope for scope in sorted(scopes) if may_hold(standing, scope)]
    if not held:
        return {}
    found = records_of(tx, standing.network_id, scopes=held, kind="round")
    return {round_.id: day for round_ in found if (day := round_.get("visits_on"))}


def _point(record: MergedRecord, looked_at: Set[str], round_days: Mapping[str, str]) -> Point:
    return Point(
        on=record.get("measured_on"),
        value=float(record.get("value")),
        out_of=float(record.get("out_of")) if record.get("out_of") else None,
        note=_looked_at((record.get("note") or "").strip(), looked_at) or "",
        round_on=round_days.get(record.get("round") or ""),
    )


def _looked_at(text: str, looked_at: Set[str]) -> str | None:
    return None if words_to_check([text], looked_at) else text


def is_divided(series: Series) -> bool:
    return series.numbers in DIVIDED
