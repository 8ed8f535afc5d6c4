"""What an upgrade owes to tablets that were ahead of the server."""

from __future__ import annotations

from sqlalchemy import select

from schemas.vocabulary import Verdict
from server.db import EVERY_NETWORK, reading, writing
from server.models.sync import Network
from server.sync.release import release_after_upgrade


def release_what_waited() -> int:
    """Release, network by network, what was set aside for a newer schema. How many."""
    with reading(EVERY_NETWORK) as tx:
        network_ids = [*tx.scalars(select(Network.id).order_by(Network.id))]
    return sum(_release(network_id) for network_id in network_ids)


def _release(network_id: str) -> int:
    """In transactions of a few hundred, so that nobody waits long for the writer.

    What its author may not write any more stays as it is: a batch without progress ends it.
    """
    released = 0
    while True:
        with writing(network_id) as tx:
            results = release_after_upgrade(tx, network_id)
        applied = sum(result.status == Verdict.APPLIED for result in results)
        if not applied:
            return released
        released += applied
