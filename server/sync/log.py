"""The open end of one network's log, held by one write transaction.

Locks the counter row, numbers what is stored, keeps the touched records in hand, and
writes everything at the end by a few statements. Gives no verdict: push.py, release.py and
purge.py do. Nobody else inserts into `change` and `record`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import Connection

from schemas.vocabulary import Verdict
from server import clock
from server.db import after_commit
from server.errors import NotFound
from server.sync.canonical import canonical, digest, link
from server.sync.dialect import insert_rows, many, run, update_rows
from server.sync.live import hub
from server.sync.news import MOVES_GRANTS, News
from server.sync.notices import store_notices
from server.sync.projections import project
from server.sync.protocol import NO_WITNESS, HistoryDiverged, Json, Witness
from server.sync.registers import empty_state, is_deleted, merge
from server.sync.stored import Stored

_CHANGE = {
    "network_id": "text",
    "seq": "bigint",
    "id": "text",
    "device_id": "text",
    "kind": "text",
    "record_id": "text",
    "scope": "text",
    "body": "text",
    "sha256": "text",
    "chain": "text",
    "verdict": "text",
    "status": "text",
    "reason": "text",
    "field": "text",
    "author_id": "text",
    "received_at": "text",
    "begins": "boolean",
}
_RECORD = {
    "network_id": "text",
    "id": "text",
    "kind": "text",
    "scope": "text",
    "seq": "bigint",
    "schema": "int",
    "state": "text",
    "deleted": "boolean",
    "began": "bigint",
}
_UPSERT = (
    "ON CONFLICT (network_id, id) DO UPDATE SET seq = excluded.seq, schema = excluded.schema, "
    "state = excluded.state, deleted = excluded.deleted"
)


@dataclass(slots=True)
class Log:
    tx: Connection
    network_id: str
    epoch: str
    head: int
    chain: str
    received_at: str
    device_id: str | None = None
    carried_by: str | None = None
    """Of whoever sends what is numbered next."""
    records: dict[str, Stored] = field(default_factory=dict)
    _carried: dict[str, list[str]] = field(default_factory=dict)
    _own: list[tuple[Any, ...]] = field(default_factory=list)
    _rows: list[tuple[Any, ...]] = field(default_factory=list)
    _touched: dict[str, Stored] = field(default_factory=dict)
    _released: list[tuple[Any, ...]] = field(default_factory=list)

    def load(self, record_ids: Iterable[str]) -> None:
        """Take records in hand: those that exist among the ids."""
        found = run(
            self.tx,
            "SELECT id, kind, scope, seq, schema, state, deleted FROM record "
            "WHERE network_id = ? AND id {among}",
            self.network_id,
            many(self.tx, record_ids),
        )
        for record_id, kind, scope, seq, schema, text, deleted in found:
            state = None if text is None else orjson.loads(text)
            self.records[record_id] = Stored(
                record_id, kind, scope, seq, schema, state, bool(deleted)
            )

    def number(
        self,
        change: Json,
        text: str | None,
        sha256: str,
        verdict: str,
        fault: tuple[str | None, str | None] = (None, None),
    ) -> int:
        """Give the next number to what is stored, and hang it on the chain.

        text: None of what was purged before it came here.
        """
        self.head += 1
        begins = verdict == Verdict.APPLIED and change["record"] not in self.records
        self.chain = link(self.chain, change["id"], sha256, verdict)
        if self.carried_by is not None:
            self._carried.setdefault(self.carried_by, []).append(change["id"])
        self._rows.append(
            (
                self.network_id,
                self.head,
                change["id"],
                self.device_id,
                change["kind"],
                change["record"],
                change["scope"],
                text,
                sha256,
                self.chain,
                verdict,
                verdict,
                *fault,
                change.get("by"),
                self.received_at,
                begins,
            )
        )
        return self.head

    def number_own(self, kind: str, **body: Any) -> int:
        """Number a row of the server's own: `_release` or `_purge`, under a random id."""
        change = {"id": clock.new_id(), "kind": kind, **body}
        spelled = canonical(change)
        return self.number(change, spelled.decode(), digest(spelled), kind)

    def merge(self, change: Json, seq: int, applied: Container[str]) -> None:
        """Merge an applied change; the record, a latecomer's too, moves to its number."""
        record = self.records.get(change["record"])
        if record is None:
            record = Stored(
                change["record"],
                change["kind"],
                change["scope"],
                seq,
                change["schema"],
                empty_state(),
                deleted=False,
                is_new=True,
                began=seq if self._rows[-1][-1] else None,
            )
            self.records[record.id] = record
        if record.state is None:
            raise ValueError("a purged record takes no change")
        merge(record.state, change, applied)
        record.seq = seq
        record.schema = max(record.schema, change["schema"])
        self.touch(record)

    def touch(self, record: Stored) -> None:
        """Have the record written when the log is closed."""
        self._touched[record.id] = record

    def mark_released(self, change_id: str, seq: int) -> None:
        self._released.append((seq, self.network_id, change_id))

    def mark_own(self, change_id: str) -> None:
        """The author's own device offers what somebody carried: from now on it is theirs."""
        self._own.append((self.network_id, change_id))

    def close(self) -> None:
        """Write what was numbered. Nothing is written when nothing was."""
        if self._rows:
            self._write()
        update_rows(
            self.tx,
            "UPDATE change SET carried_by = NULL WHERE network_id = ? AND id = ?",
            self._own,
        )

    def _write(self) -> None:
        insert_rows(self.tx, "change", _CHANGE, self._rows)
        self._mark_carried()
        insert_rows(
            self.tx, "record", _RECORD, [self._row(r) for r in self._touched.values()], _UPSERT
        )
        update_rows(
            self.tx,
            "UPDATE change SET status = 'applied', reason = NULL, field = NULL, "
            "released_seq = ? WHERE network_id = ? AND id = ?",
            self._released,
        )
        project(self.tx, self.network_id, self._touched.values())
        store_notices(self.tx, self.network_id, [*self._touched.values()])
        run(
            self.tx,
            "UPDATE network SET head = ?, chain = ? WHERE id = ?",
            self.head,
            self.chain,
            self.network_id,
        )
        self._leave_news()

    def _mark_carried(self) -> None:
        """Say of rows just stored who brought them. No device does: a statement of its own."""
        for carried_by, ids in self._carried.items():
            run(
                self.tx,
                "UPDATE change SET carried_by = ? WHERE network_id = ? AND id {among}",
                carried_by,
                self.network_id,
                many(self.tx, ids),
            )

    def _leave_news(self) -> None:
        """Whoever listens hears of it once it is on the disk."""
        touched = self._touched.values()
        moves_grants = any(record.kind in MOVES_GRANTS for record in touched)
        scopes = frozenset(record.scope for record in touched)
        news = News(self.network_id, self.head, scopes, moves_grants)
        if scopes:
            after_commit(self.tx, lambda: hub().publish(news))

    def _row(self, record: Stored) -> tuple[Any, ...]:
        state = record.state
        record.deleted = state is None or is_deleted(state["fields"])
        return (
            self.network_id,
            record.id,
            record.kind,
            record.scope,
            record.seq,
            record.schema,
            None if state is None else orjson.dumps(state).decode(),
            record.deleted,
            record.began,
        )


def open_log(tx: Connection, network_id: str) -> Log:
    """Lock the network's counter row until the transaction ends. NotFound if there is none."""
    row = run(
        tx, "SELECT epoch, head, chain FROM network WHERE id = ? {for_update}", network_id
    ).first()
    if row is None:
        raise NotFound()
    epoch, head, chain = row
    return Log(tx, network_id, epoch, head, chain, clock.as_text(clock.now()))


def check_witness(tx: Connection, network_id: str, head: int, chain: str, witness: Witness) -> None:
    """HistoryDiverged unless the device's witness stands in this history."""
    seen_head, seen_chain = witness
    if witness == NO_WITNESS or witness == (head, chain):
        return
    if seen_head < head:
        found = run(
            tx,
            "SELECT chain FROM change WHERE network_id = ? AND seq = ?",
            network_id,
            seen_head,
        ).scalar()
        if found == seen_chain:
            return
    raise HistoryDiverged()
