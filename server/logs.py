"""One JSON line a request, and one a failure: never a body, a token, a path or an address.

Who asked stands there as an id: a line about a refusal is of no use without it.

The path is left out because an invitation's page carries its token there; the route says
enough. `request_id` is in the answer too, so that a person can name it.
"""

from __future__ import annotations

import json
import logging
import secrets
import sys
import time
from typing import Any

from flask import Flask, Response, g, has_request_context, request

from server import clock

_EXTRA = ("method", "route", "status", "ms")


class JsonLines(logging.Formatter):
    """A log record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": clock.as_text(clock.now()),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        if has_request_context():
            line["request_id"] = g.get("request_id")
            line["person_id"] = getattr(g.get("who"), "person_id", None)
        line.update({name: getattr(record, name) for name in _EXTRA if hasattr(record, name)})
        if record.exc_info:
            line["trace"] = _trace(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _trace(exc_info: Any) -> list[str]:
    """Where it went wrong and what kind, without the message: that may quote a note."""
    kind, _, traceback = exc_info
    lines = [kind.__name__ if kind else "unknown"]
    while traceback is not None:
        code = traceback.tb_frame.f_code
        lines.append(f"{code.co_filename}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return lines


def register(app: Flask) -> None:
    """Log every request of the app to standard error."""
    output = logging.StreamHandler(sys.stderr)
    output.setFormatter(JsonLines())
    app.logger.handlers = [output]
    app.logger.setLevel(logging.INFO)
    app.logger.propagate = False

    @app.before_request
    def begin() -> None:
        g.request_id = secrets.token_hex(8)
        g.who = None
        g.began = time.perf_counter()

    @app.after_request
    def end(answer: Response) -> Response:
        answer.headers["X-Request-Id"] = g.get("request_id", "")
        app.logger.info(
            "request",
            extra={
                "method": request.method,
                "route": request.url_rule.rule if request.url_rule else None,
                "status": answer.status_code,
                "ms": round((time.perf_counter() - g.get("began", 0)) * 1000, 1),
            },
        )
        return answer
