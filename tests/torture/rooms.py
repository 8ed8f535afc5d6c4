"""What may happen in a debrief of layer S: walls, patterns, predictions, what is done next."""

from __future__ import annotations

from random import Random

from tests.sync.oracle import (
    ELEMENT,
    FIRST,
    JOINED,
    NAME,
    POSITION,
    SEALED,
    STATEMENT,
    STEP,
    TEXT,
    is_deleted,
)
from tests.torture.chance import a_fault, a_tablet
from tests.torture.ground import GROUPS, ITEMS
from tests.torture.simulator import Simulation


def lay_the_wall(world: Simulation, dice: Random) -> None:
    """Cards are put into groups, groups are named, joined, taken away and brought back."""
    for _ in range(dice.randint(1, 4)):
        index, name = a_tablet(world), dice.choice(["a1", "b1", "c1", *GROUPS])
        if name in GROUPS:
            gone = is_deleted(world.devices[index].fields(world.records[name]))
            field = "undo" if gone else dice.choice([NAME, NAME, JOINED, JOINED, "delete"])
        else:
            field = POSITION
        world.act(index, name, field, dice.random() < 0.3)
        world.seen["debrief wall"] += 1
        world.ops += 1


def write_pattern(world: Simulation, dice: Random) -> None:
    """Two tablets at one pattern, perhaps at once."""
    for field in dice.choices([STATEMENT, STATEMENT, ELEMENT], k=2):
        world.act(a_tablet(world), "p1", field, dice.random() < 0.2)
        world.seen["debrief pattern"] += 1
        world.ops += 1


def move_the_debrief(world: Simulation, dice: Random) -> None:
    """Whoever leads goes on or back; now and then two at once, or somebody who may not."""
    for _ in range(dice.randint(1, 2)):
        index = a_tablet(world)
        world.act(index, "d1", STEP)
        if dice.random() < 0.5:
            world.push(index, 9, a_fault(dice, 0.2))
        world.seen["debrief moved"] += 1
        world.ops += 1


def predict_and_seal(world: Simulation, dice: Random) -> None:
    """Tablets write at one prediction, and whoever leads seals what was written, perhaps twice."""
    for field in dice.choices([TEXT, TEXT, SEALED], k=2):
        world.act(a_tablet(world), "d1" if field == SEALED else "f1", field, dice.random() < 0.2)
        world.seen["debrief sealed" if field == SEALED else "debrief predicted"] += 1
        world.ops += 1


def plan_next_level(world: Simulation, dice: Random) -> None:
    """Things to do are written, chosen to start with, removed and brought back; hosts join in."""
    for _ in range(dice.randint(1, 3)):
        index, name = a_tablet(world), dice.choice(ITEMS)
        gone = is_deleted(world.devices[index].fields(world.records[name]))
        field = "undo" if gone else dice.choice([TEXT, TEXT, FIRST, FIRST, "delete"])
        world.act(index, name, field, dice.random() < 0.2)
        world.seen["debrief next level"] += 1
        world.ops += 1
