"""What people do in each phase of a debrief of layer S, on a tablet that shows that phase.

Each part is what one screen saves. What whoever leads presses is in rooms.py.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.sync.oracle import DELETED, FIRST, JOINED, NAME, POSITION, TEXT, is_deleted, values_of
from tests.torture import screens
from tests.torture.ground import (
    CARDS,
    COMMITMENTS,
    GROUPS,
    ITEMS,
    LATE,
    PATTERNS,
    PLACES,
    PREDICTIONS,
    SOURCES,
)
from tests.torture.leaving import check_what_leaves
from tests.torture.simulator import Simulation

Part = Callable[[Simulation, int, Random], None]
TODAY, FAR = "2026-11-22", "2027-02-21"
"""Days for a revisit: one that has come, and the one that sealing proposes."""


def agree_on_a_card(world: Simulation, index: int, dice: Random) -> None:
    """Most cards are agreed on; some go back, or are taken back."""
    standing = dice.choice(["posted", "agreed", "agreed", "agreed", "returned", "withdrawn"])
    _stand(world, index, dice.choice(CARDS), standing)


def _stand(world: Simulation, index: int, name: str, standing: str) -> None:
    device = world.devices[index]
    if device.fields(world.records[name]):
        world.put(index, name, {"standing": standing})
        world.seen["debrief agreed" if standing == "agreed" else "debrief not agreed"] += 1


def say_where_from(world: Simulation, index: int, dice: Random) -> None:
    """Two cards of two rooms, most of the time."""
    for at, (name, card) in enumerate(SOURCES.items()):
        room = world.classrooms[at if dice.random() < 0.8 else 0]
        world.put(index, name, {"card": world.records[card], "classroom": room})


def lay_the_own_wall(world: Simulation, index: int, dice: Random) -> None:
    """A team's wall lies with the visitors: where its cards are, and what it calls them."""
    if dice.random() < 0.5:
        world.act(index, "t1", NAME)
    else:
        name = dice.choice([*PLACES])
        place = {"group": world.records["t1"], "order": f"a{world.words}"}
        world.put(index, name, {"card": world.records[PLACES[name]], "position": place})
    world.seen["debrief own wall"] += 1


def lay_the_wall(world: Simulation, index: int, dice: Random) -> None:
    """Cards are put into groups, groups are named, joined, taken away and brought back."""
    name = dice.choice([*CARDS, *LATE, *GROUPS])
    if name in GROUPS:
        gone = is_deleted(world.devices[index].fields(world.records[name]))
        field = "undo" if gone else dice.choice([NAME, NAME, JOINED, JOINED, DELETED])
        world.act(index, name, "delete" if field == DELETED else field, dice.random() < 0.3)
    elif world.devices[index].fields(world.records[name]):
        world.act(index, name, POSITION)
    world.seen["debrief wall"] += 1


def write_a_pattern(world: Simulation, index: int, dice: Random) -> None:
    """A statement with cards of two classrooms; agreed on, or not yet."""
    name = dice.choice(PATTERNS)
    said = {"consensus": dice.choice(["agree", "agree", "agree", "not_yet"])}
    if dice.random() < 0.6:
        cards = [f"cards/{world.records[card]}" for card in ("a1", "b1")]
        said |= {
            "statement": f"In many rooms students say why. {world.words}",
            "subject": dice.choice(["students", "teachers", "tasks"]),
            "quantifier": dice.choice(["few", "some", "many", "most"]),
            **dict.fromkeys(cards, True),
        }
    world.put(index, name, said, resolve=dice.random() < 0.2)
    world.seen["debrief pattern"] += 1


def say_both_at_once(world: Simulation, index: int, dice: Random) -> None:
    """Two tablets answer one pattern, and neither has heard of the other."""
    name = dice.choice(PATTERNS)
    for each, said in ((index, "agree"), (dice.randrange(len(world.devices)), "not_yet")):
        world.put(each, name, {"consensus": said})
    world.seen["debrief pattern"] += 1


def predict(world: Simulation, index: int, dice: Random) -> None:
    """Words, agreement, or taking away; on a tablet that knows of no seal."""
    device, name = world.devices[index], dice.choice(PREDICTIONS)
    if screens.may_predict(world, device):
        field = dice.choice([TEXT, TEXT, "agreed", "agreed", DELETED])
        fields = device.fields(world.records[name])
        if is_deleted(fields):
            world.act(index, name, "undo")
        elif field == DELETED and fields:
            world.act(index, name, "delete")
        else:
            words = f"A student here could tell you what for. {world.words}"
            agreed = not values_of(fields).get("agreed")
            world.put(index, name, {TEXT: words} if field != "agreed" else {"agreed": agreed})
        world.seen["debrief predicted"] += 1


def show_and_seal(world: Simulation, index: int, dice: Random) -> None:
    """Shown together; then sealed, with a day proposed for the revisit where there is none."""
    device = world.devices[index]
    if not screens.shows(world, device, "d1").get("predictions_shown"):
        world.put(index, "d1", {"predictions_shown": True})
    elif screens.may_seal(world, device):
        heads = {name: {*_text_heads(world, index, name)} for name in PREDICTIONS}
        world.put(index, "d1", {"sealed_at": f"2026-11-22T20:{world.words % 60:02}:00Z"})
        change = device.outbox[-1]["change"] if device.outbox else {"set": {}}
        if "sealed_at" in change["set"]:
            world.sealed[change["id"]] = heads
        if not screens.shows(world, device, "r1").get("meets_on"):
            world.put(index, "r1", {"meets_on": FAR})
        world.seen["debrief sealed"] += 1
        if dice.random() < 0.4:
            world.push(index, 30)
            check_what_leaves(world)


def _text_heads(world: Simulation, index: int, name: str) -> list[str]:
    return [*world.devices[index].fields(world.records[name]).get(TEXT, {})]


def host_takes_a_part(world: Simulation, index: int, dice: Random) -> None:
    world.put(index, "d1", {"host_part": dice.choice(["listens", "takes_part"])})


def plan_next_level(world: Simulation, index: int, dice: Random) -> None:
    """Things to do are written, chosen to start with, removed and brought back; hosts join in."""
    name = dice.choice(ITEMS)
    if is_deleted(world.devices[index].fields(world.records[name])):
        world.act(index, name, "undo")
    elif dice.random() < 0.5:
        world.put(
            index,
            name,
            {
                TEXT: f"We watch one lesson together. {world.words}",
                "horizon": dice.choice(["next_week", "next_month"]),
                "level": dice.choice(["classroom", "school"]),
                "taken_on_by": "grade_teams",
                "check_back_on": dice.choice([TODAY, FAR]),
                FIRST: dice.random() < 0.5,
            },
        )
    else:
        world.act(index, name, dice.choice([FIRST, FIRST, TEXT, "delete"]), dice.random() < 0.2)
    world.seen["debrief next level"] += 1


def commit(world: Simulation, index: int, dice: Random) -> None:
    """What somebody will do themselves, for nobody else to read; and how the norms held."""
    mine = [name for name, who in COMMITMENTS.items() if who == world.owners[index]]
    world.act(index, mine[0], TEXT)
    world.put(index, "q1", {"held": dice.choice(["held", "look_again"])})
    world.seen["debrief committed"] += 1


def host_speaks_too_early(world: Simulation, index: int, dice: Random) -> None:
    """What a host's screens do not offer, tried now and then: it waits for a lead."""
    if dice.random() < 0.1:
        dice.choice([agree_on_a_card, write_a_pattern, predict])(world, index, dice)


def write_a_late_card(world: Simulation, index: int, dice: Random) -> None:
    """A card of a tablet that was away: posted when the others are further on."""
    name = dice.choice(LATE)
    if world.devices[index].fields(world.records[name]):
        _stand(world, index, name, dice.choice(["agreed", "agreed", "returned"]))
    else:
        words = f"S: nine of twelve raise a hand. {world.words}"
        world.put(index, name, {TEXT: words, "standing": "posted"})
    world.seen["debrief late card"] += 1


def return_the_summary(world: Simulation, index: int, dice: Random) -> None:
    """The network thanks; the host adds words, and opens it to one audience after the other.

    Now and then somebody else tries to.
    """
    if world.owners[index] == "hal" or dice.random() < 0.15:
        world.put(index, "w1", {"host_words": f"Thank you for coming. {world.words}"})
        world.put(index, "w1", {f"opened/{dice.choice(['school', 'network'])}": True})
    else:
        world.put(index, "w1", {"thanks": f"Thank you for having us. {world.words}"})


def check_back(world: Simulation, index: int, dice: Random) -> None:
    name = dice.choice(ITEMS)
    if screens.shows(world, world.devices[index], name):
        outcome = dice.choice(["done", "doing", "changed", "let_go"])
        world.put(index, name, {"outcome": outcome, "learned": "More than that.", "of_use": True})
        world.seen["debrief checked back"] += 1


def say_what_was_seen(world: Simulation, index: int, dice: Random) -> None:
    """Prediction by prediction, then and now: once the seal was opened."""
    name = dice.choice(PREDICTIONS)
    if screens.may_say_what_was_seen(world, world.devices[index]):
        seen = dice.choice(["seen", "partly", "not_seen", "too_early"])
        world.put(index, name, {"seen": seen, "seen_text": "Heard twice."})
        world.put(index, "j1", {"pattern": world.records["p1"], "text": "Said in more rooms."})
        world.seen["debrief said what was seen"] += 1


DONE_IN: dict[str, list[Part]] = {
    "describe": [agree_on_a_card, agree_on_a_card, say_where_from],
    "analyze": [
        *(lay_the_wall,) * 3,
        *(write_a_pattern,) * 2,
        say_both_at_once,
        lay_the_own_wall,
        say_where_from,
        write_a_late_card,
        agree_on_a_card,
    ],
    "predict": [predict, predict, predict, lay_the_wall, write_a_late_card],
    "next_level": [
        *(plan_next_level,) * 3,
        commit,
        host_takes_a_part,
        write_a_late_card,
        predict,
        lay_the_wall,
    ],
    "closed": [check_back, check_back, return_the_summary, write_a_late_card, say_what_was_seen],
    "opened": [say_what_was_seen, say_what_was_seen, check_back, return_the_summary],
}
"""What a tablet offers in each phase, and after the last."""
DONE_BY_A_HOST = {plan_next_level, commit, check_back, say_what_was_seen, return_the_summary}


def _agree_on_all(world: Simulation, index: int, dice: Random) -> None:
    for name in (*CARDS, *LATE):
        if screens.shows(world, world.devices[index], name).get("standing") == "posted":
            _stand(world, index, name, "agreed")


def _agree_on_two(world: Simulation, index: int, dice: Random) -> None:
    for name in CARDS[:2]:
        world.type_on(index, name, 1)
        _stand(world, index, name, "agreed")
    say_where_from(world, index, dice)


def _agree_on_a_prediction(world: Simulation, index: int, dice: Random) -> None:
    if screens.may_predict(world, world.devices[index]):
        words = f"A student here could tell you what for. {world.words}"
        world.put(index, "f1", {TEXT: words, "agreed": True})


SEEN_TO: dict[str, Part] = {
    "teams_reading": _agree_on_all,
    "teams_without_cards": _agree_on_two,
    "no_cards": _agree_on_two,
    "no_patterns": write_a_pattern,
    "no_predictions": _agree_on_a_prediction,
    "not_sealed": show_and_seal,
}
"""What stands before the next phase, and what whoever leads does about it."""
