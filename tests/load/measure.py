"""Measuring by pairs on a machine that others use too: medians, intervals, a server.

A ratio is red only when its whole 95 % interval is beyond the bound (docs/performance.md).
"""

from __future__ import annotations

import http.client
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server import clock

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ratio:
    """The median of ratios of pairs, with its 95 % interval by resampling."""

    name: str
    bound: float
    at_least: bool
    median: float
    low: float
    high: float
    pairs: int
    detail: str

    @property
    def is_red(self) -> bool:
        return self.high < self.bound if self.at_least else self.low > self.bound


def compare(
    name: str,
    pairs: list[tuple[float, float]],
    bound: float,
    *,
    at_least: bool,
    detail: str = "",
) -> Ratio:
    """The ratio of first to second over all pairs."""
    ratios = [first / second for first, second in pairs]
    dice = random.Random(name)
    medians = sorted(statistics.median(dice.choices(ratios, k=len(ratios))) for _ in range(4_000))
    return Ratio(
        name,
        bound,
        at_least,
        statistics.median(ratios),
        medians[100],
        medians[-101],
        len(pairs),
        detail,
    )


def timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def interleaved(
    first: Callable[[], Any], second: Callable[[], Any], pairs: int
) -> list[tuple[float, float]]:
    """Seconds of both, pair by pair, each going first every other time."""
    first(), second()
    found = []
    for index in range(pairs):
        if index % 2:
            later = timed(second)
            found.append((timed(first), later))
        else:
            found.append((timed(first), timed(second)))
    return found


class Link:
    """One kept connection to a server, signed in."""

    def __init__(self, port: int, token: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Content-Type": "application/json", "Cookie": f"rounds_session={token}"}

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self.post_bytes(path, json.dumps(body).encode())

    def post_bytes(self, path: str, data: bytes) -> dict[str, Any]:
        self.connection.request("POST", path, data, self.headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise AssertionError(f"{path}: {answer.status} {text[:300]!r}")
        found: dict[str, Any] = json.loads(text)
        return found


@dataclass(frozen=True)
class Served:
    """Where a server listens, and its process, whose children do the work."""

    port: int
    pid: int

    def memory_mb(self) -> float:
        """What the busiest of its processes holds in memory, in MiB."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in children]
        return max(pages) * os.sysconf("SC_PAGE_SIZE") / 2**20


@contextmanager
def a_server(
    data_dir: Path, app: str = "tests.load.bare_app:make_app()", **settings: str
) -> Iterator[Served]:
    """gunicorn as `rounds serve` runs it, on a free port, with its log thrown away."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config=python:server.gunicorn"]
    command += ["--threads=256", "--keep-alive=300", "--graceful-timeout=1"]
    command += [f"--bind=127.0.0.1:{port}"]
    server = subprocess.Popen(
        [*command, app],
        cwd=ROOT,
        env={**os.environ, **settings, "DATA_DIR": str(data_dir), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, server)
        yield Served(port, server.pid)
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and server.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
        try:
            connection.request("GET", "/api/v1/health")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise AssertionError("the server did not start")


def table_of(ratios: list[Ratio]) -> str:
    """The figures as a Markdown table."""
    lines = [
        "| What | Bound | Median | 95 % interval | Pairs | Verdict | Rates |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in ratios:
        sign = ">=" if one.at_least else "<="
        verdict = "red" if one.is_red else "holds"
        lines.append(
            f"| {one.name} | {sign} {one.bound:.2f} | {one.median:.2f} "
            f"| {one.low:.2f} - {one.high:.2f} | {one.pairs} | {verdict} | {one.detail} |"
        )
    return "\n".join(lines)


def write_part(name: str, text: str) -> None:
    """Replace one benchmark's own part of docs/performance.md, and nothing else."""
    page = ROOT / "docs/performance.md"
    begin, end = f"<!-- {name} begins -->", f"<!-- {name} ends -->"
    before, rest = page.read_text().split(begin)
    after = rest.split(end)[1]
    day = clock.now().date().isoformat()
    page.write_text(f"{before}{begin}\n\nMeasured on {day}.\n\n{text}\n\n{end}{after}")
