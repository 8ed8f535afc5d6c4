"""Large files of patterns: asked for now, made by the worker, fetched by whoever asked.

A file lies in the data folder for some days, under an id that only its row knows. Rights are
checked when it is made and again when it is fetched: a round that its host closed in between,
or a text that was purged, takes the whole file away. It enters the register when it leaves.
Nothing half is kept: what was being made when a server ended is begun again.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, delete, insert, select, update

from schemas.vocabulary import ProgramContext
from server import clock
from server.config import Settings
from server.db import EVERY_NETWORK, reading, writing
from server.domain.access import may
from server.domain.notices import NoticeKind
from server.errors import Busy, Forbidden, Gone, NotFound, RuleBroken
from server.messages import say
from server.models.ordered_files import OrderedFile
from server.models.sync import Network
from server.services.exports.content import Evidence, Filter, Finding, Findings, Page, Size
from server.services.exports.making import (
    Manifest,
    Wanted,
    enter_in_register,
    make_file,
    manifest_of,
    saying_when_full,
    today_in,
)
from server.services.narrowing import bring_up_to_head
from server.services.patterns import (
    Reader,
    filter_of,
    find_patterns,
    readable_rounds,
    rounds_by_name,
)
from server.services.standings import standing_of
from server.sync.dialect import many, run
from server.sync.due import put_due, settle_due

ACTION = "patterns.export"
KEPT = timedelta(days=7)
WAITING_AT_MOST = 5
"""Files of one member that wait or lie there."""
TOLD_EVERY = 1_000
"""Patterns, between two looks that a screen may take at how far it is."""
Rounds = dict[str, list[str]]
"""Which rounds a file reads, and of which then and now stands in it under a school's name."""


@dataclass(frozen=True, slots=True)
class Told:
    """Findings that say how many of them were read."""

    findings: Findings
    tell: Callable[[int], None]

    def __iter__(self) -> Iterator[Finding]:
        for number, finding in enumerate(self.findings):
            if number % TOLD_EVERY == 0:
                self.tell(number)
            yield finding

    def size(self) -> Size:
        return self.findings.size()

    def page(self, after: str | None = None) -> Page:
        return self.findings.page(after)

    def in_context(self, context: ProgramContext) -> Findings:
        return replace(self, findings=self.findings.in_context(context))

    def pages_by_context(self) -> Mapping[ProgramContext, Page]:
        return self.findings.pages_by_context()

    def rounds_by_context(self) -> Mapping[ProgramContext, int]:
        return self.findings.rounds_by_context()

    def evidence_of(self, finding_id: str) -> tuple[Evidence, ...]:
        return self.findings.evidence_of(finding_id)


def order_file(
    tx: Connection, network_id: str, member_id: str, wanted: Wanted, asked: Filter
) -> None:
    """Have the worker make it."""
    mine = select(OrderedFile.id).where(
        *_of(network_id, member_id), OrderedFile.regular_id.is_(None)
    )
    if len(tx.scalars(mine).all()) >= WAITING_AT_MOST:
        raise RuleBroken("exports.too_many_files", most=WAITING_AT_MOST)
    enter_order(tx, network_id, member_id, wanted, asked, clock.now() + KEPT)


def enter_order(
    tx: Connection,
    network_id: str,
    member_id: str,
    wanted: Wanted,
    asked: Filter,
    goes_at: datetime,
    regular_id: str | None = None,
) -> None:
    """A row for the worker, who makes the file at its next look."""
    given = {name: value for name, value in asdict(asked).items() if value is not None}
    row = {
        "network_id": network_id,
        "id": clock.new_id(),
        "member_id": member_id,
        "regular_id": regular_id,
        "asked_at": clock.now(),
        "goes_at": goes_at,
        "format": wanted.format,
        "language": wanted.language,
        "bom": wanted.bom,
        "one_table": wanted.table,
        "filter": json.dumps(given, default=str),
        "state": "waiting",
        "why": None,
        "rounds": "{}",
        "manifest": "{}",
        "fetched": False,
    }
    tx.execute(insert(OrderedFile).values(**row, done=0, of=0, head=0))


def list_files(
    tx: Connection, network_id: str, member_id: str, language: str
) -> list[dict[str, Any]]:
    """The member's own, newest first; why one was not kept is said in the language."""
    rows = tx.execute(
        select(OrderedFile.__table__)
        .where(*_of(network_id, member_id))
        .order_by(OrderedFile.asked_at.desc(), OrderedFile.id)
    ).mappings()
    return [
        {
            **row,
            "table": row["one_table"],
            "asked_at": clock.as_text(row["asked_at"]),
            "goes_at": clock.as_text(row["goes_at"]),
            "filter": json.loads(row["filter"]),
            "why": _said(row["why"], language),
        }
        for row in rows
    ]


def end_file(settings: Settings, network_id: str, member_id: str, file_id: str) -> None:
    """Its asker wants it no more. One that is being made finds no row when it is whole."""
    with writing(network_id) as tx:
        _row(tx, network_id, member_id, file_id)
        tx.execute(delete(OrderedFile).where(*_one(network_id, file_id)))
        settle_due(tx, network_id, NoticeKind.FILE_READY, file_id, "withdrawn")
    path_of(settings, file_id).unlink(missing_ok=True)


def fetch_file(
    settings: Settings, network_id: str, member_id: str, file_id: str
) -> tuple[BinaryIO, Any]:
    """The file, open, and its row. Gone (410) where what is in it may no longer leave."""
    with reading(network_id) as tx:
        row = _row(tx, network_id, member_id, file_id)
        if row.state != "ready":
            raise Gone("exports.file_lost")
        may_leave = _may_leave(tx, row)
    path = path_of(settings, file_id)
    if not may_leave or not path.exists():
        gone = Gone("exports.file_lost" if may_leave else "exports.closed_since")
        _refuse(settings, row, gone)
        raise gone
    file = path.open("rb")
    if not row.fetched:
        with writing(network_id) as tx:
            manifest = Manifest(**json.loads(row.manifest))
            enter_in_register(tx, network_id, member_id, manifest, file)
            tx.execute(update(OrderedFile).where(*_one(network_id, file_id)).values(fetched=True))
    return file, row


def make_ordered_files(settings: Settings) -> int:
    """The worker's part: whatever waits, oldest first; what was kept long enough goes.

    One that says `making` was cut by the end of a server: of two workers one works at a time.
    """
    _let_old_ones_go(settings)
    with reading(EVERY_NETWORK) as tx:
        rows = tx.execute(
            select(OrderedFile.__table__)
            .where(OrderedFile.state.in_(["waiting", "making"]))
            .order_by(OrderedFile.asked_at)
        ).all()
    for row in rows:
        try:
            _make(settings, row)
        except RuleBroken as error:
            if isinstance(error, Busy) and error.code == Busy.code:
                raise
            _refuse(settings, row, error)
    return len(rows)


def path_of(settings: Settings, file_id: str) -> Path:
    return settings.folder / "files" / file_id


def _make(settings: Settings, row: Any) -> None:
    _say(row, state="making", done=0)
    bring_up_to_head(row.network_id)
    wanted = Wanted(row.format, row.language, row.bom, row.one_table)
    with reading(row.network_id, one_moment=True) as tx:
        standing = standing_of(tx, row.network_id, row.member_id)
        if not may(standing, ACTION):
            raise Forbidden()
        reader = Reader(row.network_id, standing, to_take_away=True)
        asked, today = filter_of(json.loads(row.filter)), today_in(tx, row.network_id)
        found = find_patterns(tx, reader, asked, today)
        rounds = _may_be_read(tx, reader, asked, today)
        manifest = manifest_of(found, wanted, rounds["read"])
        patterns = found.findings.size().patterns
        _say(row, of=patterns)
        told = Told(found.findings, lambda number: _say(row, done=number))
        file = make_file(replace(found, findings=told), wanted, settings.folder)
        head = tx.scalar(select(Network.head).where(Network.id == row.network_id))
    with file:
        _keep(settings, row, file)
    ready = {"state": "ready", "done": patterns, "head": head}
    with writing(row.network_id) as tx:
        kept = {**ready, "rounds": json.dumps(rounds), "manifest": json.dumps(asdict(manifest))}
        whole = update(OrderedFile).where(*_one(row.network_id, row.id)).values(**kept)
        if tx.execute(whole).rowcount:  # Else its asker ended it; the file goes with the next look.
            now = clock.now()
            put_due(tx, row.network_id, NoticeKind.FILE_READY, row.id, row.member_id, now)


def _keep(settings: Settings, row: Any, file: BinaryIO) -> None:
    """Under its own name only once it is whole on the disk."""
    path = path_of(settings, row.id)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    part = path.with_suffix(".part")
    with saying_when_full(), part.open("wb") as out:
        shutil.copyfileobj(file, out)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)


def _may_leave(tx: Connection, row: Any) -> bool:
    """Whether its asker may still read every round of it, and no text of them was purged."""
    standing = standing_of(tx, row.network_id, row.member_id)
    reader = Reader(row.network_id, standing, to_take_away=True)
    then: Rounds = json.loads(row.rounds)
    asked, today = filter_of(json.loads(row.filter)), today_in(tx, row.network_id)
    now = _may_be_read(tx, reader, asked, today)
    if not may(standing, ACTION) or any({*then[each]} - {*now[each]} for each in then):
        return False
    read = then["read"]
    scopes = many(tx, [f"{kind}:{each}" for each in read for kind in ("round", "visitors")])
    purged = run(
        tx,
        "SELECT count(*) FROM change WHERE network_id = ? AND seq > ? AND kind = '_purge' "
        "AND scope {among}",
        row.network_id,
        row.head,
        scopes,
    )
    return not purged.scalar_one()


def _may_be_read(tx: Connection, reader: Reader, asked: Filter, today: date) -> Rounds:
    return {
        "read": readable_rounds(tx, reader, asked, today),
        "by_name": rounds_by_name(tx, reader, asked, today),
    }


def _refuse(settings: Settings, row: Any, why: RuleBroken) -> None:
    path_of(settings, row.id).unlink(missing_ok=True)
    _say(row, state="refused", why=json.dumps({"code": why.code, **why.details}))


def _said(why: str | None, language: str) -> str | None:
    if why is None:
        return None
    details = json.loads(why)
    return say(f"error.{details.pop('code')}", language, **details)


def _say(row: Any, **values: Any) -> None:
    with writing(row.network_id) as tx:
        tx.execute(update(OrderedFile).where(*_one(row.network_id, row.id)).values(**values))


def _let_old_ones_go(settings: Settings) -> None:
    """Rows whose days are over, and files that have no row: of a network that left, or a crash."""
    with reading(EVERY_NETWORK) as tx:
        rows = tx.execute(select(OrderedFile.__table__)).all()
    old = [row for row in rows if row.goes_at <= clock.now()]
    for row in old:
        with writing(row.network_id) as tx:
            tx.execute(delete(OrderedFile).where(*_one(row.network_id, row.id)))
    kept = {row.id for row in rows} - {row.id for row in old}
    folder = settings.folder / "files"
    for path in folder.iterdir() if folder.exists() else ():
        if path.name not in kept:
            path.unlink(missing_ok=True)
    if old:
        logging.getLogger(__name__).info("%s files of patterns went", len(old))


def _row(tx: Connection, network_id: str, member_id: str, file_id: str) -> Any:
    """NotFound for another's as for none."""
    mine = [*_of(network_id, member_id), OrderedFile.id == file_id]
    row = tx.execute(select(OrderedFile.__table__).where(*mine)).one_or_none()
    if row is None:
        raise NotFound()
    return row


def _of(network_id: str, member_id: str) -> list[Any]:
    return [OrderedFile.network_id == network_id, OrderedFile.member_id == member_id]


def _one(network_id: str, file_id: str) -> list[Any]:
    return [OrderedFile.network_id == network_id, OrderedFile.id == file_id]
