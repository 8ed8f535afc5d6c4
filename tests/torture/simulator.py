"""Layer S: one seed makes one history of several tablets, the real app, and all that goes wrong.

A run draws acts and faults from the seed, checks invariants.py on the way, lets everything
come to rest and compares all devices with the oracle. Whoever reads a failure gets the seed:
`python -m tests.torture replay --seed N` runs it again, step by step.
"""

from __future__ import annotations

import collections
import json
from contextlib import ExitStack
from dataclasses import dataclass
from random import Random
from typing import Any

from server import clock
from tests.sync.checks import check_convergence, check_log, check_nothing_lost
from tests.sync.oracle import TEXT
from tests.sync.world import kind_of
from tests.torture import stage as staging
from tests.torture.device import POISONS, TorturedDevice, spoiled
from tests.torture.ground import ENVELOPE, RELEASE, Ground
from tests.torture.invariants import check_acks, check_log_is_quiet, check_midway
from tests.torture.leaving import check_seals, check_what_leaves
from tests.torture.told_walls import check_wall_held

ROLES = ("visitor", "visitor", "facilitator", "guest", "host")


class Simulation(Ground):
    """One network with its people, their tablets, and what happened to them."""

    # ---- what people and links do ----

    def type_on(self, index: int, name: str, keys: int) -> None:
        """Keys pressed one after the other: each is a save, of a text that grows."""
        whole = staging.words_for(self.words)
        for key in range(1, keys + 1):
            self.typed = whole[: 1 + key * len(whole) // keys]
            self.act(index, name, TEXT)
        self.typed = ""
        self.ops += keys

    def spoil(self, index: int, poison: str) -> None:
        """Put a change that cannot be accepted before everything that waits."""
        device = self.devices[index]
        name = next((n for n, s in self.scopes.items() if s == f"own:{device.member}"), None)
        if name is None or f"own:{device.member}" not in device.scopes:
            return
        scope = self.scopes[name]
        nothing: dict[str, set[str]] = {TEXT: set()}
        record = self.records[name]
        change, amended = device.save(kind_of(name), record, scope, {TEXT: poison}, nothing)
        if amended:
            return
        bad = spoiled(change, poison)
        device.outbox.pop()
        device.outbox.insert(0, {"change": bad, "frozen": True, "poison": True})
        self.poisons[bad["id"]] = poison
        if POISONS[poison] != "invalid":
            self.named[bad["id"]] = {field: set() for field in bad["set"]}
            told = {"change": bad, "set": bad["set"], "device": device, "name": name}
            self.saves[bad["id"]] = told

    def push(self, index: int, most: int = 9, fault: str = "ok", hold: bool = False) -> None:
        device = self.devices[index]
        number, changes = device.batch(most, hold)
        if not changes:
            return
        device.fault = device.partition or fault
        reply = device.push(changes[::-1] if fault == "reversed" else changes)
        self._check_code(reply, fault)
        self.sent = [*self.sent[-20:], (device, device.last_body)]
        if fault == "late":
            device.mail.append((device.hear_push, number, reply))
            return
        device.hear_push(number, reply)
        if reply["code"] == 200 and device.requests == number:
            waiting = {entry["change"]["id"] for entry in device.outbox}
            stuck = waiting & {change["id"] for change in changes if device.epoch is not None}
            assert not stuck, "poison delays what stands behind it"

    def _check_code(self, reply: Any, fault: str) -> None:
        """I11: on a whole link, no change can have the batch refused that it travels in."""
        if fault in ("ok", "late", "reversed"):
            assert reply["code"] in (0, 200, 401, 409), f"a batch was refused by {reply['code']}"

    def stranger_tries(self) -> None:
        """I9: somebody of another network asks for everything, and finds nothing."""
        other = staging.found_network("Another network", "f" * 32)
        person, member = staging.take_in(other, "lead")
        device = TorturedDevice(self.wire, self._watch, self.network, member, self.dice)
        device.sign_in(staging.sign_in(person, clock.new_id()))
        change, _ = device.save(
            "card", self.records["a1"], self.scopes["a1"], {TEXT: ""}, {TEXT: set()}
        )
        record = self.records[self.dice.choice([*self.records])]
        answers = [device.push([change])["code"], device.pull(40)[1]["code"]]
        for path in (f"records/{record}/history?network=", "set-aside?network="):
            answers.append(self.wire.ask("GET", path + self.network, device.cookie).status)
        assert answers == [404] * 4, f"a stranger was answered {answers}"
        device.network = other
        _, told = device.pull(40)
        ours = {*self.records.values(), *self.scopes.values()}
        assert not ours & {row["id"] for row in told["rows"]} | ours & {*told["scopes"]}, "crossed"

    def share_tablet(self, index: int, name: str) -> None:
        """Sign one account out; another signs in on the same tablet, writes and sends."""
        first = self.devices[index]
        first.sign_out()
        second = self._account_on(first, name)
        place = self.devices.index(second)
        self.sign_in(place)
        self.pull_all(second)
        self.type_on(place, f"n{name[0]}", 2)
        self.push(place)

    def _account_on(self, tablet: TorturedDevice, name: str) -> TorturedDevice:
        """Somebody's account on a tablet: the one that is there, or a new one."""
        for device, owner in zip(self.devices, self.owners, strict=True):
            if owner == name and device.tablet_id == tablet.tablet_id:
                return device
        made = self._tablet(name)
        made.tablet_id = tablet.tablet_id
        tablet.hand_over(made)
        self.devices.append(made)
        self.owners.append(name)
        return made

    def flip_grants(self) -> None:
        """A round is taken and given back while nobody writes: the head stands still."""
        index = self.dice.randrange(len(self.devices))
        name, device = self.owners[index], self.devices[index]
        if name == "lea":
            return
        self.give(name, "1", None)
        self.pull_all(device)
        self.give(name, "1", "visitor")

    def send_successor_first(self, index: int, name: str) -> None:
        """A request is lost, the next save overtakes it, and somebody builds on that one."""
        device = self.devices[index]
        self.type_on(index, name, 1)
        self.push(index, 30, "lost request")
        self.type_on(index, name, 1)
        if len(device.outbox) < 2 or device.partition:
            return
        _, waiting = device.batch(100)
        device.push(waiting[-1:])
        other = self.dice.randrange(len(self.devices))
        if not self.devices[other].signed_out:
            self.pull_all(self.devices[other])
        self.type_on(other, name, 1)
        self.push(other)
        self.push(index)

    def pull(self, index: int, limit: int, fault: str = "ok") -> None:
        device = self.devices[index]
        device.fault = device.partition or fault
        super().pull(index, limit, "late" if fault == "late" else "ok")

    def pull_all(self, device: Any, limit: int = 40) -> None:
        """Every page there is, unless the link or the session ends it."""
        for _ in range(60):
            number, reply = device.pull(limit)
            device.hear_pull(number, reply)
            self._note_drops(device)
            self.seen["more"] += bool(reply.get("more"))
            if reply["code"] == 200 and not reply["more"]:
                check_wall_held(self, device)
            if reply["code"] not in (200, 409, 410) or not reply.get("more", True):
                return
        raise AssertionError("a pull that never ends")

    def send_again(self, which: int) -> None:
        """An old request reaches the server once more, or only now; nobody hears the answer."""
        if self.sent:
            device, body = self.sent[which % len(self.sent)]
            answer = self.wire.ask("POST", "push", device.cookie, body)
            if answer.status == 200:
                self._watch(device, "push", json.loads(body), answer.read())

    # ---- in the end ----

    def come_to_rest(self) -> None:
        """The link is whole again, everybody signs in; all is sent, fetched and compared."""
        ended = {*self.ended}
        for index, device in enumerate(self.devices):
            device.partition = ""
            if device.signed_out or device.tablet_id in ended:
                self.sign_in(index)
        for _ in range(6):
            for index in range(len(self.devices)):
                self._settle(index)
            if not any(device.outbox or device.handed for device in self.devices):
                break
        if self.dice.random() < 0.4:
            self.flip_grants()
        for device in self.devices:
            self.pull_all(device, self.dice.choice([2, 40]))
        check_log(self)
        check_acks(self)
        check_nothing_lost(self)
        check_midway(self)
        check_convergence(self)
        check_seals(self)
        check_what_leaves(self)
        check_log_is_quiet(self)

    def _settle(self, index: int) -> None:
        """One tablet sends what waits and fetches what is there."""
        device = self.devices[index]
        if device.signed_out:  # A restore took the session: its tablet has heard of it by now.
            self.sign_in(index)
        device.bring()
        for _ in range(12):
            if device.outbox:
                self.push(index, 50)
        self.pull_all(device, 40)


@dataclass(frozen=True)
class Outcome:
    """What one seed came to."""

    seed: int
    ops: int
    trace: str
    seen: collections.Counter[str]


def run_seed(stage: staging.Stage, seed: int, steps: int = 60, steered: bool = False) -> Outcome:
    """One whole run. AssertionError names what did not hold."""
    from tests.torture.acts import one_act

    with ExitStack() as stack:
        stack.enter_context(staging.a_fresh_run(stage, Random(seed)))
        stack.callback(_forget_upgrade, ENVELOPE.SCHEMA)
        world = Simulation(stage, seed)
        for step in range(steps):
            one_act(world, steered)
            if step % 25 == 24:
                check_midway(world)
                check_what_leaves(world)
        world.come_to_rest()
        faults = {name: count for name, count in world.seen.items() if name.startswith("fault ")}
        world.seen["faults"] += sum(faults.values())
        world.seen.update(f"runs in {stage}" for stage in world.reached)
        world.seen.update({f"verdict {k}": v for k, v in world.told.counts.items()})
        return Outcome(seed, world.ops, world.wire.trace.hexdigest(), world.seen)


def _forget_upgrade(schema: int) -> None:
    ENVELOPE.SCHEMA = RELEASE.SCHEMA = schema
