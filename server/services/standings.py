"""What a member is, for access: network roles, round roles, rounds hosted at their school.

Reads what memberships say, and what the sync log's projections say of rounds. Decides
nothing: server.domain.access does.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from schemas.vocabulary import NetworkRole, RoundRole
from server.domain.access import Standing
from server.errors import NotFound
from server.models.accounts import Membership
from server.models.sync import Participation, RoundIndex


def standing_of(tx: Connection, network_id: str, member_id: str) -> Standing:
    """The member's standing; of a removed member, one that holds nothing. NotFound else."""
    row = tx.execute(
        select(Membership.roles, Membership.school_id, Membership.removed_at).where(
            Membership.network_id == network_id, Membership.id == member_id
        )
    ).first()
    if row is None:
        raise NotFound()
    return Standing(
        member_id=member_id,
        network_id=network_id,
        network_roles=frozenset(NetworkRole(word) for word in row.roles.split()),
        active=row.removed_at is None,
        rounds=_round_roles(tx, network_id, member_id),
        hosted_here=_hosted_at(tx, network_id, row.school_id),
    )


def round_ids_of(tx: Connection, network_id: str) -> list[str]:
    """The ids of every round of the network."""
    return list(
        tx.scalars(select(RoundIndex.round_id).where(RoundIndex.network_id == network_id))
    )


def _round_roles(
    tx: Connection, network_id: str, member_id: str
) -> Mapping[str, frozenset[RoundRole]]:
    rows = tx.execute(
        select(Participation.round_id, Participation.roles).where(
            Participation.network_id == network_id, Participation.member_id == member_id
        )
    )
    roles: dict[str, frozenset[RoundRole]] = {}
    for row in rows:
        words = frozenset(RoundRole(word) for word in row.roles.split())
        roles[row.round_id] = roles.get(row.round_id, frozenset()) | words
    return roles


def _hosted_at(tx: Connection, network_id: str, school_id: str | None) -> frozenset[str]:
    if school_id is None:
        return frozenset()
    rows = tx.scalars(
        select(RoundIndex.round_id).where(
            RoundIndex.network_id == network_id, RoundIndex.host_school_id == school_id
        )
    )
    return frozenset(rows)
