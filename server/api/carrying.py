"""What a lead brings for others: the rescue file of a tablet that cannot send by itself."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from schemas.carrying import Carried, RescueFile
from server.api.body import MAX_INFLATED, read_json
from server.api.resource import Resource
from server.api.signing import member_of, signed_in
from server.db import reading, writing
from server.services.audit import write_audit
from server.services.carrying import carry, read_rescue

resource = Resource("carrying", "What a lead brings for others.")

_DOCUMENT = {"required": True, "content": {"application/json": {"schema": RescueFile}}}


@resource.post("/networks/<id:network_id>/carry")
@signed_in
@resource.doc(requestBody=_DOCUMENT)  # type: ignore[untyped-decorator]
@resource.response(200, Carried)
def carry_rescue_file(network_id: str) -> dict[str, Any]:
    """Take in a rescue file: each change as its author's own, unreadable to the carrier.

    Up to 8 MiB when unpacked; a larger file comes in parts, with some of `changes` each.
    """
    with reading(network_id) as tx:
        member = member_of(tx, network_id, action="sync.carry")
    by_network = read_rescue(read_json(most=MAX_INFLATED, safe_text=False))
    taken = carry(network_id, member.id, by_network.pop(network_id, []))
    taken.elsewhere = sum(map(len, by_network.values()))
    with writing(network_id) as tx:
        write_audit(tx, network_id, member.id, "changes.carried", None)
    return asdict(taken)
