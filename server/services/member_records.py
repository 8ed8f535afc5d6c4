"""The read-only `member` record of each membership, in the network's own scope.

Written by the server alone, through the one door for records, in the same transaction as
the membership: teams can be made offline of people who are there.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from schemas.vocabulary import NetworkRole
from server.models.accounts import Membership, Person
from server.sync.compose import compose, differing
from server.sync.protocol import SERVER_ID, SERVER_WRITER
from server.sync.push import push
from server.sync.read import record_of


def publish_member(tx: Connection, network_id: str, member_id: str) -> None:
    """Write what changed of a membership to its `member` record; nothing when nothing did."""
    row = tx.execute(
        select(Membership.__table__, Person.name)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.network_id == network_id, Membership.id == member_id)
    ).one()
    record = record_of(tx, network_id, member_id)
    changed = differing(_fields_of(row), record)
    if not changed:
        return
    change = compose(
        "member", member_id, f"network:{network_id}", changed, by=SERVER_ID, heads=record
    )
    refused = push(tx, network_id, SERVER_WRITER, [change]).refused()
    if refused:
        raise AssertionError(f"a member record was refused: {refused[0].reason}")


def _fields_of(row: Any) -> dict[str, Any]:
    roles = row.roles.split()
    return {
        "name": row.name,
        "position": row.position,
        "school": row.school_id,
        "district": row.district_id,
        "active": row.removed_at is None,
        **{f"roles/{role}": role in roles for role in NetworkRole},
    }
