"""A tablet as docs/sync-protocol.md, 6 says, in memory, speaking HTTP to the real app.

outbox and acknowledged changes, cached rows, cursors, witness. Imports none of the code
under test; tests drive it and cut, repeat or delay what it sends and hears.
"""

from __future__ import annotations

import collections
import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from flask.testing import FlaskClient

from tests.sync.oracle import DELETED, Fields, Heads, Json, hash_of, head_of

KEEP_TICKS = 2
"""Stands for the 30 days that an acknowledged change stays on the device."""


class Device:
    def __init__(self, client: FlaskClient, network: str, member: str, dice: Any) -> None:
        self.client, self.network, self.member, self.dice = client, network, member, dice
        self.outbox: list[Json] = []
        self.acked: dict[str, Json] = {}
        self.rows: dict[str, Json] = {}
        self.cursors: dict[str, int] = {}
        self.scopes: list[str] = []
        self.exported: dict[str, Json] = {}
        self.witness: tuple[int, str] = (0, "")
        self.epoch: str | None = None
        self.schema, self.made_at = 1, "2026-11-22T09:14:03Z"
        self.synced: int | None = None
        self.grants: str | None = None
        self.saves = self.requests = self.tick = 0
        self.mail: list[tuple[Callable[[int, Json], None], int, Json]] = []
        self.dropped: list[tuple[str, int]] = []
        self.seen = collections.Counter[str]()

    # ---- what the screen shows, and saving ----

    def overlay(self, record: str) -> Iterator[Json]:
        """Waiting changes, and acknowledged ones whose row has not caught up yet."""
        seq = self.rows[record]["seq"] if record in self.rows else 0
        for acked in self.acked.values():
            change = acked["change"]
            if change["record"] == record and acked["status"] == "applied" and acked["seq"] > seq:
                yield change
        for entry in self.outbox:
            if entry["change"]["record"] == record:
                yield entry["change"]

    def fields(self, record: str) -> Fields:
        """The heads on the screen: the row's, united with one's own; none that is named."""
        row = self.rows.get(record)
        fields: Fields = {} if row is None else {n: {**h} for n, h in row["fields"].items()}
        for change in self.overlay(record):
            for name in change["set"]:
                fields.setdefault(name, {})[change["id"]] = head_of(change, name)
        for heads in fields.values():
            if len(heads) > 1:
                for named in [i for head in heads.values() for i in head["seen"]]:
                    heads.pop(named, None)
        return fields

    def save(
        self, kind: str, record: str, scope: str, values: Json, seen: dict[str, set[str]]
    ) -> tuple[Json, bool]:
        """One save; amended in place while it was never sent and is all that it replaces.

        One of several values is always a change of its own.
        """
        first = next(iter(values))
        for entry in self.outbox if len(values) == 1 else ():
            change = entry["change"]
            same = change["record"] == record and [*change["set"]] == [first]
            mine = [*seen[first]] == [change["id"]]
            if same and mine and not entry["frozen"] and first != DELETED:
                change["set"] = dict(values)
                self.seen["amended"] += 1
                return change, True
        self.saves += 1
        held = self.fields(record)
        change = {
            "id": str(uuid.UUID(int=self.dice.getrandbits(128), version=4)),
            "n": self.saves,
            "by": self.member,
            "kind": kind,
            "record": record,
            "scope": scope,
            "schema": self.schema,
            "made_at": self.made_at,
            "set": dict(values),
            "seen": {field: sorted(ids) for field, ids in seen.items()},
            "depth": {name: 1 + _deepest(held.get(name, {})) for name in values},
        }
        self.outbox.append({"change": change, "frozen": False})
        return change, False

    # ---- asking ----

    def post(self, path: str, body: Json) -> Json:
        answer = self.client.post(f"/api/v1/{path}", json=body)
        assert answer.status_code in (200, 409, 410), answer.json
        assert answer.headers["Sync-Server"] == "1"
        return {**answer.json, "code": answer.status_code}

    def batch(self, most: int, hold: bool = False) -> tuple[int, list[Json]]:
        """Pick and freeze; `hold` keeps back a change whose editor is open."""
        held = self.outbox[:1] if hold and self.outbox and not self.outbox[0]["frozen"] else []
        picked = [entry for entry in self.outbox if entry not in held][:most]
        for entry in picked:
            entry["frozen"] = True
        self.requests += 1
        return self.requests, [entry["change"] for entry in picked]

    def push(self, changes: list[Json]) -> Json:
        head, chain = self.witness
        return self.post(
            "push", {"network": self.network, "head": head, "chain": chain, "changes": changes}
        )

    def pull(self, limit: int) -> tuple[int, Json]:
        self.requests += 1
        head, chain = self.witness
        body = {
            "network": self.network,
            "head": head,
            "chain": chain,
            "synced": self.synced,
            "grants": self.grants,
            "cursors": self.cursors,
            "limit": limit,
        }
        return self.requests, self.post("pull", body)

    def snapshot(self, scope: str) -> None:
        """Read all that a scope holds as one stream; its first line's head is the cursor."""
        self.requests += 1
        head, chain = self.witness
        query = {"network": self.network, "head": head, "chain": chain}
        answer = self.client.get(f"/api/v1/snapshot/{scope}", query_string=query)
        assert answer.status_code in (200, 409), answer.json
        first, *rows = [json.loads(line) for line in answer.get_data().splitlines()]
        if self.believe(self.requests, {**first, "code": answer.status_code}):
            self.store(rows[:-1])
            self.cursors[scope] = max(first["head"], self.cursors.get(scope, 0))

    def sync(self) -> None:
        """One sync: until nothing waits and the last page has come."""
        for _ in range(30):
            number, changes = self.batch(100)
            if changes:
                self.hear_push(number, self.push(changes))
            number, reply = self.pull(500)
            self.hear_pull(number, reply)
            if reply["code"] == 200 and not reply["more"] and not self.outbox and self.synced:
                return
        raise AssertionError("a sync that never ends")

    # ---- hearing ----

    def believe(self, number: int, reply: Json) -> bool:
        """Whether anything in the reply may be used (section 3)."""
        if number != self.requests:
            self.seen["late"] += 1
            return False
        if reply["code"] == 410:
            self.read_afresh()
            return False
        if reply["code"] == 409 or self.epoch not in (None, reply["epoch"]):
            self.forget()
            return False
        self.epoch = reply["epoch"]
        if reply["head"] > self.witness[0]:
            self.witness = (reply["head"], reply["chain"])
        return True

    def forget(self) -> None:
        """The server's history is another one: offer everything again (section 4, 409)."""
        self.seen["forgot"] += 1
        self.witness, self.epoch = (0, ""), None
        self.read_afresh()
        again = sorted(self.acked.values(), key=lambda acked: acked["change"]["n"])
        self.outbox[:0] = [{"change": acked["change"], "frozen": True} for acked in again]
        self.acked = {}

    def read_afresh(self) -> None:
        """What is here is shown until it comes again, or does not (section 4, 410)."""
        self.seen["read afresh"] += 1
        self.cursors, self.synced, self.grants = {}, None, None
        for row in self.rows.values():
            row.update(seq=0, old=True)

    def hear_push(self, number: int, reply: Json) -> None:
        if not self.believe(number, reply):
            return
        for result in reply["results"]:
            held = self.acked.get(result["id"])
            if held and result["status"] == "applied":
                held.update(status="applied", seq=result["seq"])
            entry = next((e for e in self.outbox if e["change"]["id"] == result["id"]), None)
            assert result["status"] != "invalid", "an honest device was called invalid"
            if entry is None:
                continue
            change = entry["change"]
            assert result["sha256"] == hash_of(change), "an acknowledgement of another text"
            self.outbox.remove(entry)
            if result["status"] == "purged":
                self.exported[change["id"]] = change
            else:
                self.acked[change["id"]] = {
                    "change": change,
                    "seq": result["seq"],
                    "status": result["status"],
                    "at": self.tick,
                }

    def hear_pull(self, number: int, reply: Json) -> None:
        if not self.believe(number, reply):
            return
        if set(reply["scopes"]) != set(self.scopes) or reply["more"]:
            self.synced = self.grants = None
        self.scopes = reply["scopes"]
        self.store(reply["rows"])
        for scope, cursor in reply["cursors"].items():
            self.cursors[scope] = max(cursor, self.cursors.get(scope, 0))
        self.cursors = {s: c for s, c in self.cursors.items() if s in self.scopes}
        self.rows = {i: row for i, row in self.rows.items() if row["scope"] in self.scopes}
        if not reply["more"]:
            self.synced, self.grants = reply["head"], reply["grants"]
            self.rows = {i: row for i, row in self.rows.items() if not row.get("old")}
        self.drop_acked(reply["durable"])

    def store(self, rows: list[Json]) -> None:
        for row in rows:
            if row["seq"] < self.rows.get(row["id"], {"seq": 0})["seq"]:
                continue
            fields = {
                name: {
                    head["id"]: {
                        "value": head.get("value"),
                        "depth": head["depth"],
                        "seen": head["seen"],
                        "covers": head.get("covers", {}),
                    }
                    for head in heads
                }
                for name, heads in row.get("fields", {}).items()
            }
            known = {name: row[name] for name in ("kind", "scope", "seq")}
            self.rows[row["id"]] = {**known, "fields": fields}
            if row.get("purged"):
                kept = self.acked.items()
                self.acked = {i: a for i, a in kept if a["change"]["record"] != row["id"]}

    def drop_acked(self, durable: int) -> None:
        """Retention (section 6): backed up, old enough, and the row has caught up."""
        for change_id, acked in [*self.acked.items()]:
            change = acked["change"]
            row = self.rows.get(change["record"], {"seq": 0})
            caught_up = row["seq"] >= acked["seq"] or change["scope"] not in self.scopes
            is_old = self.tick - acked["at"] >= KEEP_TICKS
            if acked["status"] == "applied" and acked["seq"] <= durable and is_old and caught_up:
                self.dropped.append((change_id, acked["at"]))
                del self.acked[change_id]


def _deepest(heads: Heads) -> int:
    return max((head["depth"] for head in heads.values()), default=0)
