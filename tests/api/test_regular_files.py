"""Files of patterns that somebody wants each month or quarter."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from schemas.vocabulary import FileEvery
from server import clock
from server.db import writing
from server.domain.notices import next_begin
from server.models.accounts import Membership
from server.sync.compose import compose
from server.sync.grants import standing_of
from server.sync.protocol import Writer
from server.sync.push import push
from server.sync.read import record_of
from server.worker import Worker
from tests.make import BOTH_DATABASES, Somebody, a_member, a_network
from tests.wide_network import Wide, fill_widely

NOVEMBER = datetime(2026, 11, 24, 16, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 1, 16, tzinfo=UTC)
JANUARY = datetime(2027, 1, 1, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("every", "now", "begins"),
    [
        ("month", datetime(2026, 12, 1, 2, tzinfo=UTC), datetime(2026, 12, 1, 15, tzinfo=UTC)),
        ("month", DECEMBER, datetime(2027, 1, 1, 15, tzinfo=UTC)),
        ("quarter", NOVEMBER, datetime(2027, 1, 1, 15, tzinfo=UTC)),
        ("quarter", JANUARY, datetime(2027, 4, 1, 14, tzinfo=UTC)),
    ],
)
def test_the_next_one_is_due_on_the_first_morning_of_the_networks_own_calendar(every, now, begins):
    assert next_begin(FileEvery(every), now, "America/Denver") == begins


@pytest.fixture
def analyst(app: Flask) -> Somebody:
    network_id = a_network("A network of many years")
    fill_widely(network_id, Wide(rounds=2, patterns=1, cards=6, texts=["T: a line"]))
    return a_member(app, network_id, "analyst")


def write(analyst: Somebody, regular_id: str, values: dict[str, Any]) -> None:
    network_id, member_id = analyst.network_id, analyst.member_id
    with writing(network_id) as tx:
        there = record_of(tx, network_id, regular_id)
        change = compose(
            "regular_file",
            regular_id,
            f"own:{member_id}",
            values,
            by=member_id,
            heads=there,
        )
        writer = Writer(member_id, standing_of(tx, network_id, member_id), None)
        reply = push(tx, network_id, writer, [change])
    assert [result.status for result in reply.results] == ["applied"]


def work_at(app: Flask, settings: Any, moment: datetime) -> None:
    with clock.clock_at(lambda: moment):
        Worker(app)._work(settings)


def files_lying(analyst: Somebody) -> list[str]:
    found = analyst.get(f"/networks/{analyst.network_id}/patterns/files").json["files"]
    return [file["state"] for file in found]


@BOTH_DATABASES
def test_each_month_has_one_file_until_it_is_ended_or_the_right_is_gone(app, settings, analyst):
    regular_id = clock.new_id()
    with clock.clock_at(lambda: NOVEMBER):
        write(analyst, regular_id, {"query": "format=csv&language=es", "every": "month"})

    work_at(app, settings, NOVEMBER)
    assert files_lying(analyst) == []
    for _ in range(2):
        work_at(app, settings, DECEMBER)
    assert files_lying(analyst) == ["ready"]
    mine = update(Membership).where(Membership.id == analyst.member_id)
    with writing(analyst.network_id) as tx:
        tx.execute(mine.values(roles="member"))
    work_at(app, settings, JANUARY)
    with writing(analyst.network_id) as tx:
        tx.execute(mine.values(roles="analyst"))
    assert files_lying(analyst) == ["ready"]

    with clock.clock_at(lambda: JANUARY):
        write(analyst, regular_id, {"deleted": True})
    work_at(app, settings, datetime(2027, 2, 1, 16, tzinfo=UTC))
    assert files_lying(analyst) == []
