"""The read-only `member` record of each membership, in the network's own scope.

Written by the server alone, through the one door for records, in the same transaction as
the membership.
"""

from __future__ import annotations

from sqlalchemy import Connection


def publish_member(tx: Connection, network_id: str, member_id: str) -> None:
    """Write what changed of a membership to its `member` record; nothing when nothing did."""
