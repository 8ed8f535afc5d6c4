"""Invitations: a place kept for one person, and ways back in for a member.

A link holds 256 bits and may be printed; a code holds six digits, lives ten minutes and
bears five wrong tries. An invitation is spent only when a session was made of it
(services.joining); until then fresh links and codes can be made at any time.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from server import clock
from server.db import enter_network
from server.errors import Busy, Gone, NotFound
from server.models.accounts import Invitation, InvitationLink, Membership, SignInCode
from server.services.members import join_roles
from server.services.passwords import hash_of_code
from server.services.sessions import hash_of

CODE_LASTS = timedelta(minutes=10)
CODE_TRIES = 5
WAY_BACK_LASTS = timedelta(days=2)


def add_invitation(
    tx: Connection,
    network_id: str,
    invited_by: str | None,
    asked: Mapping[str, Any],
    lasts: timedelta,
    *,
    person_id: str | None = None,
) -> str:
    """Keep a place; its id. person_id makes it a way back in for that person."""
    invitation_id = clock.new_id()
    now = clock.now()
    tx.execute(
        insert(Invitation).values(
            network_id=network_id,
            id=invitation_id,
            person_id=person_id,
            name=asked.get("name"),
            email=asked.get("email"),
            roles=join_roles(asked.get("roles", [])),
            position=asked.get("position"),
            school_id=asked.get("school_id"),
            district_id=asked.get("district_id"),
            invited_by=invited_by,
            created_at=now,
            expires_at=now + lasts,
        )
    )
    return invitation_id


def add_link(tx: Connection, network_id: str, invitation_id: str) -> str:
    """A fresh token of an invitation. Tokens printed before stay good."""
    token = secrets.token_urlsafe(32)
    tx.execute(
        insert(InvitationLink).values(
            token_hash=hash_of(token),
            network_id=network_id,
            invitation_id=invitation_id,
            created_at=clock.now(),
        )
    )
    return token


def add_code(tx: Connection, network_id: str, invitation_id: str) -> dict[str, str]:
    """A fresh code of an invitation, in place of its last one.

    The first three digits are no other living code's, so a guess hits one code or none.
    Busy when a thousand codes are alive.
    """
    now = clock.now()
    tx.execute(
        delete(SignInCode).where(
            (SignInCode.expires_at <= now)
            | ((SignInCode.network_id == network_id) & (SignInCode.invitation_id == invitation_id))
        )
    )
    taken = set(tx.scalars(select(SignInCode.first_digits)))
    free = [digits for digits in (f"{n:03}" for n in range(1000)) if digits not in taken]
    if not free:
        raise Busy(retry_after=60)
    first, last = secrets.choice(free), f"{secrets.randbelow(1000):03}"
    expires_at = now + CODE_LASTS
    tx.execute(
        insert(SignInCode).values(
            first_digits=first,
            code_hash=hash_of_code(first + last, invitation_id),
            network_id=network_id,
            invitation_id=invitation_id,
            tries_left=CODE_TRIES,
            expires_at=expires_at,
        )
    )
    return {"code": first + last, "expires_at": clock.as_text(expires_at)}


def by_token(tx: Connection, token: str) -> Any:
    """The open invitation of a link. NotFound for an unknown one, Gone for a spent one."""
    link = tx.execute(
        select(InvitationLink.network_id, InvitationLink.invitation_id).where(
            InvitationLink.token_hash == hash_of(token)
        )
    ).first()
    if link is None:
        raise NotFound("join.unknown_link", field="token")
    enter_network(tx, link.network_id)
    return open_invitation(tx, link.network_id, link.invitation_id)


def by_code(tx: Connection, code: str) -> Any | None:
    """The open invitation of a code; None for a wrong one, which costs the code a try.

    The caller commits when it is None, or the try is not counted.
    """
    row = tx.execute(
        select(SignInCode.__table__).where(SignInCode.first_digits == code[:3])
    ).first()
    if row is None or row.expires_at <= clock.now() or row.tries_left <= 0:
        return None
    if secrets.compare_digest(row.code_hash, hash_of_code(code, row.invitation_id)):
        enter_network(tx, row.network_id)
        return open_invitation(tx, row.network_id, row.invitation_id)
    tx.execute(
        update(SignInCode)
        .where(SignInCode.first_digits == row.first_digits)
        .values(tries_left=SignInCode.tries_left - 1)
    )
    return None


def find_invitation(tx: Connection, network_id: str, invitation_id: str) -> Any:
    row = tx.execute(
        select(Invitation.__table__).where(
            Invitation.network_id == network_id, Invitation.id == invitation_id
        )
    ).first()
    if row is None:
        raise NotFound()
    return row


def open_invitation(tx: Connection, network_id: str, invitation_id: str) -> Any:
    """The invitation, if it can still be used. Gone says that it was good once."""
    row = find_invitation(tx, network_id, invitation_id)
    standing = standing_word(row)
    if standing == "used":
        raise Gone("join.used")
    if standing == "ended":
        raise Gone("join.ended")
    return row


def standing_word(row: Any) -> str:
    """`open`, `used` or `ended`."""
    if row.spent_at is not None:
        return "used"
    return "ended" if row.withdrawn_at or row.expires_at <= clock.now() else "open"


def spend(tx: Connection, row: Any) -> None:
    """Mark an invitation as used. Gone when another device was quicker."""
    done = tx.execute(
        update(Invitation)
        .where(
            Invitation.network_id == row.network_id,
            Invitation.id == row.id,
            Invitation.spent_at.is_(None),
        )
        .values(spent_at=clock.now())
    )
    if done.rowcount == 0:
        raise Gone("join.used")
    _drop_codes(tx, row.network_id, row.id)


def withdraw(tx: Connection, network_id: str, invitation_id: str) -> None:
    """End an invitation, its links and its code. One that was used stays as it was."""
    open_invitation(tx, network_id, invitation_id)
    tx.execute(
        update(Invitation)
        .where(Invitation.network_id == network_id, Invitation.id == invitation_id)
        .values(withdrawn_at=clock.now())
    )
    _drop_codes(tx, network_id, invitation_id)


def _drop_codes(tx: Connection, network_id: str, invitation_id: str) -> None:
    tx.execute(
        delete(SignInCode).where(
            SignInCode.network_id == network_id, SignInCode.invitation_id == invitation_id
        )
    )


def add_way_back(tx: Connection, network_id: str, invited_by: str | None, person_id: str) -> str:
    """A way back in for a member, in place of an older one that was not used."""
    older = (
        Invitation.network_id == network_id,
        Invitation.person_id == person_id,
        Invitation.spent_at.is_(None),
        Invitation.withdrawn_at.is_(None),
    )
    tx.execute(update(Invitation).where(*older).values(withdrawn_at=clock.now()))
    return add_invitation(tx, network_id, invited_by, {}, WAY_BACK_LASTS, person_id=person_id)


def opened_roles(tx: Connection, row: Any) -> str:
    """The roles that an invitation opens: its own, or those of whom it lets back in."""
    if row.person_id is None:
        return str(row.roles)
    roles = tx.scalar(
        select(Membership.roles).where(
            Membership.network_id == row.network_id, Membership.person_id == row.person_id
        )
    )
    return roles or ""
