"""Counts of one process, for Prometheus: requests, verdicts, latency. No id and no word.

Kept in memory and lost with the process, as counters may be. What is asked of the database
(queue, backups) is asked when somebody looks: services/gauges.py.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from flask import Flask, Response, g, request

BOUNDS = (0.005, 0.02, 0.1, 0.5, 2.0, 10.0)
"""Seconds. The greatest that a batch may take is 2."""

Labels = tuple[tuple[str, str], ...]


class Counts:
    """Counters and one histogram, for threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counters: dict[str, Counter[Labels]] = defaultdict(Counter)
        self._seconds: dict[Labels, list[float]] = {}

    def add(self, name: str, count: int = 1, **labels: str) -> None:
        with self._lock:
            self._counters[name][tuple(sorted(labels.items()))] += count

    def took(self, seconds: float, **labels: str) -> None:
        key = tuple(sorted(labels.items()))
        with self._lock:
            row = self._seconds.setdefault(key, [0.0] * (len(BOUNDS) + 2))
            for place, bound in enumerate(BOUNDS):
                row[place] += seconds <= bound
            row[-2] += 1
            row[-1] += seconds

    def lines(self) -> Iterator[str]:
        """Everything, in Prometheus' text format."""
        with self._lock:
            counters = {name: dict(found) for name, found in self._counters.items()}
            timed = {labels: list(row) for labels, row in self._seconds.items()}
        for name in sorted(counters):
            yield f"# TYPE {name} counter"
            for labels in sorted(counters[name]):
                yield f"{name}{_spell(labels)} {counters[name][labels]}"
        yield "# TYPE rounds_request_seconds histogram"
        for labels in sorted(timed):
            yield from _histogram(labels, timed[labels])


def _histogram(labels: Labels, row: list[float]) -> Iterator[str]:
    name = "rounds_request_seconds"
    for bound, count in zip((*map(str, BOUNDS), "+Inf"), row, strict=False):
        yield f"{name}_bucket{_spell((*labels, ('le', bound)))} {int(count)}"
    yield f"{name}_count{_spell(labels)} {int(row[-2])}"
    yield f"{name}_sum{_spell(labels)} {row[-1]:.6f}"


def _spell(labels: Labels) -> str:
    return "{" + ",".join(f'{name}="{value}"' for name, value in labels) + "}" if labels else ""


def register(app: Flask) -> None:
    """Count every request of the app by its route, never by its path."""
    counts = app.extensions["rounds_counts"] = Counts()

    @app.before_request
    def begin() -> None:
        g.counted_from = time.perf_counter()

    @app.after_request
    def end(answer: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        counts.add("rounds_requests_total", route=route, status=str(answer.status_code))
        if not answer.is_streamed:
            counts.took(time.perf_counter() - g.get("counted_from", 0), route=route)
        return answer


def count_verdicts(app: Flask, verdicts: Iterable[str]) -> None:
    """Count what became of a push's changes."""
    counts: Counts = app.extensions["rounds_counts"]
    for verdict, count in Counter(verdicts).items():
        counts.add("rounds_changes_total", count, verdict=verdict)
