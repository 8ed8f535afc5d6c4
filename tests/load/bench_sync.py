"""`make bench`, push and pull: the product beside bare Flask views, and beside itself with
ten times the data. Prints a table and writes its part of docs/performance.md.

    python -m tests.load.bench_sync [--pairs 21]

The growth is measured on PostgreSQL as well.
"""

from __future__ import annotations

import argparse
import copy
import json
import statistics
import sys
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from server.config import Settings
from server.db import writing
from server.services import sessions
from server.services.sessions import DeviceSeen
from tests.load.bench_load import a_store
from tests.load.measure import (
    Link,
    Ratio,
    a_server,
    compare,
    interleaved,
    table_of,
    write_part,
)
from tests.make import a_device, a_membership, a_network, a_person, an_app
from tests.sync.talk import Json

NOTES = 40
PUSHES = 12
"""Pushes in one side of a pair."""
PULLS = 60
STORED = 2_000
TIMES = 10
BARE_APP = "tests.load.bare_app:make_app()"

SENTENCE = 'T: "What do you notice about these two fractions?" S: "They\'re the same size." '


@dataclass
class Place:
    """One database with a network and somebody signed in, and the server on it."""

    link: Link
    network: str
    member: str
    seq: int = 0
    witness: tuple[int, str] = (0, "")

    def note(self) -> Json:
        values = {
            "text": SENTENCE * 2,
            "element": "student",
            "minute": 7,
            "order": 12,
            "round": str(uuid.uuid4()),
            "classroom": str(uuid.uuid4()),
        }
        return {
            "id": str(uuid.uuid4()),
            "n": 1,
            "by": self.member,
            "kind": "note",
            "record": str(uuid.uuid4()),
            "scope": f"own:{self.member}",
            "schema": 1,
            "made_at": "2026-11-22T09:14:03Z",
            "set": values,
            "seen": {name: [] for name in values},
            "depth": dict.fromkeys(values, 1),
        }

    def batches(self, count: int) -> list[Json]:
        return [{"changes": [self.note() for _ in range(NOTES)]} for _ in range(count)]

    def push(self, batch: Json) -> None:
        head, chain = self.witness
        body = {"network": self.network, "head": head, "chain": chain, **batch}
        reply = self.link.post("/api/v1/push", body)
        assert all(each["status"] == "applied" for each in reply["results"]), reply
        self.witness = (reply["head"], reply["chain"])

    def push_bare(self, batch: Json) -> None:
        body = {"network": self.network, "head": self.seq, "chain": "", **batch}
        self.seq = self.link.post("/api/bare/push", body)["head"]

    def pull_all(self) -> Json:
        asked: Json = {"network": self.network, "head": 0, "chain": "", "limit": 1000}
        while True:
            reply = self.link.post("/api/v1/pull", asked)
            asked["cursors"] = reply["cursors"]
            if not reply["more"]:
                self.witness = (reply["head"], reply["chain"])
                return reply


def prepare(settings: Settings) -> tuple[str, str, str]:
    """A new database with one network, and one member who is signed in."""
    with an_app(settings):
        network, person = a_network(), a_person()
        member = a_membership(network, person)
        device = a_device()
        with writing() as tx:
            seen = DeviceSeen(device["id"], device["name"])
            token = sessions.start_session(tx, person, seen, timedelta(days=90))
    return network, member, token


def open_place(stack: ExitStack, stored: int, store: str = "sqlite") -> Place:
    """With so many notes, and as many bare ones where the bare views are served: on SQLite."""
    settings = stack.enter_context(a_store(store))
    network, member, token = prepare(settings)
    app = BARE_APP if settings.is_sqlite else "wsgi:app"
    address = {"DATABASE_URL": settings.database_url}
    served = stack.enter_context(a_server(Path(settings.data_dir), app, **address))
    place = Place(Link(served.port, token), network, member)
    for batch in place.batches(stored // NOTES):
        place.push(batch)
        if settings.is_sqlite:
            place.push_bare(batch)
    return place


def compare_push(place: Place, pairs: int) -> Ratio:
    """Rate of push to the rate of the bare insert: seconds of bare by seconds of ours."""
    ours, bare = _endless(place), _endless(place)

    def push_bare() -> None:
        for _ in range(PUSHES):
            place.push_bare(next(bare))

    def push() -> None:
        for _ in range(PUSHES):
            place.push(next(ours))

    found = interleaved(push_bare, push, pairs)
    changes = PUSHES * NOTES
    detail = f"{_rate(found, 1, changes)} changes/s, bare {_rate(found, 0, changes)}"
    return compare("push of 40 notes / bare insert", found, 0.5, at_least=True, detail=detail)


def _endless(place: Place) -> Iterator[Json]:
    while True:
        yield from place.batches(PUSHES)


def compare_idle_pull(place: Place, pairs: int) -> Ratio:
    whole = place.pull_all()
    names = ("head", "chain", "grants", "cursors")
    asked = {"network": place.network, "synced": whole["head"], **{n: whole[n] for n in names}}
    data = json.dumps(asked).encode()

    def pull_bare() -> None:
        for _ in range(PULLS):
            place.link.post_bytes("/api/bare/pull", data)

    def pull() -> None:
        for _ in range(PULLS):
            assert not place.link.post_bytes("/api/v1/pull", data)["rows"]

    found = interleaved(pull_bare, pull, pairs)
    detail = f"{_rate(found, 1, PULLS)} pulls/s, bare {_rate(found, 0, PULLS)}"
    return compare("idle pull / bare look-ups", found, 0.6, at_least=True, detail=detail)


def compare_growth(store: str, pairs: int) -> list[Ratio]:
    """The same work with ten times the data: seconds of large by seconds of small."""
    with ExitStack() as stack:
        small = open_place(stack, STORED, store)
        return _growth(store, small, open_place(stack, STORED * TIMES, store), pairs)


def _growth(store: str, small: Place, large: Place, pairs: int) -> list[Ratio]:
    batches = {id(place): _endless(place) for place in (small, large)}
    whole = {id(place): place.pull_all() for place in (small, large)}

    def push(place: Place) -> None:
        for _ in range(PUSHES):
            place.push(next(batches[id(place)]))

    def pull_news(place: Place) -> None:
        told = whole[id(place)]
        asked: dict[str, Any] = {
            "network": place.network,
            "head": told["head"],
            "chain": told["chain"],
            "synced": told["head"],
            "grants": told["grants"],
            "cursors": copy.copy(told["cursors"]),
            "limit": 100,
        }
        for _ in range(PUSHES):
            assert len(place.link.post("/api/v1/pull", asked)["rows"]) == 100

    pushed = interleaved(lambda: push(large), lambda: push(small), pairs)
    pulled = interleaved(lambda: pull_news(large), lambda: pull_news(small), pairs)
    return [
        compare(f"push with {TIMES} x the data, {store}", pushed, 1.1, at_least=False),
        compare(f"pull of 100 news with {TIMES} x the data, {store}", pulled, 1.1, at_least=False),
    ]


def _rate(pairs: list[tuple[float, float]], side: int, work: int) -> str:
    return f"{work / statistics.median(pair[side] for pair in pairs):,.0f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=21)
    pairs = parser.parse_args().pairs
    with ExitStack() as stack:
        small = open_place(stack, STORED)
        ratios = [compare_push(small, pairs), compare_idle_pull(small, pairs)]
    sys.stdout.write(table_of(ratios) + "\n")
    for store in ("sqlite", "postgres"):
        ratios += compare_growth(store, pairs)
    table = table_of(ratios)
    sys.stdout.write(table + "\n")
    write_part("bench_sync", table)
    return 1 if any(ratio.is_red for ratio in ratios) else 0


if __name__ == "__main__":
    raise SystemExit(main())
