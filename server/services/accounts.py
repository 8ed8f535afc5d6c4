"""People: signing in by e-mail and password, and what a person changes of themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from server import clock
from server.db import enter_network, reading, writing
from server.domain.common_passwords import is_common
from server.domain.retention import days_kept
from server.errors import Conflict, NotSignedIn, RuleBroken
from server.models.accounts import Device, Membership, Person
from server.models.sync import Network
from server.services import attempts, sessions
from server.services.attempts import Limit
from server.services.holds import notes_going_of
from server.services.members import publish_member
from server.services.passwords import hash_password, is_password
from server.services.sessions import DeviceSeen, Who


def fold_email(email: str) -> str:
    """The form in which addresses are compared."""
    return email.strip().lower()


def sign_in(
    email: str,
    password: str,
    device: DeviceSeen | None,
    *,
    address: str,
    site_attempts: int,
    lasts: timedelta,
) -> tuple[str, str]:
    """A session's token and the person's id. NotSignedIn, or TooMany, when it is not to be.

    The hash is compared outside any transaction: it takes long on purpose.
    """
    email = fold_email(email)
    with reading() as tx:
        person = tx.execute(
            select(Person.id, Person.password_hash).where(Person.email == email)
        ).first()
        limits = _limits(tx, email, person.id if person else None, device, address, site_attempts)
        attempts.check_limits(tx, limits)
    fits = is_password(person.password_hash if person else None, password)
    with writing() as tx:
        if fits and person is not None:
            return sessions.start_session(tx, person.id, device, lasts), person.id
        attempts.count_attempt(tx, limits)
    raise NotSignedIn("session.wrong")


def _limits(
    tx: Connection,
    email: str,
    person_id: str | None,
    device: DeviceSeen | None,
    address: str,
    site_attempts: int,
) -> list[Limit]:
    """A stranger who guesses must not lock out the tablet that the person always uses."""
    limits = [Limit(f"address:{address}", site_attempts)]
    if device is not None:
        limits.append(Limit(f"device:{device.id}", attempts.PER_DEVICE))
        same = (Device.person_id == (person_id or ""), Device.id == device.id)
        if tx.execute(select(Device.id).where(*same)).first():
            return [*limits, Limit(f"account:{email}:{device.id}", attempts.PER_ACCOUNT)]
    return [*limits, Limit(f"account:{email}", attempts.PER_ACCOUNT)]


def add_person(
    tx: Connection,
    name: str,
    *,
    language: str = "en",
    email: str | None = None,
    password: str | None = None,
) -> str:
    """A new person's id. Conflict when the address is somebody's already."""
    email = fold_email(email) if email else None
    if email and person_with_email(tx, email):
        raise Conflict("me.email_taken", field="email")
    person_id = clock.new_id()
    tx.execute(
        insert(Person).values(
            id=person_id,
            name=name,
            email=email,
            password_hash=hash_password(password) if password else None,
            language=language,
            created_at=clock.now(),
        )
    )
    return person_id


def person_with_email(tx: Connection, email: str) -> str | None:
    return tx.scalar(select(Person.id).where(Person.email == fold_email(email)))


def me_of(tx: Connection, who: Who) -> dict[str, Any]:
    """The person who asks, and the networks that this sign-in opens."""
    person = tx.execute(
        select(Person.id, Person.name, Person.email, Person.language, Person.password_hash).where(
            Person.id == who.person_id
        )
    ).one()
    return {
        "person": {
            "id": person.id,
            "name": person.name,
            "email": person.email,
            "language": person.language,
            "has_password": person.password_hash is not None,
        },
        "memberships": _memberships(tx, who),
        "server_time": clock.as_text(clock.now()),
    }


def _memberships(tx: Connection, who: Who) -> list[dict[str, Any]]:
    asked = (
        select(Membership.__table__, Network.name, Network.time_zone, Network.settings)
        .join(Network, Network.id == Membership.network_id)
        .where(Membership.person_id == who.person_id, Membership.removed_at.is_(None))
        .order_by(Network.name, Network.id)
    )
    if who.only_network:
        asked = asked.where(Membership.network_id == who.only_network)
    return [
        {
            "member_id": row.id,
            "network": {
                "id": row.network_id,
                "name": row.name,
                "time_zone": row.time_zone,
                "settings": json.loads(row.settings),
                "retention_days": days_kept(json.loads(row.settings)),
            },
            "roles": row.roles.split(),
            "position": row.position,
            "school_id": row.school_id,
            "district_id": row.district_id,
            "notes_go": _notes_go(tx, who, row.network_id, row.id),
        }
        for row in tx.execute(asked).all()
    ]


def _notes_go(tx: Connection, who: Who, network_id: str, member_id: str) -> list[dict[str, str]]:
    enter_network(tx, network_id, who.person_id)
    return notes_going_of(tx, network_id, member_id)


def change_me(who: Who, asked: Mapping[str, Any]) -> None:
    """Change one's own name, language, address or password.

    An address and a password open the account, so they want the current password, unless
    there is none yet or a way back in was used. A new password ends all other sessions.
    """
    values = {name: asked[name] for name in ("name", "language") if name in asked}
    if "email" in asked or "password" in asked:
        _check_current_password(who, asked.get("current_password"))
    if "password" in asked:
        _check_new_password(who, asked["password"])
        values["password_hash"] = hash_password(asked["password"])
    with writing(person_id=who.person_id) as tx:
        if "email" in asked:
            values["email"] = fold_email(asked["email"])
            if person_with_email(tx, values["email"]) not in (None, who.person_id):
                raise Conflict("me.email_taken", field="email")
        if values:
            tx.execute(update(Person).where(Person.id == who.person_id).values(values))
        if "password" in asked:
            sessions.end_other_sessions(tx, who.person_id, but=who.session_id)
        if "name" in asked:
            for network_id, member_id in _places(tx, who.person_id):
                enter_network(tx, network_id)
                publish_member(tx, network_id, member_id)


def _check_new_password(who: Who, password: str) -> None:
    """Refuse what a guesser tries first, and what is known from elsewhere."""
    with reading(person_id=who.person_id) as tx:
        me = me_of(tx, who)
    person = me["person"]
    names = [person["name"], (person["email"] or "").partition("@")[0]]
    names += [each["network"]["name"] for each in me["memberships"]]
    if is_common(password, names):
        raise RuleBroken("me.password_common", field="password")


def _check_current_password(who: Who, given: str | None) -> None:
    with reading() as tx:
        hashed = tx.scalar(select(Person.password_hash).where(Person.id == who.person_id))
        limit = Limit(f"account:{who.person_id}:change", attempts.PER_ACCOUNT)
        attempts.check_limits(tx, [limit])
    if who.may_set_password or (hashed is None and who.only_network is None):
        return
    if given is not None and is_password(hashed, given):
        return
    if given is not None:
        with writing() as tx:
            attempts.count_attempt(tx, [limit])
    raise RuleBroken("me.current_password_wrong", field="current_password")


def _places(tx: Connection, person_id: str) -> list[tuple[str, str]]:
    rows = tx.execute(
        select(Membership.network_id, Membership.id).where(Membership.person_id == person_id)
    )
    return [(row.network_id, row.id) for row in rows]
