"""The one thread that works off what is due, beside the threads that answer requests.

It starts with a serving process and ends with it; of several processes on a machine one
works at a time. Whatever it fails at stays a row of the database, so that nothing is lost
with it. Must not hold a transaction while it waits.
"""

from __future__ import annotations

import fcntl
import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import IO

from flask import Flask

from server import clock
from server.config import Settings
from server.services import notices
from server.services.narrowing import bring_all_up
from server.services.ordered_files import make_ordered_files
from server.services.regular_files import order_due_files
from server.services.retention_nights import look_after_notes
from server.services.tombstones import forget_old_tombstones

SECONDS = 15
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Worker(threading.Thread):
    """Looks every fifteen seconds; `stop` ends it at once."""

    def __init__(self, app: Flask, seconds: float = SECONDS) -> None:
        super().__init__(name="notices", daemon=True)
        self.app = app
        self.seconds = seconds
        self._stopped = threading.Event()
        self._daily_at = self._hourly_at = LONG_AGO

    def stop(self) -> None:
        self._stopped.set()
        if self.is_alive():
            self.join(timeout=5)

    def run(self) -> None:
        settings: Settings = self.app.extensions["rounds_settings"]
        with (settings.folder / "worker.lock").open("w") as lock:
            while not self._stopped.wait(self.seconds):
                if _is_mine(lock):
                    with self.app.app_context():
                        self._work(settings)

    def _work(self, settings: Settings) -> None:
        if clock.now() - self._hourly_at >= AN_HOUR:
            self._hourly_at = clock.now()
            self._try("raw notes", lambda: look_after_notes(settings))
        self._try("notices", lambda: notices.work_off(settings))
        self._try("patterns", bring_all_up)
        self._try("regular files", order_due_files)
        self._try("files", lambda: make_ordered_files(settings))
        if clock.now() - self._daily_at >= A_DAY:
            self._daily_at = clock.now()
            self._try("tombstones", forget_old_tombstones)

    def _try(self, what: str, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:
            # Whatever it was: the rows are still there, and the next look tries again.
            logging.getLogger(__name__).error("%s wait: %s", what, type(error).__name__)


def _is_mine(lock: IO[str]) -> bool:
    """Whether this process is the one that works. It stays so until it ends."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
