"""A network of 240,000 released cards: what a view of its patterns takes, and each file of all.

    python -m tests.load.bench_patterns [--only sqlite|postgresql]

On SQLite and on PostgreSQL, asked of `gunicorn` over HTTP by an analyst. The cards are put into
the narrow tables and the index of rounds directly (tests/wide_network.py), not through the log;
their texts are real notes where ROUNDS_REAL_DATA says where those are. A view is what a screen
asks for, all of it at once. Processor is what the serving process and the database's own used
for one look, in the middle: the clock depends on who else uses the machine. Memory is what the
serving process held at most while a file was made (VmHWM), above what it held before any was.
Prints tables and writes its part of docs/performance.md, or the part of one database.
"""

from __future__ import annotations

import argparse
import csv
import http.client
import json
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
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
OF_ALL = {
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
VIEWS = {
    **{name: (f"?{query}",) for name, query in OF_ALL.items()},
    "a focus question": ("?question={question}",),
    "by program context": ("/contexts",),
    "by program context, words that nobody says": ("/contexts?words=no%20such%20words",),
    "by program context, a grade band and a subject": ("/contexts?grade_band=9_12&subject=math",),
    "by focus question": ("?",),
    "room to room": ("?rooms=alike", "?rooms=different"),
    "room to room, words that nobody says": (
        "?rooms=alike&words=no%20such%20words",
        "?rooms=different&words=no%20such%20words",
    ),
    "room to room, a grade band and a subject": (
        "?rooms=alike&grade_band=9_12&subject=math",
        "?rooms=different&grade_band=9_12&subject=math",
    ),
    "over time, one quarter": ("?begins_on=2018-01-01&ends_on=2018-01-01",),
    "then and now, of no school": ("/then-and-now",),
    "more patterns": ("/findings?after={more}",),
    "more of the next level": ("/next-level?after={next_level_more}",),
    "how alike it was read, more questions": ("/read-alike?after={read_alike_more}",),
}
FILES = {form: f"format={form}" for form in ("csv", "jsonl", "json", "parquet", "xlsx")} | {
    "pdf, of a quarter, a grade band and a subject": (
        "format=pdf&begins_on=2018-01-01&ends_on=2018-01-01&grade_band=9_12&subject=math"
    ),
}


@dataclass(frozen=True)
class Asker:
    """An analyst, over HTTP."""

    served: Served
    somebody: Somebody
    token: str

    def get(self, path: str) -> bytes:
        with self.answer(path) as answer:
            return answer.read()

    def length_of(self, path: str) -> int:
        """Of an answer that is read as it comes."""
        length = 0
        with self.answer(path) as answer:
            while chunk := answer.read(1 << 20):
                length += len(chunk)
        return length

    @contextmanager
    def answer(self, path: str) -> Iterator[http.client.HTTPResponse]:
        connection = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=600)
        where = f"/api/v1/networks/{self.somebody.network_id}/patterns{path}"
        connection.request("GET", where, headers={"Cookie": f"rounds_session={self.token}"})
        answer = connection.getresponse()
        assert answer.status == 200, (path, answer.status)
        yield answer
        connection.close()


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


def processor_seconds(pids: list[int]) -> float:
    """What these processes used so far."""
    used = 0
    for pid in pids:
        with suppress(FileNotFoundError):
            words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            used += int(words[11]) + int(words[12])
    return used / os.sysconf("SC_CLK_TCK")


def database_processes(url: str) -> list[int]:
    if not url:
        return []
    with psycopg.connect(passing_url(url)) as connection:
        found = connection.execute("SELECT pid FROM pg_stat_activity WHERE datname IS NOT NULL")
        return [row[0] for row in found]


@dataclass(frozen=True)
class Look:
    """A view: the seconds of each look, and of the processor's those in the middle."""

    name: str
    took: list[float]
    processor: float

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.took, n=20)[-1]


def measure_views(asker: Asker, url: str) -> Iterator[Look]:
    first = json.loads(asker.get("?"))
    known = {**first, "question": first["questions"][0]["id"]}
    with ThreadPoolExecutor(2) as screens:
        for name, paths in VIEWS.items():
            asked = [path.format_map(known) for path in paths]
            list(screens.map(asker.get, asked))
            busy = [worker_of(asker.served), *database_processes(url)]
            took, used = [], []
            for _ in range(LOOKS):
                before = processor_seconds(busy)
                took.append(timed(lambda asked=asked: list(screens.map(asker.get, asked))))
                used.append(processor_seconds(busy) - before)
            yield (look := Look(name, took, statistics.median(used)))
            sys.stderr.write(f"{name}: p95 {look.p95:.2f} s\n")


def measure_files(asker: Asker) -> Iterator[tuple[str, float, float, float]]:
    """Each format, its seconds, MiB of the file, and MiB of memory above idle."""
    pid = worker_of(asker.served)
    idle = _kb(pid, "VmRSS")
    for name, query in FILES.items():
        Path(f"/proc/{pid}/clear_refs").write_text("5")
        began = time.perf_counter()
        length = asker.length_of(f"/export?{query}&language=en")
        took = time.perf_counter() - began
        yield name, took, length / 2**20, (_kb(pid, "VmHWM") - idle) / 1024


def count_rows(url: str) -> None:
    """What PostgreSQL does by itself about a minute after so many rows came: plans need it."""
    with psycopg.connect(passing_url(url), autocommit=True) as connection:
        connection.execute("ANALYZE")


@dataclass(frozen=True)
class Measured:
    """Lines of two tables; whether all of it is as aimed at."""

    views: list[str]
    files: list[str]
    holds: bool


def measure(name: str, url: str) -> Measured:
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
                views, files = [*measure_views(asker, url)], [*measure_files(asker)]
    return Measured(
        [
            f"| {each.name} | {name} | {statistics.median(each.took) * 1000:,.0f} ms "
            f"| {each.p95 * 1000:,.0f} ms | {each.processor * 1000:,.0f} ms |"
            for each in views
        ],
        [
            f"| {form} | {name} | {took:.0f} s | {size:.0f} MB | {memory:.0f} MB |"
            for form, took, size, memory in files
        ],
        all(each.p95 < VIEW_WITHIN for each in views)
        and all(memory < MEMORY_WITHIN for *_, memory in files),
    )


def tell(name: str, measured: Measured) -> None:
    text = "\n".join(
        [
            f"{name}, {'as aimed at' if measured.holds else 'not as aimed at'}. "
            f"{ROUNDS * PATTERNS * CARDS:,} cards of {ROUNDS:,} rounds behind "
            f"{ROUNDS * PATTERNS:,} patterns; {LOOKS} looks each.",
            "",
            "| View | Database | Median | p95 | Processor |",
            "|---|---|---|---|---|",
            *measured.views,
            "",
            "| File of everything | Database | Took | Size | Memory above idle, at most |",
            "|---|---|---|---|---|",
            *measured.files,
        ]
    )
    sys.stdout.write(text + "\n")
    write_part(f"bench_patterns_{name.lower()}", text)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    only = parser.parse_args().only
    logging.disable(logging.INFO)  # of the app that fills the place, in this process
    holds = True
    if only != "postgresql":
        tell("SQLite", sqlite := measure("SQLite", ""))
        holds = holds and sqlite.holds
    if only != "sqlite":
        with (
            tempfile.TemporaryDirectory(prefix="pg") as folder,
            a_postgres(Path(folder) / "d") as url,
        ):
            tell("PostgreSQL", postgres := measure("PostgreSQL", url))
        holds = holds and postgres.holds
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
