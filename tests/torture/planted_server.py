"""Bugs planted in the server: real functions replaced by plausible wrong ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from typing import Any

from flask import request
from sqlalchemy import Connection

from server import db as database
from server.api import body as bodies
from server.api import sync as sync_api
from server.db import enter_network
from server.domain.access import LEAD, Standing
from server.errors import Malformed, NotFound
from server.sync import log, pull, push, registers, together
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


@bug("server", log, "merge")
def last_writer_by_clock(original: Any_) -> Any_:
    """Of two concurrent texts the one with the later clock stays alone."""

    def merge(state: Any, change: Any, applied: Any) -> None:
        original(state, change, applied)
        for name, heads in state["fields"].items():
            if name in change["set"]:
                state["fields"][name] = [max(heads, key=lambda head: head["made_at"])]

    return merge


@bug("server", log, "merge")
def last_writer_by_arrival(original: Any_) -> Any_:
    """What arrives last replaces what others wrote meanwhile."""

    def merge(state: Any, change: Any, applied: Any) -> None:
        for name in change["set"]:
            state["fields"].pop(name, None)
        original(state, change, applied)

    return merge


@bug("server", log, "merge")
def missing_is_ignored(original: Any_) -> Any_:
    """A latecomer shows again, beside the change that replaced it."""

    def merge(state: Any, change: Any, applied: Any) -> None:
        state["missing"].clear()
        original(state, change, applied)

    return merge


@bug("server", Log, "merge")
def latecomer_keeps_the_number(original: Any_) -> Any_:
    """A record does not move to the number of a change that changes no head."""

    def merge(self: Log, change: Any, seq: int, applied: Any) -> None:
        record = self.records.get(change["record"])
        before = record and (record.seq, change["id"] in _awaited(record.state))
        original(self, change, seq, applied)
        if before and before[1]:
            self.records[change["record"]].seq = before[0]

    return merge


def _awaited(state: Any) -> set[str]:
    return {each for ids in (state or {}).get("missing", {}).values() for each in ids}


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


@bug("server", pull, "held_scopes")
def every_round_is_granted(original: Any_) -> Any_:
    """Grants forget who is in which round."""

    def held(tx: Connection, standing: Any) -> Any:
        return original(tx, replace(standing, network_roles=standing.network_roles | {LEAD}))

    return held


@bug("server", pull, "standing_of_person")
def tenant_filter_missing(original: Any_) -> Any_:
    """Whoever is signed in is let into any network."""

    def standing(tx: Connection, network_id: str, person_id: str) -> Any:
        try:
            return original(tx, network_id, person_id)
        except NotFound:
            return Standing("", network_id, frozenset({LEAD}))

    return standing


@bug("server", push, "_may_write")
def nothing_is_forbidden(original: Any_) -> Any_:
    """Access is not looked at when a change is judged."""
    return lambda standing, change: (True, None)


@bug("server", push, "_may_write")
def access_is_remembered(original: Any_) -> Any_:
    """What a member was once allowed stays allowed."""
    known: dict[tuple[str, str], Any] = {}

    def may(standing: Any, change: Any) -> Any:
        key = (standing.member_id, change["scope"])
        return known.setdefault(key, original(standing, change))

    return may


@bug("server", Taking, "take")
def forbidden_is_dropped(original: Any_) -> Any_:
    """What is set aside is acknowledged and thrown away."""

    def take(self: Taking, sent: Any) -> Any:
        if sent.flaw is None and sent.change["id"] not in self.known and self._judge(sent):
            return Result(sent.id, sent.sha256, push.SET_ASIDE, self.log.head)
        return original(self, sent)

    return take


@bug("server", pull, "_fill")
def head_as_cursor(original: Any_) -> Any_:
    """A page moves every cursor to the head, past rows that it does not hold."""

    def fill(page: Any, tx: Connection, standing: Any, news: Any, cursors: Any) -> None:
        original(page, tx, standing, news, cursors)
        head = run(tx, "SELECT head FROM network WHERE id = ?", standing.network_id).scalar()
        cursors.update(dict.fromkeys(cursors, head))

    return fill


@bug("server", pull.Page, "is_full")
def last_page_too_early(original: Any_) -> Any_:
    """A page that is full is called the last one."""

    def is_full(self: Any, state: Any) -> bool:
        full: bool = original(self, state)
        self.more = False
        return full

    return is_full


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


@bug("server", log, "is_deleted")
def delete_wins_over_what_it_never_saw(original: Any_) -> Any_:
    """One delete is enough, whatever was written meanwhile."""
    return lambda fields: any(flag["value"] for flag in fields.get(registers.DELETED, ()))


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


@bug("server", Log, "load")
def purge_is_forgotten(original: Any_) -> Any_:
    """A purged record takes changes again."""

    def load(self: Log, ids: Any) -> None:
        original(self, ids)
        for record in self.records.values():
            record.state = record.state or {"fields": {}, "missing": {}}

    return load


@bug("server", pull, "token_of")
def grants_never_change(original: Any_) -> Any_:
    """The hash of the grants is the same whatever is granted."""
    return lambda scopes: "same"
