"""Members of a network: who they are there, what they may, when they were last seen.

Every change of a membership is written to the audit log, and shows in the network's
read-only `member` record, so that teams can be made offline.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from schemas.vocabulary import NetworkRole
from server import clock
from server.db import writing
from server.errors import Conflict, Forbidden, NotFound
from server.models.accounts import Device, Membership, Person, Session
from server.services.audit import write_audit
from server.services.member_records import publish_member
from server.services.sessions import Member, end_other_sessions

__all__ = ["add_membership", "change_member", "list_members", "publish_member", "remove_member"]

_PLACE = ("position", "school_id", "district_id")


def join_roles(roles: list[str]) -> str:
    """Roles as they are stored: words in the order of the vocabulary, parted by spaces."""
    return " ".join(role for role in NetworkRole if role in roles)


def check_may_give(member: Member, before: str, after: str) -> None:
    """An admin is made, changed or removed by an admin alone."""
    touches_admin = NetworkRole.ADMIN in f"{before} {after}".split()
    if touches_admin and NetworkRole.ADMIN not in member.roles:
        raise Forbidden("members.admin_only", field="roles")


def add_membership(
    tx: Connection, network_id: str, person_id: str, place: Mapping[str, Any]
) -> str:
    """Take a person in, or in again under the same member id; Conflict if they are there."""
    values = {
        "roles": place["roles"],
        "position": place["position"],
        "school_id": place["school_id"],
        "district_id": place["district_id"],
        "removed_at": None,
    }
    before = tx.execute(
        select(Membership.id, Membership.removed_at).where(
            Membership.network_id == network_id, Membership.person_id == person_id
        )
    ).first()
    if before is not None and before.removed_at is None:
        raise Conflict("join.already_member")
    member_id: str = before.id if before else clock.new_id()
    if before is not None:
        _update(tx, network_id, member_id, values)
    else:
        identity = {"network_id": network_id, "id": member_id, "person_id": person_id}
        tx.execute(insert(Membership).values(**identity, **values, joined_at=clock.now()))
    publish_member(tx, network_id, member_id)
    return member_id


def list_members(tx: Connection, network_id: str, *, with_devices: bool) -> list[dict[str, Any]]:
    """The active members by name; with last visit and devices for who may see those."""
    rows = tx.execute(
        select(Membership.__table__, Person.name)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.network_id == network_id, Membership.removed_at.is_(None))
        .order_by(func.lower(Person.name), Membership.id)
    ).all()
    devices = _devices_of(tx, [row.person_id for row in rows]) if with_devices else {}
    members = []
    for row in rows:
        member = {
            "member_id": row.id,
            "name": row.name,
            "roles": row.roles.split(),
            "position": row.position,
            "school_id": row.school_id,
            "district_id": row.district_id,
        }
        if with_devices:
            own = devices.get(row.person_id, [])
            member["devices"] = own
            member["last_seen_at"] = own[0]["last_seen_at"] if own else None
        members.append(member)
    return members


def _devices_of(tx: Connection, person_ids: list[str]) -> dict[str, list[dict[str, str]]]:
    """Devices that are signed in, the latest first, by person."""
    rows = tx.execute(
        select(Device.person_id, Device.name, Device.last_seen_at)
        .join(Session, (Session.person_id == Device.person_id) & (Session.device_id == Device.id))
        .where(Device.person_id.in_(person_ids), Session.expires_at > clock.now())
        .order_by(Device.last_seen_at.desc())
    )
    devices: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        seen = clock.as_text(row.last_seen_at)
        devices.setdefault(row.person_id, []).append({"name": row.name, "last_seen_at": seen})
    return devices


def find_member(tx: Connection, network_id: str, member_id: str) -> Any:
    """The row of an active membership. NotFound for any other."""
    row = tx.execute(
        select(Membership.__table__).where(
            Membership.network_id == network_id,
            Membership.id == member_id,
            Membership.removed_at.is_(None),
        )
    ).first()
    if row is None:
        raise NotFound()
    return row


def change_member(member: Member, member_id: str, asked: Mapping[str, Any]) -> None:
    """Change what somebody is in the network. Their name is their own to change."""
    with writing(member.network_id) as tx:
        row = find_member(tx, member.network_id, member_id)
        values = {
            name: asked[name] for name in ("position", "school_id", "district_id") if name in asked
        }
        if "roles" in asked:
            values["roles"] = join_roles(asked["roles"])
            check_may_give(member, row.roles, values["roles"])
            _keep_an_admin(tx, member.network_id, row, values["roles"])
        if values:
            _update(tx, member.network_id, member_id, values)
        publish_member(tx, member.network_id, member_id)
        write_audit(tx, member.network_id, member.id, "member.changed", member_id)


def remove_member(member: Member, member_id: str) -> None:
    """Take somebody out. What they wrote stays; what they hold unsent may still come."""
    with writing(member.network_id) as tx:
        row = find_member(tx, member.network_id, member_id)
        check_may_give(member, row.roles, "")
        _keep_an_admin(tx, member.network_id, row, "")
        _update(tx, member.network_id, member_id, {"removed_at": clock.now()})
        publish_member(tx, member.network_id, member_id)
        write_audit(tx, member.network_id, member.id, "member.removed", member_id)


def end_sessions(member: Member, member_id: str) -> None:
    """Sign somebody out on every device, as after a theft. What waits there stays there."""
    with writing(member.network_id) as tx:
        row = find_member(tx, member.network_id, member_id)
        check_may_give(member, row.roles, "")
        end_other_sessions(tx, row.person_id)
        write_audit(tx, member.network_id, member.id, "member.signed_out", member_id)


def _update(tx: Connection, network_id: str, member_id: str, values: Mapping[str, Any]) -> None:
    tx.execute(
        update(Membership)
        .where(Membership.network_id == network_id, Membership.id == member_id)
        .values(values)
    )


def _keep_an_admin(tx: Connection, network_id: str, row: Any, after: str) -> None:
    """The last admin of a network stays one."""
    if NetworkRole.ADMIN not in row.roles.split() or NetworkRole.ADMIN in after.split():
        return
    others = tx.scalars(
        select(Membership.roles).where(
            Membership.network_id == network_id,
            Membership.id != row.id,
            Membership.removed_at.is_(None),
        )
    )
    if not any(NetworkRole.ADMIN in roles.split() for roles in others):
        raise Conflict("members.last_admin")
