"""A tablet may be ahead of its server: what it wrote waits for the upgrade."""

import pytest
from flask import Flask

from schemas.base import SCHEMA
from server import clock
from server.services.upgrades import release_what_waited
from server.sync import envelope, release
from tests.make import a_member, a_network
from tests.sync.talk import a_change, pull, push, rows_of, statuses


def test_what_waited_for_a_newer_server_is_taken_in_by_the_upgrade(
    app: Flask, monkeypatch: pytest.MonkeyPatch
):
    robin = a_member(app, a_network())
    change = a_change(robin, schema=SCHEMA + 1)
    assert statuses(push(robin, change)) == ["set_aside"]

    before = release_what_waited()
    monkeypatch.setattr(release, "SCHEMA", SCHEMA + 1)
    monkeypatch.setattr(envelope, "SCHEMA", SCHEMA + 1)
    after = release_what_waited()

    assert (before, after, release_what_waited()) == (0, 1, 0)
    assert change["record"] in rows_of(pull(robin))


def test_what_its_author_may_not_write_any_more_stops_no_upgrade(
    app: Flask, monkeypatch: pytest.MonkeyPatch
):
    robin = a_member(app, a_network())
    elsewhere = a_change(robin, kind="card", scope=f"round:{clock.new_id()}", schema=SCHEMA + 1)
    assert statuses(push(robin, elsewhere)) == ["set_aside"]
    monkeypatch.setattr(release, "SCHEMA", SCHEMA + 1)
    monkeypatch.setattr(envelope, "SCHEMA", SCHEMA + 1)

    assert release_what_waited() == 0
