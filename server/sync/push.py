"""Push: judge, number and merge what a device, a job or a service sends.

Every record in the product is written through here. One transaction a batch, which batches
of other devices may share; the caller commits, and answers only after that. Steps are those
of protocol.py. A verdict looks at the change, its schema and the sender's access, never at
other records.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from schemas.vocabulary import SetAsideReason, Verdict
from server.db import writing
from server.domain.access import SERVER, WRITERS, Standing, may_write
from server.errors import NotFound, RuleBroken
from server.sync.dialect import many, run
from server.sync.envelope import Fault, Sent, read_changes
from server.sync.grants import standing_of_writer
from server.sync.log import Log, check_witness, open_log
from server.sync.news import MOVES_GRANTS
from server.sync.protocol import (
    NO_WITNESS,
    SERVER_ID,
    Json,
    PushReply,
    Result,
    Witness,
    Writer,
)
from server.sync.together import store_together

APPLIED, SET_ASIDE = Verdict.APPLIED.value, Verdict.SET_ASIDE.value


@dataclass(frozen=True, slots=True)
class Delivery:
    """One batch as it came, read and checked: who sent it, and the witness they know."""

    writer: Writer
    changes: Sequence[Sent]
    witness: Witness = NO_WITNESS


@dataclass(slots=True)
class Known:
    """What the log says of a change id."""

    sha256: str
    status: str
    seq: int
    reason: str | None
    field: str | None
    is_carried: bool = False


def push(
    tx: Connection,
    network_id: str,
    writer: Writer,
    changes: Iterable[Json | Sent],
    witness: Witness = NO_WITNESS,
) -> PushReply:
    """Steps 2 to 5 for one batch, in an open write transaction.

    HistoryDiverged when the witness is not of this history; NotFound for whoever never was
    a member of the network.
    """
    [reply] = push_together(tx, network_id, [Delivery(writer, _read(changes), witness)])
    if isinstance(reply, RuleBroken):
        raise reply
    return reply


def push_together(
    tx: Connection, network_id: str, deliveries: Sequence[Delivery]
) -> list[PushReply | RuleBroken]:
    """The same for batches of several devices: taken one after the other, written as one.

    A rule that one of them breaks is its own reply, and stops no other. What may move grants
    is written before the next sender is looked at.
    """
    replies: list[PushReply | RuleBroken] = []
    company: list[Delivery] = []
    for each in deliveries:
        company.append(each)
        if _may_move_grants(each):
            replies += _push_company(tx, network_id, company)
            company = []
    return replies + _push_company(tx, network_id, company) if company else replies


def _may_move_grants(given: Delivery) -> bool:
    return any(sent.change.get("kind") in MOVES_GRANTS for sent in given.changes if not sent.flaw)


def _push_company(
    tx: Connection, network_id: str, deliveries: Sequence[Delivery]
) -> list[PushReply | RuleBroken]:
    try:
        log = open_log(tx, network_id)
    except NotFound as error:
        return [error] * len(deliveries)
    let_in = [(each, _let_in(log, each)) for each in deliveries]
    sound = [
        sent
        for each, standing in let_in
        for sent in each.changes
        if sent.flaw is None and isinstance(standing, Standing)
    ]
    known = _known(tx, network_id, sound)
    log.load({sent.change["record"] for sent in sound})
    replies = [_take_all(log, known, each, standing) for each, standing in let_in]
    log.close()
    return replies


def _let_in(log: Log, given: Delivery) -> Standing | RuleBroken:
    """What the sender is in the network, or the rule that keeps them out."""
    try:
        standing = standing_of_writer(log.tx, log.network_id, given.writer)
        check_witness(log.tx, log.network_id, log.head, log.chain, given.witness)
    except RuleBroken as error:
        return error
    return standing


def _take_all(
    log: Log, known: dict[str, Known], given: Delivery, standing: Standing | RuleBroken
) -> PushReply | RuleBroken:
    """One batch, change by change, by whoever was let in."""
    if isinstance(standing, RuleBroken):
        return standing
    log.device_id, log.carried_by = given.writer.device_id, given.writer.carried_by
    taking = Taking(log, standing, known)
    results = [taking.take(sent) for sent in given.changes]
    return PushReply(log.epoch, log.head, log.chain, results)


def _read(changes: Iterable[Json | Sent]) -> Sequence[Sent]:
    """Step 1, for those who come with plain changes."""
    given = [*changes]
    read = iter(read_changes([one for one in given if not isinstance(one, Sent)]))
    return [one if isinstance(one, Sent) else next(read) for one in given]


def _known(tx: Connection, network_id: str, sound: Sequence[Sent]) -> dict[str, Known]:
    """What the log says of every id that the changes have or name."""
    ids: set[str] = set()
    for sent in sound:
        ids.add(sent.change["id"])
        for named in sent.change["seen"].values():
            ids.update(named)
    found = run(
        tx,
        "SELECT id, sha256, status, coalesce(released_seq, seq), reason, field, "
        "carried_by IS NOT NULL FROM change "
        "WHERE network_id = ? AND id {among}",
        network_id,
        many(tx, ids),
    )
    return {
        change_id: Known(sha256, status, seq, reason, field, bool(is_carried))
        for change_id, sha256, status, seq, reason, field, is_carried in found
    }


class Taking:
    """Step 4: the changes of one batch, taken one by one in request order."""

    def __init__(self, log: Log, standing: Standing, known: dict[str, Known]) -> None:
        self.log = log
        self.standing = standing
        self.known = known
        self.applied = {key for key, one in known.items() if one.status == APPLIED}

    def take(self, sent: Sent) -> Result:
        if sent.flaw is not None:
            return _invalid(sent, sent.flaw)
        change, sha256 = sent.change, sent.sha256 or ""
        if change["by"] != self.standing.member_id:
            return _invalid(sent, ("author", "by"))
        known = self.known.get(change["id"])
        if known is not None and known.sha256 != sha256:
            return _invalid(sent, ("id_reuse", "id"))
        if known is not None and known.is_carried and self.log.carried_by is None:
            self.log.mark_own(change["id"])
        record = self.log.records.get(change["record"])
        if record is not None and record.state is None:
            return Result(change["id"], sha256, Verdict.PURGED.value)
        if known is not None:
            return self._repeat(sent, known)
        fault = self._judge(sent)
        verdict = APPLIED if fault is None else SET_ASIDE
        reason, field = fault or (None, None)
        seq = self.log.number(change, sent.text, sha256, verdict, (reason, field))
        is_carried = self.log.carried_by is not None
        self.known[change["id"]] = Known(sha256, verdict, seq, reason, field, is_carried)
        if fault is None:
            self._apply(change, seq)
        return Result(change["id"], sha256, verdict, seq, reason, field)

    def _repeat(self, sent: Sent, known: Known) -> Result:
        """The stored result; a set-aside change that is allowed by now is released."""
        if known.status == SET_ASIDE and self._judge(sent) is None:
            change = sent.change
            seq = self.log.number_own(
                "_release",
                change=change["id"],
                record=change["record"],
                scope=change["scope"],
            )
            self.log.mark_released(change["id"], seq)
            self._apply(change, seq)
            self.known[change["id"]] = known = Known(known.sha256, APPLIED, seq, None, None)
        return Result(sent.id, sent.sha256, known.status, known.seq, known.reason, known.field)

    def _apply(self, change: Json, seq: int) -> None:
        self.log.merge(change, seq, self.applied)
        self.applied.add(change["id"])

    def _judge(self, sent: Sent) -> Fault | None:
        """Why the change is set aside, or None when it may be applied."""
        if sent.refusal is not None:
            return sent.refusal
        change = sent.change
        record = self.log.records.get(change["record"])
        if record is not None and (record.kind, record.scope) != (change["kind"], change["scope"]):
            return (SetAsideReason.SCOPE.value, "scope")
        allowed, field = _may_write(self.standing, change)
        return None if allowed else (SetAsideReason.ACCESS.value, field)


def _may_write(standing: Standing, change: Json) -> tuple[bool, str | None]:
    if standing.member_id == SERVER_ID:
        in_network = change["scope"] == f"network:{standing.network_id}"
        return in_network and SERVER in WRITERS[change["kind"]], None
    return may_write(standing, change["kind"], change["scope"], change["set"])


def _invalid(sent: Sent, flaw: Fault) -> Result:
    reason, field = flaw
    return Result(sent.id, sent.sha256, Verdict.INVALID.value, None, reason, field)


def push_batch(
    network_id: str, writer: Writer, batch: Sequence[Sent], witness: Witness = NO_WITNESS
) -> PushReply:
    """Push, perhaps in one transaction with others; what it returns is on the disk.

    A batch that the database refuses is pushed again change by change, so that the one at
    fault stops nobody else. A full disk or a locked database is no fault of a change.
    """

    delivery = Delivery(writer, batch, witness)
    try:
        return store_together(network_id, len(batch), delivery, push_together)
    except (RuleBroken, OperationalError, NoConnectionFree):
        raise
    except Exception as error:
        _log_refused(error)
        with writing(network_id) as tx:
            return _push_singly(tx, network_id, writer, batch, witness)


def _push_singly(
    tx: Connection, network_id: str, writer: Writer, batch: Sequence[Sent], witness: Witness
) -> PushReply:
    """Each change within a savepoint: what the database refuses is `invalid`."""
    reply = push(tx, network_id, writer, [], witness)
    results: list[Result] = []
    for sent in batch:
        savepoint = tx.begin_nested()
        try:
            reply = push(tx, network_id, writer, [sent])
            savepoint.commit()
            results += reply.results
        except (RuleBroken, OperationalError):
            raise
        except Exception as error:
            savepoint.rollback()
            _log_refused(error)
            results.append(_invalid(sent, ("refused_by_store", None)))
    return PushReply(reply.epoch, reply.head, reply.chain, results)


def _log_refused(error: Exception) -> None:
    """The kind of error alone: its message may quote a note."""
    name: Any = type(getattr(error, "orig", None) or error).__name__
    logging.getLogger(__name__).error("a push was refused by the store: %s", name)
