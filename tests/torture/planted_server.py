"""Bugs planted where the server takes a push: batches, numbers, transactions, the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from flask import request
from sqlalchemy import Connection

from server import db as database
from server.api import body as bodies
from server.api import sync as sync_api
from server.db import enter_network
from server.errors import Malformed
from server.sync import log, push, together
from server.sync.dialect import run
from server.sync.log import Log
from server.sync.protocol import Result
from server.sync.push import Taking
from tests.torture.planted import BUGS, Bug, bug

Any_ = Callable[..., Any]
LOG: Any = log
DATABASE: Any = database


@bug("server", push, "_known")
def no_dedupe(original: Any_) -> Any_:
    """A change that is sent again is not recognised."""
    return lambda tx, network_id, batch: {}


@bug("server", together, "writing")
def acknowledges_before_commit(original: Any_) -> Any_:
    """The answer is made before the commit, and some commits fail."""
    count = [0]

    @contextmanager
    def writing(*of: Any) -> Iterator[Connection]:
        with original(*of) as tx:
            count[0] += 1
            if count[0] % 5:
                yield tx
            else:
                savepoint = tx.begin_nested()
                yield tx
                savepoint.rollback()

    return writing


@bug("server", Log, "close")
def two_transactions(original: Any_) -> Any_:
    """Changes are committed by themselves, and records and counter after them."""

    def close(self: Log) -> None:
        if self._rows:
            LOG.insert_rows(self.tx, "change", LOG._CHANGE, self._rows)
            self.tx.commit()
            self.tx.begin()
            enter_network(self.tx, self.network_id)
            with _without_inserting("change"):
                original(self)

    return close


@contextmanager
def _without_inserting(table: str) -> Iterator[None]:
    insert = LOG.insert_rows
    LOG.insert_rows = lambda tx, name, *rest: None if name == table else insert(tx, name, *rest)
    try:
        yield
    finally:
        LOG.insert_rows = insert


@bug("server", bodies, "_read_bytes")
def cut_body_is_mended(original: Any_) -> Any_:
    """A body that was cut is closed by hand and taken as it is."""

    def read(most: int) -> bytes:
        data: bytes = request.environ["wsgi.input"].read()
        whole = len(data) == (request.content_length or 0)
        return data if whole else _mended(data)

    return read


def _mended(data: bytes) -> bytes:
    """The change that was cut within its text, with the text closed where it ends."""
    start, text = data.rfind(b'{"id":"'), data.rfind(b'"set":{"text":"')
    if start < 0 or text < start or data.find(b'"}', text) >= 0:
        return data
    rest = b'"},"seen":{"text":[]},"depth":{"text":1}}]}'
    return data.decode("utf-8", "ignore").rstrip("\\").encode() + rest


@bug("server", sync_api, "read_changes")
def poison_refuses_the_batch(original: Any_) -> Any_:
    """One unreadable change, and the whole batch is an error."""

    def read(raw: Any) -> Any:
        batch = original(raw)
        if any(sent.flaw for sent in batch):
            raise Malformed()
        return batch

    return read


@bug("server", Taking, "take")
def forbidden_is_dropped(original: Any_) -> Any_:
    """What is set aside is acknowledged and thrown away."""

    def take(self: Taking, sent: Any) -> Any:
        if sent.flaw is None and sent.change["id"] not in self.known and self._judge(sent):
            return Result(sent.id, sent.sha256, push.SET_ASIDE, self.log.head)
        return original(self, sent)

    return take


@bug("server", push, "_known")
def released_is_told_its_old_number(original: Any_) -> Any_:
    """A repeat of a released change is answered with the number it was set aside under."""

    def known(tx: Connection, network_id: str, batch: Any) -> Any:
        found = original(tx, network_id, batch)
        old = "SELECT id, seq FROM change WHERE network_id = ? AND released_seq IS NOT NULL"
        for change_id, seq in run(tx, old, network_id):
            if change_id in found:
                found[change_id].seq = seq
        return found

    return known


@bug("server", push, "check_witness")
def push_ignores_the_witness(original: Any_) -> Any_:
    """A push is taken from a device that knows another history."""
    return lambda *told: None


@bug("server", log, "link")
def chain_without_verdict(original: Any_) -> Any_:
    """The chain does not tell what became of a change."""
    return lambda previous, change_id, sha, verdict: original(previous, change_id, sha, "applied")


@bug("server", Log, "number")
def a_number_is_skipped(original: Any_) -> Any_:
    """A counter that now and then jumps, as a bare sequence does."""

    def number(self: Log, change: Any, *told: Any) -> int:
        self.head += self.head % 50 == 17
        return int(original(self, change, *told))

    return number


@contextmanager
def _no_lock() -> Iterator[None]:
    begin, one_writer = DATABASE._begin, DATABASE._one_writer
    DATABASE._begin = lambda options: begin({**options, "writes": False})
    DATABASE._one_writer = nullcontext
    try:
        yield
    finally:
        DATABASE._begin, DATABASE._one_writer = begin, one_writer


BUGS["no_lock"] = Bug("no_lock", "crowd", "Writers do not wait for each other.", _no_lock)
