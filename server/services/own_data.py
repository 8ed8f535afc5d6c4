"""Everything that the server holds of one person, for that person alone to take along.

Their account, devices and sign-ins; in each network their place, their part in rounds, what
their devices said, what the audit log says they did; and every record of their own scope,
with each version that stands, deleted and set-aside ones too. Read in small transactions: a
slow reader holds nothing. What they posted to a round is the round's, and not in here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from server import clock
from server.db import reading, writing
from server.domain.access import Standing
from server.models.accounts import Audit, Device, Membership, Person
from server.models.heartbeats import Heartbeat
from server.models.notices import Notice, PushSubscription
from server.models.sync import Network, Participation
from server.services import sessions
from server.services.audit import write_audit
from server.services.sessions import Who
from server.sync.history import set_aside_of
from server.sync.read import MergedRecord, ids_of_scope, records_of

PAGE = 200


@dataclass(frozen=True, slots=True)
class Place:
    """One network that the person is in now, and who they are there."""

    network_id: str
    member_id: str


def places_of(who: Who) -> list[Place]:
    """The networks whose records go along; the audit log of each says that they did."""
    with reading(person_id=who.person_id) as tx:
        rows = tx.execute(
            select(Membership.network_id, Membership.id)
            .where(Membership.person_id == who.person_id, Membership.removed_at.is_(None))
            .order_by(Membership.network_id)
        ).all()
    found = [Place(*row) for row in rows if who.only_network in (None, row.network_id)]
    for place in found:
        with writing(place.network_id) as tx:
            write_audit(tx, place.network_id, place.member_id, "own_data.taken", place.member_id)
    return found


def account_of(who: Who) -> dict[str, Any]:
    """The person, their devices, sign-ins and browsers. Never a hash of a secret."""
    with reading(person_id=who.person_id) as tx:
        person = Person.__table__.c
        mine = tx.execute(
            select(person.id, person.name, person.email, person.language, person.created_at).where(
                person.id == who.person_id
            )
        ).one()
        devices = select(Device.id, Device.name, Device.created_at, Device.last_seen_at)
        browsers = select(PushSubscription.endpoint, PushSubscription.created_at)
        return {
            "person": _plain(mine),
            "devices": _all(tx, devices.where(Device.person_id == who.person_id)),
            "sign_ins": sessions.list_sessions(tx, who),
            "browsers": _all(tx, browsers.where(PushSubscription.person_id == who.person_id)),
        }


def membership_of(place: Place) -> dict[str, Any]:
    """What a network holds of the member, beside records."""
    here, member_id = place.network_id, place.member_id
    part, beat, notice, act = (
        each.__table__.c for each in (Participation, Heartbeat, Notice, Audit)
    )
    with reading(here) as tx:
        found = {
            "network": _all(
                tx, select(Network.id, Network.name, Network.time_zone).where(Network.id == here)
            )[0],
            "membership": _all(
                tx,
                select(
                    *(column for column in Membership.__table__.c if column.name != "person_id")
                ).where(Membership.network_id == here, Membership.id == member_id),
            )[0],
            "rounds": _all(
                tx,
                select(part.round_id, part.roles).where(
                    part.network_id == here, part.member_id == member_id
                ),
            ),
            "told_by_devices": _all(
                tx, select(*beat).where(beat.network_id == here, beat.member_id == member_id)
            ),
            "notices": _all(
                tx,
                select(notice.kind, notice.subject_id, notice.due_at, notice.outcome).where(
                    notice.network_id == here, notice.member_id == member_id
                ),
            ),
            "acts": _all(
                tx,
                select(act.at, act.action, act.subject_id)
                .where(act.network_id == here, act.actor_id == member_id)
                .order_by(act.seq),
            ),
        }
        mine = Standing(member_id, here, frozenset())
        return {**found, "set_aside": set_aside_of(tx, mine)["mine"]}


def records_at(place: Place) -> Iterator[dict[str, Any]]:
    """Every record of the person's own scope, deleted ones too, some at a time."""
    scope = f"own:{place.member_id}"
    with reading(place.network_id) as tx:
        ids = ids_of_scope(tx, place.network_id, scope)
    for start in range(0, len(ids), PAGE):
        with reading(place.network_id) as tx:
            some = records_of(
                tx, place.network_id, ids=ids[start : start + PAGE], with_deleted=True
            )
        yield from (_record(each) for each in some)


def _record(record: MergedRecord) -> dict[str, Any]:
    """What a screen shows of it, and each version where several stand."""
    several = {name: heads for name, heads in record.heads.items() if len(heads) > 1}
    return {
        "kind": record.kind,
        "id": record.id,
        "deleted": record.deleted,
        "fields": record.fields,
        "tags": {name: sorted(slugs) for name, slugs in record.tags.items()},
        **({"versions": several} if several else {}),
    }


def _all(tx: Connection, asked: Any) -> list[dict[str, Any]]:
    return [_plain(row) for row in tx.execute(asked)]


def _plain(row: Any) -> dict[str, Any]:
    return {
        name: clock.as_text(value) if hasattr(value, "tzinfo") else value
        for name, value in row._mapping.items()
    }
