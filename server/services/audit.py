"""The audit log: who did what to whom, when. Append-only; each row covers the one before.

The row of a file that left covers its manifest in the register too, by its hash. Never holds
text of a note, a name, an address or a secret.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, select

from server import clock
from server.errors import NotFound
from server.models.accounts import Audit
from server.models.exports import Export
from server.models.sync import Network
from server.sync.canonical import canonical, digest


def write_audit(
    tx: Connection,
    network_id: str,
    actor_id: str | None,
    action: str,
    subject_id: str | None,
    covers: str | None = None,
) -> None:
    """Append one row. Takes the network's row first, so that numbers have no gap.

    covers: the hash of what the register says of the subject (`manifest_hash`).
    """
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
    row = {
        "network_id": network_id,
        "seq": last.seq + 1 if last else 1,
        "at": clock.now().replace(microsecond=0),
        "actor_id": actor_id,
        "action": action,
        "subject_id": subject_id,
        "covers": covers,
    }
    tx.execute(insert(Audit).values(**row, hash=_link(last.hash if last else "", row)))


def broken_audit(tx: Connection, network_id: str) -> int | None:
    """The first number whose row does not follow from the one before, or whose manifest is not
    the one that it covers; None when all do.
    """
    before, expected = "", 1
    for row in tx.execute(
        select(Audit.__table__).where(Audit.network_id == network_id).order_by(Audit.seq)
    ).mappings():
        if row["seq"] != expected or row["hash"] != _link(before, row):
            return int(row["seq"])
        if row["covers"] not in (None, _registered(tx, network_id, row["subject_id"])):
            return int(row["seq"])
        before, expected = row["hash"], expected + 1
    return None


def manifest_hash(export: Mapping[Any, Any]) -> str:
    """Of all that a row of the register says: who, when, what was asked, how much, which file."""
    said = {name: export[name] for name in ("id", "member_id", "format", "sha256")}
    lists = {name: json.loads(export[name] or "null") for name in ("filter", "counts", "rounds")}
    return digest(canonical({**said, **lists, "made_at": export["made_at"].isoformat()}))


def _registered(tx: Connection, network_id: str, export_id: str | None) -> str:
    """The hash of the manifest as it stands now; empty where there is none."""
    found = tx.execute(
        select(Export.__table__).where(Export.network_id == network_id, Export.id == export_id)
    )
    row = found.mappings().first()
    return manifest_hash(row) if row else ""


def _link(before: str, row: Mapping[Any, Any]) -> str:
    parts = [row["seq"], clock.as_text(row["at"]), row["actor_id"], row["action"]]
    parts += [row["subject_id"]] + ([row["covers"]] if row["covers"] is not None else [])
    return sha256("\n".join([before, *map(str, parts)]).encode()).hexdigest()
