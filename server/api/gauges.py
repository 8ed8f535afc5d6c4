"""Counts for whoever watches the server: from this machine, or with a token."""

from __future__ import annotations

from secrets import compare_digest

from flask import Response, current_app, request

from server.api import settings
from server.api.resource import Resource
from server.config import LOOPBACK
from server.errors import NotFound
from server.metrics import Counts
from server.services.gauges import gauges

resource = Resource("gauges", "Counts for whoever watches the server.")

_FORWARDED = ("X-Forwarded-For", "X-Real-Ip", "Forwarded", "Via")


@resource.get("/metrics")
@resource.response(200, content_type="text/plain")
def get_metrics() -> Response:
    """Prometheus' text format. 404 but from this machine, or with `Bearer METRICS_TOKEN`."""
    if not _may_watch():
        raise NotFound()
    counts: Counts = current_app.extensions["rounds_counts"]
    lines = [*counts.lines()]
    for name, value in gauges(settings()):
        lines += [f"# TYPE {name} gauge", f"{name} {value}"]
    return Response("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")


def _may_watch() -> bool:
    """What a proxy passes on is not from this machine, whatever its address says."""
    token = settings().metrics_token
    given = request.headers.get("Authorization", "")
    if token and compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    passed_on = any(name in request.headers for name in _FORWARDED)
    return request.remote_addr in LOOPBACK and not passed_on
