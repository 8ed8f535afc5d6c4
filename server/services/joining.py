"""Joining: from an invitation to a session, in one transaction.

Whatever goes wrong on the way leaves the invitation open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from server.db import enter_network, reading, writing
from server.errors import Conflict, NotFound, NotSignedIn, RuleBroken
from server.models.accounts import Membership
from server.services import accounts, attempts, invitations, sessions
from server.services.attempts import Limit
from server.services.audit import write_audit
from server.services.members import add_membership, find_member
from server.services.sessions import DeviceSeen, Who


@dataclass(frozen=True, slots=True)
class Joining:
    """What somebody brings who joins: a code or a token, and who they are."""

    code: str | None
    token: str | None
    name: str | None
    language: str
    device: DeviceSeen | None
    as_me: Who | None
    """The signed-in person who joins one more network, where they said so."""


def join(asked: Joining, *, address: str, site_attempts: int, lasts: timedelta) -> str:
    """The token of a new session. The invitation is spent with it, or not at all."""
    limits = _limits(asked, address, site_attempts)
    with reading() as tx:
        attempts.check_limits(tx, limits)
    with writing() as tx:
        row = _find(tx, asked)
        if row is not None:
            return _enter(tx, row, asked, lasts)
        attempts.count_attempt(tx, limits)
    raise NotFound("join.wrong_code", field="code")


def _limits(asked: Joining, address: str, site_attempts: int) -> list[Limit]:
    """Only codes can be guessed; a link's token is 256 bits."""
    if asked.code is None:
        return []
    limits = [
        Limit("codes", attempts.ALL_CODES),
        Limit(f"address:{address}", site_attempts),
    ]
    if asked.device is not None:
        limits.append(Limit(f"device:{asked.device.id}", attempts.PER_DEVICE))
    return limits


def _find(tx: Connection, asked: Joining) -> Any | None:
    if asked.code is not None:
        return invitations.by_code(tx, asked.code)
    return invitations.by_token(tx, asked.token or "")


def _enter(tx: Connection, row: Any, asked: Joining, lasts: timedelta) -> str:
    if row.person_id is not None:
        token, member_id = _come_back(tx, row, asked, lasts)
    else:
        person_id = _person_for(tx, row, asked)
        member_id = add_membership(tx, row.network_id, person_id, row._mapping)
        token = sessions.start_session(tx, person_id, asked.device, lasts)
    invitations.spend(tx, row)
    action = "member.came_back" if row.person_id else "member.joined"
    write_audit(tx, row.network_id, member_id, action, member_id)
    return token


def _person_for(tx: Connection, row: Any, asked: Joining) -> str:
    """Who joins: the person signed in, if they said so, or a new one.

    An address that is somebody's already never opens their account: whoever made the
    invitation could otherwise sign in as them.
    """
    if asked.as_me is not None:
        if asked.as_me.only_network is not None:
            raise NotSignedIn()
        return asked.as_me.person_id
    if row.email and accounts.person_with_email(tx, row.email):
        raise Conflict("join.sign_in_first")
    name = asked.name or row.name
    if not name:
        raise RuleBroken("join.name_needed", field="name")
    return accounts.add_person(tx, name, language=asked.language, email=row.email)


def _come_back(tx: Connection, row: Any, asked: Joining, lasts: timedelta) -> tuple[str, str]:
    """A session for a member who lost their password.

    One network's lead made this way in, so it opens that network alone when the person is
    in others too; only a whole session may set a new password. The server's operator
    (`invited_by` is none) opens them all.
    """
    member_id = tx.scalar(
        select(Membership.id).where(
            Membership.network_id == row.network_id, Membership.person_id == row.person_id
        )
    )
    find_member(tx, row.network_id, member_id or "")
    enter_network(tx, row.network_id, row.person_id)
    networks = tx.scalar(
        select(func.count())
        .select_from(Membership)
        .where(Membership.person_id == row.person_id, Membership.removed_at.is_(None))
    )
    is_whole = networks == 1 or row.invited_by is None
    token = sessions.start_session(
        tx,
        row.person_id,
        asked.device,
        lasts,
        only_network=None if is_whole else row.network_id,
        may_set_password=is_whole,
    )
    return token, str(member_id)
