"""Three tablets of two people, one server, and everything that can go wrong between them.

Remembers what each person was *shown* at each save: from that, and not from `seen`, the
oracle computes what must be there in the end. Drives the real app over HTTP; what its keeper
does behind its back is in keeper.py.
"""

from __future__ import annotations

import collections
import random
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from server import clock
from server.sync.ledger import Entry
from tests.make import Somebody, a_member, a_membership, a_network
from tests.sync.checks import check_convergence, check_log, check_nothing_lost
from tests.sync.devices import KEEP_TICKS, Device
from tests.sync.keeper import Keeper
from tests.sync.oracle import (
    DELETED,
    ELEMENT,
    FIRST,
    JOINED,
    MINUTE,
    NAME,
    POSITION,
    STANDING,
    STATEMENT,
    TAG,
    TEXT,
    Fields,
    Json,
    is_deleted,
    winner,
)

ANA, ANA_TOO, BEN = 0, 1, 2

REGISTERS = {
    "note": (TEXT, ELEMENT, TAG),
    "card": (TEXT, ELEMENT, TAG, POSITION),
    "card_source": (MINUTE,),
    "group": (NAME, JOINED),
    "pattern": (STATEMENT, ELEMENT),
    "prediction": (TEXT,),
    "next_level_item": (TEXT, FIRST),
    "team_group": (NAME, JOINED),
    "commitment": (TEXT,),
}
"""What a person may change of a kind, beside deleting it."""
PLAIN = (TEXT, ELEMENT, MINUTE, NAME, JOINED, STATEMENT, STANDING, "consensus", "agreed")
"""Where an ordinary edit replaces the version that was shown, and no other."""
ELEMENTS = ("teacher", "student", "task", "relation")


class People:
    """Ana and Ben with their browsers, kept for many worlds: signing in takes long."""

    def __init__(self, app: Flask) -> None:
        network = a_network("The first network of Ana and Ben")
        self.app = app
        self.ana: Somebody = a_member(app, network)
        self.ben: Somebody = a_member(app, network)
        self.seen = collections.Counter[str]()


class World(Keeper):
    def __init__(self, people: People, seed: int = 7) -> None:
        self.dice = random.Random(seed)
        self.network = a_network()
        self.seen = people.seen
        self.ana = a_membership(self.network, people.ana.person_id)
        self.ben = a_membership(self.network, people.ben.person_id)
        self.rounds = {"1": clock.new_id(), "2": clock.new_id()}
        self.scopes = {
            "a1": f"round:{self.rounds['1']}",
            "b1": f"round:{self.rounds['1']}",
            "a2": f"round:{self.rounds['2']}",
            "na": f"own:{self.ana}",
            "nb": f"own:{self.ben}",
        }
        self.records = {name: clock.new_id() for name in self.scopes}
        self.devices = [
            self._device(people.ana.client, self.ana),
            self._device(people.ana.client, self.ana),
            self._device(people.ben.client, self.ben),
        ]
        self.backups: list[dict[str, list[Any]]] = []
        self.ledger: list[Entry] = []
        self.saves: dict[str, Json] = {}
        self.named: dict[str, dict[str, set[str]]] = {}
        self.touched: set[tuple[str, str]] = set()
        self.exempt: set[str] = set()
        self.purged: set[str] = set()
        self.sent: list[tuple[Device, list[Json]]] = []
        self.restored, self.words = False, 0
        for member in (self.ana, self.ben):
            for round_name in self.rounds:
                self.grant(member, round_name, True)
        self.touched.clear()
        for device in self.devices:
            self.pull_all(device)

    def _device(self, client: FlaskClient, member: str) -> Device:
        device = Device(client, self.network, member, self.dice)
        device.seen = self.seen
        return device

    # ---- what people and links do ----

    def act(self, index: int, name: str, field: str, resolve: bool = False) -> None:
        """Edit, tag, move, delete or undo on one device, from what its screen shows."""
        device, kind = self.devices[index], kind_of(name)
        record, scope = self.records[name], self.scopes[name]
        if scope not in device.scopes or field not in (*REGISTERS[kind], "delete", "undo"):
            return
        fields = device.fields(record)
        if is_deleted(fields) != (field == "undo") or (field == "delete" and not fields):
            return
        register = {"undo": DELETED, "delete": DELETED}.get(field, field)
        looked_at = self._looked_at(fields, register, resolve)
        if field == "delete":
            looked_at |= {other: set(heads) for other, heads in fields.items() if other != DELETED}
        self.words += 1
        value = field == "delete" if register == DELETED else self.value_for(register, fields)
        self.seen[field] += 1
        self._keep(device, name, {register: value}, looked_at)

    def put(self, index: int, name: str, values: Json, resolve: bool = False) -> None:
        """Values that a screen saves at once. Of what is deleted there is nothing to save."""
        device = self.devices[index]
        fields = device.fields(self.records[name])
        if self.scopes[name] in device.scopes and not is_deleted(fields):
            looked_at: dict[str, set[str]] = {}
            for register in values:
                looked_at |= self._looked_at(fields, register, resolve)
            self.words += 1
            self._keep(device, name, values, looked_at)

    def _keep(
        self, device: Device, name: str, values: Json, looked_at: dict[str, set[str]]
    ) -> None:
        """The save itself, and what the person was shown at it."""
        self.judge(device, name, values)
        record, scope = self.records[name], self.scopes[name]
        fields = device.fields(record)
        self.seen["in conflict"] += any(len(fields.get(each, {})) > 1 for each in values)
        change, amended = device.save(kind_of(name), record, scope, values, looked_at)
        if amended:
            (register,) = values
            assert looked_at[register] == {change["id"]}, "amended over another's version"
        else:
            self.named[change["id"]] = {name: {*ids} for name, ids in looked_at.items()}
        self.saves[change["id"]] = {
            "change": change,
            "set": {**change["set"]},
            "device": device,
            "name": name,
        }

    def judge(self, device: Device, name: str, values: Json) -> None:
        """Whether the screen may let this be saved. Where there is no debrief, everything."""

    def value_for(self, register: str, fields: Fields) -> Any:
        """What a person enters next."""
        if register == TAG:
            return not any(head["value"] for head in fields.get(TAG, {}).values())
        return {
            TEXT: f"words {self.words}",
            ELEMENT: ELEMENTS[self.words % len(ELEMENTS)],
            MINUTE: self.words % 1000,
            POSITION: {"group": None, "order": f"a{self.words}"},
        }[register]

    @staticmethod
    def _looked_at(fields: Fields, register: str, resolve: bool) -> dict[str, set[str]]:
        heads = fields.get(register, {})
        if resolve or register not in PLAIN:
            return {register: set(heads)}
        first = winner(heads)
        same = {i for i in heads if first and heads[i]["value"] == heads[first]["value"]}
        return {register: same}

    def push(self, index: int, most: int = 9, fault: str = "ok", hold: bool = False) -> None:
        device = self.devices[index]
        number, changes = device.batch(most, hold)
        if not changes:
            return
        self.sent.append((device, changes))
        self.seen[f"push {fault}"] += 1
        if fault == "lost request":
            return
        if fault == "reversed":
            changes = changes[::-1]
        reply = device.push(changes)
        if fault == "twice" and reply["code"] == 200:
            again = device.push(changes)
            assert again["results"] == reply["results"], "a repeat is answered alike"
        if fault == "late":
            device.mail.append((device.hear_push, number, reply))
        elif fault != "lost reply":
            device.hear_push(number, reply)

    def pull(self, index: int, limit: int, fault: str = "ok") -> None:
        device = self.devices[index]
        number, reply = device.pull(limit)
        if fault == "late":
            device.mail.append((device.hear_pull, number, reply))
        elif fault == "ok":
            device.hear_pull(number, reply)
            self._note_drops(device)

    def pull_all(self, device: Device, limit: int = 3) -> None:
        for _ in range(60):
            number, reply = device.pull(limit)
            device.hear_pull(number, reply)
            self._note_drops(device)
            self.seen["more"] += bool(reply.get("more"))
            if reply["code"] == 200 and not reply["more"]:
                return
        raise AssertionError("a pull that never ends")

    def hear_late(self, index: int) -> None:
        device = self.devices[index]
        if device.mail:
            hear, number, reply = device.mail.pop(0)
            hear(number, reply)
            self._note_drops(device)

    def retry_tray(self, index: int) -> None:
        """The tray's "try again": the same changes under the same ids."""
        device = self.devices[index]
        number, _ = device.batch(0)
        waiting = [a["change"] for a in device.acked.values() if a["status"] == "set_aside"]
        if waiting:
            device.hear_push(number, device.push(waiting))

    def _note_drops(self, device: Device) -> None:
        """A dropped copy is excused only if it is in a backup and was old enough."""
        backed_up = {row["id"] for backup in self.backups for row in backup["change"]}
        for change_id, at in device.dropped:
            if device.tick - at >= KEEP_TICKS and change_id in backed_up:
                self.exempt.add(change_id)
        device.dropped.clear()

    # ---- in the end ----

    def come_to_rest(self) -> None:
        """Everybody sends and fetches until nothing is left; then everything is compared."""
        for _ in range(4):
            for index, device in enumerate(self.devices):
                for _ in range(12):
                    if device.outbox:
                        self.push(index, 5)
                self.pull_all(device, 2)
        check_log(self)
        check_nothing_lost(self)
        check_convergence(self)


KINDS = {
    **{"n": "note", "s": "card_source", "g": "group", "p": "pattern", "d": "debrief"},
    **{"f": "prediction", "i": "next_level_item", "o": "round", "r": "revisit"},
    **{"t": "team_group", "u": "team_place", "k": "commitment", "w": "return_summary"},
    **{"q": "norm_check", "j": "pattern_now"},
}


def kind_of(name: str) -> str:
    """By the letter that a record's name begins with; every other letter is a card's."""
    return KINDS.get(name[0], "card")
