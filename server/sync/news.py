"""News: what a transaction moved, for those who listen, in this process and in others.

Scopes and numbers, never a word of a record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection

from server.sync.dialect import run
from server.sync.places import Place

MOVES_GRANTS = frozenset({"participant", "round", "member"})
"""Kinds of record by which somebody may come to hold another scope."""


@dataclass(frozen=True, slots=True)
class News:
    """What a transaction moved."""

    network_id: str
    head: int
    scopes: frozenset[str]
    moves_grants: bool = False


def news_between(tx: Connection, network_id: str, after: int, head: int) -> News:
    """What moved between two heads, as the log has it: for who was not told."""
    found = run(
        tx,
        "SELECT DISTINCT scope, kind FROM change "
        "WHERE network_id = ? AND seq > ? AND seq <= ? AND status <> 'set_aside'",
        network_id,
        after,
        head,
    ).all()
    kinds = {kind for _, kind in found}
    moves_grants = bool(kinds & MOVES_GRANTS) or any(kind.startswith("_") for kind in kinds)
    return News(network_id, head, frozenset(scope for scope, _ in found), moves_grants)


class Relay(Protocol):
    """Takes news to other processes, and brings theirs."""

    def send(self, news: News) -> None:
        """Never waits: a push must not depend on who is told of it."""

    def pass_on(self, place: Place) -> None:
        """Where somebody is, for the streams of other processes. Never waits."""

    def start(self) -> None:
        """Begin to bring news, in threads of its own."""

    def stop(self) -> None:
        """End with the process."""
