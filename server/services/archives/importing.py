"""Importing an archive into an empty server: all of it, or nothing.

One transaction makes the network again under its own id and with a new epoch, numbers its
log anew and compares each record with the one that left. Devices that come back notice the
epoch, and offer again what they hold, private notes among it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, delete, func, insert, select

from schemas.vocabulary import NetworkRole
from server import clock
from server.config import Settings
from server.db import EVERY_NETWORK, writing
from server.errors import RuleBroken
from server.models.accounts import Audit, Membership, Person
from server.models.exports import Export
from server.models.notices import Notice
from server.models.retention import Hold
from server.models.sync import Network, Record
from server.services.archives.lines import PAGE, record_line
from server.services.archives.reading import Archive, open_archive
from server.services.audit import broken_audit, write_audit
from server.services.backups import Progress
from server.sync import ledger
from server.sync.renumber import renumber

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came. admins: members who can let the others in, with their persons' ids."""

    network_id: str
    name: str
    counts: dict[str, int]
    left_out: int
    admins: list[tuple[str, str, str]]


def import_archive(settings: Settings, path: Path, progress: Progress) -> Imported:
    """Make the archive's network on this server. RuleBroken where that cannot be."""
    with open_archive(path) as archive, writing(EVERY_NETWORK) as tx:
        _check_empty(tx)
        network_id = _add_network(tx, archive)
        for place, take in enumerate(_STEPS):
            progress(place, len(_STEPS))
            take(tx, network_id, archive)
        write_audit(tx, network_id, None, "network.imported", network_id)
        ledger.append(settings.ledger, _purged(tx, network_id))
        files = archive.manifest["files"]
        return Imported(
            network_id,
            archive.manifest["name"],
            {name.removesuffix(".jsonl"): said["lines"] for name, said in files.items()},
            sum(archive.manifest["left_out"].values()),
            _admins(tx, network_id),
        )


def _check_empty(tx: Connection) -> None:
    for table in (Network, Person):
        if tx.scalar(select(func.count()).select_from(table)):
            raise RuleBroken("archive.server_not_empty")


def _add_network(tx: Connection, archive: Archive) -> str:
    lines = [*archive.lines("network")]
    if len(lines) != 1 or lines[0]["id"] != archive.manifest["network"]:
        raise RuleBroken("archive.wrong_line", file="network.jsonl", line=1)
    line = lines[0]
    tx.execute(
        insert(Network).values(
            id=line["id"],
            name=line["name"],
            time_zone=line["time_zone"],
            settings=json.dumps(line["settings"]),
            created_at=_moment(line["created_at"]),
        )
    )
    return str(line["id"])


def _take_people(tx: Connection, network_id: str, archive: Archive) -> None:
    rows = (
        {**line, "created_at": _moment(line["created_at"]), "password_hash": None}
        for line in archive.lines("people")
    )
    _insert(tx, Person, rows)
    _insert(
        tx,
        Membership,
        (
            {
                "network_id": network_id,
                "id": line["id"],
                "person_id": line["person"],
                "roles": " ".join(line["roles"]),
                "position": line["position"],
                "school_id": line["school"],
                "district_id": line["district"],
                "joined_at": _moment(line["joined_at"]),
                "removed_at": _moment(line["removed_at"]),
            }
            for line in archive.lines("members")
        ),
    )


def _take_log(tx: Connection, network_id: str, archive: Archive) -> None:
    renumber(tx, network_id, archive.lines("changes"))
    lines, count = archive.lines("records"), 0
    while some := [*islice(lines, PAGE)]:
        _compare(tx, network_id, some)
        count += len(some)
    there = select(func.count()).select_from(Record).where(Record.network_id == network_id)
    if tx.scalar(there) != count:
        raise RuleBroken("archive.differs")


def _compare(tx: Connection, network_id: str, lines: list[Row]) -> None:
    """Each record as the log made it, with the one that left."""
    ids = [line["id"] for line in lines]
    record = Record.__table__.c
    found = tx.execute(
        select(Record.__table__).where(record.network_id == network_id, record.id.in_(ids))
    )
    made = {
        row.id: record_line(row, None if row.state is None else orjson.loads(row.state))
        for row in found
    }
    if any(made.get(line["id"]) != line for line in lines):
        raise RuleBroken("archive.differs")


def _take_holds(tx: Connection, network_id: str, archive: Archive) -> None:
    _insert(
        tx,
        Hold,
        (
            {
                "network_id": network_id,
                "id": line["id"],
                "round_id": line["round"],
                "reason": line["reason"],
                "placed_by": line["placed_by"],
                "placed_at": _moment(line["placed_at"]),
                "lifted_by": line["lifted_by"],
                "lifted_at": _moment(line["lifted_at"]),
            }
            for line in archive.lines("holds")
        ),
    )


def _take_notices(tx: Connection, network_id: str, archive: Archive) -> None:
    """As they stood: taking in the log planned them by today's clock."""
    tx.execute(delete(Notice).where(Notice.network_id == network_id))
    _insert(
        tx,
        Notice,
        (
            {
                "network_id": network_id,
                "kind": line["kind"],
                "subject_id": line["subject"],
                "member_id": line["member"],
                "due_at": _moment(line["due_at"]),
                "settled_at": _moment(line["settled_at"]),
                "outcome": line["outcome"],
            }
            for line in archive.lines("notices")
        ),
    )


def _take_register(tx: Connection, network_id: str, archive: Archive) -> None:
    _insert(
        tx,
        Export,
        (
            {
                "network_id": network_id,
                "id": line["id"],
                "member_id": line["member"],
                "made_at": _moment(line["made_at"]),
                "format": line["format"],
                "filter": json.dumps(line["filter"]),
                "counts": json.dumps(line["counts"]),
                "sha256": line["sha256"],
                "rounds": json.dumps(line["rounds"]) if line["rounds"] is not None else None,
            }
            for line in archive.lines("exports")
        ),
    )


def _take_audit(tx: Connection, network_id: str, archive: Archive) -> None:
    _insert(
        tx,
        Audit,
        (
            {
                "network_id": network_id,
                "seq": line["seq"],
                "at": _moment(line["at"]),
                "actor_id": line["actor"],
                "action": line["action"],
                "subject_id": line["subject"],
                "covers": line["covers"],
                "hash": line["hash"],
            }
            for line in archive.lines("audit")
        ),
    )
    broken = broken_audit(tx, network_id)
    if broken is not None:
        raise RuleBroken("archive.wrong_line", file="audit.jsonl", line=broken)


_STEPS = (_take_people, _take_log, _take_holds, _take_notices, _take_register, _take_audit)


def _insert(tx: Connection, table: Any, rows: Iterable[Row]) -> None:
    given = iter(rows)
    while some := [*islice(given, PAGE)]:
        tx.execute(insert(table), some)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _purged(tx: Connection, network_id: str) -> Iterator[ledger.Entry]:
    """For the list of purges of this server, so that no later restore brings them back."""
    today = clock.now().date().isoformat()
    record = Record.__table__.c
    found = tx.execute(
        select(record.id, record.kind, record.scope).where(
            record.network_id == network_id, record.state.is_(None)
        )
    )
    for row in found:
        yield ledger.Entry(network_id, row.id, row.kind, row.scope, today)


def _admins(tx: Connection, network_id: str) -> list[tuple[str, str, str]]:
    """(member id, person id, name) of everybody who manages the network's people."""
    found = tx.execute(
        select(Membership.id, Membership.person_id, Membership.roles, Person.name)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.network_id == network_id, Membership.removed_at.is_(None))
        .order_by(Person.name)
    )
    return [
        (row.id, row.person_id, row.name) for row in found if NetworkRole.ADMIN in row.roles.split()
    ]
