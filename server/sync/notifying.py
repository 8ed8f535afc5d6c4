"""Where people are, from one process to another by PostgreSQL's NOTIFY: a message that reaches
whoever listens now, and is written into no table and no log.

One thread and one connection of its own in each process. Behind a pooler that gives each
transaction another connection nothing comes through: then a name shows in its own process alone.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from typing import Any

import orjson

from server import clock
from server.sync.keeping_on import keep_on
from server.sync.places import Place

CHANNEL = "rounds_places"
PATIENCE_SECONDS = 0.2
"""How long a place waits at most until it is passed on, or heard."""
WAITING_PLACES = 1_000
AGAIN_SECONDS = 2.0

log = logging.getLogger(__name__)


class Notifying:
    """Takes this process's places to others, and brings theirs to `deliver`."""

    def __init__(self, deliver: Callable[[Place], None], address: str) -> None:
        self._deliver = deliver
        self._address = address.replace("postgresql+psycopg://", "postgresql://", 1)
        self._self = clock.new_id()
        self._waiting: queue.Queue[Place] = queue.Queue(WAITING_PLACES)
        self.hears = threading.Event()
        """Set while the database has said that it will tell us."""
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, name="live-notify", daemon=True)

    def send(self, place: Place) -> None:
        with suppress(queue.Full):  # It is said again in five seconds.
            self._waiting.put_nowait(place)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def _work(self) -> None:
        import psycopg

        keep_on(
            lambda: self._pass_on(psycopg),
            until=self._stopped,
            pause=AGAIN_SECONDS,
            expected=(psycopg.Error,),
            log=log,
            waits="places of other processes",
        )

    def _pass_on(self, psycopg: Any) -> None:
        """On one connection, for as long as it lasts."""
        try:
            with psycopg.connect(
                self._address, autocommit=True, application_name=CHANNEL
            ) as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                self.hears.set()
                while not self._stopped.is_set():
                    self._speak(connection)
                    self._listen(connection)
        finally:
            self.hears.clear()

    def _speak(self, connection: Any) -> None:
        with suppress(queue.Empty):
            while True:
                told = {"from": self._self, **asdict(self._waiting.get_nowait())}
                spelled = orjson.dumps(told).decode()
                connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, spelled))

    def _listen(self, connection: Any) -> None:
        for heard in connection.notifies(timeout=PATIENCE_SECONDS):
            try:
                told = orjson.loads(heard.payload)
                if told.pop("from") != self._self:
                    self._deliver(Place(**told))
            except (ValueError, TypeError, KeyError, AttributeError):
                log.warning("a place told by another release was not understood")
