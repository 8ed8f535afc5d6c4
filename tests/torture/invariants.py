"""What must hold at every exchange of layer S, and at rest: I1 to I13 of docs/torture.md.

Judges by what devices sent and were told, by who was given which round, and by the oracle
of tests/sync, which shares no import with the code under test. Changes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.sync.checks import check_own_words
from tests.sync.oracle import Json, hash_of
from tests.torture.device import POISONS, TorturedDevice

if TYPE_CHECKING:
    from tests.torture.simulator import Simulation

VISITING = {"visitor", "facilitator", "timekeeper", "documenter", "apprentice"}
"""Round roles that hold `visitors:` and write cards, written a second time."""
LEADING = {"facilitator", "timekeeper"}
"""Round roles that move a debrief, beside the network's lead."""
PEOPLE = {*VISITING, "host"}
WRITING = {
    "debrief": LEADING,
    "revisit": {*LEADING, "host"},
    "round": {"facilitator", "host"},
    **dict.fromkeys(("next_level_item", "return_summary", "norm_check", "pattern_now"), PEOPLE),
}
"""Round roles that write what not all and only visitors write, beside the network's lead."""
NOT_ALL = {
    **{("return_summary", field): {"host"} for field in ("host_words", "opened")},
    ("revisit", "opened_at"): {*LEADING, "lead"},
}
"""Fields that fewer roles write than their record."""
NAMELESS = {"card", "group", "pattern", "prediction", "next_level_item", "debrief"}
"""Kinds of which nobody is told who wrote them, and of the moment only the day."""


@dataclass
class Rights:
    """Who holds what, as the run gave it: the oracle of access."""

    lead: str
    rounds: dict[tuple[str, str], str] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)

    def holds(self, member: str, scope: str) -> bool:
        word, _, owner = scope.partition(":")
        if member in self.removed:
            return False
        if word == "own":
            return owner == member
        if word == "network":
            return True
        role = "lead" if member == self.lead else self.rounds.get((member, owner))
        visits = role == "lead" or role in VISITING
        return role is not None and (word == "round" or visits == (word == "visitors"))

    def visits(self, member: str, scope: str) -> bool:
        """Whether the member may know where the cards of this round's scope come from."""
        return self.holds(member, f"visitors:{scope.partition(':')[2]}")

    def may_write(self, member: str, change: Json) -> bool:
        scope, kind = change["scope"], change["kind"]
        word, _, owner = scope.partition(":")
        if word == "own" or not self.holds(member, scope):
            return self.holds(member, scope)
        writes = {*WRITING.get(kind, VISITING), "lead"}
        role = "lead" if member == self.lead else self.rounds.get((member, owner))
        return role in writes and all(
            role in NOT_ALL.get((kind, register.partition("/")[0]), writes)
            for register in change["set"]
        )


@dataclass
class Told:
    """What the server has told, so that it can be held to it."""

    acks: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Change id to the number and hash that a device was told since the last restore."""
    reached: set[str] = field(default_factory=set)
    """Changes that a 200 answered since the last restore."""
    counts: Counter[str] = field(default_factory=Counter)

    def copy(self) -> Told:
        return Told(dict(self.acks), set(self.reached), self.counts)


def watch_push(world: Simulation, device: TorturedDevice, asked: Json, told: Json) -> None:
    """I1, I2, I9, I11: each result is for what was sent, and says what it must."""
    results = told["results"]
    assert [r["id"] for r in results] == [c["id"] for c in asked["changes"]], "other results"
    for change, result in zip(asked["changes"], results, strict=True):
        if result["status"] == "invalid":
            poison = world.poisons.get(change["id"])
            assert POISONS.get(poison or "") == "invalid", "an honest device was called invalid"
            world.told.counts["invalid"] += 1
            continue
        assert result["sha256"] == hash_of(change), "an acknowledgement of another text"
        if change["record"] in {entry.record for entry in world.ledger}:
            assert result["status"] == "purged", f"{result['status']} where purged was due"
        elif change["id"] not in world.told.reached:
            want = _expected_status(world, device.member, change)
            assert result["status"] == want, f"{result['status']} where {want} was due"
        elif result["seq"] is not None:
            _same_as_before(world, result)
        if result["status"] == "set_aside":
            world.set_aside[change["id"]] = result["seq"]
        if result["seq"] is not None:
            world.told.acks[change["id"]] = (result["seq"], result["sha256"])
            world.told.reached.add(change["id"])
        world.told.counts[result["status"]] += 1


def _expected_status(world: Simulation, member: str, change: Json) -> str:
    """The verdict on what the server never saw, from access and poison alone."""
    poison = world.poisons.get(change["id"])
    if change["schema"] > world.schema or (poison and poison != "newer app"):
        return POISONS[poison] if poison else "set_aside"
    return "applied" if world.rights.may_write(member, change) else "set_aside"


def _same_as_before(world: Simulation, result: Json) -> None:
    """A repeat is told the same number; once released, the number of its release."""
    waited_at = world.set_aside.get(result["id"])
    if waited_at is not None and result["status"] == "applied":
        assert result["seq"] > waited_at, "a released change was told its old number"
    else:
        seq, _ = world.told.acks[result["id"]]
        assert result["seq"] == seq, "a repeat was told another number"


def watch_carry(world: Simulation, device: TorturedDevice, asked: Json, told: Json) -> None:
    """I1, I2: what was brought for others is there once, judged as if they had sent it."""
    changes = [entry["change"] for entry in asked["changes"]]
    assert told["refused"] == told["elsewhere"] == 0, "a card of a file was refused"
    assert told["new"] + told["known"] + told["purged"] == len(changes), "a card of a file is gone"
    log = {row.id: row for row in world.log()}
    purged = {entry.record for entry in world.ledger}
    for change in changes:
        if change["record"] in purged:
            continue
        assert change["id"] in log, "a card of a file is not in the log"
        row = log[change["id"]]
        assert row.sha256 == hash_of(change), "a card of a file says other words"
        if change["id"] not in world.told.reached:
            want = _expected_status(world, change["by"], change)
            assert row.status == want, f"{row.status} where {want} was due"
        if row.status == "set_aside":
            world.set_aside[change["id"]] = row.seq
        world.told.acks[change["id"]] = (row.released_seq or row.seq, row.sha256)
        world.told.reached.add(change["id"])


def watch_pull(world: Simulation, device: TorturedDevice, asked: Json, told: Json) -> None:
    """I3, I9: only what the member holds, after the cursor, in the order of numbers.

    A wall that is told apart has one number for all of it: told_walls.py.
    """
    for scope in told["scopes"]:
        assert world.rights.holds(device.member, scope), "a scope that is not theirs"
    last: dict[str, int] = {}
    for row in told["rows"]:
        scope = row["scope"]
        assert scope in told["scopes"], "a row of a scope that is not theirs"
        _check_nameless(device, row)
        if row["kind"] in ("card", "group") and not world.rights.visits(device.member, scope):
            continue
        begun = asked["cursors"].get(scope, 0)
        assert row["seq"] > last.get(scope, begun), "a row out of order"
        last[scope] = row["seq"]
    for scope, cursor in told["cursors"].items():
        begun = asked["cursors"].get(scope, 0)
        if scope.startswith("told:"):
            assert cursor >= begun, "a wall is told backwards"
        else:
            assert cursor == last.get(scope, begun), "a cursor past its rows"
    assert len(told["rows"]) <= asked["limit"], "a page over its limit"


def _check_nameless(device: TorturedDevice, row: Json) -> None:
    """Who wrote it is told to its writer alone, and the moment too."""
    if row["kind"] in NAMELESS:
        for head in (head for heads in row.get("fields", {}).values() for head in heads):
            is_own = head.get("by") == device.member
            assert is_own or "by" not in head, "it is told who wrote something"
            assert is_own or len(head["made_at"]) == 10, "it is told when something was written"


def check_acks(world: Simulation) -> None:
    """I1, I2, I3: every number and hash that was told stands in the log, once each."""
    log = world.log()
    by_id = {row.id: row for row in log}
    assert len(by_id) == len(log), "a change has two numbers"
    assert [row.seq for row in log] == [*range(1, len(log) + 1)], "a number is missing"
    for change_id, (seq, digest) in world.told.acks.items():
        row = by_id.get(change_id)
        assert row is not None, "an acknowledged change is gone"
        assert seq in (row.seq, row.released_seq), "an acknowledged change has another number"
        assert row.sha256 == digest, "an acknowledged change has another hash"


def check_saved(world: Simulation) -> None:
    """I5, I6, I10: what was saved is on its tablet until a backup holds it, under a true word."""
    for change_id, save in world.saves.items():
        device, name = save["device"], save["name"]
        if name in world.purged or change_id in world.exempt or change_id in device.exported:
            continue
        word = device.word_of(change_id)
        assert word, "a saved change is neither on its tablet nor excused"
        if word == "on the server" and not world.restored:
            assert change_id in world.told.acks, "called on the server, and was not"


def check_midway(world: Simulation) -> None:
    """Everything that must hold at any time."""
    check_saved(world)
    check_own_words(world)
    check_log_is_quiet(world)


def check_log_is_quiet(world: Simulation) -> None:
    """I12: no 500 was answered and no bug logged."""
    assert not world.wire.answered[500], "the server answered 500"
    bugs = [bug for bug in world.stage.log.bugs if "refused by the store" not in bug]
    assert not bugs, f"the log tells of {bugs[0]}"


def check_rows_held(world: Simulation, device: TorturedDevice) -> None:
    """I4, of one tablet that has just pulled everything: no record of its scopes is absent."""
    applied = {row.record_id for row in world.log() if row.status == "applied"}
    held = {
        world.records[name]
        for name, at in world.scopes.items()
        if at in device.scopes and world.is_told(device, name)
    }
    assert held & applied <= device.rows.keys(), (
        "a record of a scope that is held is not on the tablet"
    )


def check_acks_held(world: Simulation, device: TorturedDevice) -> None:
    """I1, I10, of a tablet that has read the present history: it believes none of another."""
    if device.witness == world.head() and device.synced == world.head()[0]:
        there = {row.id for row in world.log()}
        believed = {i for i, acked in device.acked.items() if acked["status"] == "applied"}
        assert believed <= there, "an acknowledgement of a lost history is believed"
