"""The second wall: PostgreSQL itself keeps networks apart when a query forgets to.

Every test that leans on the wall takes it down once and sees the leak: a role that passes
through it would prove nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import ProgrammingError

from server.config import Settings
from server.db import EVERY_NETWORK, db, reading, writing
from server.services.roles import role_of_server
from server.services.soundness import StartRefused, check_before_start
from server.walls import walled_tables
from tests.make import Somebody, a_member, a_membership, a_network
from tests.postgres import as_owner, owner_url, passing_url
from tests.sync.talk import a_change, a_round, push

ROOT = Path(__file__).resolve().parents[2]
WITH_ROWS = {"change", "record", "membership", "participation", "round_index", "network", "audit"}


@pytest.fixture(scope="module", params=["postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """SQLite has no such wall."""
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def settings(app: Flask) -> Settings:
    found: Settings = app.extensions["rounds_settings"]
    return found


@pytest.fixture
def stranger(app: Flask) -> Somebody:
    """The lead of another network, in which there is something of everything."""
    found = a_member(app, a_network("Another network"), "lead", "admin", name="A Stranger")
    member = a_member(app, found.network_id)
    a_round(found, member)
    push(found, a_change(found))
    found.patch(f"/networks/{found.network_id}/members/{member.member_id}", {"position": "teacher"})
    found.post(f"/networks/{found.network_id}/invitations", {"roles": ["member"]})
    return found


@contextmanager
def the_wall_down(settings: Settings, *tables: str) -> Iterator[None]:
    with as_owner(settings) as owner:
        for table in tables:
            owner.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        try:
            yield
        finally:
            for table in tables:
                owner.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")


def networks_in(table: str, network_id: str | None) -> set[str]:
    """Whose rows a query without any filter finds."""
    column = walled_tables()[table]
    with reading(network_id) as tx:
        found = tx.execute(text(f"SELECT {column} FROM {table}"))  # noqa: S608 - our own names
        return {row[0] for row in found}


@pytest.mark.parametrize("table", sorted(walled_tables()))
def test_a_query_without_a_filter_finds_rows_of_its_own_network_alone(
    lead: Somebody, stranger: Somebody, table: str
) -> None:
    found = networks_in(table, lead.network_id)

    assert found <= {lead.network_id}
    assert networks_in(table, None) == set()
    if table in WITH_ROWS:
        assert stranger.network_id in networks_in(table, EVERY_NETWORK)


@pytest.mark.parametrize("table", sorted(WITH_ROWS))
def test_without_the_wall_the_same_query_leaks(
    settings: Settings, lead: Somebody, stranger: Somebody, table: str
) -> None:
    with the_wall_down(settings, table):
        assert stranger.network_id in networks_in(table, lead.network_id)


@contextmanager
def a_forgotten_filter(column: str) -> Iterator[list[str]]:
    """A planted bug: every query loses its `column = ...`."""
    changed: list[str] = []

    def forget(connection: Any, cursor: Any, statement: str, values: Any, *more: Any) -> Any:
        looser = re.sub(rf"({column} = %\(\w+\)s(?:::\w+)?)", r"(true OR \1)", statement)
        if looser != statement:
            changed.append(statement)
        return looser, values

    event.listen(db.engine, "before_cursor_execute", forget, retval=True)
    try:
        yield changed
    finally:
        event.remove(db.engine, "before_cursor_execute", forget)


def test_a_route_that_forgets_its_filter_tells_nothing_of_other_networks(
    settings: Settings, lead: Somebody, stranger: Somebody
) -> None:
    def names() -> set[str]:
        with a_forgotten_filter("membership.network_id") as changed:
            answer = lead.get(f"/networks/{lead.network_id}/members")
        assert changed
        return {member["name"] for member in answer.json["members"]}

    behind_the_wall = names()
    with the_wall_down(settings, "membership"):
        without_it = names()

    assert "A Stranger" not in behind_the_wall
    assert "A Stranger" in without_it


def test_a_row_for_another_network_is_not_taken(lead: Somebody, stranger: Somebody) -> None:
    row = {"network": stranger.network_id, "round": lead.member_id}
    insert = text("INSERT INTO round_index (network_id, round_id) VALUES (:network, :round)")

    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        writing(lead.network_id) as tx,
    ):
        tx.execute(insert, row)


def test_a_person_sees_their_own_places_in_every_network(
    lead: Somebody, stranger: Somebody
) -> None:
    a_membership(stranger.network_id, lead.person_id)

    found = {each["network"]["id"] for each in lead.get("/me").json["memberships"]}

    assert found == {lead.network_id, stranger.network_id}
    with reading(person_id=lead.person_id) as tx:
        people = {row[0] for row in tx.execute(text("SELECT person_id FROM membership"))}
    assert people == {lead.person_id}


@pytest.mark.parametrize("url_of", [owner_url, passing_url])
def test_the_server_refuses_a_role_that_passes_through_the_wall(
    app: Flask, settings: Settings, url_of: Any
) -> None:
    engine = create_engine(url_of(settings.database_url))

    with engine.connect() as tx, pytest.raises(StartRefused, match="rounds roles"):
        check_before_start(tx)
    engine.dispose()


def test_the_server_refuses_tables_without_their_wall(settings: Settings, lead: Somebody) -> None:
    with (
        the_wall_down(settings, "record"),
        reading() as tx,
        pytest.raises(StartRefused, match="record"),
    ):
        check_before_start(tx)


def test_the_server_refuses_a_postgresql_that_may_lose_what_it_confirmed(
    app: Flask, settings: Settings
) -> None:
    engine = create_engine(settings.database_url + "&options=-csynchronous_commit%3Doff")

    with engine.connect() as tx, pytest.raises(StartRefused, match="synchronous_commit"):
        check_before_start(tx)
    engine.dispose()


def test_one_address_for_both_roles_is_refused_with_the_way_to_make_them(
    settings: Settings,
) -> None:
    with pytest.raises(StartRefused, match="`rounds roles` prints the SQL"):
        role_of_server(replace(settings, migrate_database_url=""))


def test_no_request_may_mean_every_network() -> None:
    """The operator's commands and jobs may; what answers a request names one network."""
    found = [
        path.name
        for path in (ROOT / "server" / "api").glob("*.py")
        if "EVERY_NETWORK" in path.read_text()
    ]

    assert found == []
