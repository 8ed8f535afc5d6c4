"""Reading merged records: what services, jobs and reports know of the sync log.

Gives the version that a screen shows first, and says where others exist. Looks up; decides
nothing, and checks no access: the caller has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import Connection

from schemas.base import field_kind
from schemas.vocabulary import FieldKind
from server.sync.dialect import many, run
from server.sync.registers import DELETED, Head, winner


@dataclass(frozen=True, slots=True)
class MergedRecord:
    """One record as a person sees it.

    fields: register to the winner's value. tags: tag field to the slugs that are present.
    heads: every register's versions, for those who write (compose.py) or count versions.
    """

    id: str
    kind: str
    scope: str
    seq: int
    deleted: bool
    fields: dict[str, Any]
    tags: dict[str, set[str]]
    heads: dict[str, list[Head]] = field(repr=False)

    def get(self, name: str, default: Any = None) -> Any:
        """A plain field's value."""
        return self.fields.get(name, default)

    def tagged(self, name: str) -> set[str]:
        """A tag field's slugs; empty where nobody tagged."""
        return self.tags.get(name, set())


def text_of(record: MergedRecord | None, name: str) -> str:
    """A text as a person reads it; empty where it, or its record, is not there or deleted."""
    return str(record.get(name) or "").strip() if record and not record.deleted else ""


def records_of(
    tx: Connection,
    network_id: str,
    *,
    scope: str | None = None,
    scopes: Iterable[str] | None = None,
    kind: str | None = None,
    ids: Iterable[str] | None = None,
    with_deleted: bool = False,
) -> list[MergedRecord]:
    """Records of a network in order of id: of some scopes, of a kind, or by their ids.

    Purged records are never given, deleted ones only `with_deleted`.
    """
    wanted, values = ["network_id = ?", "state IS NOT NULL"], [network_id]
    if scope is not None:
        scopes = [scope]
    for column, among in (("scope", scopes), ("id", ids)):
        if among is not None:
            wanted.append(f"{column} {{among}}")
            values.append(many(tx, among))
    if kind is not None:
        wanted.append("kind = ?")
        values.append(kind)
    statement = (
        "SELECT id, kind, scope, seq, deleted, state FROM record WHERE "  # noqa: S608 - our names
        + " AND ".join(wanted)
    )
    found = (_merged(row) for row in run(tx, statement, *values))
    kept = (record for record in found if with_deleted or not record.deleted)
    return sorted(kept, key=lambda record: record.id)


def ids_of_scope(tx: Connection, network_id: str, scope: str) -> list[str]:
    """The ids of every record of a scope that was not purged, deleted ones too; sorted."""
    asked = "SELECT id FROM record WHERE network_id = ? AND scope = ? AND state IS NOT NULL"
    return sorted(row[0] for row in run(tx, asked, network_id, scope))


def record_of(tx: Connection, network_id: str, record_id: str) -> MergedRecord | None:
    """One record by its id, deleted or not; None where it is not, or was purged."""
    return next(iter(records_of(tx, network_id, ids=[record_id], with_deleted=True)), None)


def _merged(row: Any) -> MergedRecord:
    record_id, kind, scope, seq, deleted, text = row
    return merged(record_id, kind, scope, seq, orjson.loads(text)["fields"], deleted=bool(deleted))


def merged(
    record_id: str,
    kind: str,
    scope: str,
    seq: int,
    heads: dict[str, list[Head]],
    *,
    deleted: bool = False,
) -> MergedRecord:
    """A record as a person sees it, from every register's versions."""
    fields: dict[str, Any] = {}
    tags: dict[str, set[str]] = {}
    for name, versions in heads.items():
        if field_kind(kind, name) is FieldKind.TAG:
            tag, _, slug = name.partition("/")
            if any(version["value"] for version in versions):
                tags.setdefault(tag, set()).add(slug)
        elif name != DELETED:
            shown = winner(versions)
            fields[name] = shown["value"] if shown else None
    return MergedRecord(record_id, kind, scope, seq, deleted, fields, tags, heads)
