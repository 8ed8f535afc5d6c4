"""What went wrong in the app on tablets: told by them, counted for admins."""

from __future__ import annotations

from typing import Any

from flask import Response

from schemas.client_errors import ClientErrorBody, ClientErrorList
from server.api.resource import Resource
from server.api.signing import member_of, signed_in, who
from server.db import reading, writing
from server.services.client_errors import list_errors, note_error

resource = Resource("client_errors", "What went wrong in the app on tablets.")


@resource.post("/client-errors")
@signed_in
@resource.arguments(ClientErrorBody)
@resource.response(204)
def tell_client_error(body: dict[str, Any]) -> Response:
    """Tell a failure: its kind, the app's version, places in our own files, and no word more.

    Twenty a day are kept of each device; more are answered alike and dropped.
    """
    device_id = who().device_id or who().session_id
    with writing(body["network"]) as tx:
        member_of(tx, body["network"])
        note_error(tx, body["network"], device_id, body["code"], body["version"], body["places"])
    return Response(status=204)


@resource.get("/networks/<id:network_id>/client-errors")
@signed_in
@resource.response(200, ClientErrorList)
def list_client_errors(network_id: str) -> dict[str, Any]:
    """The failures of the last thirty days, by kind, with counts. For admins."""
    with reading(network_id) as tx:
        member_of(tx, network_id, action="errors.see")
        return {"errors": list_errors(tx, network_id)}
