"""The audit log: who did what to whom, when. Append-only; each row covers the one before.

Never holds text of a note, a name, an address or a secret.
"""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import Connection, insert, select

from server import clock
from server.errors import NotFound
from server.models.accounts import Audit
from server.models.sync import Network


def write_audit(
    tx: Connection, network_id: str, actor_id: str | None, action: str, subject_id: str | None
) -> None:
    """Append one row. Takes the network's row first, so that numbers have no gap."""
    network = tx.execute(
        select(Network.id).where(Network.id == network_id).with_for_update()
    ).first()
    if network is None:
        raise NotFound()
    last = tx.execute(
        select(Audit.seq, Audit.hash)
        .where(Audit.network_id == network_id)
        .order_by(Audit.seq.desc())
        .limit(1)
    ).first()
    seq, before = (last.seq + 1, last.hash) if last else (1, "")
    now = clock.now().replace(microsecond=0)
    tx.execute(
        insert(Audit).values(
            network_id=network_id,
            seq=seq,
            at=now,
            actor_id=actor_id,
            action=action,
            subject_id=subject_id,
            hash=_link(before, seq, clock.as_text(now), actor_id, action, subject_id),
        )
    )


def broken_audit(tx: Connection, network_id: str) -> int | None:
    """The first number whose row does not follow from the one before; None when all do."""
    before, expected = "", 1
    rows = tx.execute(select(Audit).where(Audit.network_id == network_id).order_by(Audit.seq))
    for row in rows:
        link = _link(
            before, row.seq, clock.as_text(row.at), row.actor_id, row.action, row.subject_id
        )
        if row.seq != expected or row.hash != link:
            return int(row.seq)
        before, expected = row.hash, expected + 1
    return None


def _link(before: str, *parts: object) -> str:
    return sha256("\n".join([before, *map(str, parts)]).encode()).hexdigest()
