"""Renumbering: the log of a network that moved here is numbered anew, change by change.

Used on a network that has no log yet. What an archive leaves out (private scopes) leaves a
hole in the old numbers, so that each row takes the next number of this server and hangs on a
chain of its own; the network has a new epoch, and devices offer again what they hold. Ids,
hashes, verdicts and authors stay, and each record is what its changes make it. Judges
nobody's rights: the server that took the changes in has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

import orjson
from sqlalchemy import Connection

from schemas.base import SCHEMA
from schemas.vocabulary import Verdict
from server.errors import RuleBroken
from server.sync.canonical import canonical, digest
from server.sync.dialect import many, run
from server.sync.envelope import read_changes
from server.sync.log import Log, open_log
from server.sync.protocol import Json
from server.sync.stored import Stored

BATCH = 500
PURGE, RELEASE = "_purge", "_release"
_SAME = ("id", "kind", "record", "scope")


def renumber(tx: Connection, network_id: str, rows: Iterable[Json]) -> int:
    """Number and merge every row, in order; how many there were (schemas.archives.ChangeLine)."""
    given, count = iter(rows), 0
    while some := [*islice(given, BATCH)]:
        _check(some)
        log = open_log(tx, network_id)
        log.load({row["record"] for row in some})
        Renumbering(log, some).take_all()
        log.close()
        count += len(some)
    return count


def _check(rows: Sequence[Json]) -> None:
    """RuleBroken unless each body is a sound change, the one of its row, with its hash."""
    with_body = [row for row in rows if row["body"] is not None]
    changes = [row for row in with_body if row["verdict"] not in (PURGE, RELEASE)]
    for row, sent in zip(changes, read_changes([row["body"] for row in changes]), strict=True):
        if sent.flaw is not None or sent.change["by"] != row["by"]:
            raise _wrong(row)
    for row in with_body:
        body = row["body"]
        same = all(body.get(name) == row[name] for name in _SAME)
        if not same or digest(canonical(body)) != row["sha256"]:
            raise _wrong(row)


def _wrong(row: Json) -> RuleBroken:
    return RuleBroken("archive.wrong_change", number=row["seq"])


class Renumbering:
    """Some rows of the old log, while they become rows of this one."""

    def __init__(self, log: Log, rows: Sequence[Json]) -> None:
        self.log, self.rows = log, rows
        self.applied = self._applied()
        self.waiting = self._waiting()

    def _applied(self) -> set[str]:
        named = {
            revision
            for row in self.rows
            for ids in ((row["body"] or {}).get("seen") or {}).values()
            for revision in ids
        }
        found = run(
            self.log.tx,
            "SELECT id FROM change WHERE network_id = ? AND status = 'applied' AND id {among}",
            self.log.network_id,
            many(self.log.tx, named),
        )
        return {row[0] for row in found}

    def _waiting(self) -> dict[str, Json]:
        """The set-aside changes of earlier rows that these release, by id."""
        released = [row["body"]["change"] for row in self.rows if row["verdict"] == RELEASE]
        found = run(
            self.log.tx,
            "SELECT id, body FROM change WHERE network_id = ? AND body IS NOT NULL AND id {among}",
            self.log.network_id,
            many(self.log.tx, released),
        )
        return {row[0]: orjson.loads(row[1]) for row in found}

    def take_all(self) -> None:
        for row in self.rows:
            self.log.device_id, self.log.carried_by = row["device"], row["carried_by"]
            self.log.received_at = row["received_at"]
            self._take(row)

    def _take(self, row: Json) -> None:
        seq = self._number(row)
        if row["verdict"] == PURGE:
            self._forget(row["record"], row["of_kind"], row["scope"], seq)
        elif row["verdict"] == RELEASE:
            self._release(row["body"]["change"], seq)
        elif row["verdict"] == Verdict.SET_ASIDE:
            self.waiting[row["id"]] = row["body"]
        elif row["body"] is None:
            self._forget(row["record"], row["kind"], row["scope"], seq, began=seq)
        else:
            self._merge(row["body"], seq)

    def _number(self, row: Json) -> int:
        body = row["body"]
        change = body or {name: row[name] for name in (*_SAME, "by")}
        text = None if body is None else canonical(body).decode()
        fault = (row["reason"], row["field"])
        return self.log.number(change, text, row["sha256"], row["verdict"], fault)

    def _release(self, change_id: str, seq: int) -> None:
        self.log.mark_released(change_id, seq)
        change = self.waiting.get(change_id)
        if change is not None:
            self._merge(change, seq)

    def _merge(self, change: Json, seq: int) -> None:
        record = self.log.records.get(change["record"])
        if record is not None and (record.kind, record.scope, record.state is None) != (
            change["kind"],
            change["scope"],
            False,
        ):
            raise RuleBroken("archive.wrong_change", number=seq)
        self.log.merge(change, seq, self.applied)
        self.applied.add(change["id"])

    def _forget(
        self, record_id: str, kind: str, scope: str, seq: int, began: int | None = None
    ) -> None:
        """The record stays purged: no word of it came along."""
        record = self.log.records.get(record_id)
        if record is None:
            record = Stored(record_id, kind, scope, seq, SCHEMA, None, deleted=True, began=began)
            self.log.records[record_id] = record
        record.seq, record.state = seq, None
        self.log.touch(record)
