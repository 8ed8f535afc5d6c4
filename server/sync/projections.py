"""What grants need of records, kept in tables by the same transaction that merges them.

`participation` follows `participant` records, `round_index` follows `round` records and the
`opened` tags of a round's return summary, as long as what was opened still stands. Made from
merged records alone, so they can be made anew at any time. Decides nothing about access.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from schemas.vocabulary import Audience, RoundRole, ScopeType
from server.domain.identifiers import debrief_id, return_summary_id
from server.sync.dialect import insert_rows, run, update_rows
from server.sync.read import MergedRecord, record_of
from server.sync.registers import State, winner
from server.sync.stored import Stored

_PARTICIPATION = {
    "network_id": "text",
    "record_id": "text",
    "round_id": "text",
    "member_id": "text",
    "roles": "text",
}
_ROUND = {
    "network_id": "text",
    "round_id": "text",
    "host_school_id": "text",
    "visits_on": "text",
    "stage": "text",
    "deleted": "boolean",
}


def project(tx: Connection, network_id: str, touched: Iterable[Stored]) -> None:
    """Bring both tables up to date with the records that a transaction touched."""
    by_kind: dict[str, list[Stored]] = {}
    new_rounds: set[str] = set()
    for record in touched:
        by_kind.setdefault(record.kind, []).append(record)
        scope_type, _, owner = record.scope.partition(":")
        if record.is_new and scope_type in (ScopeType.ROUND, ScopeType.VISITORS):
            new_rounds.add(owner)
    _enter_rounds(tx, network_id, new_rounds)
    _project_rounds(tx, network_id, by_kind.get("round", []))
    _project_participants(tx, network_id, by_kind.get("participant", []))
    _project_summaries(
        tx, network_id, by_kind.get("return_summary", []) + by_kind.get("debrief", [])
    )


def _enter_rounds(tx: Connection, network_id: str, round_ids: set[str]) -> None:
    """A row for each round that has any record, so that its leads hold it at once."""
    insert_rows(
        tx,
        "round_index",
        {"network_id": "text", "round_id": "text"},
        [(network_id, round_id) for round_id in sorted(round_ids)],
        "ON CONFLICT DO NOTHING",
    )


def _project_rounds(tx: Connection, network_id: str, records: list[Stored]) -> None:
    insert_rows(
        tx,
        "round_index",
        _ROUND,
        [
            (
                network_id,
                record.id,
                value_of(record.state, "host_school"),
                value_of(record.state, "visits_on"),
                value_of(record.state, "stage"),
                record.deleted,
            )
            for record in records
        ],
        "ON CONFLICT (network_id, round_id) DO UPDATE SET host_school_id = "
        "excluded.host_school_id, visits_on = excluded.visits_on, stage = excluded.stage, "
        "deleted = excluded.deleted",
    )


def _project_participants(tx: Connection, network_id: str, records: list[Stored]) -> None:
    """A participant without a member or without roles grants nothing, and has no row."""
    rows, gone = [], []
    for record in records:
        member_id = value_of(record.state, "member")
        roles = [word for word in tags_of(record.state, "roles") if word in [*RoundRole]]
        if record.deleted or member_id is None or not roles:
            gone.append((network_id, record.id))
        else:
            round_id = record.scope.partition(":")[2]
            rows.append((network_id, record.id, round_id, member_id, " ".join(roles)))
    insert_rows(
        tx,
        "participation",
        _PARTICIPATION,
        rows,
        "ON CONFLICT (network_id, record_id) DO UPDATE SET round_id = excluded.round_id, "
        "member_id = excluded.member_id, roles = excluded.roles",
    )
    update_rows(tx, "DELETE FROM participation WHERE network_id = ? AND record_id = ?", gone)


def _project_summaries(tx: Connection, network_id: str, records: list[Stored]) -> None:
    """Only the round's one summary, known by its derived id, opens anything."""
    for round_id in sorted({record.scope.partition(":")[2] for record in records}):
        summary = record_of(tx, network_id, return_summary_id(round_id))
        debrief = record_of(tx, network_id, debrief_id(round_id))
        run(
            tx,
            "UPDATE round_index SET opened = ? WHERE network_id = ? AND round_id = ?",
            " ".join(_opened_to(summary, debrief)),
            network_id,
            round_id,
        )


def _opened_to(summary: MergedRecord | None, debrief: MergedRecord | None) -> list[str]:
    """Nobody once the debrief was opened or closed anew since the host opened its summary: the
    host reads first (docs/adr/0056). An older app does not say which closing it opened."""
    if summary is None or summary.deleted:
        return []
    closing = summary.get("closing_as_opened")
    if closing and (debrief is None or debrief.get("closed_at") != closing):
        return []
    return [word for word in sorted(summary.tagged("opened")) if word in [*Audience]]


def value_of(state: State | None, register: str) -> Any:
    """The winner's value; None where there is none, and in a purged record."""
    shown = winner(state["fields"].get(register, ())) if state else None
    return shown["value"] if shown else None


def tags_of(state: State | None, field: str) -> list[str]:
    """The slugs of a tag field that are present: any head of theirs is true. Sorted."""
    registers = state["fields"] if state else {}
    prefix = f"{field}/"
    return sorted(
        name.removeprefix(prefix)
        for name, heads in registers.items()
        if name.startswith(prefix) and any(head["value"] for head in heads)
    )
