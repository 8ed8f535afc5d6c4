"""A network of 240,000 released cards: what a view of its patterns takes, and each file of all.

    python -m tests.load.bench_patterns

On SQLite and on PostgreSQL, asked of `gunicorn` over HTTP by an analyst. The cards are put into
the narrow tables and the index of rounds directly (tests/wide_network.py), not through the log;
their texts are real notes where ROUNDS_REAL_DATA says where those are. Memory is what the
serving process held at most while a file was made (VmHWM), above what it held before any was.
Prints tables and writes its part of docs/performance.md.
"""

from __future__ import annotations

import csv
import http.client
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psycopg

from server.config import Settings
from tests.load.bench_sync import SENTENCE
from tests.load.measure import Served, a_server, timed, write_part
from tests.make import Somebody, a_member, a_network, an_app
from tests.postgres import a_postgres, empty, passing_url
from tests.wide_network import Wide, fill_widely

ROUNDS, PATTERNS, CARDS = 800, 30, 10
LOOKS = 20
VIEW_WITHIN, MEMORY_WITHIN = 1.0, 200
VIEWS = {
    "everything": "",
    "one core element": "element=task",
    "a grade band and a subject": "grade_band=9_12&subject=math",
    "words that many say": "words=students",
    "words that nobody says": "words=no%20such%20words",
    "a word that nobody says, and a grade band": "words=zzzz&grade_band=9_12",
    "a program context": "context=english_learners",
    "a year": "begins_on=2018-01-01&ends_on=2018-12-31",
    "all of it": "element=student&grade_band=k_2&subject=science&begins_on=2016-01-01",
}
OTHER_VIEWS = {
    "by program context": "/contexts",
    "by program context, words that nobody says": "/contexts?words=no%20such%20words",
    "by program context, a grade band and a subject": "/contexts?grade_band=9_12&subject=math",
    "over time, one quarter": "?begins_on=2018-01-01&ends_on=2018-01-01",
    "then and now, of no school": "/then-and-now",
}
FORMS = ("csv", "jsonl", "json", "parquet", "xlsx")


@dataclass(frozen=True)
class Asker:
    """An analyst, over HTTP."""

    served: Served
    somebody: Somebody
    token: str

    def get(self, path: str) -> int:
        """The answer's length, read as it comes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=600)
        where = f"/api/v1/networks/{self.somebody.network_id}/patterns{path}"
        connection.request("GET", where, headers={"Cookie": f"rounds_session={self.token}"})
        answer = connection.getresponse()
        length = 0
        while chunk := answer.read(1 << 20):
            length += len(chunk)
        connection.close()
        assert answer.status == 200, answer.status
        return length


def texts() -> list[str]:
    folder = os.environ.get("ROUNDS_REAL_DATA")
    if not folder:
        return [f"{SENTENCE}{number}" for number in range(1_000)]
    with (Path(folder) / "notes/uptake_notes_import.csv").open(newline="") as file:
        return [text for row in csv.DictReader(file) if (text := row["note_text"].strip())]


def worker_of(served: Served) -> int:
    """The process that answers."""
    children = Path(f"/proc/{served.pid}/task/{served.pid}/children").read_text().split()
    return max(map(int, children), key=lambda pid: _kb(pid, "VmRSS"))


def _kb(pid: int, name: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0


def measure_views(asker: Asker) -> Iterator[tuple[str, float, float]]:
    """Each view's name, and the median and 95th percentile of its seconds."""
    views = {name: f"?{query}" for name, query in VIEWS.items()} | OTHER_VIEWS
    for name, path in views.items():
        asker.get(path)
        took = [timed(lambda path=path: asker.get(path)) for _ in range(LOOKS)]
        yield name, statistics.median(took), statistics.quantiles(took, n=20)[-1]


def measure_files(asker: Asker) -> Iterator[tuple[str, float, float, float]]:
    """Each format, its seconds, MiB of the file, and MiB of memory above idle."""
    pid = worker_of(asker.served)
    idle = _kb(pid, "VmRSS")
    for form in FORMS:
        Path(f"/proc/{pid}/clear_refs").write_text("5")
        began = time.perf_counter()
        length = asker.get(f"/export?format={form}&language=en")
        took = time.perf_counter() - began
        yield form, took, length / 2**20, (_kb(pid, "VmHWM") - idle) / 1024


def count_rows(url: str) -> None:
    """What PostgreSQL does by itself about a minute after so many rows came: plans need it."""
    with psycopg.connect(passing_url(url), autocommit=True) as connection:
        connection.execute("ANALYZE")


def measure(name: str, url: str) -> tuple[list[str], list[str], bool]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        settings = Settings(data_dir=folder, database_url=url)
        with an_app(settings) as app:
            if url:
                stack.callback(empty, settings)
            network_id = a_network("A network of many years")
            fill_widely(network_id, Wide(ROUNDS, PATTERNS, CARDS, texts()))
            if url:
                count_rows(url)
            analyst = a_member(app, network_id, "analyst")
            cookie = analyst.client.get_cookie("rounds_session")
            assert cookie is not None
            with a_server(Path(folder), "server.app:create_app()", DATABASE_URL=url) as served:
                asker = Asker(served, analyst, cookie.value)
                views, files = [*measure_views(asker)], [*measure_files(asker)]
    holds = all(slow < VIEW_WITHIN for _, _, slow in views)
    holds = holds and all(memory < MEMORY_WITHIN for *_, memory in files)
    return (
        [
            f"| {view} | {name} | {half * 1000:,.0f} ms | {slow * 1000:,.0f} ms |"
            for view, half, slow in views
        ],
        [
            f"| {form} | {name} | {took:.0f} s | {size:.0f} MB | {memory:.0f} MB |"
            for form, took, size, memory in files
        ],
        holds,
    )


def main() -> int:
    logging.disable(logging.INFO)  # of the app that fills the place, in this process
    with tempfile.TemporaryDirectory(prefix="pg") as folder, a_postgres(Path(folder) / "d") as url:
        found = [measure("SQLite", ""), measure("PostgreSQL", url)]
    views = [line for each in found for line in each[0]]
    files = [line for each in found for line in each[1]]
    text = "\n".join(
        [
            f"{ROUNDS * PATTERNS * CARDS:,} cards of {ROUNDS:,} rounds behind "
            f"{ROUNDS * PATTERNS:,} patterns; {LOOKS} looks each.",
            "",
            "| View | Database | Median | p95 |",
            "|---|---|---|---|",
            *views,
            "",
            "| File of everything | Database | Took | Size | Memory above idle, at most |",
            "|---|---|---|---|---|",
            *files,
        ]
    )
    sys.stdout.write(text + "\n")
    write_part("bench_patterns", text)
    return 0 if all(each[2] for each in found) else 1


if __name__ == "__main__":
    sys.exit(main())
