"""What a push and a pull cost: an exact number of statements, and no scan of a table.

Exact, so that it holds on a shared machine; rates are measured by tests/load.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from server.db import db
from server.domain.identifiers import debrief_id
from tests.make import Somebody, a_member, a_network
from tests.sync.statements import named, statements
from tests.sync.talk import a_card, a_change, a_part, a_round, an_edit, pull, push, statuses

PUSH_STATEMENTS = [
    "SELECT session",
    "SELECT network",
    "SELECT membership",
    "SELECT change",
    "SELECT record",
    "INSERT change",
    "INSERT record",
    "UPDATE network",
]
IDLE_PULL_STATEMENTS = ["SELECT session"]
"""One for all three: the session, the network's row and the place in it."""


@pytest.fixture(scope="module")
def network(app: Flask) -> str:
    return a_network()


@pytest.fixture(scope="module")
def lead(app: Flask, network: str) -> Somebody:
    return a_member(app, network, "lead")


@pytest.fixture(scope="module")
def ana(app: Flask, network: str, lead: Somebody) -> Somebody:
    """A visitor, in a network that has something in it already and is not the only one."""
    member, stranger = a_member(app, network), a_member(app, a_network())
    round_id = a_round(lead, member)
    push(lead, *[a_card(lead, round_id) for _ in range(200)])
    push(member, *[a_change(member) for _ in range(400)])
    for _ in range(10):
        push(stranger, *[a_change(stranger) for _ in range(400)])
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as tx:
        tx.execute(text("ANALYZE"))
    return member


def test_a_push_of_forty_notes_takes_eight_statements(ana: Somebody) -> None:
    notes = [a_change(ana) for _ in range(40)]

    with statements() as seen:
        reply = push(ana, *notes)

    assert statuses(reply) == ["applied"] * 40
    assert named(seen) == PUSH_STATEMENTS


def test_a_push_of_four_hundred_takes_no_more(ana: Somebody) -> None:
    with statements() as seen:
        push(ana, *[a_change(ana) for _ in range(400)])

    assert named(seen) == PUSH_STATEMENTS


def test_a_repeated_push_writes_nothing(ana: Somebody) -> None:
    notes = [a_change(ana) for _ in range(40)]
    push(ana, *notes)

    with statements() as seen:
        push(ana, *notes)

    assert named(seen) == PUSH_STATEMENTS[:5]


def test_an_idle_pull_takes_one_statement_and_reads_no_record(ana: Somebody) -> None:
    whole = pull(ana, limit=1000)
    while whole["more"]:
        whole = pull(ana, cursors=whole["cursors"], limit=1000)
    told = {name: whole[name] for name in ("grants", "cursors", "head", "chain")}

    with statements() as seen:
        reply = pull(ana, synced=whole["head"], **told)

    assert reply["rows"] == []
    assert named(seen) == IDLE_PULL_STATEMENTS


def plan_of(statement: str, values: Any) -> str:
    """How the database would run the statement."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    many = values[0] if isinstance(values, list) else values
    with db.engine.connect() as tx:
        explained = "EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN "
        found = tx.exec_driver_sql(explained + statement, many)
        return "\n".join(str(row[-1]) for row in found)


def a_wall(lead: Somebody, host: Somebody) -> None:
    """Cards of the lead that the host is told as they stood, and one that was moved since."""
    round_id = a_round(lead)
    scope, debrief = f"round:{round_id}", debrief_id(round_id)
    agreed = {"text": "T: Why?", "standing": "agreed"}
    cards = [a_card(lead, round_id, set=agreed) for _ in range(20)]
    analyze = a_change(lead, kind="debrief", record=debrief, scope=scope, set={"phase": "analyze"})
    push(lead, a_part(lead, round_id, host, "host"), *cards, analyze, an_edit(cards[0]))


def test_no_statement_scans_a_table_that_grows(app: Flask, ana: Somebody, lead: Somebody) -> None:
    note = a_change(ana)
    host = a_member(app, ana.network_id)
    push(ana, note)
    a_wall(lead, host)
    whole = pull(ana, limit=100)
    with statements() as seen:
        assert "card" in {row["kind"] for row in pull(host, limit=100)["rows"]}
        push(ana, an_edit(note), *[a_change(ana) for _ in range(10)])
        pull(ana, cursors=whole["cursors"], limit=100)
        ana.get(f"/records/{note['record']}/history?network={ana.network_id}")
        ana.get(f"/set-aside?network={ana.network_id}")

    for statement, values in seen:
        if statement.startswith("INSERT"):
            continue
        plan = plan_of(statement, values)
        for table in ("change", "record"):
            assert not re.search(rf"(SCAN|Seq Scan on) {table}\b", plan), f"{statement}\n{plan}"
