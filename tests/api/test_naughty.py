"""Naughty and poisonous values at every door that people use online: never a 500.

The sync doors have theirs in tests/sync/test_bad_input.py. No password is hashed for a text:
each door refuses before that, or takes the text as what it is.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from server import clock
from tests.api.test_access import BODIES, OPERATIONS
from tests.make import Somebody, a_member, a_network

BLNS = Path(os.environ.get("ROUNDS_REAL_DATA", "../shared/data")) / "vectors" / "blns.json"
POISON: list[Any] = [
    "\x00",
    "a\x00b",
    "\ud800",
    "x\udfff",
    "\ufeff",
    "\u202e\u0000",
    "𝕏" * 70_000,
    "a" * 200_000,
    "\r\nSet-Cookie: rounds_session=1",
    "' OR 1=1 --",
    "../../etc/passwd",
    "%00%2e%2e%2f",
    "{{7*7}}${7*7}",
    "{count}{0.__class__}%s%n",
    "",
    " ",
    None,
    True,
    0,
    -1,
    1e308,
    2**63,
    [],
    ["member"] * 1_000,
    {},
    {"__proto__": {"roles": ["admin"]}},
    {"$ne": None},
]
TAKEN_AS_THEY_COME = {"push_changes", "pull_records", "carry_rescue_file"}
"""A push tells of each change by itself; a rescue file may come from a newer app."""
LONGEST_ADDRESS = 2_000
"""Of a query or a path: servers in front refuse longer ones."""


class Doors:
    """A lead in a network, and every place of a body, a query or a path for one value."""

    def __init__(self, app: Flask) -> None:
        self.lead = a_member(app, a_network(), "lead")
        self.other = a_member(app, self.lead.network_id)
        self.visitor = app.test_client()
        self.network = f"/networks/{self.lead.network_id}"

    def all(self) -> dict[str, Callable[[Any], TestResponse]]:
        lead, network, member = self.lead, self.network, f"/members/{self.other.member_id}"
        device = {"id": clock.new_id(), "name": "Invented tablet"}
        return {
            "look": lambda v: self.post("/join/look", {"token": v}),
            "code": lambda v: self.post("/join/code", {"token": v}),
            "join by code": lambda v: self.post("/join", {"code": v}),
            "join by link": lambda v: self.post("/join", {"token": v, "name": v, "language": v}),
            "join as": lambda v: self.post("/join", {"token": "unknown", "name": v}),
            "join on": lambda v: self.post("/join", {"token": "unknown", "device": v}),
            "sign in": lambda v: self.post("/session", {"email": v, "password": v, "device": v}),
            "sign in on": lambda v: self.post(
                "/session", {"email": "a", "password": "b", "device": {**device, "id": v}}
            ),
            "my name": lambda v: lead.put("/me", {"name": v}),
            "my language": lambda v: lead.put("/me", {"language": v}),
            "my address": lambda v: lead.put("/me", {"email": v}),
            "my password": lambda v: lead.put("/me", {"password": v}),
            "session": lambda v: lead.delete(f"/me/sessions/{part(v)}"),
            "invite": lambda v: lead.post(f"{network}/invitations", {"roles": v}),
            "invite by name": lambda v: lead.post(
                f"{network}/invitations", {"roles": ["member"], "name": v}
            ),
            "invite to": lambda v: lead.post(
                f"{network}/invitations", {"roles": ["member"], "email": v, "position": v}
            ),
            "invite many": lambda v: lead.post(f"{network}/invitations/batch", {"people": v}),
            "withdraw": lambda v: lead.delete(f"{network}/invitations/{part(v)}"),
            "roles": lambda v: lead.patch(f"{network}{member}", {"roles": v}),
            "place": lambda v: lead.patch(f"{network}{member}", {"school_id": v, "position": v}),
            "member": lambda v: lead.patch(f"{network}/members/{part(v)}", {"position": None}),
            "network": lambda v: lead.get(f"/networks/{part(v)}/members"),
            "network's name": lambda v: lead.patch(network, {"name": v}),
            "time zone": lambda v: lead.patch(network, {"time_zone": v}),
            "search": lambda v: lead.get(f"{network}/directory?q={part(v)}"),
            "search in": lambda v: lead.get(f"{network}/directory?q=a&district_id={part(v)}"),
            "patterns": lambda v: lead.get(f"{network}/patterns?element={part(v)}"),
            "patterns since": lambda v: lead.get(f"{network}/patterns?begins_on={part(v)}"),
            "patterns of": lambda v: lead.get(f"{network}/patterns?{part(v)}={part(v)}"),
            "file": lambda v: lead.get(f"{network}/patterns/export?format={part(v)}"),
            "notices": lambda v: lead.post(
                "/me/push-subscriptions", {"endpoint": v, "keys": {"p256dh": v, "auth": v}}
            ),
            "no notices": lambda v: lead.delete("/me/push-subscriptions", json={"endpoint": v}),
            "body": lambda v: lead.put("/me", v),
            "accepted language": lambda v: lead.get(
                "/networks/none", headers={"Accept-Language": part(v), "Sync-Device": part(v)}
            ),
        }

    def post(self, path: str, body: Any) -> TestResponse:
        return self.visitor.post(f"/api/v1{path}", json=body)


def part(value: Any) -> str:
    """The value as a part of an address."""
    text = value if isinstance(value, str) else json.dumps(value)
    return quote(text.encode("utf-8", "surrogatepass"), safe="")[:LONGEST_ADDRESS]


@pytest.fixture
def doors(app: Flask) -> Doors:
    return Doors(app)


def strange(answer: TestResponse) -> bool:
    """Whether an answer is a bug's, or a failure that is not in the one shape."""
    if answer.status_code < 400:
        return False
    whole = answer.status_code < 500 and answer.mimetype == "application/json"
    return not whole or {*answer.json} != {"error"}


def test_no_poison_breaks_a_route_of_people(doors: Doors) -> None:
    found = [
        (name, number)
        for name, knock in doors.all().items()
        for number, value in enumerate(POISON)
        if strange(knock(value))
    ]

    assert found == []


def test_no_naughty_text_breaks_a_route_of_people(doors: Doors) -> None:
    """Each text at three of the doors, so that each door has met forty texts and more."""
    if not BLNS.exists():
        pytest.skip("skipped: no real data")
    texts = json.loads(BLNS.read_text())
    knocks = [*doors.all().items()]

    found = [
        (name, text)
        for number, text in enumerate(texts)
        for name, knock in knocks[number % 11 :: 11]
        if strange(knock(text))
    ]

    assert len(texts) > 500
    assert found == []


def test_a_name_that_only_looks_naughty_is_kept_as_it_was_typed(doors: Doors) -> None:
    lead: Somebody = doors.lead
    for name in ("<script>alert(1)</script>", "Robert'); DROP TABLE person;--", "﷽ 𝒮𝒶𝓂"):
        assert lead.put("/me", {"name": name}).status_code == 200
        assert lead.get("/me").json["person"]["name"] == name


def test_a_field_that_nobody_asked_for_is_refused_everywhere(doors: Doors) -> None:
    """No route takes more than its schema has: nobody becomes an admin by the way."""
    ids = {
        "network_id": doors.lead.network_id,
        "member_id": doors.other.member_id,
        "invitation_id": clock.new_id(),
        "round_id": clock.new_id(),
        "screen_code": "000000",
    }
    taken = []
    for operation, method, path, _ in OPERATIONS:
        body = BODIES.get(operation)
        if body is None or operation in TAKEN_AS_THEY_COME:
            continue
        asked = {
            name: value.format(**ids) if isinstance(value, str) else value
            for name, value in body.items()
        } | {"is_admin": True}
        answer = doors.lead.client.open(path.format(**ids), method=method.upper(), json=asked)
        if answer.status_code != 422 or answer.json["error"]["field"] != "is_admin":
            taken.append((operation, answer.status_code))

    assert taken == []
