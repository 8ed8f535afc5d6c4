"""Sign-ins: opaque tokens of 256 bits, of which only the SHA-256 is stored.

A session belongs to a person and a device. It ends when it is signed out, taken back from
another device, replaced at the next sign-in on the same device, not used for long, or old.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from schemas.vocabulary import NetworkRole
from server import clock
from server.db import after_commit, moment_of
from server.domain.access import Standing
from server.models.accounts import Device, Membership, Session
from server.sync.dialect import run
from server.sync.live import hub

SESSION_COLUMNS = (
    "s.person_id, s.id, s.device_id, s.network_id, s.may_set_password, "
    "s.created_at, s.last_seen_at, s.expires_at"
)
_SESSION = f"SELECT {SESSION_COLUMNS} FROM session s WHERE s.token_hash = ?"  # noqa: S608
"""In words, and not as a select(): every request asks it."""

SEEN_EVERY = timedelta(minutes=5)
"""How old `last_seen_at` may grow before a request writes it again."""


@dataclass(frozen=True, slots=True)
class Who:
    """The person who asks, on which device. only_network: a sign-in narrowed to it."""

    person_id: str
    session_id: str
    device_id: str | None
    only_network: str | None
    may_set_password: bool
    """Whether a way back in was used, so that the old password need not be known."""
    is_stale: bool
    """Whether the session's `last_seen_at` should be written anew."""
    signed_in_at: datetime


@dataclass(frozen=True, slots=True)
class DeviceSeen:
    """What a device says of itself: an id that it made once, and a name for people."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody's place in one network. `id` is what changes name as `by`."""

    network_id: str
    id: str
    roles: frozenset[NetworkRole]
    active: bool

    @property
    def standing(self) -> Standing:
        """What they may do online. Knows no round: services.standings does."""
        return Standing(self.id, self.network_id, self.roles, self.active)


def hash_of(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def find_session(tx: Connection, token: str) -> Who | None:
    """Who the token stands for; None when it stands for nobody any more."""
    row = run(tx, _SESSION, hash_of(token)).first()
    return who_of(row) if row else None


def who_of(row: Sequence[Any]) -> Who | None:
    """A row of SESSION_COLUMNS as who it stands for; None once it is over."""
    person_id, session_id, device_id, only_network, may_set_password = row[:5]
    began_at, seen_at, ends_at = map(moment_of, row[5:])
    now = clock.now()
    if ends_at <= now:
        return None
    return Who(
        person_id,
        session_id,
        device_id,
        only_network,
        bool(may_set_password),
        now - seen_at > SEEN_EVERY,
        began_at,
    )


def start_session(
    tx: Connection,
    person_id: str,
    device: DeviceSeen | None,
    lasts: timedelta,
    *,
    only_network: str | None = None,
    may_set_password: bool = False,
) -> str:
    """Begin a session and give its token, once. Ends an older one of the same device."""
    now = clock.now()
    if device is not None:
        _remember_device(tx, person_id, device, now)
        tx.execute(
            delete(Session).where(Session.person_id == person_id, Session.device_id == device.id)
        )
    tx.execute(delete(Session).where(Session.person_id == person_id, Session.expires_at <= now))
    token = secrets.token_urlsafe(32)
    tx.execute(
        insert(Session).values(
            token_hash=hash_of(token),
            id=clock.new_id(),
            person_id=person_id,
            device_id=device.id if device else None,
            network_id=only_network,
            may_set_password=may_set_password,
            created_at=now,
            last_seen_at=now,
            expires_at=now + lasts,
        )
    )
    return token


def _remember_device(tx: Connection, person_id: str, device: DeviceSeen, now: datetime) -> None:
    same = (Device.person_id == person_id, Device.id == device.id)
    known = tx.execute(update(Device).where(*same).values(name=device.name, last_seen_at=now))
    if known.rowcount == 0:
        tx.execute(
            insert(Device).values(
                person_id=person_id,
                id=device.id,
                name=device.name,
                created_at=now,
                last_seen_at=now,
            )
        )


def mark_seen(tx: Connection, who: Who, lasts: timedelta, at_most: timedelta) -> None:
    """Write that the person was here, and let the session last from now on.

    at_most: how long after its beginning it ends, whatever happens.
    """
    now = clock.now()
    ends = min(now + lasts, who.signed_in_at + at_most)
    tx.execute(
        update(Session)
        .where(Session.id == who.session_id)
        .values(last_seen_at=now, expires_at=ends)
    )
    if who.device_id:
        tx.execute(
            update(Device)
            .where(Device.person_id == who.person_id, Device.id == who.device_id)
            .values(last_seen_at=now)
        )


def end_session(tx: Connection, who: Who, session_id: str | None = None) -> bool:
    """End one of the person's sessions, this one by default; False when it is not theirs."""
    ended = tx.execute(
        delete(Session).where(
            Session.person_id == who.person_id, Session.id == (session_id or who.session_id)
        )
    )
    after_commit(tx, lambda: hub().look_again(who.person_id))
    return ended.rowcount > 0


def end_other_sessions(tx: Connection, person_id: str, but: str | None = None) -> None:
    """End every session of a person, except one."""
    tx.execute(delete(Session).where(Session.person_id == person_id, Session.id != (but or "")))
    after_commit(tx, lambda: hub().look_again(person_id))


def member_in(tx: Connection, who: Who, network_id: str) -> Member | None:
    """The person as a member of a network, past or present; None for a stranger."""
    if who.only_network not in (None, network_id):
        return None
    row = tx.execute(
        select(Membership.id, Membership.roles, Membership.removed_at).where(
            Membership.network_id == network_id, Membership.person_id == who.person_id
        )
    ).first()
    if row is None:
        return None
    roles = frozenset(NetworkRole(word) for word in row.roles.split())
    return Member(network_id, row.id, roles, row.removed_at is None)


def list_sessions(tx: Connection, who: Who) -> list[dict[str, object]]:
    """The person's sign-ins that still open, the latest first."""
    rows = tx.execute(
        select(Session.id, Session.created_at, Session.last_seen_at, Device.name)
        .outerjoin(
            Device, (Device.person_id == Session.person_id) & (Device.id == Session.device_id)
        )
        .where(Session.person_id == who.person_id, Session.expires_at > clock.now())
        .order_by(Session.last_seen_at.desc(), Session.id)
    )
    return [
        {
            "id": row.id,
            "device_name": row.name,
            "created_at": clock.as_text(row.created_at),
            "last_seen_at": clock.as_text(row.last_seen_at),
            "is_this_one": row.id == who.session_id,
        }
        for row in rows
    ]
