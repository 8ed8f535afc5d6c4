"""How long one person's edit takes to be on the twenty-nine other tablets of the room.

    python -m tests.load.bench_live [--edits 60] [--processes 2] [--redis] [--pulls]

Each tablet holds a stream of hints to a real server. Prints the time from the begin of the push
to the hint on every tablet and, with `--pulls`, to the end of the pull that each then makes at
once: thirty tablets that do not wait their random second are the worst case.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from server.config import Settings
from tests.make import Somebody, a_member, a_network, an_app
from tests.postgres import a_postgres
from tests.redis_server import a_redis
from tests.serving import serve
from tests.sync.talk import a_card, a_round

TABLETS = 30
PAUSE = 0.25


class Tablet:
    """A stream in a thread, and what it heard when."""

    def __init__(self, port: int, somebody: Somebody, pulls: bool) -> None:
        self.port, self.network, self.pulls = port, somebody.network_id, pulls
        cookie = somebody.client.get_cookie("rounds_session")
        assert cookie is not None
        self.headers = {"Cookie": f"rounds_session={cookie.value}"}
        self.heard: dict[int, float] = {}
        self.read: dict[int, float] = {}
        self.listens = threading.Event()
        self.reply: dict[str, Any] = {}

    def start(self) -> None:
        self._pull_until_done()
        threading.Thread(target=self._listen, daemon=True).start()
        assert self.listens.wait(30)

    def _listen(self) -> None:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=400)
        link.request("GET", f"/api/v1/live?network={self.network}", headers=self.headers)
        stream = link.getresponse()
        assert stream.status == 200, stream.read()
        for line in stream:
            self.listens.set()
            if line.startswith(b"data: "):
                head = json.loads(line[6:])["head"]
                self.heard[head] = time.perf_counter()
                if self.pulls:
                    self._pull_until_done()
                    self.read[self.reply["head"]] = time.perf_counter()

    def _pull_until_done(self) -> None:
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


@contextmanager
def a_room(asked: argparse.Namespace) -> Iterator[tuple[Tablet, list[Tablet], Any]]:
    """The writer's tablet, the others' and a maker of cards."""
    with ExitStack() as running:
        folder = Path(running.enter_context(TemporaryDirectory()))
        settings = Settings(data_dir=str(folder), processes=asked.processes)
        if asked.processes > 1:
            settings = replace(settings, database_url=running.enter_context(a_postgres(folder)))
        if asked.redis:
            settings = replace(settings, redis_url=running.enter_context(a_redis(folder)))
        app = running.enter_context(an_app(settings))
        network = a_network()
        lead = a_member(app, network, "lead")
        people = [a_member(app, network) for _ in range(TABLETS - 1)]
        round_id = a_round(lead, *people)
        served = running.enter_context(serve(settings))
        writer = Tablet(served.port, lead, pulls=False)
        others = [Tablet(served.port, one, asked.pulls) for one in people]
        for each in others:
            each.start()
        yield writer, others, lambda: a_card(lead, round_id)


def measure(asked: argparse.Namespace) -> None:
    to_hint: list[float] = []
    to_read: list[float] = []
    missed = 0
    with a_room(asked) as (writer, others, card):
        for _ in range(asked.edits):
            began = time.perf_counter()
            head = writer.ask("push", {"head": 0, "chain": "", "changes": [card()]})["head"]
            until = began + 5
            watched = [each.read if asked.pulls else each.heard for each in others]
            while time.perf_counter() < until and not all(head in each for each in watched):
                time.sleep(0.005)
            missed += sum(head not in each.heard for each in others)
            to_hint += [each.heard[head] - began for each in others if head in each.heard]
            to_read += [each.read[head] - began for each in others if head in each.read]
            time.sleep(PAUSE)
    print(f"{asked.edits} edits, {TABLETS - 1} others, {asked.processes} process(es), ", end="")
    print("by Redis" if asked.redis else "by looking" if asked.processes > 1 else "in process")
    print(f"load of the machine: {os.getloadavg()[0]:.1f}; hints missed: {missed}")
    tell("push begun to hint heard", to_hint)
    if to_read:
        tell("push begun to page read", to_read)


def tell(what: str, seconds: list[float]) -> None:
    cuts = statistics.quantiles(seconds, n=100)
    print(f"{what}: median {cuts[49] * 1000:.1f} ms, p95 {cuts[94] * 1000:.1f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=60)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--redis", action="store_true")
    parser.add_argument("--pulls", action="store_true")
    measure(parser.parse_args())


if __name__ == "__main__":
    main()
