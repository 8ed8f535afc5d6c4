"""Once a day: what was deleted 400 days ago is told no more, network by network."""

from __future__ import annotations

from sqlalchemy import select

from server.db import EVERY_NETWORK, reading, writing
from server.models.sync import Network
from server.sync.tombstones import forget_old


def forget_old_tombstones() -> None:
    """One short transaction a network."""
    with reading(EVERY_NETWORK) as tx:
        networks = [*tx.scalars(select(Network.id))]
    for network_id in networks:
        with writing(network_id) as tx:
            forget_old(tx, network_id)
