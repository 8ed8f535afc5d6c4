"""`make bench`, thirty tablets that come back at once, beside the ceiling.

Schools come back one after the other, each with thirty devices of forty notes; load, server
and database are pinned to the same one core. Every figure is the product's rate by that of
the ceiling (ceiling_app.py), school by school, the two taking turns at going first.

    python -m tests.load.bench_load [--stores sqlite,postgres] [--schools 20]
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from server.config import Settings
from server.db import writing
from server.services import sessions
from server.services.sessions import DeviceSeen
from tests.load.ceiling_app import make_tables
from tests.load.crowd import Crowd, Json, parsed
from tests.load.measure import Ratio, Served, a_server, compare, table_of, timed, write_part
from tests.make import a_device, a_membership, a_network, a_person, an_app
from tests.postgres import a_postgres

DEVICES, NOTES = 30, 40
HEAVY = 1_200
"""Notes of the one member whose new tablet loads everything."""
IDLE = 10
"""Polls of each device in one side of a pair."""
APP = "tests.load.ceiling_app:make_app()"
SENTENCE = 'T: "What do you notice about these two fractions?" S: "They\'re the same size." '

Pairs = list[tuple[float, float]]


def a_note(member: str) -> Json:
    """A note as a tablet sends it: a change of some 600 bytes."""
    values = {
        "text": SENTENCE,
        "minute": 7,
        "round": str(uuid.uuid4()),
    }
    return {
        "id": str(uuid.uuid4()),
        "n": 1,
        "by": member,
        "kind": "note",
        "record": str(uuid.uuid4()),
        "scope": f"own:{member}",
        "schema": 1,
        "made_at": "2026-11-22T09:14:03Z",
        "set": values,
        "seen": {name: [] for name in values},
        "depth": dict.fromkeys(values, 1),
    }


@dataclass
class School:
    """One network whose members are signed in, each on a device of their own."""

    network: str
    members: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)

    def push(self, device: int, count: int = NOTES) -> Json:
        changes = [a_note(self.members[device]) for _ in range(count)]
        return {"network": self.network, "head": 0, "chain": "", "changes": changes}


class Product:
    """How a tablet talks to the product."""

    push_path, pull_path = "/api/v1/push", "/api/v1/pull"

    def first(self, school: School) -> Json:
        return {"network": school.network, "head": 0, "chain": "", "limit": 1000}

    def after(self, asked: Json, reply: Json) -> Json:
        """The next request, having read this reply."""
        told = {name: reply[name] for name in ("head", "chain", "cursors")}
        if reply["more"]:
            return {**asked, **told}
        return {**asked, **told, "grants": reply["grants"], "synced": reply["head"]}


class Ceiling:
    """The same of the ceiling."""

    push_path, pull_path = "/api/ceiling/push", "/api/ceiling/pull"

    def first(self, school: School) -> Json:
        return {"network": school.network, "cursor": 0}

    def after(self, asked: Json, reply: Json) -> Json:
        if reply["more"]:
            return {**asked, "cursor": reply["rows"][-1]["seq"]}
        return {**asked, "synced": reply["head"]}


Side = Product | Ceiling
SIDES: tuple[Side, Side] = (Ceiling(), Product())
"""In the order of a rate: seconds of the ceiling by seconds of the product."""


class Field:
    """The schools of one store, and the crowd of devices of each."""

    def __init__(self, port: int, schools: list[School]) -> None:
        self.places = [(school, Crowd(port, school.tokens)) for school in schools]

    def pushes(self) -> Pairs:
        """One return of a whole school a side."""
        return [
            in_turn(at, *(self._push_of(side, school, crowd) for side in SIDES))
            for at, (school, crowd) in enumerate(self.places)
        ]

    def _push_of(self, side: Side, school: School, crowd: Crowd) -> Callable[[], None]:
        path = side.push_path
        requests = [crowd.request(i, path, school.push(i)) for i in range(DEVICES)]
        return lambda: expect_stored(crowd.send(requests))

    def idle_polls(self) -> Pairs:
        """Every device asks, and nothing is new."""
        return [
            in_turn(at, *(self._polls_of(side, school, crowd) for side in SIDES))
            for at, (school, crowd) in enumerate(self.places)
        ]

    def _polls_of(self, side: Side, school: School, crowd: Crowd) -> Callable[[], None]:
        asked = [load(side, school, crowd, device)[1] for device in range(DEVICES)]
        requests = [crowd.request(i, side.pull_path, body) for i, body in enumerate(asked)]

        def poll() -> None:
            for _ in range(IDLE):
                crowd.send(requests)

        assert not any(parsed(body)["rows"] for _, body in crowd.send(requests))
        return poll

    def first_loads(self) -> Pairs:
        """A new tablet of a member who has many notes."""
        for school, crowd in self.places:
            for side in SIDES:
                for _ in range(HEAVY // 400):
                    request = crowd.request(0, side.push_path, school.push(0, 400))
                    expect_stored(crowd.send([request]))
        return [
            in_turn(at, *(self._load_of(side, school, crowd) for side in SIDES))
            for at, (school, crowd) in enumerate(self.places)
        ]

    def _load_of(self, side: Side, school: School, crowd: Crowd) -> Callable[[], None]:
        def whole() -> None:
            assert load(side, school, crowd, 0)[0] >= HEAVY

        return whole

    def close(self) -> None:
        for _, crowd in self.places:
            crowd.close()


def load(side: Side, school: School, crowd: Crowd, device: int) -> tuple[int, Json]:
    """Pull all there is: how many rows, and the request of a poll afterwards."""
    asked, count = side.first(school), 0
    while True:
        reply = parsed(crowd.send_one(device, crowd.request(device, side.pull_path, asked)))
        count += len(reply["rows"])
        asked = side.after(asked, reply)
        if not reply["more"]:
            return count, asked


def expect_stored(answers: list[tuple[int, bytes]]) -> None:
    assert all(status == 200 for status, _ in answers), answers[0]
    assert all(b'"invalid"' not in body and b'"set_aside"' not in body for _, body in answers)


def in_turn(at: int, first: Callable[[], None], second: Callable[[], None]) -> tuple[float, float]:
    """Seconds of both; each goes first every other time."""
    if at % 2:
        later = timed(second)
        return timed(first), later
    return timed(first), timed(second)


def prepare(settings: Settings, count: int) -> list[School]:
    """Networks of thirty members, each with a session of their own."""
    with an_app(settings):
        schools = [a_school(DEVICES) for _ in range(count)]
    make_tables(settings)
    return schools


def a_school(devices: int) -> School:
    """A network of so many members, each with a device. Wants an app context."""
    school = School(a_network())
    for _ in range(devices):
        person, device = a_person(), a_device()
        school.members.append(a_membership(school.network, person))
        with writing() as tx:
            seen = DeviceSeen(device["id"], device["name"])
            token = sessions.start_session(tx, person, seen, timedelta(days=90))
        school.tokens.append(token)
    return school


@contextmanager
def a_store(name: str) -> Iterator[Settings]:
    """An empty database of the kind."""
    with tempfile.TemporaryDirectory(prefix="load") as folder:
        if name == "sqlite":
            yield Settings(data_dir=folder)
            return
        with a_postgres(Path(folder) / "pg") as address:
            yield Settings(data_dir=folder, database_url=address)


def measure(store: str, schools: int) -> tuple[list[Ratio], float]:
    """The three ratios of one store, and the memory that its server had come to, in MiB."""
    with a_store(store) as settings:
        made = prepare(settings, schools)
        with a_server(Path(settings.data_dir), APP, DATABASE_URL=settings.database_url) as served:
            places = Field(served.port, made)
            try:
                return _measured(store, places, served)
            finally:
                places.close()


def _measured(store: str, places: Field, served: Served) -> tuple[list[Ratio], float]:
    ratios = []
    for what, bound, pairs, work in (
        ("push", 0.6, places.pushes(), DEVICES * NOTES),
        ("idle poll", 0.8, places.idle_polls(), DEVICES * IDLE),
        ("first load", 0.6, places.first_loads(), HEAVY),
    ):
        bare, ours = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
        detail = f"{work / ours:,.0f} a second, ceiling {work / bare:,.0f}"
        name = f"{what} / ceiling, {store}"
        ratios.append(compare(name, pairs, bound, at_least=True, detail=detail))
    return ratios, served.memory_mb()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stores", default="sqlite,postgres")
    parser.add_argument("--schools", type=int, default=20)
    asked = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    ratios: list[Ratio] = []
    memory = []
    for store in asked.stores.split(","):
        found, megabytes = measure(store, asked.schools)
        ratios += found
        memory.append(f"{megabytes:.0f} MiB on {store}")
    table = f"{table_of(ratios)}\n\nThe server's process came to {' and '.join(memory)}."
    sys.stdout.write(table + "\n")
    write_part("bench_load", table)
    return 1 if any(ratio.is_red for ratio in ratios) else 0


if __name__ == "__main__":
    raise SystemExit(main())
