"""What a chart says, as words to be: a code of messages/<language>/measures.json with figures.

`measures.says.<code>`; in words on the screen and in files. Says that something changed,
never that it is good. Twin of pwa/src/domain/chart-readings.ts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from server.domain.run_charts import FEW, Chart


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence; values fill its blanks."""

    code: str
    values: Mapping[str, int] = field(default_factory=dict)


def readings_of(chart: Chart) -> list[Reading]:
    """Every signal, or that there is none; then what limits what can be said."""
    found = [*_signals(chart)] or [Reading("nothing" if chart.centre is not None else "empty")]
    points = sum(value is not None for value in chart.plotted)
    useful = chart.runs.useful if chart.runs else points
    if chart.centre is not None and useful < FEW:
        found.append(Reading("few", {"few": FEW}))
    return found


def _signals(chart: Chart) -> Iterator[Reading]:
    if chart.outside:
        yield Reading("outside", {"count": len(chart.outside)})
    if chart.runs is not None:
        runs = chart.runs
        if runs.is_shifted:
            yield Reading("long_run", {"longest": runs.longest, "most": runs.longest_max})
        if runs.crosses_little:
            yield Reading("few_crossings", {"count": runs.crossings, "least": runs.crossings_min})
    if chart.dots is not None:
        for code in ("shift", "trend", "near_limit"):
            if getattr(chart.dots, code):
                yield Reading(code)
