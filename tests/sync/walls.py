"""A wall that visitors lay while somebody from the host's school reads it, for tests.

Moves the debrief on, and says by rules of its own what may be told: imports none of the code
under test (tests/sync/oracle.py merges).
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from server import clock
from server.domain.identifiers import debrief_id
from tests.make import Somebody, a_member, a_network
from tests.sync.oracle import Fields, Json, expected, is_deleted, values_of
from tests.sync.talk import a_change, a_part, a_round, log_of, push, statuses

Stand = tuple[str, Any, bool]
DESCRIBES: Stand = ("describe", None, False)


@dataclass
class Room:
    """A round with a lead, a visitor and a host; and how its debrief came to where it stands."""

    lead: Somebody
    ana: Somebody
    host: Somebody
    round_id: str
    now: dict[str, Any] = field(default_factory=dict)
    stands: list[tuple[int, Stand]] = field(default_factory=lambda: [(0, DESCRIBES)])
    last: dict[tuple[str, str], str] = field(default_factory=dict)
    """Record and register to the newest change of it."""

    @property
    def scope(self) -> str:
        return f"round:{self.round_id}"

    @property
    def name(self) -> str:
        return f"told:{self.round_id}"

    def save(self, by: Somebody, kind: str, record: str, **values: Any) -> int:
        """One save that names what it replaces; its number."""
        change = self.change(by, kind, record, **values)
        reply = push(by, change)
        assert statuses(reply) == ["applied"]
        return int(reply["results"][0]["seq"])

    def change(self, by: Somebody, kind: str, record: str, **values: Any) -> Json:
        change = a_change(by, kind=kind, record=record, scope=self.scope, set=values)
        for name in values:
            before = self.last.get((record, name))
            change["seen"][name] = [before] if before else []
            change["depth"][name] = 1 + self._depth.get(before, 0) if before else 1
            self.last[record, name] = change["id"]
            self._depth[change["id"]] = change["depth"][name]
        if "deleted" in values:
            others = {name: at for (of, name), at in self.last.items() if of == record}
            change["seen"] |= {name: [at] for name, at in others.items() if name not in values}
        return change

    _depth: dict[str, int] = field(default_factory=dict)

    def go_to(self, **values: Any) -> int:
        """Move the debrief: `phase`, `step`, `closed_at`, or only its clock."""
        seq = self.save(self.lead, "debrief", debrief_id(self.round_id), **values)
        self.now |= values
        phase, closed = self.now.get("phase") or "describe", bool(self.now.get("closed_at"))
        step = None if phase == "describe" else self.now.get("step")
        if self.stands[-1][1] != (phase, step, closed):
            self.stands.append((seq, (phase, step, closed)))
        return seq

    def post(self, text: str = "S: nine of twelve", **values: Any) -> str:
        card = clock.new_id()
        first = {"text": text, "element": "student", "standing": "posted"}
        self.save(self.ana, "card", card, **first)
        if values:
            self.save(self.ana, "card", card, **values)
        return card

    def told(self) -> dict[str, Any]:
        """What may be told of cards and groups, from the log and the rules alone."""
        as_of, (phase, _, closed) = self.stands[-1]
        if as_of == 0:
            return {}
        if closed or phase == "next_level":
            as_of = 2**60
        log = [row for row in log_of(self.host.network_id) if row.kind in ("card", "group")]
        purged = {row.record_id for row in log if row.body is None}
        live = [json.loads(row.body) for row in log if row.body and row.seq <= as_of]
        found = {}
        for record in {change["record"] for change in live} - purged:
            mine = [change for change in live if change["record"] == record]
            named = {one["id"]: {n: {*ids} for n, ids in one["seen"].items()} for one in mine}
            found[record] = (mine[0]["kind"], expected(mine, named))
        return plain(found)


def plain(found: dict[str, tuple[str, Fields]]) -> dict[str, Any]:
    """Record to what is read of it: values, the group of a card and its place among others."""
    shown: dict[str, Any] = {}
    places: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for record, (kind, fields) in found.items():
        values = values_of(fields)
        if is_deleted(fields) or (kind == "card" and values.get("standing") != "agreed"):
            continue
        place = values.pop("position", None)
        shown[record] = values
        if place:
            places[place["group"]].append((place["order"], record))
    for group, cards in places.items():
        for at, (_, record) in enumerate(sorted(cards)):
            shown[record] |= {"position": [group, at]}
    return shown


def read_by(rows: dict[str, Json]) -> dict[str, Any]:
    """The same of the cards and groups among the rows of a device (tests/sync/devices.py)."""
    wall = {record: row for record, row in rows.items() if row["kind"] in ("card", "group")}
    return plain({record: (row["kind"], row["fields"]) for record, row in wall.items()})


def a_room(app: Flask, **fields: Any) -> Room:
    lead = a_member(app, a_network(), "lead")
    ana, host = a_member(app, lead.network_id), a_member(app, lead.network_id)
    round_id = a_round(lead, ana, **fields)
    assert statuses(push(lead, a_part(lead, round_id, host, "host"))) == ["applied"]
    return Room(lead, ana, host, round_id)
