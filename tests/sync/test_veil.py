"""What lies on the wall, told to the host: as it stood when a step began, whole, unnumbered."""

from __future__ import annotations

import random
from typing import Any

import pytest
from flask import Flask

from server import clock
from server.db import reading, writing
from server.sync.from_log import records_from_log
from server.sync.purge import purge
from tests.make import Somebody
from tests.sync.devices import Device
from tests.sync.keeper import Keeper
from tests.sync.talk import a_change, a_part, pull, push, rows_of, statuses, values_of
from tests.sync.walls import Room, a_room, read_by

LATE = "2026-11-22T22:00:00Z"


@pytest.fixture
def room(app: Flask) -> Room:
    return a_room(app)


def a_device(somebody: Somebody, seed: int = 7) -> Device:
    member = somebody.member_id
    return Device(somebody.client, somebody.network_id, member, random.Random(seed))


def wall_of(reply: dict[str, Any]) -> dict[str, Any]:
    return {row["id"]: row for row in reply["rows"] if row["kind"] in ("card", "group")}


def follow(somebody: Somebody, before: dict[str, Any] | None = None, **asked: Any) -> Any:
    """All pages after an earlier reply: the last one, with the rows of all."""
    cursors, rows = before["cursors"] if before else {}, []
    while True:
        reply = pull(somebody, cursors=cursors, **asked)
        rows += reply["rows"]
        if not reply["more"]:
            return {**reply, "rows": rows}
        cursors = reply["cursors"]


def test_no_card_is_told_while_the_network_describes_then_all_agreed_ones_at_once(room: Room):
    room.go_to(phase="describe")
    agreed = [room.post(standing="agreed") for _ in range(3)]
    posted = room.post()
    group = clock.new_id()
    room.save(room.lead, "group", group, name="Early", order=1)
    describing = follow(room.host)
    room.go_to(step=clock.new_id())

    assert wall_of(describing) == wall_of(follow(room.host)) == {}
    number = room.go_to(phase="analyze")
    told = follow(room.host, describing)

    assert [*wall_of(told)] == sorted([*agreed, group])
    assert {row["seq"] for row in wall_of(told).values()} == {number}
    assert posted not in rows_of(told)
    assert posted in rows_of(follow(room.ana))


def test_what_moves_within_a_step_is_told_when_the_next_begins(room: Room):
    card, other = room.post(standing="agreed"), room.post(standing="agreed")
    room.go_to(phase="analyze", step=clock.new_id())
    before = follow(room.host)

    group = clock.new_id()
    room.save(room.ana, "card", card, position={"group": group, "order": "a0VVVV"})
    room.save(room.ana, "card", other, position={"group": group, "order": "a0"})
    room.save(room.ana, "card", card, text="In other words")
    room.save(room.lead, "group", group, name="Together", order=1)

    assert wall_of(follow(room.host, before)) == {}
    assert wall_of(follow(room.host)) == wall_of(before)
    room.go_to(step=clock.new_id())
    told = wall_of(follow(room.host, before))
    assert told == wall_of(follow(room.host))
    assert values_of(told[card], "text") == ["In other words"]
    assert values_of(told[card], "position") == [{"group": group, "order": "a00001V"}]
    assert values_of(told[other], "position") == [{"group": group, "order": "a00000V"}]
    assert values_of(told[group], "name") == ["Together"]


def test_a_clock_that_is_stopped_or_given_minutes_tells_nothing(room: Room):
    step = clock.new_id()
    room.go_to(phase="analyze", step=step)
    before = follow(room.host)
    room.post(standing="agreed")

    room.go_to(step=step, paused_at=LATE, added_minutes=2)

    assert wall_of(follow(room.host, before)) == {}


def test_whatever_cursor_is_made_up_the_wall_is_told_as_one(room: Room):
    cards = sorted(room.post(standing="agreed") for _ in range(4))
    room.go_to(phase="analyze")
    for card in cards:
        room.save(room.ana, "card", card, position={"group": None, "order": "a1"})
    room.go_to(phase="predict")
    whole = follow(room.host)

    for seq in range(whole["head"] + 3):
        for cursor in (seq, seq << 20, (seq << 20) + 2, (seq << 20) + (1 << 20) - 1):
            made_up = {room.scope: seq, room.name: cursor}
            told = wall_of(follow(room.host, {"cursors": made_up}))
            assert [*told] in ([], cards, cards[2:]), "a part that says what changed"
            assert {row["seq"] for row in told.values()} <= {room.stands[-1][0]}
    assert wall_of(pull(room.host, cursors={room.name: 2**53 - 1})) == {}


def test_what_is_purged_is_told_at_once(room: Room):
    card, kept = room.post(standing="agreed"), room.post(standing="agreed")
    room.go_to(phase="analyze")
    device = a_device(room.host)
    device.sync()

    with writing(room.host.network_id) as tx:
        purge(tx, room.host.network_id, [card])
    device.sync()

    assert rows_of(follow(room.host))[card]["purged"] is True
    assert [*read_by(device.rows)] == [kept]


def test_of_a_card_that_went_back_or_was_deleted_no_word_is_told_at_the_next_step(room: Room):
    back, gone = (room.post(text, standing="agreed") for text in ("Going back", "Going"))
    room.go_to(phase="analyze")
    device = a_device(room.host)
    device.sync()
    assert read_by(device.rows).keys() == {back, gone}

    room.save(room.ana, "card", back, standing="returned")
    room.save(room.ana, "card", gone, deleted=True)
    room.go_to(phase="predict")
    device.sync()

    assert read_by(device.rows) == {}
    assert "Going" not in str(wall_of(follow(room.host)))


def test_a_card_of_which_two_tablets_said_different_things_at_once_leaves_the_host_too(room: Room):
    """Neither saw the other's, and the one that stands is no answer to an agreement."""
    card = clock.new_id()
    ids = ["1" + clock.new_id()[1:], "f" + clock.new_id()[1:]]
    agreed, posted = (
        {**room.change(room.ana, "card", card, text=said, standing=said), "id": change_id}
        for change_id, said in zip(ids, ("agreed", "posted"), strict=True)
    )
    posted |= {"seen": {"text": [], "standing": []}, "depth": {"text": 1, "standing": 1}}
    assert statuses(push(room.ana, agreed)) == ["applied"]
    room.go_to(phase="analyze")
    device = a_device(room.host)
    device.sync()
    assert read_by(device.rows).keys() == {card}

    assert statuses(push(room.ana, posted)) == ["applied"]
    room.go_to(phase="predict")
    device.sync()

    assert read_by(device.rows) == {} == room.told()


@pytest.mark.parametrize("became", ["returned", "withdrawn"])
def test_nothing_is_told_of_a_card_that_went_back_without_ever_being_agreed_on(
    room: Room, became: str
):
    room.go_to(phase="analyze")
    never, deleted = (room.post(standing=became) for _ in range(2))
    room.save(room.ana, "card", deleted, deleted=True)
    room.go_to(step=clock.new_id())
    agreed_later = room.post(standing="agreed")

    told = wall_of(follow(room.host))
    for _ in range(2):
        room.go_to(phase="next_level" if told else "predict")
        told |= wall_of(follow(room.host))

    assert told.keys() == {agreed_later}
    assert rows_of(follow(room.ana)).keys() >= {never, deleted}


def test_at_the_next_level_and_after_the_close_the_wall_is_told_as_it_is(room: Room):
    card = room.post(standing="agreed")
    room.go_to(phase="next_level")
    device = a_device(room.host)
    device.sync()

    late = room.post(standing="agreed")
    device.sync()
    assert read_by(device.rows).keys() == {card, late}

    room.go_to(phase="describe")
    later = room.post(standing="agreed")
    device.sync()
    assert read_by(device.rows) == room.told(), "who goes back takes nothing with them"
    room.go_to(closed_at=LATE)
    room.save(room.ana, "card", card, standing="withdrawn")
    device.sync()
    assert read_by(device.rows).keys() == {late, later}


def test_the_history_of_a_card_is_not_found_by_the_host(room: Room):
    card = room.post(standing="agreed")
    room.go_to(phase="next_level")
    path = f"/records/{card}/history?network={room.host.network_id}"

    assert room.host.get(path).status_code == 404
    assert room.ana.get(path).status_code == 200


@pytest.mark.parametrize("at_first", ["host", "visitor"])
def test_whoever_changes_sides_reads_everything_afresh_and_lacks_nothing(room: Room, at_first: str):
    """A tablet that holds a wall under true numbers, or under those of a telling."""
    somebody = room.host
    part = a_part(room.lead, room.round_id, somebody, at_first)
    push(room.lead, {**part, "set": {"member": somebody.member_id, f"roles/{at_first}": True}})
    if at_first == "visitor":
        _give(room, somebody, host=False)
    card = room.post(standing="agreed")
    room.go_to(phase="analyze")
    device = a_device(somebody)
    device.sync()
    room.save(room.ana, "card", card, position={"group": None, "order": "a1"})
    room.post()

    _give(room, somebody, host=at_first == "visitor", visitor=at_first != "visitor")
    device.sync()
    fresh = a_device(somebody)
    fresh.sync()

    assert device.seen["read afresh"] == 1
    assert device.rows == fresh.rows
    assert device.cursors.keys() == fresh.cursors.keys()
    assert ("position" in device.rows[card]["fields"]) is (at_first != "visitor")


def _give(room: Room, somebody: Somebody, *, host: bool, visitor: bool = True) -> None:
    """Set both roles in every record that names the person."""
    for row in rows_of(follow(room.lead)).values():
        if row["kind"] == "participant" and values_of(row, "member") == [somebody.member_id]:
            values = {"roles/host": host, "roles/visitor": visitor}
            heads = {n: [h["id"] for h in row["fields"].get(n, [])] for n in values}
            depth = {n: 1 + len(heads[n]) * 5 for n in values}
            change = a_change(
                room.lead, kind="participant", record=row["id"], scope=room.scope, set=values
            )
            reply = push(room.lead, change | {"seen": heads, "depth": depth})
            assert statuses(reply) == ["applied"]


def test_a_wall_of_hundreds_comes_in_pages_and_a_snapshot_holds_none_of_it(room: Room):
    made = [
        room.change(room.ana, "card", clock.new_id(), text="S: a", standing="agreed")
        for _ in range(520)
    ]
    for begin in range(0, 520, 400):
        push(room.ana, *made[begin : begin + 400])
    room.go_to(phase="analyze")
    room.save(room.ana, "card", made[0]["record"], position={"group": None, "order": "a1"})
    query = {"network": room.host.network_id, "head": 0, "chain": ""}

    snapshot = room.host.client.get(f"/api/v1/snapshot/{room.scope}", query_string=query)
    other = room.host.client.get(f"/api/v1/snapshot/{room.name}", query_string=query)
    told = follow(room.host, limit=100)

    assert b'"kind":"card"' not in snapshot.get_data()
    assert b'"kind":"debrief"' in snapshot.get_data()
    assert other.status_code == 404
    assert [*wall_of(told)] == sorted(change["record"] for change in made)
    assert "position" not in rows_of(told)[made[0]["record"]]["fields"]


def test_a_page_of_a_wall_is_no_larger_than_another(room: Room):
    made = [
        room.change(room.ana, "card", clock.new_id(), text="x" * 60_000, standing="agreed")
        for _ in range(40)
    ]
    for begin in range(0, 40, 20):
        push(room.ana, *made[begin : begin + 20])
    room.go_to(phase="analyze")

    first = pull(room.host)

    assert first["more"] is True
    assert len(str(first["rows"])) < 2_200_000
    assert len(wall_of(follow(room.host))) == 40


SEEDS = range(2)


def test_after_a_restore_the_tablet_holds_the_wall_of_the_history_that_there_is(room: Room):
    keeper = Keeper()
    keeper.network, keeper.backups, keeper.ledger = room.host.network_id, [], []
    card = room.post(standing="agreed")
    room.go_to(phase="analyze")
    device = a_device(room.host)
    device.sync()
    keeper.backup()
    room.save(room.ana, "card", card, text="In a history that is lost")
    room.go_to(step=clock.new_id())
    device.sync()

    keeper.restore(0)
    room.stands.pop()
    late = [room.post(standing="agreed") for _ in range(3)]
    device.sync()
    fresh = a_device(room.host)
    fresh.sync()

    assert device.seen["forgot"] == 1
    assert device.rows == fresh.rows
    assert read_by(device.rows) == room.told()
    assert not device.rows.keys() & {*late}


@pytest.mark.parametrize("seed", SEEDS)
def test_two_tablets_of_the_host_hold_what_the_rules_say_whatever_happens(room: Room, seed: int):
    """One follows, one asks for everything anew each time: both as the log up to the step says."""
    dice = random.Random(seed)
    device, tellings = a_device(room.host), 0
    cards: list[str] = []
    for _ in range(60):
        _something_happens(room, dice, cards)
        if dice.random() < 0.4:
            for _ in range(dice.randint(1, 3)):
                device.hear_pull(*device.pull(dice.choice([1, 3, 500])))
        if dice.random() < 0.3:
            device.sync()
            afresh = a_device(room.host)
            afresh.sync()
            assert read_by(device.rows) == read_by(afresh.rows) == room.told()
            tellings += bool(device.rows.keys() & {*cards})

    device.sync()
    assert read_by(device.rows) == room.told()
    assert tellings > 2, "nothing was told that could have been wrong"


def _something_happens(room: Room, dice: random.Random, cards: list[str]) -> None:
    """A visitor lays cards; the debrief goes to and fro."""
    what = dice.choice(["post", "post", "card", "card", "card", "card", "step", "clock", "purge"])
    if what == "post" or not cards:
        cards.append(room.post(standing=dice.choice(["agreed", "agreed", "returned"])))
    elif what == "card":
        values: dict[str, Any] = dice.choice(
            [
                {"position": {"group": dice.choice(cards), "order": f"a{dice.randint(1, 9)}"}},
                {"position": {"group": dice.choice(cards), "order": f"a{dice.randint(1, 9)}"}},
                {"standing": dice.choice(["agreed", "agreed", "withdrawn"])},
                {"text": f"In other words {dice.random()}"},
                {"deleted": dice.random() < 0.6},
            ]
        )
        room.save(room.ana, "card", dice.choice(cards), **values)
    elif what == "step":
        phase = dice.choice(["describe", "analyze", "analyze", "predict", "next_level"])
        closed = LATE if dice.random() < 0.2 else None
        room.go_to(phase=phase, step=clock.new_id(), closed_at=closed)
    elif what == "clock" and room.now:
        room.go_to(**{**room.now, "added_minutes": dice.randint(1, 9)})
    elif what == "purge" and len(cards) > 6:
        with writing(room.host.network_id) as tx:
            purge(tx, room.host.network_id, [cards.pop(0)])


def test_from_the_log_too_a_change_that_came_after_its_successor_shows_no_more(room: Room):
    card = room.post("First")
    second = room.change(room.ana, "card", card, text="Second")
    third = room.change(room.ana, "card", card, text="Third")
    push(room.ana, third)
    push(room.ana, second)

    with reading(room.ana.network_id) as tx:
        [found] = [
            one for one in records_from_log(tx, room.ana.network_id, room.scope) if one.id == card
        ]

    assert [head["value"] for head in found.heads["text"]] == ["Third"]
