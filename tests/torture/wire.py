"""The wire between a model device and the real app: bytes in, bytes out, no socket.

Calls the WSGI app as a server would and hands back what it answered. Keeps count of what
the app answered and a hash over all that passed, so that a run can be compared with its
repetition. Knows no protocol and no fault; faults.py puts those between.
"""

from __future__ import annotations

import io
import logging
import sys
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import orjson
from flask import Flask

Headers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. A body that was cut on the way is shorter than it was sent."""

    status: int
    headers: Headers
    body: bytes

    def read(self) -> dict[str, Any]:
        """As a device reads it: `code` 0 for whatever is not the server's own whole answer."""
        if self.headers.get("Sync-Server") != "1":
            return {"code": 0, "status": self.status}
        try:
            told = orjson.loads(self.body)
        except orjson.JSONDecodeError:
            return {"code": 0}
        return {**told, "code": self.status} if isinstance(told, dict) else {"code": 0}


@dataclass
class Wire:
    """One app, and the trace of one run."""

    app: Flask
    answered: Counter[int] = field(default_factory=Counter)
    trace: Any = field(default_factory=sha256)

    def note(self, *words: object) -> None:
        """Put what happened into the trace."""
        self.trace.update(repr(words).encode())

    def ask(
        self, method: str, path: str, cookie: str, body: bytes = b"", cut_at: int | None = None
    ) -> Answer:
        """One request. cut_at: the link broke after so many bytes of the body."""
        path, _, query = path.partition("?")
        sent = body if cut_at is None else body[:cut_at]
        environ = {
            **_ALWAYS,
            "REQUEST_METHOD": method,
            "PATH_INFO": f"/api/v1/{path}",
            "QUERY_STRING": query,
            "wsgi.input": io.BytesIO(sent),
            "HTTP_COOKIE": cookie,
        }
        if method != "GET":
            environ |= {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body))}
        answer = self._call(environ)
        self.trace.update(sent)
        self.trace.update(b"%d" % answer.status)
        self.trace.update(answer.body if answer.status == 200 else b"")
        self.answered[answer.status] += 1
        return answer

    def _call(self, environ: dict[str, Any]) -> Answer:
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            begun.append((status, headers))

        chunks = self.app.wsgi_app(environ, start)  # type: ignore[arg-type]
        try:
            body = b"".join(chunks)
        finally:
            getattr(chunks, "close", lambda: None)()
        status, headers = begun[-1]
        return Answer(int(status[:3]), dict(headers), body)


_ALWAYS: dict[str, Any] = {
    "SCRIPT_NAME": "",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "REMOTE_ADDR": "127.0.0.1",
    "HTTP_HOST": "localhost",
    "wsgi.version": (1, 0),
    "wsgi.url_scheme": "http",
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": False,
    "wsgi.multiprocess": False,
    "wsgi.run_once": False,
}


class QuietLog(logging.Handler):
    """Takes the place of the app's log; keeps the bugs, which are failures of a run."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.bugs: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0] if record.exc_info else None
        self.bugs.append(kind.__name__ if kind else record.getMessage())
