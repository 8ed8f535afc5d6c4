"""How failures are answered: one JSON shape under /api, whatever went wrong; and schemas.

`{"error": {"code", "message", "field"?, ...}}`, in the language that the browser asks for.
A failure that nobody expected is logged with its trace and says no more than that.
"""

from __future__ import annotations

import re
from typing import Any

import orjson
from flask import Flask, Response, current_app, g, jsonify, request
from werkzeug.exceptions import HTTPException

from server.errors import FileRefused, RuleBroken, TooLarge
from server.messages import LANGUAGES, say_error

_CODES = {
    400: "request.malformed",
    401: "session.needed",
    403: "access.refused",
    404: "not_found",
    405: "request.wrong_method",
    409: "conflict",
    410: "gone",
    411: "request.length_required",
    413: "request.too_large",
    415: "request.wrong_type",
    422: "request.invalid",
    429: "attempts.too_many",
    431: "request.too_large",
    503: "server.busy",
}
_FIELD = re.compile(r"[A-Za-z0-9_.:/-]{1,64}\Z")


def asked_language() -> str:
    """The best of our languages that the browser names; English where it names none."""
    return request.accept_languages.best_match(LANGUAGES, "en") or "en"


def as_schema(schema: dict[str, Any], name: str) -> Response:
    """A JSON Schema to read and to keep under this name, beside the file that it explains."""
    content = orjson.dumps(schema, option=orjson.OPT_INDENT_2)
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type="application/schema+json", headers=disposition)


def failure(status: int, code: str, *, field: str | None = None, **details: Any) -> Response:
    """The one shape. A field name that is not a plain word is left out."""
    error = {"code": code, "message": say_error(code, asked_language(), **details)}
    if field and _FIELD.match(field):
        error["field"] = field
    error.update({name: value for name, value in details.items() if value is not None})
    answer = jsonify(error=error)
    answer.status_code = status
    if "retry_after" in details:
        answer.headers["Retry-After"] = str(details["retry_after"])
    return answer


def answer_rule_broken(error: RuleBroken) -> Response:
    if isinstance(error, FileRefused):
        return _answer_file_refused(error)
    return failure(error.status, error.code, field=error.field, **error.details)


def _answer_file_refused(error: FileRefused) -> Response:
    """The first fault as if it stood alone, and beside it every one that was found."""
    language = asked_language()
    faults = [
        {
            "code": each.code,
            "message": say_error(each.code, language, **each.details),
            **each.details,
        }
        for each in error.faults
    ]
    details: dict[str, Any] = {**error.details, "faults": faults, "more": error.more}
    return failure(error.status, error.code, **details)


def answer_http_error(error: HTTPException) -> Response:
    """What Flask and werkzeug refuse by themselves: routes, methods, broken requests."""
    if error.response is not None and error.code and error.code < 400:
        return error.response  # type: ignore[return-value]
    status = error.code or 500
    answer = failure(status, _CODES.get(status, "server.failed"))
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        answer.headers["Allow"] = ", ".join(sorted(allowed))
    return answer


def answer_bug(error: Exception) -> Response:
    """A bug. The log has the trace; the answer has the number to look for."""
    if isinstance(error, RecursionError):
        return answer_rule_broken(TooLarge())
    current_app.logger.exception("bug")
    return failure(500, "server.failed", request_id=g.get("request_id", ""))


def register(app: Flask) -> None:
    app.register_error_handler(RuleBroken, answer_rule_broken)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(Exception, answer_bug)
