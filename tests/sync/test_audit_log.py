"""The audit log holds on to what it says, and to the manifest of every file that left."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from server import clock
from server.config import Settings
from server.db import writing
from server.models.accounts import Audit
from server.models.exports import Export
from server.services.audit import broken_audit, write_audit
from server.services.doctor import examine
from server.services.exports.making import Manifest, enter_manifest
from tests.make import a_network

OTHERWISE: dict[str, Any] = {
    "who": {"member_id": None},
    "when": {"made_at": clock.now() - timedelta(days=1)},
    "format": {"format": "pdf"},
    "filter": {"filter": '{"about": "teachers"}'},
    "counts": {"counts": '{"patterns": 7}'},
    "hash": {"sha256": "b" * 64},
    "rounds": {"rounds": None},
}


def a_network_whose_file_left(name: str = "A network of audits") -> str:
    """A row before it, the row of the file, and one after it."""
    network_id = a_network(name)
    manifest = Manifest(
        "patterns.exported", "csv", {"about": "students"}, {"patterns": 8}, [clock.new_id()]
    )
    with writing(network_id) as tx:
        write_audit(tx, network_id, None, "network.changed", network_id)
        enter_manifest(tx, network_id, clock.new_id(), manifest, "a" * 64)
        write_audit(tx, network_id, None, "network.changed", network_id)
    return network_id


@pytest.mark.parametrize("what", OTHERWISE)
def test_a_manifest_that_says_something_else_is_found_at_its_row(app: Flask, what: str) -> None:
    network_id = a_network_whose_file_left()

    with writing(network_id) as tx:
        assert broken_audit(tx, network_id) is None
        row = update(Export).where(Export.network_id == network_id)
        assert tx.execute(row.values(**OTHERWISE[what])).rowcount == 1

        assert broken_audit(tx, network_id) == 2


def test_a_manifest_that_was_taken_away_is_found(app: Flask) -> None:
    network_id = a_network_whose_file_left()

    with writing(network_id) as tx:
        tx.execute(delete(Export).where(Export.network_id == network_id))

        assert broken_audit(tx, network_id) == 2


def test_a_row_lets_go_of_its_manifest_only_by_breaking_the_chain(app: Flask) -> None:
    network_id = a_network_whose_file_left()

    with writing(network_id) as tx:
        tx.execute(update(Audit).where(Audit.network_id == network_id).values(covers=None))

        assert broken_audit(tx, network_id) == 2


def test_rows_of_before_manifests_were_covered_still_follow(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.services.exports.making.manifest_hash", lambda row: None)
    network_id = a_network_whose_file_left()

    with writing(network_id) as tx:
        covered = tx.execute(select(Audit.covers).where(Audit.network_id == network_id))
        assert covered.scalars().all() == [None, None, None]
        assert broken_audit(tx, network_id) is None


def test_the_doctor_says_where_the_audit_log_was_changed(app: Flask) -> None:
    network_id = a_network_whose_file_left("A network that is examined")
    settings: Settings = app.extensions["rounds_settings"]

    def told() -> tuple[str, str]:
        (one,) = [each for each in examine(settings) if each.about == "Audit log"]
        return one.found, one.todo

    before = told()
    with writing(network_id) as tx:
        row = update(Export).where(Export.network_id == network_id)
        tx.execute(row.values(counts='{"patterns": 1}'))
    after = told()

    assert "A network that is examined" not in before[0]
    assert "A network that is examined: row 2" in after[0]
    assert "compare both with a backup" in after[1]
