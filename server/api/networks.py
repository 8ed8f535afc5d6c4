"""What leads and admins change of the network itself."""

from __future__ import annotations

from typing import Any

from flask import Response

from schemas.accounts import NetworkBody
from server.api.resource import Resource
from server.api.signing import member_of, signed_in
from server.db import writing
from server.services import networks
from server.services.audit import write_audit

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
