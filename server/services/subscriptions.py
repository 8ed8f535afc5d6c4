"""Which of a person's browsers may be told: the addresses that their push services gave."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select

from server import clock
from server.config import Settings
from server.db import writing
from server.errors import RuleBroken
from server.models.notices import PushSubscription
from server.services.web_push import Subscription, may_ask

MOST_SUBSCRIPTIONS = 20
"""Of one person: more browsers than anybody carries. The oldest goes."""


def admitted_hosts(settings: Settings) -> frozenset[str]:
    return frozenset(each.strip() for each in settings.push_hosts.split(",") if each.strip())


def subscribe(tx: Connection, settings: Settings, person_id: str, asked: Subscription) -> None:
    """Remember a browser. RuleBroken where its address is no push service's."""
    if not may_ask(asked.endpoint, admitted_hosts(settings)):
        raise RuleBroken("notices.unknown_service", field="endpoint")
    endpoint_hash = _hash(asked.endpoint)
    tx.execute(delete(PushSubscription).where(PushSubscription.endpoint_hash == endpoint_hash))
    tx.execute(
        insert(PushSubscription).values(
            person_id=person_id,
            id=clock.new_id(),
            endpoint=asked.endpoint,
            endpoint_hash=endpoint_hash,
            p256dh=asked.p256dh,
            auth=asked.auth,
            created_at=clock.now(),
        )
    )
    newest = (
        select(PushSubscription.id)
        .where(PushSubscription.person_id == person_id)
        .order_by(PushSubscription.created_at.desc(), PushSubscription.id)
        .limit(MOST_SUBSCRIPTIONS)
    )
    tx.execute(
        delete(PushSubscription).where(
            PushSubscription.person_id == person_id, PushSubscription.id.not_in(newest)
        )
    )


def unsubscribe(tx: Connection, person_id: str, endpoint: str) -> None:
    """Forget a browser. One that is not known is forgotten already."""
    tx.execute(
        delete(PushSubscription).where(
            PushSubscription.person_id == person_id,
            PushSubscription.endpoint_hash == _hash(endpoint),
        )
    )


def _hash(endpoint: str) -> str:
    return sha256(endpoint.encode()).hexdigest()


def browsers_of(tx: Connection, person_id: str) -> list[Subscription]:
    rows = tx.execute(
        select(PushSubscription.__table__).where(PushSubscription.person_id == person_id)
    )
    return [Subscription(row.endpoint, row.p256dh, row.auth) for row in rows]


def forget(person_id: str, gone: Sequence[Subscription]) -> None:
    if not gone:
        return
    with writing() as tx:
        for browser in gone:
            unsubscribe(tx, person_id, browser.endpoint)
