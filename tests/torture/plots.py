"""Acts of several steps in layer S: steered towards what single acts reach rarely.

Most are a fixed schedule of tests/sync/test_schedules.py, told with the run's own tablets.
"""

from __future__ import annotations

from random import Random

from tests.sync.checks import check_own_words
from tests.sync.oracle import TAG, TEXT
from tests.torture.chance import a_fault, a_record, a_tablet
from tests.torture.invariants import check_acks_held, check_rows_held
from tests.torture.simulator import Simulation


def conflict(world: Simulation, dice: Random) -> None:
    """Several write the same at once; the last sees all of it."""
    name, field = dice.choice(["a1", "b1", "a2"]), dice.choice([TEXT, TEXT, TAG, "delete"])
    for index in range(len(world.devices)):
        world.act(index, name, TEXT if field == "delete" and index else field)
    for index in range(len(world.devices)):
        world.push(index, 30, a_fault(dice, 0.2))
    last = len(world.devices) - 1
    if not world.devices[last].signed_out:
        world.pull_all(world.devices[last], 40)
    world.act(last, name, field)
    world.ops += 2 * len(world.devices) + 2


def half_page(world: Simulation, dice: Random) -> None:
    """My record moved on, and the page ends before it."""
    i, j = a_tablet(world), a_tablet(world)
    if not world.devices[i].signed_out:
        world.pull_all(world.devices[i])
    world.act(i, "a1", TEXT)
    world.push(i)
    for name in ("b1", "a1"):
        world.act(j, name, TEXT)
    world.push(j)
    world.pull(i, 1)
    world.ops += 6


def late_answer(world: Simulation, dice: Random) -> None:
    """An answer of a history that a restore took away comes after it."""
    i, j = a_tablet(world), a_tablet(world)
    if i == j:
        return
    world.backup()
    world.act(i, "a1", TEXT)
    world.push(i, 30, "late")
    world.restore(len(world.backups) - 1)
    for name in ("a2", "b1"):
        world.act(j, name, TEXT)
    world.push(j)
    if not world.devices[i].signed_out:
        world.pull_all(world.devices[i])
    world.hear_late(i)
    check_acks_held(world, world.devices[i])
    world.seen["fault restored"] += 1
    world.ops += 6


def stale_acknowledgements(world: Simulation, dice: Random) -> None:
    """Acknowledged, backed up, grown old, dropped; and the backup of before comes back."""
    i = a_tablet(world)
    world.backup()
    world.act(i, "a2", TEXT)
    world.push(i)
    if not world.devices[i].signed_out:
        world.pull_all(world.devices[i], 40)
    world.devices[i].tick += 2
    world.restore(len(world.backups) - 1)
    world.seen["fault restored"] += 1
    world.ops += 3


def successor_first(world: Simulation, dice: Random) -> None:
    index = a_tablet(world)
    world.send_successor_first(index, dice.choice(["a1", "a2", a_record(world, index)]))
    world.ops += 5


def released_and_asked_again(world: Simulation, dice: Random) -> None:
    """Set aside for want of a role, let in with it, and sent once more."""
    index = a_tablet(world)
    name = world.owners[index]
    if name == "lea":
        return
    world.give(name, "1", "guest")
    world.type_on(index, "b1", 1)
    world.push(index, 30)
    world.give(name, "1", "visitor")
    world.type_on(a_tablet(world), "b1", 1)
    world.release_first()
    world.retry_tray(index)
    world.seen["fault role changed"] += 1
    world.ops += 5


def killed_while_committing(world: Simulation, dice: Random) -> None:
    index = a_tablet(world)
    world.type_on(index, a_record(world, index), 2)
    world.push(index, 30, dice.choice(["killed before commit", "killed after commit"]))
    world.ops += 1


def restored_while_away(world: Simulation, dice: Random) -> None:
    """One tablet's changes are back, under other numbers, before another hears of it."""
    away, first, second = dice.sample(range(len(world.devices)), 3)
    world.backup()
    world.type_on(first, "b1", 1)
    world.push(first)
    world.type_on(second, "a1", 1)
    world.push(second)
    if not world.devices[away].signed_out:
        world.pull_all(world.devices[away])
    world.restore(len(world.backups) - 1)
    for _ in range(2):
        world.push(second, 30)
    if not world.devices[away].signed_out:
        world.pull_all(world.devices[away])
    world.seen["fault restored"] += 1
    world.ops += 8


def page_that_ends_early(world: Simulation, dice: Random) -> None:
    """A round comes, by half a page, and goes again, while nobody writes."""
    index, other = a_tablet(world), a_tablet(world)
    name, device = world.owners[index], world.devices[index]
    away = device.signed_out or device.partition or device.tablet_id in world.ended
    if name == "lea" or away or device.member in world.rights.removed:
        return
    world.give(name, "1", None)
    for record in ("a1", "b1", "a2"):
        world.act(other, record, TEXT)
    world.push(other)
    world.pull_all(device)
    for first, second in (("visitor", None), (None, "visitor")):
        world.give(name, "1", first)
        world.give(name, "2", second)
        if first:
            world.pull(index, 1)
    world.pull_all(device)
    check_rows_held(world, device)
    world.seen["fault role changed"] += 1
    world.ops += 7


def row_that_comes_later(world: Simulation, dice: Random) -> None:
    """Acknowledged, in a backup and old, while the page brings another record first."""
    index = a_tablet(world)
    for name in ("a1", a_record(world, index)):
        world.act(index, name, TEXT)
        world.push(index, 30)
    world.backup()
    for device in world.devices:
        device.tick += 2
    world.pull(index, 1)
    check_own_words(world)
    world.ops += 5
