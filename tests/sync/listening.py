"""A device that listens: reads a stream of hints in a thread, as a browser does."""

from __future__ import annotations

import json
import queue
import threading
from collections import defaultdict
from typing import Any

from flask import Flask

from server.sync.live import Hub
from tests.make import Somebody

PATIENCE = 10
END = object()
_threads: dict[Flask, list[threading.Thread]] = defaultdict(list)


def end_all(app: Flask) -> None:
    """End the app's streams, and wait: a look that is under way has a connection."""
    hub: Hub = app.extensions["rounds_live"]
    hub.close()
    for thread in _threads.pop(app, []):
        thread.join(PATIENCE)


class Listening:
    """`next()` is the next hint, `next_places()` who else is where; comments are counted."""

    def __init__(self, somebody: Somebody, headers: dict[str, str] | None = None, **asked: Any):
        query = {"network": somebody.network_id, **asked}
        self.answer = somebody.client.get(
            "/api/v1/live", query_string=query, headers=headers, buffered=False
        )
        assert self.answer.status_code == 200, self.answer.json
        self._heard: queue.Queue[Any] = queue.Queue()
        self._places: queue.Queue[Any] = queue.Queue()
        self._listens = threading.Event()
        self.comments = 0
        thread = threading.Thread(target=self._read, daemon=True)
        _threads[somebody.client.application].append(thread)
        thread.start()
        assert self._listens.wait(PATIENCE)

    def _read(self) -> None:
        for chunk in self.answer.response:
            for event in chunk.decode().split("\n\n"):
                fields = dict(line.split(": ", 1) for line in event.splitlines() if ": " in line)
                if fields.get("event") == "here":
                    self._places.put(json.loads(fields["data"])["here"])
                elif "data" in fields:
                    self._heard.put({**json.loads(fields["data"]), "id": fields["id"]})
                elif event:
                    self.comments += 1
            self._listens.set()
        self._listens.set()
        self._heard.put(END)

    def next(self) -> Any:
        """The next hint, or END. Fails where there is none."""
        return self._heard.get(timeout=PATIENCE)

    def next_places(self) -> Any:
        return self._places.get(timeout=PATIENCE)

    @property
    def has_seen(self) -> bool:
        return not self._places.empty()

    @property
    def has_heard(self) -> bool:
        return not self._heard.empty()
