"""Plots of a debrief: acts of several steps, towards what its people do together only rarely.

They are drawn in steered histories alone (acts.py), where planted bugs are sought that ordinary
ones meet once in hundreds.
"""

from __future__ import annotations

from random import Random

from tests.sync.oracle import FIRST, NAME, POSITION, TEXT, is_deleted
from tests.torture import rooms, screens
from tests.torture.chance import a_leader
from tests.torture.ground import CARDS, ITEMS, PREDICTIONS
from tests.torture.invariants import check_rows_held
from tests.torture.leaving import check_what_leaves
from tests.torture.parts import show_and_seal
from tests.torture.simulator import Simulation


def too_many_are_started_with(world: Simulation, dice: Random) -> None:
    """More than three things are chosen to start with, and the room looks at them."""
    index = _a_leader_at(world, dice, "next_level")
    for name in ITEMS:
        words = f"We watch one lesson together. {world.words}"
        world.put(index, name, {TEXT: words, FIRST: True}, resolve=True)
    world.push(index, 60)
    check_what_leaves(world)


def a_group_is_taken_away(world: Simulation, dice: Random) -> None:
    """With a card in it, while the one wall is on the room's screen."""
    index = _a_leader_at(world, dice, "one_wall")
    device, card = world.devices[index], dice.choice(CARDS)
    if is_deleted(device.fields(world.records["g1"])):
        world.act(index, "g1", "undo")
    world.put(index, "g1", {NAME: f"Why it is so. {world.words}"})
    place = {"group": world.records["g1"], "order": f"a{world.words}"}
    for values in ({TEXT: f"S: why? {world.words}"}, {"standing": "agreed"}, {POSITION: place}):
        world.put(index, card, values, resolve=True)
    world.act(index, "g1", "delete")
    world.push(index, 60)
    check_what_leaves(world)


def a_seal_without_agreement(world: Simulation, dice: Random) -> None:
    """All is shown together, and then nothing is agreed on any more; somebody would seal it."""
    index = _a_leader_at(world, dice, "predict")
    device = world.devices[index]
    if screens.may_predict(world, device):
        for name in PREDICTIONS:
            world.put(index, name, {TEXT: f"They ask. {world.words}", "agreed": False}, True)
        world.put(index, "d1", {"predictions_shown": True})
        show_and_seal(world, index, dice)


def a_visitor_becomes_the_host(world: Simulation, dice: Random) -> None:
    """And visits again later: each time the wall is told anew, by the other side's rules."""
    hosts = [n for n, name in enumerate(world.owners) if name in ("ana", "ben", "cleo")]
    index = dice.choice(hosts)
    name, device = world.owners[index], world.devices[index]
    away = device.signed_out or device.partition or device.tablet_id in world.ended
    if away or device.member in world.rights.removed:
        return
    for role in ("visitor", "host", "visitor"):
        world.give(name, "1", role)
        world.pull_all(device)
        if device.synced is None:  # The first answer told of a restore: it forgot all.
            world.pull_all(device)
        check_rows_held(world, device)
        if role == "visitor":
            card = dice.choice(CARDS)
            world.put(index, card, {TEXT: f"S: but why? {world.words}", "standing": "posted"})
            world.push(index, 60)
            world.pull_all(device)
    world.seen["fault role changed"] += 1


def _a_leader_at(world: Simulation, dice: Random, activity: str) -> int:
    """A tablet of somebody who leads, at this step if presses get it there."""
    index = a_leader(world)
    device = world.devices[index]
    if not device.signed_out:
        world.pull_all(device)
    order = [step.activity for step in world.steps]
    at = {step.id: step.activity for step in world.steps}
    for _ in range(60):
        debrief = screens.shows(world, device, "d1")
        here = at.get(debrief.get("step"))
        if debrief.get("closed_at"):
            world.put(index, "d1", {"closed_at": None})
        elif here == activity:
            break
        elif here is None or order.index(here) < order.index(activity):
            rooms.press(world, index, dice, rooms.go_on)
        else:
            rooms.press(world, index, dice, rooms.go_back)
    return index
