"""Snapshot: all that one scope holds, as lines in the order of record ids.

For a scope that a device reads from its beginning. Pages are read one transaction each, so
that no connection is held while a slow tablet listens; every page looks anew whether the
member still holds the scope and whether the history is still the one that was begun.

The head of the first attempt becomes the scope's cursor: what is written after it, before or
behind the place where the stream is, comes by pull. A stream that lacks its last line was
cut, for whatever reason, and is gone on with from its last whole line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import Connection

from schemas.base import SCHEMA
from server.db import reading
from server.domain.veil import WALL
from server.errors import NotFound, RuleBroken
from server.sync.dialect import many, run
from server.sync.grants import held_scopes, standing_of_person
from server.sync.log import check_witness
from server.sync.protocol import NO_WITNESS, Json, Witness
from server.sync.pull import Page, check_not_forgotten, network_of
from server.sync.telling import row_of
from server.sync.veil import name_of, round_scope_of

PAGE_ROWS = 500

_IDS = "SELECT id FROM record WHERE network_id = ? AND scope = ? AND id > ? ORDER BY id"
"""Read once, from the index of cursors alone: an index in the order of ids would cost every
push as many random pages as it has notes."""
_ROWS = (
    "SELECT id, kind, seq, schema, deleted, state FROM record "
    "WHERE network_id = ? AND id {among} ORDER BY id"
)
_ID_LENGTH = 36


@dataclass(frozen=True, slots=True)
class SnapshotRequest:
    """What a device asks for.

    after: the last record id that it has whole; first: the head and chain that the first
    attempt was told, where this one goes on.
    """

    network_id: str
    scope: str
    witness: Witness = NO_WITNESS
    after: str = ""
    first: Witness | None = None


class Snapshot:
    """One attempt: `begin` within a transaction, then `lines` without one."""

    def __init__(self, person_id: str, asked: SnapshotRequest) -> None:
        self._person_id = person_id
        self._asked = asked
        self._ids = ""
        self._at = 0
        self._forgotten = 0
        self._count = 0
        self._digest = sha256()
        self._told: Json = {}
        self._without = frozenset[str]()

    def begin(self, tx: Connection) -> None:
        """NotFound without the grant; HistoryDiverged and TooLongAway as in pull."""
        asked = self._asked
        network = network_of(tx, asked.network_id)
        standing = standing_of_person(tx, asked.network_id, self._person_id)
        check_witness(tx, asked.network_id, network.head, network.chain, asked.witness)
        first = asked.first or (network.head, network.chain)
        check_witness(tx, asked.network_id, network.head, network.chain, first)
        check_not_forgotten(network, first[0])
        self._check_held(held_scopes(tx, standing))
        found = run(tx, _IDS, asked.network_id, asked.scope, asked.after)
        self._ids = "".join(row[0] for row in found)
        self._forgotten = network.forgotten
        head, chain = first
        self._told = {
            "epoch": network.epoch,
            "head": head,
            "chain": chain,
            "scope": asked.scope,
            "schema": SCHEMA,
        }

    def lines(self) -> Iterator[bytes]:
        """The first line, pages of records, the last line: chunks of whole lines."""
        yield _line(self._told)
        more = True
        while more:
            try:
                chunk, more = self._next_page()
            except RuleBroken:
                return
            yield chunk
        yield _line({"end": True, "count": self._count, "digest": self._digest.hexdigest()})

    def _next_page(self) -> tuple[bytes, bool]:
        asked = self._asked
        with reading(asked.network_id) as tx:
            member_id = self._look_again(tx)
            page, read = Page(PAGE_ROWS), 0
            found = run(tx, _ROWS, asked.network_id, many(tx, self._next_ids()))
            for row in found:
                if page.is_full(row[5]):
                    break
                read += 1
                if not self._is_told_no_more(row):
                    page.rows.append(row_of(row, asked.scope, member_id))
            found.close()
        self._at += read
        return b"".join(map(self._told_row, page.rows)), self._at * _ID_LENGTH < len(self._ids)

    def _next_ids(self) -> list[str]:
        """Records are never deleted from their table, so each of these is still there."""
        places = range(self._at * _ID_LENGTH, len(self._ids), _ID_LENGTH)[:PAGE_ROWS]
        return [self._ids[place : place + _ID_LENGTH] for place in places]

    def _is_told_no_more(self, row: Any) -> bool:
        """Whether it is told apart, or a tombstone of long ago; a purge is always told."""
        _, kind, seq, _, deleted, state = row
        if kind in self._without:
            return True
        return bool(deleted) and state is not None and seq <= self._forgotten

    def _look_again(self, tx: Connection) -> str:
        """The member's id, if nothing was taken away since the stream was begun."""
        asked, told = self._asked, self._told
        network = network_of(tx, asked.network_id)
        standing = standing_of_person(tx, asked.network_id, self._person_id)
        first = (told["head"], told["chain"])
        check_witness(tx, asked.network_id, network.head, network.chain, first)
        if network.epoch != told["epoch"]:
            raise NotFound()
        self._check_held(held_scopes(tx, standing))
        return standing.member_id

    def _check_held(self, scopes: list[str]) -> None:
        """NotFound without the grant, and of a wall that is told apart: it comes by pull."""
        if self._asked.scope not in scopes or round_scope_of(self._asked.scope):
            raise NotFound()
        self._without = WALL if name_of(self._asked.scope) in scopes else frozenset()

    def _told_row(self, row: Json) -> bytes:
        self._count += 1
        self._digest.update(f"{row['id']}:{row['seq']}\n".encode())
        return _line(row)


def _line(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)
