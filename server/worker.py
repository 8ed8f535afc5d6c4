"""The one thread that works off what is due, beside the threads that answer requests.

It starts with a serving process and ends with it; of several processes on a machine one
works at a time. Whatever it fails at stays a row of the database, so that nothing is lost
with it. Must not hold a transaction while it waits.
"""

from __future__ import annotations

import fcntl
import logging
import threading
from typing import IO

from flask import Flask

from server.config import Settings
from server.services import notices

SECONDS = 15


class Worker(threading.Thread):
    """Looks every fifteen seconds; `stop` ends it at once."""

    def __init__(self, app: Flask, seconds: float = SECONDS) -> None:
        super().__init__(name="notices", daemon=True)
        self.app = app
        self.seconds = seconds
        self._stopped = threading.Event()

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
        try:
            notices.work_off(settings)
        except Exception as error:
            # Whatever it was: the rows are still there, and the next look tries again.
            logging.getLogger(__name__).error("notices wait: %s", type(error).__name__)


def _is_mine(lock: IO[str]) -> bool:
    """Whether this process is the one that works. It stays so until it ends."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
