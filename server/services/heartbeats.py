"""How much waits on whose device: kept as each device last said, shown to the lead.

Counts what is not sent, never what was written, and knows no word of it. A device that has
been silent for a while may hold anything: it is called unknown, never empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from schemas.vocabulary import RoundStage
from server import clock
from server.errors import NotFound
from server.models.accounts import Device, Membership, Person, Session
from server.models.heartbeats import Heartbeat
from server.models.sync import Participation, RoundIndex

SPEAKS_FOR = timedelta(minutes=10)
"""How long "nothing waits" is believed. Devices in use say something every few minutes."""


LOSS_IS_NEWS = timedelta(days=14)
"""So long a lead is told that a device was emptied."""


def keep_heartbeat(
    tx: Connection, network_id: str, member_id: str, device_id: str, told: Mapping[str, Any]
) -> None:
    """Keep it in place of what the device said before, but for a loss that is still news."""
    now = clock.now()
    oldest_at: datetime | None = told["oldest_at"] if told["unsent"] else None
    same = {"network_id": network_id, "member_id": member_id, "device_id": device_id}
    loss = _told_loss(told["emptied"], now) or _known_loss(tx, same)
    tx.execute(delete(Heartbeat).where(*(getattr(Heartbeat, key) == same[key] for key in same)))
    tx.execute(
        insert(Heartbeat).values(
            **same,
            unsent=told["unsent"],
            oldest_at=min(oldest_at, now) if oldest_at else None,
            set_aside=told["set_aside"],
            app_version=told["app_version"],
            persisted=told["persisted"],
            free_space=told["free_space"],
            told_at=now,
            **loss,
        )
    )


def _told_loss(emptied: Mapping[str, Any] | None, now: datetime) -> dict[str, Any]:
    """What a device says of being emptied; a clock that is ahead moves nothing into the future."""
    if emptied is None:
        return {}
    emptied_at = min(emptied["emptied_at"], now)
    last_whole_at = min(emptied["last_whole_at"], emptied_at)
    return {"emptied_at": emptied_at, "last_whole_at": last_whole_at, "lost": emptied["lost"]}


def _known_loss(tx: Connection, same: Mapping[str, str]) -> dict[str, Any]:
    known = tx.execute(
        select(Heartbeat.emptied_at, Heartbeat.last_whole_at, Heartbeat.lost).where(
            *(getattr(Heartbeat, key) == value for key, value in same.items())
        )
    ).first()
    return dict(known._mapping) if known and _is_news(known) else {}


def _is_news(told: Any) -> bool:
    return told.emptied_at is not None and clock.now() - told.emptied_at <= LOSS_IS_NEWS


def devices_in_round(tx: Connection, network_id: str, round_id: str) -> list[dict[str, Any]]:
    """The devices of the people of an open round, what waits longest first.

    Those that are signed in, and those on which something waits. NotFound for no such round;
    nothing of one that is closed.
    """
    if not _is_open(tx, network_id, round_id):
        return []
    members = _members_in(tx, network_id, round_id)
    devices = {(row.person_id, row.id): row for row in _signed_in(tx, members)}
    told = {
        (members[row.member_id].person_id, row.device_id): row
        for row in _heartbeats(tx, network_id, members)
    }
    waiting = {key for key, row in told.items() if row.unsent or row.set_aside or _is_news(row)}
    names = _names_of(tx, waiting - devices.keys())
    by_person = {row.person_id: row for row in members.values()}
    found = [
        _described(by_person[key[0]], devices.get(key) or names.get(key), told.get(key))
        for key in {*devices, *waiting}
    ]
    return sorted(found, key=_place)


def _place(device: dict[str, Any]) -> tuple[bool, str, str, str]:
    nothing_to_tell = not device["unsent"] and not device["emptied"]
    return nothing_to_tell, device["oldest_at"] or "", device["member_name"], device["device_name"]


def _is_open(tx: Connection, network_id: str, round_id: str) -> bool:
    row = tx.execute(
        select(RoundIndex.stage, RoundIndex.deleted).where(
            RoundIndex.network_id == network_id, RoundIndex.round_id == round_id
        )
    ).first()
    if row is None:
        raise NotFound()
    return row.stage != RoundStage.CLOSED and not row.deleted


def _members_in(tx: Connection, network_id: str, round_id: str) -> dict[str, Any]:
    """member id -> their person, of the active members who take part."""
    taking_part = select(Participation.member_id).where(
        Participation.network_id == network_id, Participation.round_id == round_id
    )
    rows = tx.execute(
        select(Membership.id, Membership.person_id, Person.name)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.network_id == network_id,
            Membership.removed_at.is_(None),
            Membership.id.in_(taking_part),
        )
    )
    return {row.id: row for row in rows}


def _signed_in(tx: Connection, members: Mapping[str, Any]) -> Iterable[Any]:
    people = [row.person_id for row in members.values()]
    return tx.execute(
        select(Device.person_id, Device.id, Device.name, Device.last_seen_at)
        .join(Session, (Session.person_id == Device.person_id) & (Session.device_id == Device.id))
        .where(Device.person_id.in_(people), Session.expires_at > clock.now())
    )


def _heartbeats(tx: Connection, network_id: str, members: Mapping[str, Any]) -> Iterable[Any]:
    return tx.execute(
        select(Heartbeat.__table__).where(
            Heartbeat.network_id == network_id, Heartbeat.member_id.in_([*members])
        )
    )


def _names_of(tx: Connection, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Any]:
    """Devices by (person, device), signed in or not."""
    rows = tx.execute(
        select(Device.person_id, Device.id, Device.name, Device.last_seen_at).where(
            Device.id.in_([device_id for _, device_id in keys])
        )
    )
    return {(row.person_id, row.id): row for row in rows}


def _described(member: Any, device: Any, told: Any) -> dict[str, Any]:
    """A silent device that said "nothing waits" is unknown; what waited still does."""
    is_fresh = told is not None and clock.now() - told.told_at <= SPEAKS_FOR
    waits = told is not None and told.unsent > 0
    known = told if is_fresh or waits else None
    since = told.told_at if told else device.last_seen_at if device else None
    return {
        "member_id": member.id,
        "member_name": member.name,
        "device_name": device.name if device else "",
        "unsent": known.unsent if known else None,
        "oldest_at": _text(known.oldest_at) if known else None,
        "set_aside": told.set_aside if told else None,
        "told_at": _text(told.told_at) if told else None,
        "unknown_since": None if is_fresh else _text(since),
        "app_version": told.app_version if told else None,
        "persisted": told.persisted if told else None,
        "free_space": told.free_space if told else None,
        "emptied": _emptied(told),
    }


def _emptied(told: Any) -> dict[str, Any] | None:
    if told is None or not _is_news(told):
        return None
    return {
        "emptied_at": clock.as_text(told.emptied_at),
        "last_whole_at": clock.as_text(told.last_whole_at),
        "lost": told.lost,
    }


def _text(moment: datetime | None) -> str | None:
    return clock.as_text(moment) if moment else None
