"""Random work by three tablets, with every fault, against the real app.

A stateful Hypothesis test; the fixed schedules that it reaches rarely are in
test_schedules.py. `SYNC_EXAMPLES` sets how many histories are tried (default 24,
half as many on PostgreSQL), and `SYNC_SEED` another beginning.
"""

from __future__ import annotations

import os

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from server.db import db
from tests.sync.checks import check_own_words, check_trays
from tests.sync.oracle import POSITION, TAG, TEXT
from tests.sync.world import People, World

EXAMPLES = int(os.environ.get("SYNC_EXAMPLES", "24"))
SEED = int(os.environ.get("SYNC_SEED", "1"))

TABLET = st.integers(0, 2)
RECORD = st.sampled_from(["a1", "a2", "b1", "na", "nb"])
FIELD = st.sampled_from([TEXT, TEXT, TEXT, TAG, TAG, POSITION, "delete", "undo"])
ROUND = st.sampled_from(["1", "2"])
FAULT = st.sampled_from(
    ["ok", "ok", "ok", "lost request", "lost reply", "twice", "reversed", "late"]
)


class Machine(RuleBasedStateMachine):
    people: People

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.people)

    # ---- single acts and faults ----

    @rule(i=TABLET, name=RECORD, field=FIELD, resolve=st.booleans())
    def edit(self, i: int, name: str, field: str, resolve: bool) -> None:
        self.world.act(i, name, field, resolve and field == TEXT)

    @rule(i=TABLET, name=RECORD, times=st.integers(2, 4))
    def type_on(self, i: int, name: str, times: int) -> None:
        for _ in range(times):
            self.world.act(i, name, TEXT)

    @rule(i=TABLET, most=st.integers(1, 4), fault=FAULT, hold=st.booleans())
    def push(self, i: int, most: int, fault: str, hold: bool) -> None:
        self.world.push(i, most, fault, hold)

    @rule(i=TABLET, limit=st.integers(1, 4), fault=st.sampled_from(["ok", "ok", "lost", "late"]))
    def pull(self, i: int, limit: int, fault: str) -> None:
        self.world.pull(i, limit, fault)

    @rule(i=TABLET)
    def pull_all(self, i: int) -> None:
        self.world.pull_all(self.world.devices[i])

    @rule(i=TABLET)
    def hear_late(self, i: int) -> None:
        self.world.hear_late(i)

    @rule(which=st.integers(0, 30))
    def send_an_old_batch_again(self, which: int) -> None:
        if self.world.sent:
            device, changes = self.world.sent[which % len(self.world.sent)]
            device.push(changes)

    @rule(ana=st.booleans(), round_name=ROUND, ok=st.booleans())
    def grant(self, ana: bool, round_name: str, ok: bool) -> None:
        self.world.grant(self.world.ana if ana else self.world.ben, round_name, ok)

    @rule()
    def release(self) -> None:
        self.world.release_first()

    @rule(i=TABLET)
    def retry_tray(self, i: int) -> None:
        self.world.retry_tray(i)

    @rule(name=st.sampled_from(["b1", "na"]), dice=st.integers(0, 2))
    def purge(self, name: str, dice: int) -> None:
        if dice == 0 and name not in self.world.purged:
            self.world.purge(name)

    @rule()
    def backup(self) -> None:
        self.world.backup()

    @rule(which=st.integers(0, 9))
    def restore(self, which: int) -> None:
        if self.world.backups:
            self.world.restore(which % len(self.world.backups))

    @rule(ticks=st.integers(1, 2))
    def time_goes_by(self, ticks: int) -> None:
        for device in self.world.devices:
            device.tick += ticks

    # ---- steered towards what random acts reach rarely ----

    @rule(
        name=st.sampled_from(["a1", "b1", "a2"]),
        j=TABLET,
        field=st.sampled_from([TEXT, TAG, "delete"]),
        fault=FAULT,
    )
    def conflict(self, name: str, j: int, field: str, fault: str) -> None:
        """Two at once, and a third sees both."""
        i, third = (j + 1) % 3, (j + 2) % 3
        for tablet in (i, j):
            other = TEXT if field == "delete" and tablet == i else field
            self.world.act(tablet, name, other)
        self.world.push(i, 4)
        self.world.push(j, 4, fault)
        self.world.pull_all(self.world.devices[third])
        self.world.act(third, name, field)

    @rule(i=TABLET, j=TABLET)
    def restore_and_write(self, i: int, j: int) -> None:
        """Acknowledged past the backup; others write past the witness."""
        self.world.backup()
        self.world.act(i, "a1", TEXT)
        self.world.push(i)
        self.world.restore(len(self.world.backups) - 1)
        if i != j:
            for name in ("a2", "b1"):
                self.world.act(j, name, TEXT)
                self.world.push(j)

    @rule(i=TABLET, j=TABLET)
    def half_page(self, i: int, j: int) -> None:
        """My record moved on, and the page ends before it."""
        self.world.pull_all(self.world.devices[i])
        self.world.act(i, "a1", TEXT)
        self.world.push(i)
        self.world.act(j, "b1", TEXT)
        self.world.act(j, "a1", TEXT)
        self.world.push(j)
        self.world.pull(i, 1)

    @rule(i=TABLET)
    def grow_old_and_restore(self, i: int) -> None:
        self.world.backup()
        self.world.act(i, "a2", TEXT)
        self.world.push(i)
        self.world.pull_all(self.world.devices[i])
        self.world.devices[i].tick += 2
        self.world.pull_all(self.world.devices[i])
        self.world.restore(len(self.world.backups) - 1)

    @rule(i=TABLET, j=TABLET)
    def late_answer(self, i: int, j: int) -> None:
        """An answer of the old history comes after a restore."""
        if i == j:
            return
        self.world.backup()
        self.world.act(i, "a1", TEXT)
        self.world.push(i, fault="late")
        self.world.restore(len(self.world.backups) - 1)
        for name in ("a2", "b1"):
            self.world.act(j, name, TEXT)
        self.world.push(j)
        self.world.pull_all(self.world.devices[i])
        self.world.hear_late(i)

    @rule(i=TABLET, j=TABLET, name=st.sampled_from(["a1", "a2"]))
    def delete_and_undo(self, i: int, j: int, name: str) -> None:
        self.world.act(i, name, "delete")
        self.world.push(i)
        self.world.pull_all(self.world.devices[j])
        self.world.act(j, name, "undo")
        self.world.act(j, name, TEXT)
        self.world.push(j)

    @rule(i=TABLET, j=TABLET)
    def verdict_changes_in_a_restore(self, i: int, j: int) -> None:
        """A grant newer than the backup."""
        member = self.world.devices[i].member
        self.world.pull_all(self.world.devices[i])
        self.world.grant(member, "1", False)
        self.world.backup()
        self.world.act(i, "a1", TEXT)
        self.world.grant(member, "1", True)
        self.world.push(i, 1)
        self.world.pull_all(self.world.devices[j])
        self.world.restore(len(self.world.backups) - 1)
        self.world.pull_all(self.world.devices[i])
        self.world.push(i, 1)

    @rule(i=TABLET, first=ROUND)
    def grants_flip(self, i: int, first: str) -> None:
        """Grants move while the head does not."""
        device, other = self.world.devices[i], "2" if first == "1" else "1"
        self.world.grant(device.member, other, False)
        self.world.grant(device.member, first, True)
        self.world.pull_all(device)
        self.world.grant(device.member, first, False)
        self.world.grant(device.member, other, True)
        self.world.pull(i, 1)
        self.world.grant(device.member, other, False)
        self.world.grant(device.member, first, True)

    @invariant()
    def words_are_on_their_authors_screen(self) -> None:
        check_own_words(self.world)
        check_trays(self.world)

    def teardown(self) -> None:
        self.world.come_to_rest()


@pytest.mark.timeout(0)
def test_nothing_is_lost_and_everybody_agrees_whatever_happens(app: Flask) -> None:
    examples = EXAMPLES if db.engine.dialect.name == "sqlite" else EXAMPLES // 2
    people = People(app)
    machine = type("MachineOnThisApp", (Machine,), {"people": people})

    run_state_machine_as_test(
        seed(SEED)(machine),
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            database=None,
            suppress_health_check=[*HealthCheck],
            phases=[Phase.generate],
        ),
    )

    seen = people.seen
    assert seen["runs with conflict"] * 3 >= examples, f"too few conflicts: {seen}"
    assert seen["forgot"], f"no restore was noticed: {seen}"
    assert seen["late"], f"no late answer was thrown away: {seen}"
    assert seen["amended"], f"nothing was amended: {seen}"
