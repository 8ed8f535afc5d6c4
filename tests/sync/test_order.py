"""One order for everybody: numbers without holes, under writers at the same time."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from server.db import db, reading, writing
from server.sync.grants import standing_of_person
from server.sync.protocol import Writer
from server.sync.pull import PullRequest, network_of
from server.sync.pull import pull as pull_directly
from server.sync.push import push as push_directly
from tests.make import Somebody, a_member, a_network
from tests.sync.oracle import link
from tests.sync.talk import a_card, a_round, log_of, pull, push, rows_of


@pytest.fixture
def lead(app: Flask) -> Somebody:
    return a_member(app, a_network(), "lead")


def test_a_reader_never_passes_a_number_that_was_not_visible(app: Flask, lead: Somebody) -> None:
    """The gap schedule: one writer has its number but has not committed, another wants one.

    With a bare sequence the second commits first, a reader moves past both, and the first
    writer's rows are never seen.
    """
    if db.engine.dialect.name == "sqlite":
        pytest.skip("one writer at a time: the second waits at BEGIN IMMEDIATE")
    round_id = a_round(lead)
    slow, fast = a_card(lead, round_id), a_card(lead, round_id)
    numbered, may_commit, started = (threading.Event() for _ in range(3))
    writer = Writer(lead.member_id)

    def write_slowly() -> None:
        with app.app_context(), writing(lead.network_id) as tx:
            push_directly(tx, lead.network_id, writer, [slow])
            numbered.set()
            assert may_commit.wait(30)

    def write_fast() -> int:
        with app.app_context():
            assert numbered.wait(30)
            started.set()
            with writing(lead.network_id) as tx:
                return push_directly(tx, lead.network_id, writer, [fast]).head

    def look() -> dict[str, int]:
        with app.app_context(), reading(lead.network_id) as tx:
            asked = PullRequest(lead.network_id, cursors=cursors)
            network = network_of(tx, lead.network_id)
            standing = standing_of_person(tx, lead.network_id, lead.person_id)
            reply = pull_directly(tx, network, standing, asked)
            seen.extend(row["id"] for row in reply["rows"])
            return dict(reply["cursors"])

    seen: list[str] = []
    cursors: dict[str, int] = {}
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.submit(write_slowly), threads.submit(write_fast)
        assert started.wait(30)
        cursors = look()
        assert not second.done()
        may_commit.set()
        first.result(30)
        cursors = look()
        second.result(30)
        cursors = look()

    assert {slow["record"], fast["record"]} <= set(seen)


def test_writers_at_the_same_time_leave_no_hole_and_one_chain(app: Flask, lead: Somebody) -> None:
    round_id = a_round(lead)
    start = threading.Barrier(4)

    def write(_: int) -> None:
        with app.app_context():
            start.wait(30)
            for _ in range(10):
                with writing(lead.network_id) as tx:
                    cards = [a_card(lead, round_id) for _ in range(5)]
                    push_directly(tx, lead.network_id, Writer(lead.member_id), cards)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))

    log, chain = log_of(lead.network_id), ""
    assert [row.seq for row in log] == [*range(1, len(log) + 1)]
    assert len(log) >= 200
    for row in log:
        chain = link(chain, row.id, row.sha256, row.verdict)
        assert row.chain == chain


def test_a_transaction_that_fails_leaves_no_number_behind(lead: Somebody) -> None:
    round_id = a_round(lead)
    before = log_of(lead.network_id)

    def push_and_fail() -> None:
        with writing(lead.network_id) as tx:
            push_directly(tx, lead.network_id, Writer(lead.member_id), [a_card(lead, round_id)])
            raise RuntimeError("after the push")

    with pytest.raises(RuntimeError, match="after the push"):
        push_and_fail()

    assert log_of(lead.network_id) == before
    card = a_card(lead, round_id)
    assert push(lead, card)["head"] == len(before) + 1
    assert card["record"] in rows_of(pull(lead))


def test_networks_do_not_wait_for_each_other(app: Flask, lead: Somebody) -> None:
    """Nor do their numbers mix: each counts by itself."""
    other = a_member(app, a_network(), "lead")
    first, second = a_round(lead), a_round(other)

    push(lead, a_card(lead, first))
    push(other, a_card(other, second))

    for one in (lead, other):
        log = log_of(one.network_id)
        assert [row.seq for row in log] == [*range(1, len(log) + 1)]
    assert first not in rows_of(pull(other))
