"""Batches that come together are stored by one commit, and share nothing else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, event

from server.db import db
from server.errors import Busy
from server.sync.envelope import read_changes
from server.sync.protocol import HistoryDiverged, Result, Witness, Writer
from server.sync.push import push_batch
from server.sync.together import store_together, turn_of
from tests.make import Somebody, a_member
from tests.sync.faults import a_full_disk, a_trigger_against
from tests.sync.statements import named, statements
from tests.sync.talk import (
    Json,
    a_card,
    a_change,
    a_part,
    a_round,
    an_edit,
    log_of,
    pull,
    push,
    rows_of,
)


class Crowd:
    """Several devices that push at the same moment: while somebody has the turn."""

    def __init__(self, app: Flask, sender: Somebody) -> None:
        self.app = app
        self.sender = sender
        self.outcomes: dict[str, Any] = {}
        self._threads: list[threading.Thread] = []
        self.commits = 0

    def push(self, change: Json, witness: Witness = (0, "")) -> None:
        writer = Writer(person_id=self.sender.person_id)
        batch = read_changes([change])
        network = self.sender.network_id
        self.go(change["id"], lambda: push_batch(network, writer, batch, witness).results[0])

    def go(self, name: str, work: Callable[[], Any]) -> None:
        """Work in a thread of its own, and keep what comes of it."""

        def run() -> None:
            with self.app.app_context():
                try:
                    self.outcomes[name] = work()
                except Exception as error:
                    self.outcomes[name] = error

        self._threads.append(threading.Thread(target=run))
        self._threads[-1].start()

    @contextmanager
    def waiting(self, count: int) -> Iterator[None]:
        """Hold the turn while the block sends `count` batches, then let them go together."""
        network = self.sender.network_id
        let_go, has_turn = threading.Event(), threading.Event()

        def hold(tx: Connection, network: str, given: list[None]) -> list[None]:
            has_turn.set()
            assert let_go.wait(30)
            return given

        def holder() -> None:
            with self.app.app_context():
                store_together(network, 1_000, None, hold)

        first = threading.Thread(target=holder)
        first.start()
        assert has_turn.wait(30)
        try:
            yield
            self.wait_for(count)
            event.listen(db.engine, "commit", self._count)
        finally:
            let_go.set()
            first.join(30)
            self.join()
            event.remove(db.engine, "commit", self._count)

    def wait_for(self, count: int) -> None:
        """Until so many wait for the turn."""
        turn, until = turn_of(self.sender.network_id), time.monotonic() + 30
        while turn.waiting_count < count and time.monotonic() < until:
            threading.Event().wait(0.001)
        assert turn.waiting_count == count

    def join(self) -> None:
        for thread in self._threads:
            thread.join(30)

    def _count(self, connection: Connection) -> None:
        self.commits += 1

    def status(self, change: Json) -> Any:
        outcome = self.outcomes[change["id"]]
        return outcome.status if isinstance(outcome, Result) else type(outcome)


def stored(sender: Somebody) -> list[str]:
    """The ids of the notes that the log holds, in the order of their numbers."""
    return [row.id for row in log_of(sender.network_id) if row.kind == "note"]


@pytest.fixture
def crowd(app: Flask, ana: Somebody) -> Crowd:
    return Crowd(app, ana)


def test_those_who_wait_together_are_stored_by_one_commit(crowd: Crowd, ana: Somebody) -> None:
    changes = [a_change(ana) for _ in range(12)]

    with crowd.waiting(len(changes)):
        for change in changes:
            crowd.push(change)

    assert [crowd.status(change) for change in changes] == ["applied"] * 12
    assert {change["record"] for change in changes} <= rows_of(pull(ana)).keys()
    assert crowd.commits == 2  # The one who held the turn, and all the others.
    assert sorted(stored(ana)) == sorted(change["id"] for change in changes)


def test_those_who_wait_together_are_written_by_the_same_statements(
    crowd: Crowd, ana: Somebody
) -> None:
    with statements() as seen, crowd.waiting(5):
        for _ in range(5):
            crowd.push(a_change(ana))

    done = named(seen)
    assert done.count("SELECT membership") == 5  # Whose device it is, each by itself.
    assert [done.count(f"INSERT {table}") for table in ("change", "record")] == [1, 1]
    assert done.count("UPDATE network") == 1


def test_whoever_is_taken_off_a_round_at_the_same_moment_writes_in_it_no_more(
    app: Flask, lead: Somebody
) -> None:
    member = a_member(app, lead.network_id)
    round_id = a_round(lead)
    part = a_part(lead, round_id, member, "visitor")
    push(lead, part)
    register = "roles/visitor"
    taken_off = an_edit(
        part, set={register: False}, seen={register: [part["id"]]}, depth={register: 2}
    )
    card = a_card(member, round_id)
    crowd, other = Crowd(app, lead), Crowd(app, member)

    with crowd.waiting(2):
        crowd.push(taken_off)
        crowd.wait_for(1)
        other.push(card)
    other.join()

    assert crowd.status(taken_off) == "applied"
    assert other.status(card) == "set_aside"


def test_what_is_carried_and_comes_itself_at_the_same_moment_is_its_authors(
    crowd: Crowd, ana: Somebody, lead: Somebody
) -> None:
    change = a_change(ana)
    carried = Writer(ana.member_id, carried_by=lead.member_id)

    with crowd.waiting(2):
        crowd.go("carried", lambda: push_batch(ana.network_id, carried, read_changes([change])))
        crowd.wait_for(1)
        crowd.push(change)

    [row] = [row for row in log_of(ana.network_id) if row.id == change["id"]]
    assert crowd.status(change) == "applied"
    assert row.carried_by is None


def test_a_batch_with_a_foreign_history_stops_no_other(crowd: Crowd, ana: Somebody) -> None:
    lost, good, better = a_change(ana), a_change(ana), a_change(ana)

    with crowd.waiting(3):
        crowd.push(lost, (10_000, "0" * 64))
        crowd.push(good)
        crowd.push(better)

    assert crowd.status(lost) is HistoryDiverged
    assert [crowd.status(good), crowd.status(better)] == ["applied", "applied"]
    assert {*stored(ana)} == {good["id"], better["id"]}


def test_what_the_store_refuses_is_refused_alone(crowd: Crowd, ana: Somebody) -> None:
    bad, good = a_change(ana), a_change(ana)

    with a_trigger_against(bad["record"]), crowd.waiting(2):
        crowd.push(bad)
        crowd.push(good)

    assert [crowd.status(bad), crowd.status(good)] == ["invalid", "applied"]
    assert stored(ana) == [good["id"]]


def test_work_that_fails_in_the_shared_transaction_fails_alone(crowd: Crowd, ana: Somebody) -> None:
    def fail(tx: Connection, network: str, given: list[str]) -> list[str]:
        raise ValueError("Not in company.")

    def give_back(tx: Connection, network: str, given: list[str]) -> list[str]:
        return given

    with crowd.waiting(2):
        crowd.go("bad", lambda: store_together(ana.network_id, 1, "", fail))
        crowd.go("good", lambda: store_together(ana.network_id, 1, "stored", give_back))

    assert crowd.outcomes["good"] == "stored"
    assert isinstance(crowd.outcomes["bad"], ValueError)


def test_a_full_disk_answers_everybody_and_stores_nothing(crowd: Crowd, ana: Somebody) -> None:
    changes = [a_change(ana, set={"text": "x" * 60_000}) for _ in range(3)]

    with a_full_disk(), crowd.waiting(3):
        for change in changes:
            crowd.push(change)

    assert [crowd.status(change) for change in changes] == [Busy] * 3
    assert stored(ana) == []


def test_the_same_change_from_two_tabs_at_once_has_one_number(crowd: Crowd, ana: Somebody) -> None:
    change = a_change(ana)

    with crowd.waiting(2):
        crowd.push(change)
        crowd.push(change)

    assert crowd.status(change) == "applied"
    assert stored(ana) == [change["id"]]
