"""What the dice choose among in layer S: a tablet, a record on it, a fault of its link."""

from __future__ import annotations

from random import Random

from tests.torture import faults
from tests.torture.ground import DEBRIEF
from tests.torture.invariants import LEADING
from tests.torture.simulator import Simulation


def a_tablet(world: Simulation) -> int:
    return world.dice.randrange(len(world.devices))


def a_leader(world: Simulation) -> int:
    """A tablet of somebody who leads the first round's debrief, if anybody does."""
    the_round = world.rounds["1"]
    leads = [
        index
        for index, device in enumerate(world.devices)
        if device.member == world.rights.lead
        or world.rights.rounds.get((device.member, the_round)) in LEADING
    ]
    return world.dice.choice(leads) if leads else a_tablet(world)


def a_record(world: Simulation, index: int) -> str:
    """One that people write in and this person can see, most of the time; no debrief's."""
    scopes = world.devices[index].scopes
    written = {name: scope for name, scope in world.scopes.items() if name not in DEBRIEF}
    held = [name for name, scope in written.items() if scope in scopes]
    return world.dice.choice(held or [*written])


def a_fault(dice: Random, share: float = 0.4) -> str:
    if dice.random() > share:
        return "ok"
    return dice.choice([*faults.NAMES, "late", "late", "late", "late", "reversed", "reversed"])
