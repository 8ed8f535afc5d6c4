"""Counts for whoever watches the server: from this machine or with a token, and no word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from server.config import Settings
from tests.make import BOTH_DATABASES, Somebody, a_member, a_network, an_app
from tests.sync.talk import a_change, push

pytestmark = BOTH_DATABASES

TOKEN = "an invented token of sufficient length"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, metrics_token=TOKEN)


@pytest.fixture
def member(app: Flask) -> Somebody:
    return a_member(app, a_network("Invented Network"))


def measured(member: Somebody) -> dict[str, float]:
    """Name with labels to value, of every line."""
    lines = member.get("/metrics").text.splitlines()
    return {
        name: float(value)
        for name, _, value in (line.rpartition(" ") for line in lines if line[0] != "#")
    }


def test_pushes_verdicts_latency_and_what_waits_are_counted(member: Somebody) -> None:
    before = measured(member)
    push(member, a_change(member), a_change(member), a_change(member, by=member.person_id))

    after = measured(member)

    assert after['rounds_changes_total{verdict="applied"}'] == 2
    assert after['rounds_changes_total{verdict="invalid"}'] == 1
    assert after['rounds_requests_total{route="/api/v1/push",status="200"}'] == 1
    assert after['rounds_request_seconds_count{route="/api/v1/push"}'] == 1
    assert after['rounds_request_seconds_bucket{route="/api/v1/push",le="+Inf"}'] == 1
    assert after["rounds_changes_stored"] == before["rounds_changes_stored"] + 2
    assert after["rounds_changes_in_no_backup"] == after["rounds_changes_stored"]
    assert after["rounds_notices_due"] == 0


def test_no_line_names_a_person_a_network_or_a_record(member: Somebody) -> None:
    member.get(f"/networks/{member.network_id}/members")
    member.get(f"/networks/{member.member_id}/members")

    text = member.get("/metrics").text

    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", text)
    assert "Invented" not in text


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.7", {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, 404),
        ("192.0.2.7", {"Authorization": f"Bearer {TOKEN}"}, 200),
        ("192.0.2.7", {"Authorization": "Bearer another token"}, 404),
        ("192.0.2.7", {"Authorization": "Bearer "}, 404),
    ],
)
def test_only_this_machine_or_the_token_may_read(
    member: Somebody, address: str, headers: dict[str, str], status: int
) -> None:
    answer = member.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})

    assert answer.status_code == status


@pytest.fixture
def without_token(settings: Settings) -> Iterator[Flask]:
    with an_app(replace(settings, metrics_token="")) as app:
        yield app


def test_without_a_token_an_empty_one_opens_nothing(without_token: Flask) -> None:
    answer = without_token.test_client().get(
        "/api/v1/metrics",
        headers={"Authorization": "Bearer "},
        environ_base={"REMOTE_ADDR": "192.0.2.7"},
    )

    assert answer.status_code == 404
