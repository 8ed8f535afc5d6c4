"""Networks: finding one as an operator names it, and what a lead changes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import Connection, select, update

from server.errors import NotFound, RuleBroken
from server.models.sync import Network


def find_network(tx: Connection, name_or_id: str) -> str:
    """The id of the one network of that id or name; RuleBroken where it is none or several."""
    found = tx.scalars(
        select(Network.id).where((Network.id == name_or_id) | (Network.name == name_or_id))
    ).all()
    if not found:
        raise NotFound("network.unknown")
    if len(found) > 1:
        raise RuleBroken("network.several")
    return found[0]


def name_of(tx: Connection, network_id: str) -> str:
    name: str = tx.execute(select(Network.name).where(Network.id == network_id)).scalar_one()
    return name


def change_network(tx: Connection, network_id: str, asked: Mapping[str, Any]) -> None:
    """Change the name or the time zone."""
    if asked.get("time_zone", "UTC") not in available_timezones():
        raise RuleBroken("network.unknown_time_zone", field="time_zone")
    if asked:
        tx.execute(update(Network).where(Network.id == network_id).values(dict(asked)))
