"""Whether the server is alive (health) and fit to take requests (ready)."""

from __future__ import annotations

from marshmallow import Schema, fields
from sqlalchemy import text

from server.api.resource import Resource
from server.db import reading

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
    """The database answers."""
    with reading() as tx:
        tx.execute(text("select 1"))
    return {"status": "ready"}
