"""What went wrong in the app on tablets is told without a word that anybody wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server import clock
from server.db import reading
from server.models.client_errors import ClientError
from tests.make import BOTH_DATABASES, Somebody, a_member, a_network, signed_in

pytestmark = BOTH_DATABASES

PLACES = ["assets/visit-a1B2c3.js:1:20311", "sw.js:12:4"]


@pytest.fixture
def admin(app: Flask) -> Somebody:
    return a_member(app, a_network(), "admin")


@pytest.fixture
def member(app: Flask, admin: Somebody) -> Somebody:
    return a_member(app, admin.network_id)


def tell(somebody: Somebody, **other: Any) -> int:
    body = {
        "network": somebody.network_id,
        "code": "TypeError",
        "version": "0.1.0",
        "places": PLACES,
        **other,
    }
    return somebody.post("/client-errors", body).status_code


def told(admin: Somebody) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = admin.get(f"/networks/{admin.network_id}/client-errors").json[
        "errors"
    ]
    return found


def test_an_admin_sees_counts_by_kind_version_and_place(
    app: Flask, admin: Somebody, member: Somebody
) -> None:
    other = a_member(app, admin.network_id)
    answers = [tell(member), tell(member), tell(other), tell(other, code="RangeError", places=[])]

    assert answers == [204] * 4
    first, second = told(admin)
    assert (first["code"], first["count"], first["device_count"]) == ("TypeError", 3, 2)
    assert (first["place"], first["version"]) == (PLACES[0], "0.1.0")
    assert (second["code"], second["place"]) == ("RangeError", None)


@pytest.mark.parametrize(
    "other",
    [
        {"code": "Cannot read 'Ms. Sample said so'"},
        {"version": "0.1.0 on Robin's tablet"},
        {"places": ["https://elsewhere.example.org/tracker.js:1:1"]},
        {"places": ["at said (S: because.js:1:1)"]},
        {"places": PLACES * 6},
        {"message": "Ms. Sample said so"},
    ],
)
def test_there_is_no_room_for_words(member: Somebody, admin: Somebody, other: Any) -> None:
    assert tell(member, **other) == 422
    assert told(admin) == []


def test_twenty_a_day_are_kept_of_each_device(
    app: Flask, admin: Somebody, member: Somebody
) -> None:
    again = signed_in(app, replace(member, client=app.test_client()))

    answers = [tell(member) for _ in range(25)] + [tell(again)]

    assert answers == [204] * 26
    assert [each["count"] for each in told(admin)] == [21]
    tomorrow = clock.now() + timedelta(days=1)
    with clock.clock_at(lambda: tomorrow):
        tell(member)
        assert [each["count"] for each in told(admin)] == [22]


def test_after_thirty_days_they_are_not_shown_and_after_ninety_gone(
    admin: Somebody, member: Somebody
) -> None:
    tell(member)
    later = clock.now() + timedelta(days=31)

    with clock.clock_at(lambda: later):
        assert told(admin) == []
        assert kept(admin) == 1
    later += timedelta(days=60)
    with clock.clock_at(lambda: later):
        tell(member, code="RangeError")
        assert kept(admin) == 1


def kept(admin: Somebody) -> int:
    with reading(admin.network_id) as tx:
        of_network = ClientError.network_id == admin.network_id
        return len([*tx.execute(select(ClientError.id).where(of_network))])


def test_members_see_no_counts_and_strangers_tell_nothing(
    app: Flask, admin: Somebody, member: Somebody
) -> None:
    stranger = a_member(app, a_network())

    assert tell(stranger, network=admin.network_id) == 404
    assert member.get(f"/networks/{admin.network_id}/client-errors").status_code == 403
