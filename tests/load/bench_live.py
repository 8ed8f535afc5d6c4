"""How long one person's edit takes to be on the twenty-nine other tablets of the room.

    python -m tests.load.bench_live [--edits 60]

Each tablet holds a stream of hints to a real server, in each of the ways that a hint can go.
Taken is the time from the begin of the push to the hint on every tablet; once also to the end
of the pull that each then makes at once: thirty tablets that do not wait their random second
are the worst case. Prints a table and writes its part of docs/performance.md.
"""

from __future__ import annotations

import argparse
import http.client
import json
import logging
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from server.config import Settings
from tests.load.measure import write_part
from tests.make import Somebody, a_member, a_network, an_app
from tests.postgres import a_postgres
from tests.redis_server import a_redis
from tests.serving import serve
from tests.sync.talk import a_card, a_round

TABLETS = 30
PAUSE = 0.25


@dataclass(frozen=True)
class Way:
    """How a hint comes from the process that took the push to the one that holds a stream."""

    name: str
    bound_ms: int | None
    processes: int = 1
    by_redis: bool = False
    pulls: bool = False


WAYS = (
    Way("one process, SQLite", 100),
    Way("one process, and every tablet pulls at once: to the end of its pull", None, pulls=True),
    Way("two processes, PostgreSQL, by Redis", 100, processes=2, by_redis=True),
    Way("two processes, PostgreSQL, by looking every 300 ms", 500, processes=2),
)


class Tablet:
    """A stream in a thread, and what it heard when."""

    def __init__(self, port: int, somebody: Somebody, pulls: bool) -> None:
        self.port, self.network, self.pulls = port, somebody.network_id, pulls
        cookie = somebody.client.get_cookie("rounds_session")
        assert cookie is not None
        self.headers = {"Cookie": f"rounds_session={cookie.value}"}
        self.heard: dict[int, float] = {}
        self.places = 0
        """How often it was told who is where."""
        self.read: dict[int, float] = {}
        self.listens = threading.Event()
        self.away = threading.Event()
        """Set while it is offline: the stream ends at the next hint, and nothing is pulled."""
        self.rows: dict[str, dict[str, Any]] = {}
        """The newest that it was told of each record."""
        self.reply: dict[str, Any] = {}
        self.pulling = threading.Lock()
        """A tablet pulls once at a time: an older answer never comes after a newer one."""

    def start(self) -> None:
        self.pull_until_done()
        threading.Thread(target=self._listen, daemon=True).start()
        assert self.listens.wait(30)

    def _listen(self) -> None:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=400)
        link.request("GET", f"/api/v1/live?network={self.network}", headers=self.headers)
        stream = link.getresponse()
        assert stream.status == 200, stream.read()
        for line in stream:
            self.listens.set()
            if self.away.is_set():
                break
            if line.startswith(b"data: "):
                told = json.loads(line[6:])
                if "here" in told:
                    self.places += 1
                    continue
                head = told["head"]
                self.heard[head] = time.perf_counter()
                if self.pulls:
                    self.pull_until_done()
                    self.read[self.reply["head"]] = time.perf_counter()
        link.close()

    def pull_until_done(self) -> None:
        with self.pulling:
            self._pull()

    def _pull(self) -> None:
        more = True
        while more:
            told = {name: self.reply.get(name) for name in ("grants", "cursors")}
            self.reply = self.ask(
                "pull",
                {
                    "synced": self.reply.get("head"),
                    "grants": told["grants"],
                    "cursors": told["cursors"] or {},
                },
            )
            more = self.reply["more"]
            self.rows |= {row["id"]: row for row in self.reply["rows"]}

    def ask(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        if not hasattr(self, "link"):
            self.link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        witness = {"head": self.reply.get("head", 0), "chain": self.reply.get("chain", "")}
        sent = json.dumps({"network": self.network, **witness, **body})
        headers = {**self.headers, "Content-Type": "application/json"}
        self.link.request("POST", f"/api/v1/{path}", sent, headers)
        answer = self.link.getresponse()
        content = answer.read()
        assert answer.status == 200, content[:300]
        told: dict[str, Any] = json.loads(content)
        return told

    def hang_up(self) -> None:
        """The next request opens a connection of its own, as after a time without a network."""
        with self.pulling:
            if hasattr(self, "link"):
                self.link.close()

    def say_where(self, round_id: str, record: str) -> None:
        """Be writing at a record, as a tablet says it."""
        if not hasattr(self, "link"):
            self.link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        place = {"network": self.network, "round": round_id, "record": record, "writing": True}
        headers = {**self.headers, "Content-Type": "application/json"}
        self.link.request("POST", "/api/v1/live/here", json.dumps(place), headers)
        answer = self.link.getresponse()
        content = answer.read()
        assert answer.status == 204, content


@contextmanager
def a_room(way: Way) -> Iterator[tuple[Tablet, list[Tablet], Any]]:
    """The writer's tablet, the others' and a maker of cards."""
    with ExitStack() as running:
        folder = Path(running.enter_context(TemporaryDirectory()))
        settings = Settings(data_dir=str(folder), processes=way.processes)
        if way.processes > 1:
            settings = replace(settings, database_url=running.enter_context(a_postgres(folder)))
        if way.by_redis:
            settings = replace(settings, redis_url=running.enter_context(a_redis(folder)))
        app = running.enter_context(an_app(settings))
        network = a_network()
        lead = a_member(app, network, "lead")
        people = [a_member(app, network) for _ in range(TABLETS - 1)]
        round_id = a_round(lead, *people)
        served = running.enter_context(serve(settings))
        writer = Tablet(served.port, lead, pulls=False)
        others = [Tablet(served.port, one, way.pulls) for one in people]
        for each in others:
            each.start()
        yield writer, others, lambda: a_card(lead, round_id)


def measure(way: Way, edits: int) -> tuple[list[float], int]:
    """Seconds until each other tablet had each edit, and how many hints never came."""
    took: list[float] = []
    missed = 0
    with a_room(way) as (writer, others, card):
        watched = [each.read if way.pulls else each.heard for each in others]
        for _ in range(edits):
            began = time.perf_counter()
            head = writer.ask("push", {"head": 0, "chain": "", "changes": [card()]})["head"]
            until = began + 5
            while time.perf_counter() < until and not all(head in each for each in watched):
                time.sleep(0.005)
            missed += sum(head not in each for each in watched)
            took += [each[head] - began for each in watched if head in each]
            time.sleep(PAUSE)
    return took, missed


def line_of(way: Way, took: list[float], missed: int) -> tuple[str, bool]:
    """A line of the table, and whether it held."""
    cuts = statistics.quantiles(took, n=100)
    median, late = cuts[49] * 1_000, cuts[94] * 1_000
    holds = missed == 0 and (way.bound_ms is None or late <= way.bound_ms)
    bound = f"{way.bound_ms} ms" if way.bound_ms else ""
    verdict = "holds" if holds else "red"
    return (
        f"| {way.name} | {median:.0f} ms | {late:.0f} ms | {bound} | {missed} | {verdict} |",
        holds,
    )


def main() -> int:
    logging.disable(logging.INFO)  # of the app that fills the place, in this process
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=60)
    edits = parser.parse_args().edits
    lines = [
        "| Way | Median | p95 | Bound of p95 | Missed | Verdict |",
        "|---|---|---|---|---|---|",
    ]
    all_held = True
    for way in WAYS:
        line, held = line_of(way, *measure(way, edits))
        sys.stdout.write(line + "\n")
        lines.append(line)
        all_held &= held
    write_part("bench_live", "\n".join(lines))
    return 0 if all_held else 1


if __name__ == "__main__":
    sys.exit(main())
