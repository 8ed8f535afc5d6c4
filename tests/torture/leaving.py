"""What leaves a round, and what the room's screen shows: judged by rules written a second time.

Asks the product's own doors (services/room_view, services/released) what they would show now,
and compares it with what the log says. Imports none of what it judges but those doors.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from server.db import reading
from server.services import released, room_view
from server.sync import read
from tests.sync.oracle import TEXT, Fields, Json, expected, values_of
from tests.sync.world import kind_of
from tests.torture.ground import PREDICTIONS
from tests.torture.told_walls import wall_of

if TYPE_CHECKING:
    from tests.torture.ground import Ground

MAIN = {"describe": "read_and_agree", "analyze": "patterns", "predict": "predict"}
"""What a phase does where no step of it is said; the last phase is called as it does."""
WHOLE = ("horizon", "level", "taken_on_by", "check_back_on")


class Merged:
    """The first round's records as the log makes them."""

    def __init__(self, world: Ground) -> None:
        self.world = world
        live: dict[str, list[Json]] = defaultdict(list)
        for row in world.log():
            if row.status == "applied" and row.body and row.id in world.named:
                live[row.record_id].append(json.loads(row.body))
        self._live = live

    def fields(self, name: str) -> Fields:
        return expected(self._live[self.world.records[name]], self.world.named)

    def of(self, name: str) -> Json:
        return values_of(self.fields(name))

    def all_of(self, kind: str) -> dict[str, Json]:
        """Those that stand, by name: of the first round and its visitors."""
        the_round = self.world.rounds["1"]
        names = [
            name
            for name, scope in self.world.scopes.items()
            if kind_of(name) == kind and scope.endswith(the_round)
        ]
        found = {name: self.of(name) for name in names}
        return {name: values for name, values in found.items() if values}


def check_what_leaves(world: Ground) -> None:
    """The screen of the room, and what may leave it, are what the log and the rules say."""
    merged = Merged(world)
    with reading(world.network) as tx:
        view = room_view.room_view(tx, world.network, world.rounds["1"])
        records = released.read_round(tx, world.network, world.rounds["1"])
        items = {each for each, _ in released.whole_items(world.rounds["1"], records)}
        inside = released.look_inside(world.rounds["1"], records)
        patterns = {each.id for each, _ in released.settled_patterns(records, inside)}
    _check_screen(world, merged, view)
    assert items == _items_that_count(merged), "other items count than those after a seal"
    assert patterns == _settled(merged), "other patterns leave than the settled ones"
    world.seen["runs asked what leaves"] += 1
    world.seen["items that count"] += bool(items)
    world.seen["patterns that leave"] += bool(patterns)
    _note_stages(world, merged)


def _note_stages(world: Ground, merged: Merged) -> None:
    """Where the debrief has been, as everybody was told."""
    stands = wall_of(world, world.scopes["d1"]).stands
    world.reached |= {phase for phase, *_ in stands}
    world.reached |= {"closed" for *_, closed in stands if closed}
    world.reached |= {"opened" for _ in [1] if merged.of("r1").get("opened_at")}
    world.reached |= {"sealed" for _ in [1] if merged.of("d1").get("sealed_at")}


def _check_screen(world: Ground, merged: Merged, view: Json | None) -> None:
    debrief = merged.of("d1")
    if not debrief.get("phase") or not merged.of("o1"):
        assert view is None, "a debrief that has not begun is on the screen"
        return
    assert view is not None, "a debrief is not on the screen"
    activity = _activity(world, debrief)
    shown = "" if debrief.get("closed_at") else activity
    assert view["step"]["activity"] == activity, "the screen is at another step"
    clock = [view["step"]["clock"][n] for n in ("began_at", "paused_at", "added_minutes")]
    said = [debrief.get(n) for n in ("step_began_at", "paused_at", "added_minutes")]
    assert clock == said, "the screen has another clock"
    _check_wall(merged, view, shown)
    together = debrief.get("predictions_shown") and not debrief.get("sealed_at")
    open_now = shown == "predict" and together
    assert sorted(view["predictions"]) == (_texts(merged, "prediction") if open_now else []), (
        "the screen shows other predictions than those between shown together and the seal"
    )
    world.seen["screen sealed"] += bool(shown == "predict" and debrief.get("sealed_at"))
    items = _texts(merged, "next_level_item") if shown in ("next_level", "commit") else []
    assert sorted(each["text"] for each in view["items"]) == items, "the screen has other items"
    first = [each for each in view["items"] if each["starts_first"]]
    assert len(first) <= 3, "more than three are started with"


def _activity(world: Ground, debrief: Json) -> str:
    phase = debrief["phase"]
    steps = {step.id: step for step in world.steps if step.phase == phase}
    step = steps.get(debrief.get("step"))
    return step.activity if step else MAIN.get(phase, phase)


def _check_wall(merged: Merged, view: Json, shown: str) -> None:
    """Every agreed card lies on the wall, once; none that is not agreed."""
    told = sorted(card["text"] for group in view["groups"] for card in group["cards"])
    cards = merged.all_of("card").values()
    agreed = sorted(c.get(TEXT, "").strip() for c in cards if c.get("standing") == "agreed")
    assert told == (agreed if shown == "one_wall" else []), "a card is lost from the wall"


def _texts(merged: Merged, kind: str) -> list[str]:
    said = (values.get(TEXT, "").strip() for values in merged.all_of(kind).values())
    return sorted(text for text in said if text)


def _items_that_count(merged: Merged) -> set[str]:
    """Rule 4: an agreed prediction was sealed before; rule 11: they are whole."""
    agreed = [each for each in merged.all_of("prediction").values() if each.get("agreed")]
    if not agreed or not merged.of("d1").get("sealed_at"):
        return set()
    return {
        merged.world.records[name]
        for name, item in merged.all_of("next_level_item").items()
        if item.get(TEXT, "").strip() and all(item.get(each) for each in WHOLE)
    }


def _settled(merged: Merged) -> set[str]:
    """Rule 5: agreed cards of two classrooms, and nobody who said *not yet*."""
    rooms: dict[str, str] = {}
    for source in merged.all_of("card_source").values():
        if source.get("card") and source.get("classroom"):
            rooms[source["card"]] = source["classroom"]
    agreed = {
        merged.world.records[name]
        for name, card in merged.all_of("card").items()
        if card.get("standing") == "agreed"
    }
    return {
        merged.world.records[name]
        for name, pattern in merged.all_of("pattern").items()
        if _is_settled(merged.fields(name), pattern, agreed, rooms)
    }


def _is_settled(fields: Fields, pattern: Json, agreed: set[str], rooms: dict[str, str]) -> bool:
    tagged = {
        name.partition("/")[2]
        for name, heads in fields.items()
        if name.startswith("cards/") and any(head["value"] for head in heads.values())
    }
    consensus: set[Any] = {head["value"] for head in fields.get("consensus", {}).values()}
    said = all(pattern.get(each) for each in ("statement", "subject", "quantifier"))
    classrooms = {rooms[card] for card in tagged & agreed if card in rooms}
    return bool(said and consensus == {"agree"} and len(classrooms) >= 2)


def check_seals(world: Ground) -> None:
    """What was sealed is there as it was, but for what was written by who knew of no seal."""
    applied = {
        row.id: json.loads(row.body) for row in world.log() if row.status == "applied" and row.body
    }
    with reading(world.network) as tx:
        found = read.records_of(
            tx,
            world.network,
            ids=[world.records[name] for name in PREDICTIONS],
            with_deleted=True,
        )
    held = {record.id: {head["id"] for head in record.heads.get(TEXT, ())} for record in found}
    replaced = {each for c in applied.values() for ids in c["seen"].values() for each in ids}
    for change_id, heads in world.sealed.items():
        if change_id in applied:
            for name, ids in heads.items():
                left = ids & applied.keys() - replaced
                assert left <= held.get(world.records[name], set()), "what was sealed is gone"
                world.seen["sealed words held"] += len(left)
