"""The first app that people could use, with the server of today (docs/sync-protocol.md, 7).

Its requests are sent again as it would send them now: with the witness, cursors and grants
that the replies of today's server told it. It must find in them whatever it found then.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.make import Somebody, a_member, a_network
from tests.sync.oracle import hash_of

Json = dict[str, Any]

RECORDED = Path(__file__).parents[1] / "vectors/foundation.json"
OF_THIS_SERVER = {"epoch", "head", "chain", "grants", "cursors", "seq", "sha256", "durable"}
"""Names of what each server says in its own way; looked at where it is taken."""


class OldClient:
    """What the first app kept of a reply, and gave back with the next request."""

    def __init__(self, robin: Somebody) -> None:
        self.robin = robin
        self.witness = {"head": 0, "chain": ""}
        self.reading: Json = {"synced": None, "grants": None, "cursors": {}}

    def ask(self, event: Json) -> Json:
        path = event["path"].removeprefix("/api/v1")
        is_pull = path == "/pull"
        body = {**event["body"], **self.witness, **(self.reading if is_pull else {})}
        answer = self.robin.post(path, body)
        assert answer.status_code == event["status"], answer.json
        assert answer.headers["Sync-Server"] == "1"
        reply: Json = answer.json
        if reply["head"] > self.witness["head"]:
            self.witness = {"head": reply["head"], "chain": reply["chain"]}
        if is_pull:
            assert reply["more"] is False
            cursors = {**self.reading["cursors"], **reply["cursors"]}
            self.reading = {
                **{"grants": reply["grants"], "synced": reply["head"]},
                "cursors": cursors,
            }
        return reply


def within(then: Any, now: Any, at: str = "reply") -> None:
    """What was said then is said now; more may be."""
    if isinstance(then, dict):
        for name in then:
            assert name in now, f"{at}.{name} is not told any more"
            if name not in OF_THIS_SERVER:
                within(then[name], now[name], f"{at}.{name}")
    elif isinstance(then, list):
        assert len(then) == len(now), at
        for one, other in zip(then, now, strict=True):
            within(one, other, at)
    else:
        assert then == now, at


def by_id(reply: Json) -> Json:
    """Rows by their ids, without members, whom each server enters by itself."""
    rows = reply.get("rows", [])
    kept = {row["id"]: row for row in rows if row["kind"] != "member"}
    return {**reply, "rows": kept}


@pytest.fixture
def cast(app: Flask) -> tuple[Json, Somebody, Somebody]:
    """The recording, told of people who are here."""
    network = a_network()
    lead, robin = a_member(app, network, "lead"), a_member(app, network, name="Robin Sample")
    text = RECORDED.read_text()
    recorded = json.loads(text)
    for name, here in (("network", network), ("lead", lead.member_id), ("robin", robin.member_id)):
        text = text.replace(recorded[name], here)
    return json.loads(text), lead, robin


def test_the_first_app_finds_in_every_answer_what_it_found_then(
    cast: tuple[Json, Somebody, Somebody],
) -> None:
    recorded, lead, robin = cast
    client = OldClient(robin)
    seen = 0

    for event in recorded["events"]:
        if event["by"] == "lead":
            reply = lead.post("/push", event["body"]).json
        else:
            reply = client.ask(event)
        within(by_id(event["reply"]), by_id(reply))
        for change, result in zip(
            event["body"].get("changes", []), reply.get("results", []), strict=True
        ):
            assert result["sha256"] == hash_of(change)
            assert result["seq"] <= reply["head"]
            seen += 1

    assert seen == sum(len(event["body"].get("changes", [])) for event in recorded["events"]) > 10
    assert set(client.reading["cursors"]) == set(recorded["events"][-2]["reply"]["cursors"])


def test_every_verdict_and_kind_of_answer_is_in_the_recording() -> None:
    events = json.loads(RECORDED.read_text())["events"]
    verdicts = {one["status"] for event in events for one in event["reply"].get("results", [])}
    rows = [row for event in events for row in event["reply"].get("rows", [])]
    pushes = [event["body"]["changes"] for event in events if "changes" in event["body"]]

    assert verdicts == {"applied", "set_aside"}
    assert any(row["deleted"] for row in rows)
    assert any(len(heads) > 1 for row in rows for heads in row["fields"].values())
    assert any(one == other for one, other in zip(pushes, pushes[1:], strict=False))
