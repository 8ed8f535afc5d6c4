"""The ground that layer S plays on: a network, its people and tablets, and its server's keeper.

What the keeper does behind the server's back stands here: roles, backups, restores, an
upgrade, the end of a session. What people and links do is in simulator.py.
"""

from __future__ import annotations

import collections
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update

from server import clock
from server.db import writing
from server.models.accounts import Membership, Session
from server.models.sync import Network
from server.sync import envelope, release
from tests.sync.oracle import (
    FIRST,
    JOINED,
    NAME,
    POSITION,
    STATEMENT,
    TEXT,
    Fields,
    Json,
)
from tests.sync.world import World, kind_of
from tests.torture import stage as staging
from tests.torture.device import TorturedDevice
from tests.torture.invariants import (
    Rights,
    Told,
    check_acks,
    watch_carry,
    watch_pull,
    watch_push,
)
from tests.torture.saves import judge_save
from tests.torture.told_walls import check_told
from tests.torture.wire import Wire

ENVELOPE: Any = envelope
RELEASE: Any = release


CARDS = ("a1", "b1", "c1")
LATE = ("l1", "l2")
"""Cards that are written once the network has described."""
GROUPS = ("g1", "g2")
PATTERNS = ("p1", "p2")
PREDICTIONS = ("f1", "f2")
ITEMS = ("i1", "i2", "i3", "i4")
SOURCES = {"s2": "a1", "s3": "b1", "s4": "l1"}
"""Where a card comes from; of `s1` only the minute is written."""
PLACES = {"u1": "a1", "u2": "b1"}
"""Where cards lie on their team's own wall."""
IN_THE_ROOM = (*LATE, *GROUPS, *PATTERNS, *PREDICTIONS, *ITEMS, "d1", "j1", "o1", "q1", "r1", "w1")
AMONG_VISITORS = (*SOURCES, *PLACES, "t1")
COMMITMENTS = {"ka": "ana", "kb": "ben", "kc": "cleo", "kh": "hal", "kl": "lea"}
DEBRIEF = (*IN_THE_ROOM, *AMONG_VISITORS, *COMMITMENTS)
"""Records of the first round's debrief, which rooms.py writes."""
RUNBOOK = (
    *(("describe", each) for each in ("reread", "read_and_agree", "cross_check")),
    *(("analyze", each) for each in ("own_wall", "gallery_walk", "one_wall", "patterns")),
    ("predict", "predict"),
    *(("next_level", each) for each in ("host_speaks", "next_level", "commit")),
)
"""Phase and activity of the full runbook's steps, written a second time."""


@dataclass(frozen=True)
class Step:
    id: str
    phase: str
    activity: str


@dataclass(frozen=True)
class Person:
    person_id: str
    member: str


class Ground(World):
    """One network with its people, their tablets, and what happened to them."""

    devices: list[TorturedDevice]  # type: ignore[assignment]
    sent: list[tuple[TorturedDevice, bytes]]  # type: ignore[assignment]

    def __init__(self, stage: staging.Stage, seed: int) -> None:
        self.stage, self.seed = stage, seed
        self.dice = Random(seed)
        self.seen = collections.Counter[str]()
        self.wire = Wire(stage.app)
        self.backups, self.kept = [], []  # type: ignore[var-annotated]
        self.saves, self.named, self.sent = {}, {}, []
        self.purged, self.exempt, self.touched = set(), set(), set()
        self.ledger = []
        self.restored, self.words, self.schema, self.ops = False, 0, 1, 0
        self.typed = ""
        self.poisons: dict[str, str] = {}
        self.set_aside: dict[str, int] = {}
        self.ended: set[str] = set()
        self.told = Told()
        self.walls: dict[str, Any] = {}
        self.sealed: dict[str, dict[str, set[str]]] = {}
        self.reached: set[str] = set()
        self._found()

    # ---- the beginning ----

    def _found(self) -> None:
        self.network = staging.found_network("The simulated network", f"{self.seed:032x}")
        self.people = {name: self._person(name) for name in COMMITMENTS.values()}
        self.rights = Rights(lead=self.people["lea"].member)
        self.rounds = {name: clock.new_id() for name in ("1", "2")}
        self.scopes = {
            **dict.fromkeys((*CARDS, *IN_THE_ROOM), f"round:{self.rounds['1']}"),
            "a2": f"round:{self.rounds['2']}",
            **dict.fromkeys(("s1", *AMONG_VISITORS), f"visitors:{self.rounds['1']}"),
            **{name: f"own:{self.people[who].member}" for name, who in COMMITMENTS.items()},
            "na": f"own:{self.people['ana'].member}",
            "n2": f"own:{self.people['ana'].member}",
            "nb": f"own:{self.people['ben'].member}",
            "nc": f"own:{self.people['cleo'].member}",
        }
        self.records = {name: clock.new_id() for name in self.scopes}
        the_round = self.rounds["1"]
        self.records |= {"o1": the_round, "w1": _derived(the_round, "summary")}
        self.records |= {"d1": _derived(the_round, "debrief"), "r1": _derived(the_round, "revisit")}
        runbook = _derived(the_round, "runbook:full")
        self.steps = [Step(_derived(runbook, f"step:{a}"), phase, a) for phase, a in RUNBOOK]
        self.classrooms = [clock.new_id() for _ in range(3)]
        for name in ("ana", "ben", "cleo"):
            for round_name in self.rounds:
                self.give(name, round_name, "visitor")
        self.give("ana", "1", "facilitator")
        self.give("hal", "1", "host")
        self.touched.clear()
        owners = ["ana", "lea", "hal", "ben", "ana", "cleo"]
        self.owners = owners[: self.dice.randint(4, len(owners))]
        self.devices = [self._tablet(name) for name in self.owners]
        self.pull_all(self.devices[0], 50)
        self.put(0, "o1", {"title": "A round at a school"})
        self.push(0)
        for device in self.devices:
            self.pull_all(device, 50)

    def _person(self, name: str) -> Person:
        return Person(*staging.take_in(self.network, "lead" if name == "lea" else "member"))

    def _tablet(self, name: str) -> TorturedDevice:
        person = self.people[name]
        device = TorturedDevice(self.wire, self._watch, self.network, person.member, self.dice)
        device.seen = self.seen
        device.tablet_id = clock.new_id()
        device.sign_in(staging.sign_in(person.person_id, device.tablet_id))
        return device

    def _watch(self, device: TorturedDevice, path: str, asked: Any, told: Any) -> None:
        if path == "push":
            watch_push(self, device, asked, told)
        elif path == "pull":
            watch_pull(self, device, asked, told)
            check_told(self, device, told)
        elif path.endswith("/carry"):
            watch_carry(self, device, asked, told)

    # ---- the server, behind its back ----

    def give(self, name: str, round_name: str, role: str | None) -> None:
        """Give somebody a role in a round, or take it away."""
        member, round_id = self.people[name].member, self.rounds[round_name]
        self.grant(member, round_name, role is not None, role or "")
        self.touched.add((member, f"visitors:{round_id}"))
        self.rights.rounds.pop((member, round_id), None)
        if role is not None:
            self.rights.rounds[(member, round_id)] = role

    def remove(self, name: str, gone: bool) -> None:
        """Take somebody out of the network, or in again."""
        member = self.people[name].member
        with writing(self.network) as tx:
            tx.execute(
                update(Membership)
                .where(Membership.id == member)
                .values(removed_at=clock.now() if gone else None)
            )
        (self.rights.removed.add if gone else self.rights.removed.discard)(member)
        self.touched |= {(member, scope) for scope in self.scopes.values()}

    def backup(self) -> None:
        super().backup()
        self.kept.append((self.told.copy(), dict(self.rights.rounds), dict(self.set_aside)))

    def restore(self, index: int) -> None:
        check_acks(self)
        super().restore(index)
        told, rounds, set_aside = self.kept[index]
        self.told, self.rights.rounds = told.copy(), dict(rounds)
        self.set_aside = dict(set_aside)
        everyone = {person.member for person in self.people.values()}
        self.touched |= {(member, scope) for member in everyone for scope in self.scopes.values()}
        if self.dice.random() < 0.5:
            with writing(self.network) as tx:
                epoch = f"{self.dice.getrandbits(128):032x}"
                tx.execute(update(Network).where(Network.id == self.network).values(epoch=epoch))

    def upgrade(self) -> None:
        """The server learns schema 2, and lets in what waited for it."""
        self.schema = 2
        ENVELOPE.SCHEMA = RELEASE.SCHEMA = 2
        with writing(self.network) as tx:
            release.release_after_upgrade(tx, self.network)

    def end_session(self, device: TorturedDevice) -> None:
        with writing() as tx:
            tx.execute(delete(Session).where(Session.device_id == device.tablet_id))
        self.ended.add(device.tablet_id)

    def sign_in(self, index: int) -> None:
        person = self.people[self.owners[index]]
        device = self.devices[index]
        self.ended.discard(device.tablet_id)
        device.sign_in(staging.sign_in(person.person_id, device.tablet_id))

    # ---- answers for the checks of tests/sync ----

    def may_read(self, device: Any, scope: str) -> bool:
        return self.rights.holds(device.member, scope)

    def judge(self, device: Any, name: str, values: Json) -> None:
        judge_save(self, device, name, values)

    def is_told(self, device: Any, name: str) -> bool:
        """Of a wall, who does not visit is told what told_walls.py says, and not what there is."""
        scope = self.scopes[name]
        lies_there = scope.startswith("round:") and kind_of(name) in ("card", "group")
        return not lies_there or self.rights.visits(device.member, scope)

    def value_for(self, register: str, fields: Fields) -> Any:
        if register in (TEXT, NAME, STATEMENT):
            return self.typed or staging.words_for(self.words)
        if register == FIRST:
            return not any(head["value"] for head in fields.get(FIRST, {}).values())
        if register in (POSITION, JOINED):
            groups = [None, *(self.records[name] for name in GROUPS)]
            if register == JOINED:
                return self.dice.choice(groups)
            apart = _derived(self.rounds["1"], "fits-nowhere")
            return {"group": self.dice.choice([*groups, apart]), "order": f"a{self.words}"}
        return super().value_for(register, fields)


def _derived(first: str, second: str) -> str:
    """The id that two tablets make alike, written a second time: a hash as a version 4 UUID."""
    digits = [*sha256(f"{first}/{second}".encode()).hexdigest()[:32]]
    digits[12], digits[16] = "4", "89ab"[int(digits[16], 16) & 3]
    return str(UUID("".join(digits)))
