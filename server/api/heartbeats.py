"""Which devices still hold something unsent."""

from __future__ import annotations

from typing import Any

from flask import Response

from schemas.heartbeats import HeartbeatBody, RoundDevices
from server.api.resource import Resource
from server.api.signing import member_of, sender_device, signed_in, who
from server.db import reading, writing
from server.errors import RuleBroken
from server.services.heartbeats import devices_in_round, keep_heartbeat

resource = Resource("heartbeats", "How much waits on which device, never what.")


@resource.post("/devices/heartbeat")
@signed_in
@resource.arguments(HeartbeatBody)
@resource.response(204)
def send_heartbeat(body: dict[str, Any]) -> Response:
    """Say how much waits on this device. Only the newest word of each device is kept."""
    device_id = who().device_id or sender_device()
    if device_id is None:
        raise RuleBroken("request.invalid", field="Sync-Device")
    with writing(body["network"]) as tx:
        member = member_of(tx, body["network"])
        keep_heartbeat(tx, member.network_id, member.id, device_id, body)
    return Response(status=204)


@resource.get("/networks/<id:network_id>/rounds/<id:round_id>/devices")
@signed_in
@resource.response(200, RoundDevices)
def list_round_devices(network_id: str, round_id: str) -> dict[str, Any]:
    """The devices of the people of an open round, for the network's lead."""
    with reading(network_id) as tx:
        member_of(tx, network_id, action="rounds.see_devices")
        return {"devices": devices_in_round(tx, network_id, round_id)}
