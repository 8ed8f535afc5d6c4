"""What leads and admins change of the network itself, and what a lead takes in for others."""

from __future__ import annotations

from typing import Any

from flask import Response

from schemas.accounts import NetworkBody
from schemas.sync import ResultView
from server.api.resource import Resource
from server.api.signing import member_of, signed_in
from server.db import writing
from server.services import networks
from server.services.audit import write_audit
from server.services.set_aside import release_as_lead

resource = Resource("networks", "The network itself.")


@resource.patch("/networks/<id:network_id>")
@signed_in
@resource.arguments(NetworkBody)
@resource.response(204)
def change_network(body: dict[str, Any], network_id: str) -> Response:
    """Change the network's name or time zone."""
    with writing(network_id) as tx:
        member = member_of(tx, network_id, action="network.change")
        networks.change_network(tx, network_id, body)
        write_audit(tx, network_id, member.id, "network.changed", network_id)
    return Response(status=204)


@resource.post("/networks/<id:network_id>/set-aside/<id:change_id>/release")
@signed_in
@resource.response(200, ResultView)
def release_set_aside(network_id: str, change_id: str) -> dict[str, Any]:
    """Take in somebody else's change of a shared scope that was set aside, under their name.

    What became of it: `applied`, or still `set_aside` where the lead may not write it either.
    404 for a change of a private scope.
    """
    with writing(network_id) as tx:
        member = member_of(tx, network_id, action="set_aside.release")
        return release_as_lead(tx, network_id, member.id, change_id).as_json()
