"""Fixed schedules in which a fair but wrong reading of the protocol loses text or diverges.

Random search reaches them rarely. Each is named for what holds.
"""

from __future__ import annotations

import pytest
from flask import Flask

from tests.sync.checks import check_own_words, check_trays
from tests.sync.oracle import DELETED, TEXT
from tests.sync.world import ANA, ANA_TOO, BEN, People, World


@pytest.fixture(scope="module")
def people(app: Flask) -> People:
    return People(app)


@pytest.fixture
def world(people: People) -> World:
    return World(people)


def test_a_verdict_that_a_restore_undid_is_noticed(world: World) -> None:
    world.grant(world.ben, "1", False)
    world.backup()
    world.act(BEN, "a1", TEXT)
    world.grant(world.ben, "1", True)
    world.push(BEN, 1)
    world.pull_all(world.devices[ANA])

    world.restore(0)
    world.pull_all(world.devices[BEN])
    world.push(BEN, 1)

    world.come_to_rest()


def test_a_released_change_is_answered_with_the_number_of_its_release(world: World) -> None:
    world.grant(world.ana, "1", False)
    world.act(ANA, "a1", TEXT)
    world.push(ANA, 1)
    world.grant(world.ana, "1", True)
    world.act(BEN, "a1", TEXT)
    world.push(BEN, 1)
    world.pull_all(world.devices[ANA])

    world.release_first()
    world.retry_tray(ANA)

    check_own_words(world)
    world.come_to_rest()


def test_a_page_that_ends_early_is_not_remembered_as_a_whole_pull(world: World) -> None:
    world.grant(world.ben, "1", False)
    for name in ("a1", "b1", "a2"):
        world.act(ANA, name, TEXT)
    world.push(ANA)
    world.pull_all(world.devices[BEN])
    world.grant(world.ben, "1", True)
    world.grant(world.ben, "2", False)
    world.pull(BEN, 1)

    world.grant(world.ben, "1", False)
    world.grant(world.ben, "2", True)

    world.pull_all(world.devices[BEN])
    world.pull_all(world.devices[ANA])
    world.come_to_rest()


def test_grants_of_an_early_page_do_not_stop_the_rest(world: World) -> None:
    world.grant(world.ben, "1", False)
    world.act(ANA, "a1", TEXT)
    world.act(ANA, "b1", TEXT)
    world.push(ANA)
    world.pull_all(world.devices[BEN])

    world.grant(world.ben, "1", True)
    world.pull(BEN, 1)

    world.come_to_rest()


def test_rows_of_a_lost_history_go_once_everything_was_pulled(world: World) -> None:
    world.backup()
    world.act(ANA, "a1", TEXT)
    world.push(ANA, 1)
    world.pull_all(world.devices[BEN])
    world.pull_all(world.devices[ANA])
    world.backup()
    for device in world.devices:
        device.tick += 2
    world.act(BEN, "a2", TEXT)
    world.push(BEN, 1)
    world.pull_all(world.devices[ANA])

    world.restore(0)

    world.come_to_rest()


def test_an_acknowledged_change_stays_until_its_row_has_come(world: World) -> None:
    world.act(ANA, "a1", TEXT)
    world.push(ANA, 1)
    world.act(ANA, "na", TEXT)
    world.push(ANA, 1)
    world.backup()
    for device in world.devices:
        device.tick += 2

    world.pull(ANA, 1)

    check_own_words(world)
    world.come_to_rest()


def test_a_tray_never_expires(world: World) -> None:
    world.grant(world.ana, "1", False)
    world.act(ANA, "a1", TEXT)
    world.push(ANA, 1)
    world.backup()
    world.devices[ANA].tick += 2

    world.pull_all(world.devices[ANA])

    assert world.devices[ANA].acked
    check_trays(world)


def test_an_answer_of_a_lost_history_is_thrown_away(world: World) -> None:
    world.backup()
    world.act(BEN, "a1", TEXT)
    world.push(BEN, fault="late")
    world.restore(0)
    for name in ("a2", "b1"):
        world.act(ANA, name, TEXT)
    world.push(ANA)
    world.pull_all(world.devices[BEN])

    world.hear_late(BEN)

    world.come_to_rest()


def test_a_snapshot_is_refused_to_whoever_knows_another_history(world: World) -> None:
    world.backup()
    world.act(BEN, "a1", TEXT)
    world.push(BEN)
    world.restore(0)
    for name in ("a2", "b1"):
        world.act(ANA, name, TEXT)
    world.push(ANA)

    world.devices[BEN].snapshot(world.scopes["a1"])

    assert world.devices[BEN].outbox, "409: the acknowledged change waits again"
    world.come_to_rest()


def test_what_a_snapshot_told_of_the_history_is_remembered(world: World) -> None:
    """The author's tablet is lost after the restore: who read its words must let them go too."""
    world.backup()
    world.act(ANA, "b1", TEXT)
    world.push(ANA)
    world.devices[BEN].snapshot(world.scopes["b1"])
    world.restore(0)
    world.act(ANA_TOO, "a1", TEXT)
    world.push(ANA_TOO)

    world.pull_all(world.devices[BEN])

    lost = world.devices[ANA]
    lost.outbox, lost.acked = [], {}
    world.saves = {i: save for i, save in world.saves.items() if save["device"] is not lost}
    world.come_to_rest()


def test_a_purged_record_does_not_come_back_with_a_restore(world: World) -> None:
    world.act(ANA, "na", TEXT)
    world.push(ANA, 1)
    world.backup()
    world.purge("na")

    world.restore(0)

    world.come_to_rest()
    bodies = "".join(row.body or "" for row in world.log())
    assert "words" not in bodies


def test_a_purged_record_that_no_backup_held_is_not_taken_in_again(world: World) -> None:
    world.backup()
    world.act(ANA, "na", TEXT)
    world.push(ANA, 1)
    world.purge("na")

    world.restore(0)

    world.come_to_rest()
    bodies = "".join(row.body or "" for row in world.log())
    assert "words" not in bodies


def test_devices_that_wrote_past_the_restored_point_put_everything_back(world: World) -> None:
    world.backup()
    world.act(ANA, "a1", TEXT)
    world.push(ANA)
    world.pull_all(world.devices[ANA])
    world.restore(0)
    for name in ("a2", "b1"):
        world.act(BEN, name, TEXT)
    world.push(BEN)

    world.act(ANA, "b1", TEXT)
    world.push(ANA)

    assert world.devices[ANA].outbox, "409: the acknowledged changes wait again"
    world.come_to_rest()
    assert len({row.id for row in world.log()} & set(world.saves)) == 4


def test_a_latecomer_neither_shows_again_nor_stays_unseen(world: World) -> None:
    """A device whose first change was lost on the way sends its successor first."""
    world.act(ANA, "a1", TEXT)
    world.push(ANA, 1, fault="lost request")
    world.act(ANA, "a1", TEXT)
    first, second = (entry["change"] for entry in world.devices[ANA].outbox)

    late = world.devices[ANA].push([second])
    world.pull_all(world.devices[BEN])
    world.devices[ANA].push([first])
    world.pull_all(world.devices[BEN])

    assert late["results"][0]["status"] == "applied"
    assert [*world.devices[BEN].fields(world.records["a1"])[TEXT]] == [second["id"]]
    assert world.devices[BEN].rows[world.records["a1"]]["seq"] == world.head()[0]
    world.come_to_rest()


def test_a_delete_beside_an_edit_leaves_the_edit(world: World) -> None:
    world.act(ANA, "a1", TEXT)
    world.push(ANA)
    world.pull_all(world.devices[BEN])
    world.act(BEN, "a1", TEXT)
    world.act(ANA, "a1", "delete")
    world.push(ANA)
    world.push(BEN)

    world.come_to_rest()

    fields = world.devices[ANA_TOO].fields(world.records["a1"])
    assert fields[DELETED]
    assert len(fields[TEXT]) == 1
