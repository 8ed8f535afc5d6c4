"""A device that listens: reads a stream of hints in a thread, as a browser does."""

from __future__ import annotations

import json
import queue
import threading
from typing import Any

from tests.make import Somebody

PATIENCE = 10
END = object()


class Listening:
    """`next()` is the next hint; comments are counted."""

    def __init__(self, somebody: Somebody, headers: dict[str, str] | None = None, **asked: Any):
        query = {"network": somebody.network_id, **asked}
        self.answer = somebody.client.get(
            "/api/v1/live", query_string=query, headers=headers, buffered=False
        )
        assert self.answer.status_code == 200, self.answer.json
        self._heard: queue.Queue[Any] = queue.Queue()
        self._listens = threading.Event()
        self.comments = 0
        threading.Thread(target=self._read, daemon=True).start()
        assert self._listens.wait(PATIENCE)

    def _read(self) -> None:
        for chunk in self.answer.response:
            for event in chunk.decode().split("\n\n"):
                fields = dict(line.split(": ", 1) for line in event.splitlines() if ": " in line)
                if "data" in fields:
                    self._heard.put({**json.loads(fields["data"]), "id": fields["id"]})
                elif event:
                    self.comments += 1
            self._listens.set()
        self._listens.set()
        self._heard.put(END)

    def next(self) -> Any:
        """The next hint, or END. Fails where there is none."""
        return self._heard.get(timeout=PATIENCE)

    @property
    def has_heard(self) -> bool:
        return not self._heard.empty()
