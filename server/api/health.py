"""Whether the server is alive (health) and fit to take requests (ready)."""

from __future__ import annotations

from marshmallow import Schema, fields

from server import schema
from server.api.resource import Resource
from server.db import reading
from server.errors import Busy

resource = Resource("health", "Is the server there, and can it work?")


class Health(Schema):
    status = fields.String(required=True)


@resource.get("/health")
@resource.response(200, Health)
def get_health() -> dict[str, str]:
    """The process answers. Asks nothing else, so that a slow disk does not restart it."""
    return {"status": "ok"}


@resource.get("/ready")
@resource.response(200, Health)
def get_ready() -> dict[str, str]:
    """The database answers, and its tables fit this release. 503 when not."""
    with reading() as tx:
        if not schema.is_current(tx):
            raise Busy()
    return {"status": "ready"}
