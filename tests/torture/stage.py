"""The stage of layer S: the real app on an empty database, and a network for each seed.

The clock and the source of ids come from the seed alone, so that one seed makes one trace.
Every run begins with empty tables, whatever ran before it.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from uuid import UUID

from flask import Flask
from sqlalchemy import delete, insert

from server import clock
from server.config import Settings
from server.db import EVERY_NETWORK, Base, writing
from server.models.sync import Network
from server.services import accounts, members, sessions
from server.services.sessions import DeviceSeen
from tests.make import an_app
from tests.postgres import empty
from tests.torture.wire import QuietLog

NOTES = Path(os.environ.get("ROUNDS_REAL_DATA", "../shared/data"))
NOTES = NOTES / "notes" / "uptake_notes_import.csv"
MORNING = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass
class Stage:
    """One app for many runs, one after the other."""

    app: Flask
    log: QuietLog
    seconds: float = 0.0

    def now(self) -> datetime:
        return MORNING + timedelta(seconds=self.seconds)


@contextmanager
def a_stage(database_url: str = "") -> Iterator[Stage]:
    """The app on SQLite in memory-backed storage where there is any, or on PostgreSQL."""
    fast = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="rounds-", dir=fast))
        settings = Settings(data_dir=folder, database_url=database_url)
        stage = Stage(stack.enter_context(an_app(settings)), QuietLog())
        stage.app.logger.handlers = [stage.log]
        yield stage


@contextmanager
def a_fresh_run(stage: Stage, dice: Random) -> Iterator[None]:
    """Empty tables, nine o'clock, and ids from the dice."""
    stage.seconds = 0.0
    ids = Random(dice.getrandbits(64))
    empty_tables(stage.app.extensions["rounds_settings"])

    def next_id() -> str:
        return str(UUID(int=ids.getrandbits(128), version=4))

    with clock.clock_at(stage.now), clock.ids_from(next_id):
        yield


def empty_tables(settings: Settings) -> None:
    if not settings.is_sqlite:
        empty(settings)
        return
    with writing(EVERY_NETWORK) as tx:
        for table in reversed(Base.metadata.sorted_tables):
            tx.execute(delete(table))


def found_network(name: str, epoch: str) -> str:
    """A network's id; its epoch is given, so that a run can be repeated."""
    network_id = clock.new_id()
    values = {"id": network_id, "name": name, "time_zone": "UTC", "epoch": epoch}
    with writing(network_id) as tx:
        tx.execute(insert(Network).values(**values))
    return network_id


def take_in(network_id: str, role: str) -> tuple[str, str]:
    """Somebody new in the network: their person id and member id."""
    place = {"roles": role, "position": None, "school_id": None, "district_id": None}
    with writing(network_id) as tx:
        person = accounts.add_person(tx, "Robin Sample")
        return person, members.add_membership(tx, network_id, person, place)


def sign_in(person_id: str, device_id: str) -> str:
    """A session of the person on the device, as a Cookie header."""
    with writing() as tx:
        seen = DeviceSeen(device_id, "Invented tablet")
        token = sessions.start_session(tx, person_id, seen, timedelta(days=4000))
    return f"rounds_session={token}"


@cache
def real_notes() -> tuple[str, ...]:
    """What was said in real lessons; a few invented lines where that data is absent."""
    if NOTES.is_file():
        with NOTES.open(encoding="utf-8", newline="") as file:
            return tuple(row["note_text"] for row in csv.DictReader(file) if row["note_text"])
    return tuple(f"T: “Why is {a} + {b} not {a + b + 1}?” 😀" for a in range(9) for b in range(9))


def words_for(count: int) -> str:
    """The text of the count-th save: takes nothing from the dice, so data change no trace."""
    notes = real_notes()
    return notes[(count * 7919) % len(notes)]
