"""How long raw notes are kept, and the rounds that a hold keeps longer."""

from __future__ import annotations

from typing import Any

from flask import Response

from schemas.retention import HoldBody, Retention, RetentionBody
from server.api.resource import Resource
from server.api.signing import member_of, signed_in
from server.db import reading, writing
from server.services import holds

resource = Resource("retention", "How long raw notes are kept.")


@resource.get("/networks/<id:network_id>/retention")
@signed_in
@resource.response(200, Retention)
def get_retention(network_id: str) -> dict[str, Any]:
    """For how many days, and when which round's notes go; holds with their reasons."""
    with reading(network_id) as tx:
        member = member_of(tx, network_id)
        return holds.retention_seen_by(tx, network_id, member.id)


@resource.put("/networks/<id:network_id>/retention")
@signed_in
@resource.arguments(RetentionBody)
@resource.response(204)
def change_retention(body: dict[str, Any], network_id: str) -> Response:
    """Keep raw notes for so many days after a debrief. What goes sooner now is told before."""
    with writing(network_id) as tx:
        member = member_of(tx, network_id, action="retention.change")
        holds.change_days(tx, network_id, member.id, body["days"])
    return Response(status=204)


@resource.put("/networks/<id:network_id>/rounds/<id:round_id>/hold")
@signed_in
@resource.arguments(HoldBody)
@resource.response(204)
def place_hold(body: dict[str, Any], network_id: str, round_id: str) -> Response:
    """Keep a round's raw notes until the hold is lifted, for a reason that members can read."""
    with writing(network_id) as tx:
        member = member_of(tx, network_id, action="retention.hold")
        holds.place_hold(tx, network_id, round_id, member.id, body["reason"])
    return Response(status=204)


@resource.delete("/networks/<id:network_id>/rounds/<id:round_id>/hold")
@signed_in
@resource.response(204)
def lift_hold(network_id: str, round_id: str) -> Response:
    """Let a round's raw notes go again, in a week at the soonest."""
    with writing(network_id) as tx:
        member = member_of(tx, network_id, action="retention.hold")
        holds.lift_hold(tx, network_id, round_id, member.id)
    return Response(status=204)
