"""What goes into each file of an archive: rows of tables as plain lines (schemas/archives.py).

Private scopes stay out: a note is opened by its author alone, also when archived (rule 8).
Of them only purges go along, as ids, so that what was forgotten stays forgotten. Secrets
(passwords, sign-ins, invitations, links to summaries) stay out as well.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Connection, Select, func, select

from schemas.vocabulary import ScopeType
from server.models.accounts import Audit, Membership, Person
from server.models.exports import Export
from server.models.notices import Notice
from server.models.retention import Hold
from server.models.sync import Change, Network, Record
from server.sync.registers import winner

Line = dict[str, Any]
PAGE = 500
OWN = f"{ScopeType.OWN}:%"


def moment(value: datetime | None) -> str | None:
    """To the microsecond, so that it comes back equal."""
    return None if value is None else value.isoformat().replace("+00:00", "Z")


def network_lines(tx: Connection, network_id: str) -> Iterator[Line]:
    row = tx.execute(select(Network.__table__).where(Network.id == network_id)).one()
    yield {
        "id": row.id,
        "name": row.name,
        "time_zone": row.time_zone,
        "settings": json.loads(row.settings),
        "created_at": moment(row.created_at),
    }


def person_lines(tx: Connection, network_id: str) -> Iterator[Line]:
    of_network = select(Membership.person_id).where(Membership.network_id == network_id)
    for row in tx.execute(
        select(Person.__table__).where(Person.id.in_(of_network)).order_by(Person.id)
    ):
        yield {
            "id": row.id,
            "name": row.name,
            "email": row.email,
            "language": row.language,
            "created_at": moment(row.created_at),
        }


def membership_lines(tx: Connection, network_id: str) -> Iterator[Line]:
    for row in _rows(tx, Membership, network_id):
        yield {
            "id": row.id,
            "person": row.person_id,
            "roles": row.roles.split(),
            "position": row.position,
            "school": row.school_id,
            "district": row.district_id,
            "joined_at": moment(row.joined_at),
            "removed_at": moment(row.removed_at),
        }


def change_lines(tx: Connection, network_id: str) -> Iterator[Line]:
    """The log in order of its numbers, without private scopes but for what was purged there."""
    change = Change.__table__.c
    kind = select(Record.kind).where(
        Record.network_id == change.network_id, Record.id == change.record_id
    )
    asked = select(Change.__table__, kind.scalar_subquery().label("of_kind")).where(
        change.network_id == network_id,
        change.scope.not_like(OWN) | (change.verdict == "_purge"),
    )
    for row in _paged(tx, asked, change.seq, 0):
        yield {
            "seq": row.seq,
            "id": row.id,
            "kind": row.kind,
            "record": row.record_id,
            "scope": row.scope,
            "of_kind": row.of_kind if row.verdict == "_purge" else None,
            "by": row.author_id,
            "device": row.device_id,
            "carried_by": row.carried_by,
            "sha256": row.sha256,
            "verdict": row.verdict,
            "reason": row.reason,
            "field": row.field,
            "received_at": row.received_at,
            "body": None if row.body is None else orjson.loads(row.body),
        }


def record_lines(tx: Connection, network_id: str) -> Iterator[Line]:
    record = Record.__table__.c
    asked = select(Record.__table__).where(
        record.network_id == network_id, record.scope.not_like(OWN) | record.state.is_(None)
    )
    for row in _paged(tx, asked, record.id, ""):
        state = None if row.state is None else orjson.loads(row.state)
        yield record_line(row, state)


def record_line(row: Any, state: Any) -> Line:
    fields = {} if state is None else state["fields"]
    return {
        "id": row.id,
        "kind": row.kind,
        "scope": row.scope,
        "deleted": bool(row.deleted),
        "purged": state is None,
        "values": {name: _shown(heads) for name, heads in fields.items()},
        "state": state,
    }


def _shown(heads: Any) -> Any:
    head = winner(heads)
    return head["value"] if head else None


def hold_lines(tx: Connection, network_id: str) -> Iterator[Line]:
    for row in _rows(tx, Hold, network_id):
        yield {
            "id": row.id,
            "round": row.round_id,
            "reason": row.reason,
            "placed_by": row.placed_by,
            "placed_at": moment(row.placed_at),
            "lifted_by": row.lifted_by,
            "lifted_at": moment(row.lifted_at),
        }


def notice_lines(tx: Connection, network_id: str) -> Iterator[Line]:
    found = (
        select(Notice.__table__)
        .where(Notice.network_id == network_id)
        .order_by(Notice.kind, Notice.subject_id, Notice.member_id)
    )
    for row in tx.execute(found):
        yield {
            "kind": row.kind,
            "subject": row.subject_id,
            "member": row.member_id,
            "due_at": moment(row.due_at),
            "settled_at": moment(row.settled_at),
            "outcome": row.outcome,
        }


def export_lines(tx: Connection, network_id: str) -> Iterator[Line]:
    for row in _rows(tx, Export, network_id):
        yield {
            "id": row.id,
            "member": row.member_id,
            "made_at": moment(row.made_at),
            "format": row.format,
            "filter": json.loads(row.filter),
            "counts": json.loads(row.counts),
            "sha256": row.sha256,
            "rounds": json.loads(row.rounds or "null"),
        }


def audit_lines(tx: Connection, network_id: str) -> Iterator[Line]:
    audit = Audit.__table__.c
    asked = select(Audit.__table__).where(audit.network_id == network_id)
    for row in _paged(tx, asked, audit.seq, 0):
        yield {
            "seq": row.seq,
            "at": moment(row.at),
            "actor": row.actor_id,
            "action": row.action,
            "subject": row.subject_id,
            "covers": row.covers,
            "hash": row.hash,
        }


def left_out(tx: Connection, network_id: str) -> dict[str, int]:
    """How many records of private scopes are not in the archive."""
    count = tx.scalar(
        select(func.count())
        .select_from(Record)
        .where(Record.network_id == network_id, Record.scope.like(OWN), Record.state.is_not(None))
    )
    return {ScopeType.OWN.value: int(count or 0)}


def _rows(tx: Connection, table: Any, network_id: str) -> Any:
    asked = select(table.__table__).where(table.network_id == network_id).order_by(table.id)
    return tx.execute(asked)


def _paged(tx: Connection, asked: Select[Any], key: Any, first: Any) -> Iterator[Any]:
    """Every row in order of a key, some at a time."""
    last = first
    while True:
        rows = tx.execute(asked.where(key > last).order_by(key).limit(PAGE)).all()
        yield from rows
        if len(rows) < PAGE:
            return
        last = getattr(rows[-1], key.name)


WRITTEN: dict[str, Callable[[Connection, str], Iterator[Line]]] = {
    "network": network_lines,
    "people": person_lines,
    "members": membership_lines,
    "changes": change_lines,
    "records": record_lines,
    "holds": hold_lines,
    "notices": notice_lines,
    "exports": export_lines,
    "audit": audit_lines,
}
"""By the name of the file in the archive (schemas.archives.LINES)."""
