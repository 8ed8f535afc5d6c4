"""The demo network: made once, out of nobody's way, and taken away whole."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import insert, select

from server import clock
from server.config import Settings
from server.db import EVERY_NETWORK, Base, reading, writing
from server.errors import Conflict
from server.models.sync import Change, Network
from server.services.demo.network import open_demo, remove_demo
from server.sync.read import records_of
from tests.make import BOTH_DATABASES


def no_bar(done: int, total: int) -> None:
    pass


@pytest.fixture
def demo(app: Flask, settings: Settings) -> dict:
    return open_demo(settings, no_bar)


def rows_left() -> dict[str, int]:
    with reading(EVERY_NETWORK) as tx:
        counts = {
            table.name: len(tx.execute(select(table)).all())
            for table in Base.metadata.sorted_tables
        }
    return {name: count for name, count in counts.items() if count}


def test_it_has_people_in_every_role_and_three_rounds(demo):
    roles = [account["role"] for account in demo["accounts"]]

    assert len(roles) == 14
    assert {"lead", "host", "visitor", "analyst", "admin"} == set(roles)
    assert [one["released"] for one in demo["rounds"]] == [True, True, False]
    assert demo["url"].startswith("http://localhost:")


@BOTH_DATABASES
def test_everything_in_it_was_applied_as_its_authors_own_change(demo):
    with reading(EVERY_NETWORK) as tx:
        rows = tx.execute(select(Change.verdict, Change.kind, Change.author_id)).all()

    assert {row.verdict for row in rows} == {"applied"}
    notes = {row.author_id for row in rows if row.kind == "note"}
    assert len(notes) >= 9


def test_todays_round_has_twelve_classrooms_three_teams_and_first_cards(demo):
    today = demo["rounds"][-1]["id"]
    with reading(EVERY_NETWORK) as tx:
        found = records_of(tx, demo["network_id"], scope=f"round:{today}")

    kinds = [record.kind for record in found]
    visited = [r for r in found if r.kind == "classroom" and r.get("spare_of") is None]
    assert len(visited) == 12
    assert kinds.count("team") == 3
    assert kinds.count("slot") == 12
    assert kinds.count("card") == 8
    assert {r.get("standing") for r in found if r.kind == "card"} == {"posted"}


def test_nobody_visits_their_own_school(demo):
    with reading(EVERY_NETWORK) as tx:
        found = records_of(tx, demo["network_id"], kind="card_source")
        hosts = {
            (one["id"], account["member_id"])
            for one in demo["rounds"]
            for account in demo["accounts"]
            if account["email"] == one["host"]
        }

    assert found
    assert not [r for r in found if (r.scope.partition(":")[2], r.get("member")) in hosts]


def test_a_second_time_nothing_changes(demo, settings):
    before = rows_left()

    assert open_demo(settings, no_bar) == demo
    assert rows_left() == before


def test_a_week_later_the_round_is_today_again(demo, settings):
    later = clock.now() + timedelta(days=7)

    with clock.clock_at(lambda: later):
        again = open_demo(settings, no_bar)

    with reading(EVERY_NETWORK) as tx:
        found = records_of(tx, demo["network_id"], ids=[demo["rounds"][-1]["id"]])
    assert found[0].get("visits_on") > demo["rounds"][-1]["visits_on"]
    assert again["accounts"] == demo["accounts"]


def test_the_passwords_are_for_the_owner_of_the_folder_alone(demo, settings):
    path = Path(settings.data_dir) / "demo.json"

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len({account["password"] for account in demo["accounts"]}) == 14


def test_a_demo_whose_file_is_gone_is_made_anew(demo, settings):
    (Path(settings.data_dir) / "demo.json").unlink()

    anew = open_demo(settings, no_bar)

    assert anew["network_id"] != demo["network_id"]
    with reading(EVERY_NETWORK) as tx:
        assert list(tx.scalars(select(Network.id))) == [anew["network_id"]]


def test_it_is_never_made_beside_a_real_network(app, settings):
    with writing(EVERY_NETWORK) as tx:
        tx.execute(insert(Network).values(id=clock.new_id(), name="A real network"))

    with pytest.raises(Conflict, match="demo.real_network"):
        open_demo(settings, no_bar)


def test_it_is_never_made_where_everybody_can_come(app, tmp_path):
    public = Settings(data_dir=str(tmp_path), public_url="https://rounds.example.org")

    with pytest.raises(Conflict, match="demo.public_address"):
        open_demo(public, no_bar)


@BOTH_DATABASES
def test_taken_away_it_leaves_no_row_and_no_file(demo, settings):
    assert remove_demo(settings)

    assert rows_left() == {}
    assert not (Path(settings.data_dir) / "demo.json").exists()
    assert not remove_demo(settings)
