"""Files that a network takes in: a look first, then all of it or nothing.

The file travels within the body both times and is kept nowhere.
"""

from __future__ import annotations

import base64
import binascii
from datetime import timedelta
from typing import Any

from marshmallow import Schema, ValidationError
from sqlalchemy import Connection

from schemas.file_imports import MOST_BYTES, ImportLook, ImportTaken, LookBody, TakeInBody
from server.api import settings
from server.api.body import MAX_INFLATED, read_json
from server.api.invitations import link_of
from server.api.resource import Resource, first_field
from server.api.signing import member_of, signed_in
from server.db import reading
from server.errors import RuleBroken
from server.services import file_imports, invitation_views
from server.services.sessions import Member

resource = Resource("file_imports", "Files that a network takes in.")


def _document(schema: type[Schema]) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


@resource.post("/networks/<id:network_id>/imports/look")
@signed_in
@resource.doc(requestBody=_document(LookBody))  # type: ignore[untyped-decorator]
@resource.response(200, ImportLook)
def look_at_file(network_id: str) -> dict[str, Any]:
    """What taking a file in would do, row by row. Nothing is stored. For leads and admins."""
    _check_asker(network_id)
    looked = file_imports.look(network_id, _content(_body(LookBody)))
    plan = looked.plan
    return {
        "digest": looked.digest,
        "layout": plan.layout,
        "is_old_text": plan.is_old_text,
        "places": plan.places,
        "people": plan.people,
        "framework": plan.framework,
        "standards": plan.standards,
        "forgotten": plan.forgotten,
        "left_out": plan.left_out,
        "not_read": plan.not_read,
    }


@resource.post("/networks/<id:network_id>/imports")
@signed_in
@resource.doc(requestBody=_document(TakeInBody))  # type: ignore[untyped-decorator]
@resource.response(200, ImportTaken)
def take_file_in(network_id: str) -> dict[str, Any]:
    """Take in what was looked at, all or nothing. 409 when the network changed since."""
    _check_asker(network_id)
    body = _body(TakeInBody)
    chosen = file_imports.Chosen(
        body["digest"], body.get("districts"), body.get("people", ()), body.get("parts")
    )
    lasts = timedelta(days=settings().invitation_days)
    taken = file_imports.take_in(network_id, _asker, _content(body), chosen, lasts)
    ways = [
        {"invitation": invitation_views.view_of(row), "link": link_of(token)}
        for row, token in taken.ways_in
    ]
    return {"places": taken.places, "standards": taken.standards, "ways_in": ways}


def _check_asker(network_id: str) -> None:
    """Before the file is read, which takes a while."""
    with reading(network_id) as tx:
        _asker(tx, network_id)


def _asker(tx: Connection, network_id: str) -> Member:
    return member_of(tx, network_id, action="files.take_in")


def _body(schema: type[Schema]) -> dict[str, Any]:
    """A file is longer than what other bodies may have."""
    try:
        body: dict[str, Any] = schema().load(read_json(most=MAX_INFLATED))
    except ValidationError as error:
        field = first_field(error.messages)
        raise RuleBroken("request.invalid", field=field) from error
    return body


def _content(body: dict[str, Any]) -> bytes:
    try:
        content = base64.b64decode(body["content"], validate=True)
    except (binascii.Error, ValueError) as error:
        raise RuleBroken("request.invalid", field="content") from error
    if len(content) > MOST_BYTES:
        raise RuleBroken("import.too_large")
    return content
