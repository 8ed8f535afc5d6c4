"""A tablet for long runs over real HTTP: saves, pushes forty at a time, pulls to the end.

Speaks the protocol of docs/sync-protocol.md honestly and imports none of the code under
test. Faults, amending and merging are for tests/sync; this one knows only the fair weather.
"""

from __future__ import annotations

import http.client
import json
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tests.sync.oracle import hash_of

Json = dict[str, Any]
BATCH = 40


class Browser:
    """One cookie, one connection."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        self.headers = {"Content-Type": "application/json", "Sync-Schema": "1"}

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, bytes]:
        """Status and body; the session's cookie is kept."""
        sent = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        self.connection.request(method, f"/api/v1{path}", sent, self.headers)
        answer = self.connection.getresponse()
        content = answer.read()
        cookie = answer.headers.get("Set-Cookie")
        if cookie:
            self.headers["Cookie"] = cookie.partition(";")[0]
        return answer.status, content

    def close(self) -> None:
        self.connection.close()

    def get(self, path: str) -> Any:
        status, content = self.ask("GET", path)
        assert status == 200, (status, content[:500])
        return json.loads(content)

    def sign_in(self, email: str, password: str) -> Any:
        device = {"id": str(uuid.uuid4()), "name": "Invented tablet"}
        self.headers["Sync-Device"] = device["id"]
        body = {"email": email, "password": password, "device": device}
        status, content = self.ask("POST", "/session", body)
        assert status == 200, (status, content[:500])
        return json.loads(content)


class Device(Browser):
    """A browser in which one member of one network works."""

    def __init__(self, url: str, network: str, member: str) -> None:
        super().__init__(url)
        self.network, self.member = network, member
        self.outbox: list[Json] = []
        self.acknowledged: list[tuple[str, str]] = []
        self.rows: dict[str, Json] = {}
        self.cursors: dict[str, int] = {}
        self.witness: tuple[int, str] = (0, "")
        self.saves = 0

    @property
    def own(self) -> str:
        return f"own:{self.member}"

    def save(self, kind: str, record: str, scope: str, values: Mapping[str, Any]) -> str:
        """One save of one record, naming every version that the device holds."""
        held = self.rows.get(record, {"fields": {}})["fields"]
        heads = {name: held.get(name, []) for name in values}
        self.saves += 1
        change = {
            "id": str(uuid.uuid4()),
            "n": self.saves,
            "by": self.member,
            "kind": kind,
            "record": record,
            "scope": scope,
            "schema": 1,
            "made_at": "2026-11-22T09:14:03Z",
            "set": dict(values),
            "seen": {name: [head["id"] for head in heads[name]] for name in values},
            "depth": {
                name: 1 + max((head["depth"] for head in heads[name]), default=0) for name in values
            },
        }
        self.outbox.append(change)
        return record

    def push(self) -> int:
        """Send all that waits; every change must be applied. How many requests it took."""
        requests = 0
        while self.outbox:
            batch = self.outbox[:BATCH]
            reply = self._asked("push", {"changes": batch})
            results = reply["results"]
            assert [one["id"] for one in results] == [change["id"] for change in batch]
            for change, result in zip(batch, results, strict=True):
                assert result["status"] == "applied", result
                assert result["sha256"] == hash_of(change)
                self.acknowledged.append((change["id"], change["record"]))
            del self.outbox[:BATCH]
            requests += 1
        return requests

    def pull(self) -> None:
        """Everything that this member holds, to the last page."""
        more = True
        while more:
            asked = {"synced": None, "grants": None, "cursors": self.cursors, "limit": 500}
            reply = self._asked("pull", asked)
            self.cursors.update(reply["cursors"])
            for row in reply["rows"]:
                self.rows[row["id"]] = row
            more = reply["more"]

    def shown(self, kind: str, scope: str | None = None) -> dict[str, Json]:
        """Records of a kind as a screen shows them: id to values."""
        return {
            row["id"]: {name: _winner(heads)["value"] for name, heads in row["fields"].items()}
            for row in self.rows.values()
            if row["kind"] == kind and not row["deleted"] and scope in (None, row["scope"])
        }

    def _asked(self, path: str, body: Json) -> Json:
        head, chain = self.witness
        whole = {"network": self.network, "head": head, "chain": chain, **body}
        status, content = self.ask("POST", f"/{path}", whole)
        assert status == 200, (status, content[:500])
        reply: Json = json.loads(content)
        self.witness = (reply["head"], reply["chain"])
        return reply


def _winner(heads: list[Json]) -> Json:
    return max(heads, key=lambda head: (head["depth"], head["id"]))
