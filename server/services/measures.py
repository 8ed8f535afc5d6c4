"""Measures of a network, as its members see them: records read into days and a chart.

Everybody of the network holds the records; what leaves as a file goes through here, so that
days about too few and words that nobody has looked at stay.
"""

from __future__ import annotations

from collections import Counter
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
    twin: which one it is, from 1, of the network's measures with this title.
    """

    measure_id: str
    title: str | None
    about: str | None
    unit: str | None
    numbers: NumberSort
    aim: float | None
    days: tuple[Day, ...]
    chart: Chart
    twin: int = 1

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
    scope = f"{ScopeType.NETWORK}:{network_id}"
    points = [
        each
        for each in records_of(tx, network_id, scope=scope, kind="measure_point")
        if each.get("measure") == measure_id
    ]
    twins = twins_of(records_of(tx, network_id, scope=scope, kind="measure"))
    return series_of(measure, points, _round_days(tx, standing, points), twins[measure_id])


def series_of(
    measure: MergedRecord,
    points: Iterable[MergedRecord],
    round_days: Mapping[str, str],
    twin: int,
) -> Series:
    """Of the measure's own records. round_days: the days of rounds that may be told."""
    looked_at = measure.tagged("not_a_person")
    numbers = NumberSort(measure.get("numbers") or NumberSort.VALUE)
    base = measure.get("base")
    found = [_point(record, looked_at, round_days) for record in points if _is_whole(record)]
    days = days_of(numbers, CountedBase(base) if base else None, found)
    form = ChartForm(measure.get("form") or ChartForm.RUN)
    return Series(
        measure.id,
        title=_looked_at(measure.get("title") or "", looked_at),
        about=_looked_at(measure.get("about") or "", looked_at),
        unit=_looked_at(measure.get("unit") or "", looked_at),
        numbers=numbers,
        aim=_aim(measure, numbers),
        days=days,
        chart=draw(form, numbers, [day for day in days if not day.hidden]),
        twin=twin,
    )


def twins_of(measures: Iterable[MergedRecord]) -> dict[str, int]:
    """Measure to which one it is of those with its title, as titles leave; by their ids."""
    met: Counter[str] = Counter()
    found: dict[str, int] = {}
    for measure in sorted(measures, key=lambda each: each.id):
        title = title_leaving(
            _looked_at(measure.get("title") or "", measure.tagged("not_a_person"))
        )
        met[title] += 1
        found[measure.id] = met[title]
    return found


def title_leaving(title: str | None) -> str:
    """Of which ids are made: nothing of a title that the name check holds back."""
    return (title or "").strip()


def _aim(measure: MergedRecord, numbers: NumberSort) -> float | None:
    """Of shares the aim is typed in percent."""
    aim = measure.get("aim")
    if aim is None:
        return None
    return float(Decimal(aim) / 100 if numbers == NumberSort.SHARE else Decimal(aim))


def _is_whole(point: MergedRecord) -> bool:
    return bool(point.get("measured_on")) and point.get("value") is not None


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
