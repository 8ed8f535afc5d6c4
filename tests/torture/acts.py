"""What may happen next in layer S, and how often: people, links, the server and its keeper.

An act is drawn from the run's dice and counts as the device-level operations that it makes:
each key saved, each push, each pull. Acts of several steps are in plots.py, those of a debrief in
rooms.py.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.sync.oracle import ELEMENT, MINUTE, POSITION, TAG, TEXT, is_deleted
from tests.torture import plots, room_plots, rooms
from tests.torture.chance import a_fault, a_record, a_tablet
from tests.torture.device import POISONS
from tests.torture.simulator import ROLES, Simulation

Act = Callable[[Simulation, Random], None]
FIELDS = [TEXT, TEXT, TEXT, ELEMENT, TAG, TAG, POSITION, MINUTE, "delete", "undo"]
YEARS = ("2016-11-22T09:14:03Z", "2026-11-22T09:14:03Z", "2036-11-22T09:14:03Z")
"""What the tablets' clocks say: ten years slow, right, ten years fast."""


def one_act(world: Simulation, steered: bool = False) -> None:
    """steered: towards what an ordinary history meets rarely."""
    world.stage.seconds += 2.0
    world.dice.choice(STEERED if steered else ACTS)(world, world.dice)


def type_words(world: Simulation, dice: Random) -> None:
    index = a_tablet(world)
    world.type_on(index, a_record(world, index), dice.choice([10, 40, 150, 400]))


def edit(world: Simulation, dice: Random) -> None:
    for _ in range(dice.randint(1, 4)):
        index = a_tablet(world)
        name, field = a_record(world, index), dice.choice(FIELDS)
        if is_deleted(world.devices[index].fields(world.records[name])):
            field = "undo"
        world.act(index, name, field, dice.random() < 0.3)
        world.ops += 1


def push(world: Simulation, dice: Random) -> None:
    index = a_tablet(world)
    if world.devices[index].outbox:
        world.push(index, dice.randint(1, 30), a_fault(dice), dice.random() < 0.3)
        world.ops += 1


def pull(world: Simulation, dice: Random) -> None:
    world.pull(a_tablet(world), dice.choice([1, 2, 3, 40]), a_fault(dice, 0.25))
    world.ops += 1


def pull_all(world: Simulation, dice: Random) -> None:
    index = a_tablet(world)
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
    index = a_tablet(world)
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
    device = world.devices[a_tablet(world)]
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
    index = a_tablet(world)
    name = dice.choice([name for name in ("ana", "ben", "cleo") if name != world.owners[index]])
    if len(world.devices) < 7:
        world.share_tablet(index, name)
        world.seen["fault tablet shared"] += 1


def skew_clocks(world: Simulation, dice: Random) -> None:
    for device in world.devices:
        device.made_at = dice.choice(YEARS)
    world.seen["fault clock skewed"] += 1


def poison(world: Simulation, dice: Random) -> None:
    index = a_tablet(world)
    world.spoil(index, dice.choice([*POISONS]))
    world.type_on(index, a_record(world, index), 2)
    world.push(index)
    world.seen["fault poison"] += 1


def release(world: Simulation, dice: Random) -> None:
    world.release_first()


def retry_tray(world: Simulation, dice: Random) -> None:
    world.retry_tray(a_tablet(world))
    world.ops += 1


def purge(world: Simulation, dice: Random) -> None:
    name, index = dice.choice(["c1", "n2"]), a_tablet(world)
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
            index = a_tablet(world)
            world.type_on(index, a_record(world, index), 1)
            world.push(index)


def time_goes_by(world: Simulation, dice: Random) -> None:
    for device in world.devices:
        device.tick += dice.randint(1, 2)


WEIGHTS: dict[Act, int] = {
    type_words: 30,
    edit: 20,
    rooms.hold_the_debrief: 28,
    rooms.lead_the_debrief: 18,
    rooms.hand_cards_over: 4,
    rooms.look_at_the_screen: 4,
    rooms.write_with_an_older_app: 3,
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
    purge: 2,
    plots.successor_first: 2,
    plots.released_and_asked_again: 2,
    plots.killed_while_committing: 1,
    upgrade: 1,
    backup: 2,
    restore: 2,
    time_goes_by: 3,
    plots.conflict: 4,
    plots.half_page: 3,
    plots.late_answer: 2,
    plots.restored_while_away: 2,
    plots.stale_acknowledgements: 1,
    plots.page_that_ends_early: 2,
    plots.row_that_comes_later: 2,
}
STEERED_WEIGHTS: dict[Act, int] = {
    type_words: 4,
    push: 6,
    pull_all: 4,
    rooms.hold_the_debrief: 6,
    rooms.lead_the_debrief: 6,
    hear_late: 3,
    change_role: 2,
    purge: 4,
    backup: 3,
    restore: 4,
    room_plots.too_many_are_started_with: 3,
    room_plots.a_group_is_taken_away: 3,
    room_plots.a_seal_without_agreement: 3,
    room_plots.a_visitor_becomes_the_host: 3,
    plots.late_answer: 3,
    plots.restored_while_away: 2,
    plots.stale_acknowledgements: 2,
}
"""Of histories that are steered, where a planted bug is sought that hides from the others."""
ACTS = [act for act, weight in WEIGHTS.items() for _ in range(weight)]
STEERED = [act for act, weight in STEERED_WEIGHTS.items() for _ in range(weight)]
