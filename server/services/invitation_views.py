"""What is told of an invitation: to leads, and to whoever holds its link. Changes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select

from server import clock
from server.models.accounts import Invitation, Membership
from server.models.sync import Network
from server.services.invitations import standing_word


def list_invitations(tx: Connection, network_id: str) -> list[dict[str, Any]]:
    """Every invitation that was not spent or withdrawn long ago, the newest first."""
    rows = tx.execute(
        select(Invitation.__table__)
        .where(
            Invitation.network_id == network_id,
            Invitation.created_at > clock.now() - timedelta(days=400),
        )
        .order_by(Invitation.created_at.desc(), Invitation.id)
        .limit(1000)
    )
    return [view_of(row) for row in rows]


def view_of(row: Any) -> dict[str, Any]:
    """An invitation as leads see it."""
    return {
        "id": row.id,
        "name": row.name,
        "email": row.email,
        "roles": row.roles.split(),
        "position": row.position,
        "school_id": row.school_id,
        "district_id": row.district_id,
        "way_back_in": row.person_id is not None,
        "created_at": clock.as_text(row.created_at),
        "expires_at": clock.as_text(row.expires_at),
        "standing": standing_word(row),
    }


def page_of(tx: Connection, row: Any) -> dict[str, Any]:
    """What an invitation's page says to somebody who has not signed in."""
    network_name = tx.scalar(select(Network.name).where(Network.id == row.network_id))
    inviter = tx.scalar(
        select(Membership.roles).where(
            Membership.network_id == row.network_id, Membership.id == (row.invited_by or "")
        )
    )
    return {
        "network_name": network_name,
        "roles": row.roles.split(),
        "invited_by_roles": (inviter or "").split(),
        "name": row.name,
        "way_back_in": row.person_id is not None,
        "expires_at": clock.as_text(row.expires_at),
    }
