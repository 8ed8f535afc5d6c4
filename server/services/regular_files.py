"""Files of patterns that somebody wants regularly: the worker's part, once a period is over.

The wish is a record of the member's own space (`regular_file`); when the next file is due is a
row of `notice`, put there by the transaction that merges the record (server/sync/notices.py).
Here the file is ordered, as any other, and the row moved on, in one transaction: a period has
one file however often a server ends. Rights are asked here, when it is made and when it is
fetched.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from marshmallow import ValidationError
from sqlalchemy import Connection, func, select

from schemas.exports import ExportQuery
from schemas.vocabulary import FileEvery
from server import clock
from server.db import EVERY_NETWORK, reading, writing
from server.domain.access import may
from server.domain.notices import NoticeKind, next_begin
from server.errors import RuleBroken
from server.models.notices import Notice
from server.models.ordered_files import OrderedFile
from server.models.sync import Network
from server.services.exports.content import Filter
from server.services.exports.making import Wanted
from server.services.ordered_files import ACTION, KEPT, enter_order
from server.services.patterns import filter_of
from server.services.standings import standing_of
from server.sync.due import NOBODY, drop_due, put_due
from server.sync.read import record_of

LYING_AT_MOST = 20
"""Files of one member that were made regularly: no disk is filled by wishes."""


def order_due_files() -> int:
    """Order whatever a new month or quarter makes due. How many rows were looked at."""
    open_rows = select(Notice.network_id, Notice.subject_id).where(
        Notice.kind == NoticeKind.FILE_DUE,
        Notice.settled_at.is_(None),
        Notice.due_at <= clock.now(),
    )
    with reading(EVERY_NETWORK) as tx:
        due = tx.execute(open_rows).all()
    for network_id, regular_id in due:
        with writing(network_id) as tx:
            _order(tx, network_id, regular_id)
    return len(due)


def _order(tx: Connection, network_id: str, regular_id: str) -> None:
    record = record_of(tx, network_id, regular_id)
    every = record.get("every") if record and not record.deleted else None
    if record is None or not every:
        drop_due(tx, network_id, NoticeKind.FILE_DUE, regular_id)
        return
    zone = tx.execute(select(Network.time_zone).where(Network.id == network_id)).scalar_one()
    next_at = next_begin(FileEvery(every), clock.now(), zone)
    put_due(tx, network_id, NoticeKind.FILE_DUE, regular_id, NOBODY, next_at)
    member_id = record.scope.partition(":")[2]
    asked = _asked(record.get("query"))
    if asked is not None and _may_have(tx, network_id, member_id):
        # It lies there until a week after the next one came.
        enter_order(tx, network_id, member_id, *asked, next_at + KEPT, regular_id)


def _asked(query: Any) -> tuple[Wanted, Filter] | None:
    """None for what no screen of ours asks: there is nothing that a file could be made of."""
    try:
        asked = ExportQuery().load(dict(parse_qsl(str(query))))
        wanted = Wanted(asked["format"], asked.get("language") or "en", asked["bom"])
        return wanted, filter_of(asked)
    except (ValidationError, RuleBroken):
        return None


def _may_have(tx: Connection, network_id: str, member_id: str) -> bool:
    lying = select(func.count()).where(
        OrderedFile.network_id == network_id,
        OrderedFile.member_id == member_id,
        OrderedFile.regular_id.is_not(None),
    )
    if tx.execute(lying).scalar_one() >= LYING_AT_MOST:
        return False
    return may(standing_of(tx, network_id, member_id), ACTION)
