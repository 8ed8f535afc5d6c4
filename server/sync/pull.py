"""Pull: what a device may see and has not seen, a page at a time.

The network's row is read first, then grants, then rows, scope by scope by a range scan of
(network_id, scope, seq); the reply carries the head that was read first. A scope's cursor
is the last row returned, never the head. A large scope that a device would read from its
beginning is only named: it comes by snapshot. Access is decided by domain.access alone, what
is told of a record by telling.py, and of a wall to who may not know whose it is by veil.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import orjson
from sqlalchemy import Connection

from server.domain.access import Standing
from server.errors import NotFound
from server.sync.dialect import run
from server.sync.grants import held_scopes, pull_order, token_of
from server.sync.log import check_witness
from server.sync.protocol import (
    DEFAULT_PAGE_ROWS,
    LARGE_SCOPE,
    MAX_PAGE_BYTES,
    NO_WITNESS,
    Json,
    TooLongAway,
    Witness,
)
from server.sync.telling import row_of
from server.sync.veil import (
    Telling,
    has_changed_sides,
    name_of,
    round_scope_of,
    tell,
    untold,
    whole,
)

FETCHED_AT_ONCE = 50
"""Rows that are taken from the driver in one go: texts are large, and calls are dear."""

_ROWS = (
    "SELECT id, kind, seq, schema, deleted, state FROM record "
    "WHERE network_id = ? AND scope = ? AND seq > ? "
    "AND (NOT deleted OR state IS NULL OR seq > ?) {but}ORDER BY seq LIMIT ?"
)
"""Without the tombstones that are told no more; a purge is always told."""
_BUT_THE_WALL = "AND kind NOT IN ('card', 'group') "


@dataclass(frozen=True, slots=True)
class PullRequest:
    """What a device has. `synced` and `grants` are None until its first whole pull."""

    network_id: str
    witness: Witness = NO_WITNESS
    synced: int | None = None
    grants: str | None = None
    cursors: Mapping[str, int] | None = None
    limit: int = DEFAULT_PAGE_ROWS
    takes_snapshots: bool = False


NETWORK_COLUMNS = "n.epoch, n.head, n.chain, n.durable, n.forgotten"


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """The counter row, as a reply needs it: NETWORK_COLUMNS."""

    epoch: str
    head: int
    chain: str
    durable: int
    forgotten: int


def pull(tx: Connection, network: NetworkRow, standing: Standing, request: PullRequest) -> Json:
    """One reply, to who stands in the network as both were read before anything else.

    HistoryDiverged as in push.
    """
    check_witness(tx, request.network_id, network.head, network.chain, request.witness)
    if request.synced is not None:
        check_not_forgotten(network, request.synced)
    scopes = held_scopes(tx, standing)
    token = token_of(scopes)
    given = request.cursors or {}
    if has_changed_sides(tx, request.network_id, scopes, given):
        raise TooLongAway()
    cursors = {scope: given.get(scope, 0) for scope in scopes}
    page = Page(request.limit)
    large: list[str] = []
    archived: list[str] | None = None
    if request.synced != network.head or request.grants != token:
        tellings = untold(tx, request.network_id, scopes, cursors)
        by_number = {name: cursors[name] for name in scopes if round_scope_of(name) is None}
        news = with_news(tx, request.network_id, by_number)
        if request.takes_snapshots:
            large = _large(tx, request.network_id, [each for each in news if not cursors[each]])
        if news or tellings:
            order = pull_order(tx, [*by_number], [*news, *tellings], standing)
            archived = order.archived
            small = [each for each in order.scopes if each not in large]
            _fill(page, tx, standing, small, cursors, tellings, network.forgotten)
    return {
        "epoch": network.epoch,
        "head": network.head,
        "chain": network.chain,
        "durable": network.durable,
        "grants": token,
        "scopes": scopes,
        "rows": page.rows,
        "cursors": cursors,
        "more": page.more or bool(large),
        **({"large": large} if large else {}),
        **({} if archived is None else {"archived": archived}),
    }


def network_of(tx: Connection, network_id: str) -> NetworkRow:
    """The network's row. NotFound where there is none."""
    row = run(tx, f"SELECT {NETWORK_COLUMNS} FROM network n WHERE n.id = ?", network_id).first()  # noqa: S608
    if row is None:
        raise NotFound()
    return NetworkRow(*row)


def check_not_forgotten(network: NetworkRow, read: int) -> None:
    """TooLongAway when a deletion after `read` is not kept any more: it was never told."""
    if read < network.forgotten:
        raise TooLongAway()


def _fill(
    page: Page,
    tx: Connection,
    standing: Standing,
    order: list[str],
    cursors: dict[str, int],
    tellings: Mapping[str, Telling],
    forgotten: int,
) -> None:
    """Take rows scope by scope until the page is full, and move the scopes' cursors."""
    for scope in order:
        if scope in tellings:
            _tell(page, tx, standing, scope, cursors, tellings[scope])
        else:
            _take(page, tx, standing, scope, cursors, forgotten)
        if page.more:
            break


def _take(
    page: Page,
    tx: Connection,
    standing: Standing,
    scope: str,
    cursors: dict[str, int],
    forgotten: int,
) -> None:
    """Rows of a scope after its cursor; of a round whose wall is told apart, without it."""
    rows = _ROWS.replace("{but}", _BUT_THE_WALL if name_of(scope) in cursors else "")
    found = run(tx, rows, standing.network_id, scope, cursors[scope], forgotten, page.room + 1)
    for row in found.yield_per(FETCHED_AT_ONCE):
        if page.is_full(row[5]):
            break
        page.rows.append(row_of(row, scope, standing.member_id))
        cursors[scope] = row[2]
    found.close()


def _tell(
    page: Page,
    tx: Connection,
    standing: Standing,
    name: str,
    cursors: dict[str, int],
    telling: Telling,
) -> None:
    """A wall as it stood: what of it the device has not, as far as the page has room."""
    for row, size, after in tell(tx, standing, name, telling, cursors[name]):
        if page.overflows(size):
            return
        page.rows.append(row)
        cursors[name] = after
    cursors[name] = whole(telling)


class Page:
    """The rows of one reply: so many, so many bytes, and one at least."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.rows: list[Json] = []
        self.more = False
        self._size = 0

    @property
    def room(self) -> int:
        return self.limit - len(self.rows)

    def is_full(self, state: str | None) -> bool:
        """Whether a row with this state no longer fits; then there is more to come."""
        if state is None:
            return self.overflows(0)
        return self.overflows(len(state) if state.isascii() else len(state.encode()))

    def overflows(self, size: int) -> bool:
        """Whether a row of so many bytes no longer fits; then there is more to come."""
        self._size += size
        self.more = bool(self.rows) and (self.room <= 0 or self._size > MAX_PAGE_BYTES)
        return self.more


def with_news(tx: Connection, network_id: str, cursors: Mapping[str, int]) -> list[str]:
    """The scopes that hold a row after their cursor: one look at the index for each."""
    if tx.dialect.name == "sqlite":
        source = "(SELECT key AS scope, value AS seen FROM json_each(?))"
    else:
        source = "(SELECT key AS scope, value::bigint AS seen FROM json_each_text(?::json))"
    found = run(
        tx,
        f"SELECT held.scope FROM {source} AS held WHERE EXISTS (SELECT 1 FROM record "  # noqa: S608
        "WHERE network_id = ? AND record.scope = held.scope AND record.seq > held.seen)",
        orjson.dumps(dict(cursors)).decode(),
        network_id,
    )
    return [row[0] for row in found]


def _large(tx: Connection, network_id: str, scopes: list[str]) -> list[str]:
    """Those among the scopes that hold more than a pull should carry. Looks no further."""
    if not scopes:
        return []
    found = run(
        tx,
        "SELECT held.value FROM json_each(?) AS held WHERE (SELECT 1 FROM record "
        "WHERE network_id = ? AND record.scope = held.value LIMIT 1 OFFSET ?) IS NOT NULL"
        if tx.dialect.name == "sqlite"
        else "SELECT held.value FROM json_array_elements_text(?::json) AS held WHERE (SELECT 1 "
        "FROM record WHERE network_id = ? AND record.scope = held.value LIMIT 1 OFFSET ?) "
        "IS NOT NULL",
        orjson.dumps(scopes).decode(),
        network_id,
        LARGE_SCOPE,
    )
    return sorted(row[0] for row in found)
