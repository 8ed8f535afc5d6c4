"""A debrief's room: many model tablets at the walls of one round, half of them offline.

Moves cards on the one wall and on teams' walls, makes, names, joins, takes away and brings
back groups, as random as people are. Knows the rules of the wall a second time: imports
nothing of the code under test but the app that it drives.
"""

from __future__ import annotations

import collections
import random
import uuid

from tests.browser.visit_day import Day
from tests.make import Somebody
from tests.sync.devices import Device
from tests.sync.oracle import DELETED, POSITION, Fields, Json, is_deleted, winner

APART = "00000000-0000-4000-8000-00000000000a"
ACTS = ("move",) * 8 + ("team move",) * 4 + ("new", "name", "join", "join", "remove", "restore")


class Room:
    def __init__(self, people: list[Somebody], day: Day, cards: list[str], seed: int) -> None:
        self.dice = random.Random(seed)
        self.round, self.visitors = f"round:{day.round_id}", f"visitors:{day.round_id}"
        self.cards = cards
        self.places = {card: self._id() for card in cards}
        self.groups: dict[str, list[str]] = {"group": [], "team_group": []}
        self.team = day.team
        self.seen = collections.Counter[str]()
        self.devices = [
            Device(one.client, one.network_id, one.member_id, self.dice) for one in people
        ]
        self.online = [True] * len(self.devices)

    def _id(self) -> str:
        return str(uuid.UUID(int=self.dice.getrandbits(128), version=4))

    # ---- what a hand does ----

    def act(self, device: Device) -> None:
        act = self.dice.choice(ACTS)
        kind = "team_group" if act == "team move" else self.dice.choice(["group", "team_group"])
        standing = [g for g in self.groups[kind] if self._is_there(device, g)]
        self.seen[act] += 1
        if act == "new" or not standing:
            self.begin(device, kind)
        elif act == "move":
            group = self.dice.choice([None, APART, *self.groups["group"]])
            self.put(device, "card", self._card(), group)
        elif act == "team move":
            card = self._card()
            place = self.places[card]
            if not device.fields(place):
                self.save(device, "team_place", place, "card", card)
            self.put(device, "team_place", place, self.dice.choice([None, *standing]))
        elif act == "join":
            into = self.dice.choice([None, *standing])
            self.save(device, kind, self.dice.choice(standing), "joined_to", into)
        elif act == "name":
            words = f"words {self.dice.random()}"
            self.save(device, kind, self.dice.choice(standing), "name", words)
        else:
            self.flag(device, kind, standing, deleted=act == "remove")

    def _card(self) -> str:
        """Some cards are in everybody's hands, so that tablets disagree about them."""
        return self.dice.choice(self.cards[: len(self.cards) // self.dice.choice([1, 20])])

    def begin(self, device: Device, kind: str) -> None:
        group = self._id()
        self.groups[kind].append(group)
        self.save(device, kind, group, "name", "a new group")
        if kind == "team_group":
            self.save(device, kind, group, "team", self.team)

    def flag(self, device: Device, kind: str, standing: list[str], *, deleted: bool) -> None:
        gone = [g for g in self.groups[kind] if is_deleted(device.fields(g))]
        if not (standing if deleted else gone):
            return
        group = self.dice.choice(standing if deleted else gone)
        looked_at = {name: {*heads} for name, heads in device.fields(group).items()}
        flags = {DELETED: looked_at.get(DELETED, set())}
        seen = {**looked_at, **flags} if deleted else flags
        device.save(kind, group, self._scope(kind), {DELETED: deleted}, seen)

    def put(self, device: Device, kind: str, record: str, group: str | None) -> None:
        order = self.dice.choice("ABCDEFGHIJKLMNOP") + "V"
        self.save(device, kind, record, POSITION, {"group": group, "order": order})

    def save(self, device: Device, kind: str, record: str, name: str, value: object) -> None:
        heads = device.fields(record).get(name, {})
        device.save(kind, record, self._scope(kind), {name: value}, {name: {*heads}})

    def _scope(self, kind: str) -> str:
        return self.visitors if kind.startswith("team_") else self.round

    def _is_there(self, device: Device, record: str) -> bool:
        fields = device.fields(record)
        return bool(fields) and not is_deleted(fields)

    # ---- what links do ----

    def sync(self, device: Device) -> None:
        while device.outbox:
            number, changes = device.batch(50)
            device.hear_push(number, device.push(changes))
        more = True
        while more:
            number, reply = device.pull(1000)
            device.hear_pull(number, reply)
            more = reply["more"]

    def turn(self) -> None:
        """Everybody does something; those online send and hear; now and then a link changes."""
        for at, device in enumerate(self.devices):
            self.act(device)
            if self.dice.random() < 0.1:
                self.online[at] = not self.online[at]
            if self.online[at]:
                self.sync(device)
            else:
                self.seen["offline"] += 1

    def disagreements(self, device: Device) -> int:
        """Places that tablets gave to one card while they were apart."""
        records = [*self.cards, *self.places.values()]
        return sum(len(device.fields(record).get(POSITION, {})) > 1 for record in records)

    def come_to_rest(self) -> None:
        for _ in range(2):
            for device in self.devices:
                self.sync(device)

    # ---- what hangs where ----

    def joins(self, device: Device, kind: str) -> dict[str, str | None]:
        return {
            group: value_of(device.fields(group), "joined_to")
            for group in self.groups[kind]
            if self._is_there(device, group)
        }

    def wall(self, device: Device, kind: str = "group") -> dict[str, str | None]:
        """Card to the group that it hangs in; none for what is loose or fits nowhere."""
        joins = self.joins(device, kind)
        lies_in = self.cards if kind == "group" else [self.places[card] for card in self.cards]
        found: dict[str, str | None] = {}
        for card, record in zip(self.cards, lies_in, strict=True):
            position: Json = value_of(device.fields(record), POSITION) or {}
            found[card] = followed(position.get("group"), joins)
        return found


def value_of(fields: Fields, name: str) -> object:
    heads = fields.get(name, {})
    first = winner(heads)
    return heads[first]["value"] if first else None


def followed(group: str | None, joins: dict[str, str | None]) -> str | None:
    """Go on from group to group until one stands, is met again, or is gone."""
    way: list[str] = []
    while group in joins and group not in way:
        way.append(group)
        group = joins[group] or group
    if group is None or group not in joins:
        return None
    return min(way[way.index(group) :])
