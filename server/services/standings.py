"""What a member is, for access. The one place is server.sync.grants, since every push and
pull asks it inside its own transaction; services and views ask by this name.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from server.domain.access import Standing, may_in_round
from server.errors import Forbidden, NotFound
from server.models.sync import RoundIndex
from server.sync.grants import held_scopes, standing_of

__all__ = ["check_in_round", "check_round", "held_scopes", "standing_of"]


def check_in_round(tx: Connection, standing: Standing, action: str, round_id: str) -> None:
    """NotFound for a round that is not there, Forbidden for whoever may not do this in it."""
    check_round(tx, standing, round_id)
    if not may_in_round(standing, action, round_id):
        raise Forbidden()


def check_round(tx: Connection, standing: Standing, round_id: str) -> None:
    """NotFound for a round that is not there."""
    known = tx.scalar(
        select(RoundIndex.round_id).where(
            RoundIndex.network_id == standing.network_id,
            RoundIndex.round_id == round_id,
            RoundIndex.deleted.is_(False),
        )
    )
    if known is None:
        raise NotFound()
