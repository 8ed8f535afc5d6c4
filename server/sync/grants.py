"""What a member is and which scopes they hold: memberships, participations and rounds.

Tables in, `Standing` and scopes out. Decides nothing: server.domain.access does. Must be
read inside the transaction that acts on it, so that what was taken away stays away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from schemas.vocabulary import NetworkRole, RoundRole, RoundStage, ScopeType
from server import clock
from server.domain.access import LEAD, Standing, scopes_of
from server.domain.rounds import is_archived
from server.errors import NotFound
from server.sync.canonical import canonical, digest
from server.sync.dialect import many, run
from server.sync.protocol import SERVER_ID, SERVER_WRITER, Writer

STANDING_COLUMNS = "m.id, m.roles, m.school_id, m.removed_at, p.round_id, p.roles"
_STANDING = f"""
SELECT {STANDING_COLUMNS}
FROM membership m
LEFT JOIN participation p ON p.network_id = m.network_id AND p.member_id = m.id
WHERE m.network_id = ? AND """  # noqa: S608 - our own names


def standing_of(tx: Connection, network_id: str, member_id: str) -> Standing:
    """The member's standing; of a removed member, one that holds nothing. NotFound else."""
    rows = run(tx, _STANDING + "m.id = ?", network_id, member_id).all()
    return standing_of_rows(tx, network_id, rows)


def standing_of_person(tx: Connection, network_id: str, person_id: str) -> Standing:
    """The same for the person who signed in."""
    rows = run(tx, _STANDING + "m.person_id = ?", network_id, person_id).all()
    return standing_of_rows(tx, network_id, rows)


def standing_of_writer(tx: Connection, network_id: str, writer: Writer) -> Standing:
    """The standing of whoever pushes. The server itself stands nowhere."""
    if writer is SERVER_WRITER:
        return Standing(SERVER_ID, network_id, frozenset())
    if writer.standing is not None:
        return writer.standing
    if writer.person_id is not None:
        return standing_of_person(tx, network_id, writer.person_id)
    return standing_of(tx, network_id, writer.member_id)


def standing_of_rows(tx: Connection, network_id: str, rows: Sequence[Sequence[Any]]) -> Standing:
    """Rows of STANDING_COLUMNS, one a participation, as a standing. NotFound for a stranger."""
    if not rows or rows[0][0] is None:
        raise NotFound()
    member_id, roles, school_id, removed_at = rows[0][:4]
    rounds: dict[str, frozenset[RoundRole]] = defaultdict(frozenset)
    for row in rows:
        if row[4] is not None:
            rounds[row[4]] |= {RoundRole(word) for word in row[5].split()}
    return Standing(
        member_id=member_id,
        network_id=network_id,
        network_roles=frozenset(NetworkRole(word) for word in roles.split()),
        active=removed_at is None,
        rounds=dict(rounds),
        hosted_here=_hosted_at(tx, network_id, school_id),
    )


def _hosted_at(tx: Connection, network_id: str, school_id: str | None) -> frozenset[str]:
    if school_id is None:
        return frozenset()
    hosted = "SELECT round_id FROM round_index WHERE network_id = ? AND host_school_id = ?"
    return frozenset(row[0] for row in run(tx, hosted, network_id, school_id))


def held_scopes(tx: Connection, standing: Standing) -> list[str]:
    """Every scope that the member holds, sorted. A lead holds each round of the network."""
    rounds = set(standing.rounds)
    if LEAD in standing.network_roles:
        every = "SELECT round_id FROM round_index WHERE network_id = ?"
        rounds.update(row[0] for row in run(tx, every, standing.network_id))
    return scopes_of(standing, rounds)


def token_of(scopes: list[str]) -> str:
    """What `grants` is in a reply: it changes when the list of scopes does."""
    return digest(canonical(scopes))


@dataclass(frozen=True, slots=True)
class Order:
    """Scopes as a pull takes them, and which of all that are held are archived."""

    scopes: list[str]
    archived: list[str]


def pull_order(tx: Connection, held: list[str], news: list[str], standing: Standing) -> Order:
    """What is needed first: one's own, open rounds, the network, closed and archived rounds."""
    rounds = {scope.partition(":")[2] for scope in held}
    found = (
        "SELECT round_id, stage, visits_on FROM round_index "
        "WHERE network_id = ? AND round_id {among}"
    )
    today = clock.now().date()
    closed, archived = set(), set()
    for round_id, stage, visits_on in run(tx, found, standing.network_id, many(tx, rounds)):
        if is_archived(visits_on, today):
            archived.add(round_id)
        elif stage == RoundStage.CLOSED:
            closed.add(round_id)

    def place(scope: str) -> tuple[int, str]:
        scope_type, _, owner = scope.partition(":")
        if scope_type == ScopeType.OWN:
            return (0, scope)
        if scope_type == ScopeType.NETWORK:
            return (2, scope)
        return (4 if owner in archived else 3 if owner in closed else 1, scope)

    return Order(sorted(news, key=place), [each for each in held if place(each)[0] == 4])
