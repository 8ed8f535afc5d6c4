"""What may happen next in layer S, and how often: people, links, the server and its keeper.

An act is drawn from the run's dice and counts as the device-level operations that it makes:
each key saved, each push, each pull. Acts of several steps are steered towards what single
ones reach rarely.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.sync.oracle import ELEMENT, MINUTE, POSITION, TAG, TEXT, is_deleted
from tests.torture import faults
from tests.torture.device import POISONS
from tests.torture.simulator import ROLES, Simulation

Act = Callable[[Simulation, Random], None]
FIELDS = [TEXT, TEXT, TEXT, ELEMENT, TAG, TAG, POSITION, MINUTE, "delete", "undo"]
YEARS = ("2016-11-22T09:14:03Z", "2026-11-22T09:14:03Z", "2036-11-22T09:14:03Z")
"""What the tablets' clocks say: ten years slow, right, ten years fast."""


def one_act(world: Simulation) -> None:
    world.stage.seconds += 2.0
    world.dice.choice(ACTS)(world, world.dice)


def _tablet(world: Simulation) -> int:
    return world.dice.randrange(len(world.devices))


def _record(world: Simulation, index: int) -> str:
    """A record that this tablet's person can see, most of the time."""
    scopes = world.devices[index].scopes
    held = [name for name, scope in world.scopes.items() if scope in scopes]
    return world.dice.choice(held or [*world.scopes])


def _fault(dice: Random, share: float = 0.4) -> str:
    if dice.random() > share:
        return "ok"
    return dice.choice([*faults.NAMES, "late", "late", "late", "late", "reversed", "reversed"])


def type_words(world: Simulation, dice: Random) -> None:
    index = _tablet(world)
    world.type_on(index, _record(world, index), dice.choice([10, 40, 150, 400]))


def edit(world: Simulation, dice: Random) -> None:
    for _ in range(dice.randint(1, 4)):
        index = _tablet(world)
        name, field = _record(world, index), dice.choice(FIELDS)
        if is_deleted(world.devices[index].fields(world.records[name])):
            field = "undo"
        world.act(index, name, field, dice.random() < 0.3)
        world.ops += 1


def push(world: Simulation, dice: Random) -> None:
    index = _tablet(world)
    if world.devices[index].outbox:
        world.push(index, dice.randint(1, 30), _fault(dice), dice.random() < 0.3)
        world.ops += 1


def pull(world: Simulation, dice: Random) -> None:
    world.pull(_tablet(world), dice.choice([1, 2, 3, 40]), _fault(dice, 0.25))
    world.ops += 1


def pull_all(world: Simulation, dice: Random) -> None:
    index = _tablet(world)
    if not world.devices[index].signed_out:
        world.pull_all(world.devices[index], 40)
        world.ops += 1


def hear_late(world: Simulation, dice: Random) -> None:
    late = [index for index, device in enumerate(world.devices) if device.mail]
    if late:
        world.hear_late(dice.choice(late))
        world.ops += 1


def send_again(world: Simulation, dice: Random) -> None:
    world.send_again(dice.randrange(30))
    world.seen["fault sent again"] += 1
    world.ops += 1


def change_role(world: Simulation, dice: Random) -> None:
    role = dice.choice([None, *ROLES])
    world.give(dice.choice(["ana", "ben", "cleo"]), dice.choice(["1", "2"]), role)
    world.seen["fault role changed"] += 1


def remove_and_return(world: Simulation, dice: Random) -> None:
    gone = {n for n, p in world.people.items() if p.member in world.rights.removed}
    name = dice.choice(["ana", "ben", "cleo"])
    world.remove(name, name not in gone)
    world.seen["fault member removed"] += 1


def end_session(world: Simulation, dice: Random) -> None:
    """A sign-in ends, or is ended by its owner, and comes back some time later."""
    index = _tablet(world)
    device = world.devices[index]
    if device.signed_out:
        world.sign_in(index)
    elif dice.random() < 0.5:
        world.end_session(device)
        world.seen["fault session ended"] += 1
    else:
        device.sign_out()
        world.seen["fault signed out"] += 1


def part_or_join(world: Simulation, dice: Random) -> None:
    """A tablet is cut off, wholly or so that it hears nothing; or comes back."""
    device = world.devices[_tablet(world)]
    if device.partition:
        device.partition = ""
    else:
        device.partition = dice.choice(["lost request", "lost answer"])
        world.seen["fault partition"] += 1


def stranger(world: Simulation, dice: Random) -> None:
    if dice.random() < 0.3:
        world.stranger_tries()
        world.ops += 4
        world.seen["fault stranger"] += 1


def share_tablet(world: Simulation, dice: Random) -> None:
    index = _tablet(world)
    name = dice.choice([name for name in ("ana", "ben", "cleo") if name != world.owners[index]])
    if len(world.devices) < 7:
        world.share_tablet(index, name)
        world.seen["fault tablet shared"] += 1


def skew_clocks(world: Simulation, dice: Random) -> None:
    for device in world.devices:
        device.made_at = dice.choice(YEARS)
    world.seen["fault clock skewed"] += 1


def poison(world: Simulation, dice: Random) -> None:
    index = _tablet(world)
    world.spoil(index, dice.choice([*POISONS]))
    world.type_on(index, _record(world, index), 2)
    world.push(index)
    world.seen["fault poison"] += 1


def release(world: Simulation, dice: Random) -> None:
    world.release_first()


def retry_tray(world: Simulation, dice: Random) -> None:
    world.retry_tray(_tablet(world))
    world.ops += 1


def purge(world: Simulation, dice: Random) -> None:
    name, index = dice.choice(["c1", "n2"]), _tablet(world)
    if name not in world.purged:
        world.type_on(index, name, 2)
        world.push(index, 30)
        world.purge(name)
        world.seen["fault purged"] += 1


def upgrade(world: Simulation, dice: Random) -> None:
    if world.schema == 1 and dice.random() < 0.3:
        world.upgrade()
        world.seen["fault upgraded"] += 1


def backup(world: Simulation, dice: Random) -> None:
    world.backup()


def restore(world: Simulation, dice: Random) -> None:
    """Back to some backup; half the time others write past the cursors first."""
    if not world.backups:
        return
    world.restore(dice.randrange(len(world.backups)))
    world.seen["fault restored"] += 1
    if dice.random() < 0.5:
        for _ in range(3):
            index = _tablet(world)
            world.type_on(index, _record(world, index), 1)
            world.push(index)


def time_goes_by(world: Simulation, dice: Random) -> None:
    for device in world.devices:
        device.tick += dice.randint(1, 2)


def conflict(world: Simulation, dice: Random) -> None:
    """Several write the same at once; the last sees all of it."""
    name, field = dice.choice(["a1", "b1", "a2"]), dice.choice([TEXT, TEXT, TAG, "delete"])
    for index in range(len(world.devices)):
        world.act(index, name, TEXT if field == "delete" and index else field)
    for index in range(len(world.devices)):
        world.push(index, 30, _fault(dice, 0.2))
    last = len(world.devices) - 1
    if not world.devices[last].signed_out:
        world.pull_all(world.devices[last], 40)
    world.act(last, name, field)
    world.ops += 2 * len(world.devices) + 2


def half_page(world: Simulation, dice: Random) -> None:
    """My record moved on, and the page ends before it."""
    i, j = _tablet(world), _tablet(world)
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
    i, j = _tablet(world), _tablet(world)
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
    world.seen["fault restored"] += 1
    world.ops += 6


def stale_acknowledgements(world: Simulation, dice: Random) -> None:
    """Acknowledged, backed up, grown old, dropped; and the backup of before comes back."""
    i = _tablet(world)
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
    index = _tablet(world)
    world.send_successor_first(index, dice.choice(["a1", "a2", _record(world, index)]))
    world.ops += 5


def released_and_asked_again(world: Simulation, dice: Random) -> None:
    """Set aside for want of a role, let in with it, and sent once more."""
    index = _tablet(world)
    name = world.owners[index]
    if name == "lea":
        return
    world.give(name, "1", "guest")
    world.type_on(index, "b1", 1)
    world.push(index, 30)
    world.give(name, "1", "visitor")
    world.type_on(_tablet(world), "b1", 1)
    world.release_first()
    world.retry_tray(index)
    world.seen["fault role changed"] += 1
    world.ops += 5


def killed_while_committing(world: Simulation, dice: Random) -> None:
    index = _tablet(world)
    world.type_on(index, _record(world, index), 2)
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


WEIGHTS: dict[Act, int] = {
    type_words: 30,
    edit: 20,
    push: 26,
    pull: 10,
    pull_all: 5,
    hear_late: 4,
    send_again: 4,
    change_role: 3,
    remove_and_return: 1,
    end_session: 3,
    part_or_join: 4,
    stranger: 1,
    share_tablet: 1,
    skew_clocks: 1,
    poison: 3,
    release: 1,
    retry_tray: 2,
    purge: 1,
    successor_first: 2,
    released_and_asked_again: 2,
    killed_while_committing: 1,
    upgrade: 1,
    backup: 2,
    restore: 2,
    time_goes_by: 3,
    conflict: 4,
    half_page: 3,
    late_answer: 2,
    restored_while_away: 2,
    stale_acknowledgements: 1,
}
ACTS = [act for act, weight in WEIGHTS.items() for _ in range(weight)]
