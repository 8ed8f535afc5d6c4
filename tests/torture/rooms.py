"""What happens in a debrief of layer S, from its first step to the day on which all come back.

What a tablet shows decides what is done on it (screens.py, parts.py): tablets that are apart
are in different phases, and whoever comes back late does what was right when they went. Whoever
leads moves the steps on, several at once and offline too; what still stands before the next
phase, they see to themselves.
"""

from __future__ import annotations

from random import Random

from tests.torture import screens
from tests.torture.chance import a_fault, a_leader, a_tablet
from tests.torture.ground import CARDS
from tests.torture.leaving import check_what_leaves
from tests.torture.parts import (
    DONE_BY_A_HOST,
    DONE_IN,
    SEEN_TO,
    TODAY,
    Part,
    host_speaks_too_early,
    plan_next_level,
    show_and_seal,
)
from tests.torture.simulator import Simulation


def hold_the_debrief(world: Simulation, dice: Random) -> None:
    """What people do at the point of the debrief that their tablet shows."""
    index = a_tablet(world)
    device = world.devices[index]
    if not device.signed_out and dice.random() < 0.5:
        world.pull_all(device)
    for _ in range(dice.randint(2, 6)):
        do_a_part(world, index, dice)
    if dice.random() < 0.5:
        world.push(index, 30, a_fault(dice, 0.2))


def do_a_part(world: Simulation, index: int, dice: Random) -> None:
    parts = DONE_IN[screens.stage_of(world, world.devices[index])]
    if world.owners[index] == "hal":
        parts = [part for part in parts if part in DONE_BY_A_HOST] or [host_speaks_too_early]
    press(world, index, dice, dice.choice(parts))


def lead_the_debrief(world: Simulation, dice: Random) -> None:
    """Whoever leads presses, some time on; now and then two at once, or somebody who may not."""
    for _ in range(dice.choice([1, 1, 2])):
        index = a_leader(world) if dice.random() < 0.9 else a_tablet(world)
        device = world.devices[index]
        if not device.signed_out and dice.random() < 0.5:
            world.pull_all(device)
        if dice.random() < 0.2:
            lead_in_one_go(world, index, dice)
        else:
            for _ in range(dice.choice([2, 4, 6])):
                press(world, index, dice, dice.choice(PRESSES))
        if dice.random() < 0.6:
            world.push(index, 50, a_fault(dice, 0.2))


def press(world: Simulation, index: int, dice: Random, key: Part) -> None:
    key(world, index, dice)
    world.ops += 1


def lead_in_one_go(world: Simulation, index: int, dice: Random) -> None:
    """To a later phase, or to the day of the revisit, with something done on the way and there."""
    aim = dice.choice(["predict", "next_level", "closed", "opened", "opened"])
    for _ in range(40):
        if screens.stage_of(world, world.devices[index]) in (aim, "opened"):
            break
        press(world, index, dice, come_back)
        if dice.random() < 0.5:
            do_a_part(world, index, dice)
    for _ in range(3):
        do_a_part(world, index, dice)


def look_at_the_screen(world: Simulation, dice: Random) -> None:
    """The room looks at the projector, and somebody asks for what may leave the round."""
    check_what_leaves(world)


def write_with_an_older_app(world: Simulation, dice: Random) -> None:
    """An app that knows no phases writes what comes next before anything was predicted."""
    plan_next_level(world, a_tablet(world), dice)
    world.ops += 1


def hand_cards_over(world: Simulation, dice: Random) -> None:
    """Somebody without a network hands their cards as a file to the tablet that leads."""
    lead, index = world.owners.index("lea"), a_tablet(world)
    giver, leads = world.devices[index], world.devices[lead]
    if giver.member == leads.member or world.scopes["d1"] not in leads.scopes:
        return
    world.type_on(index, dice.choice(CARDS), 1)
    world.put(index, "s1", {"minute": dice.randrange(1000)})
    leads.take_in(giver.hand_over_cards([world.scopes["a1"], world.scopes["s1"]]))
    world.seen["debrief handed over"] += bool(leads.handed)
    if dice.random() < 0.7:
        bring(world, lead, a_fault(dice, 0.3))
        world.pull(lead, 40)
    world.ops += 2


def bring(world: Simulation, index: int, fault: str = "ok") -> None:
    """What was handed over goes to the server by the tablet that took it in."""
    device = world.devices[index]
    device.fault = device.partition or fault
    device.bring()


# ---- what whoever leads presses ----


def go_on(world: Simulation, index: int, dice: Random) -> None:
    """The next step, or at once the next phase; at the last step, the close."""
    device = world.devices[index]
    debrief = screens.shows(world, device, "d1")
    if debrief.get("closed_at"):
        return
    step = screens.neighbour(world, device, 1)
    if step is None:
        world.put(index, "d1", {"closed_at": "2026-11-22T21:00:00Z"})
        world.seen["debrief closed"] += 1
        return
    wanted = str(step.phase)
    if dice.random() < 0.5:
        wanted = screens.phase_after(screens.phase_of(world, device))
    reason = screens.hindrance_to(world, device, wanted)
    if reason is not None:
        SEEN_TO[reason](world, index, dice)
    elif screens.may_go_to(world, device, wanted):
        first = next(each.id for each in world.steps if each.phase == wanted)
        _move(world, index, step.id if wanted == step.phase else first, wanted)


def _move(world: Simulation, index: int, step: str, phase: str) -> None:
    began = screens.shows(world, world.devices[index], "d1").get("began_at")
    first = {} if began else {"began_at": "2026-11-22T13:00:00Z"}
    world.put(index, "d1", screens.moved_to(world, step, phase) | first, resolve=True)
    world.seen["debrief moved"] += 1


def go_to_any_step(world: Simulation, index: int, dice: Random) -> None:
    """Whoever leads may look at each step, and go to it where the phases let them."""
    device, step = world.devices[index], dice.choice(world.steps)
    closed = screens.shows(world, device, "d1").get("closed_at")
    if not closed and screens.may_go_to(world, device, step.phase):
        _move(world, index, step.id, step.phase)


def go_back(world: Simulation, index: int, dice: Random) -> None:
    device = world.devices[index]
    before = screens.neighbour(world, device, -1)
    if before is not None and not screens.shows(world, device, "d1").get("closed_at"):
        _move(world, index, before.id, before.phase)
        world.seen["debrief went back"] += 1


def press_the_clock(world: Simulation, index: int, dice: Random) -> None:
    device = world.devices[index]
    debrief = screens.shows(world, device, "d1")
    if debrief.get("step") and not debrief.get("closed_at"):
        saved = screens.pressed(world, device, dice.choice(["pause", "pause", "more"]))
        world.put(index, "d1", saved, resolve=True)
        world.seen["debrief clock"] += 1


def open_again(world: Simulation, index: int, dice: Random) -> None:
    """A debrief that was closed is gone through once more, from some step on."""
    if screens.shows(world, world.devices[index], "d1").get("closed_at"):
        world.put(index, "d1", {"closed_at": None})
        go_to_any_step(world, index, dice)


def see_to_predictions(world: Simulation, index: int, dice: Random) -> None:
    """Shown together and sealed, where that is what the phase is for."""
    if screens.stage_of(world, world.devices[index]) == "predict":
        show_and_seal(world, index, dice)


def come_back(world: Simulation, index: int, dice: Random) -> None:
    """A day for the revisit, and on it the seal is opened."""
    device = world.devices[index]
    if screens.stage_of(world, device) != "closed":
        go_on(world, index, dice)
    elif screens.may_open(world, device):
        world.put(index, "r1", {"opened_at": "2026-11-22T22:00:00Z"})
        world.seen["debrief seal opened"] += 1
    else:
        world.put(index, "r1", {"meets_on": TODAY})


PRESSES: list[Part] = [
    *(go_on,) * 8,
    *(press_the_clock,) * 2,
    *(come_back,) * 4,
    see_to_predictions,
    go_to_any_step,
    go_back,
    open_again,
]
