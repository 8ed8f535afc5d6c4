"""What must hold between tablets and server, at any time and at rest.

Compares with the oracle of what people were shown. Changes nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.sync.oracle import TEXT, Fields, expected, is_deleted, link, shown, spell

if TYPE_CHECKING:
    from tests.sync.devices import Device
    from tests.sync.world import World


def check_own_words(world: World) -> None:
    """What I saved is on my screen, in my tray, in my export, or replaced by me or another."""
    replaced = {
        i for save in world.saves.values() for ids in save["change"]["seen"].values() for i in ids
    }
    for change_id, save in world.saves.items():
        device, change = save["device"], save["change"]
        excused = world.restored and change_id in world.exempt
        was_touched = (device.member, change["scope"]) in world.touched
        if TEXT not in change["set"] or save["name"] in world.purged or was_touched:
            continue
        if not world.is_told(device, save["name"]):
            continue  # Of a card that is not agreed on, no word is told to a host: not their own.
        if excused or change_id in replaced:
            continue
        fields = device.fields(change["record"])
        found = (
            change_id in fields.get(TEXT, {})
            or change_id in device.exported
            or is_deleted(fields)
            or device.acked.get(change_id, {}).get("status") == "set_aside"
            or (world.restored and change_id in {e["change"]["id"] for e in device.outbox})
        )
        assert found, "my own words vanished from my own screen"


def check_trays(world: World) -> None:
    """A change that was set aside stays with its author."""
    by_id = {row.id: row for row in world.log()}
    for change_id, save in world.saves.items():
        row, device = by_id.get(change_id), save["device"]
        if row is None or row.status != "set_aside" or not row.body or world.restored:
            continue
        waiting = {entry["change"]["id"] for entry in device.outbox}
        assert change_id in device.acked or change_id in waiting, "a tray lost a text"


def check_log(world: World) -> None:
    log, chain = world.log(), ""
    assert [row.seq for row in log] == [*range(1, len(log) + 1)], "a number is missing"
    for row in log:
        chain = link(chain, row.id, row.sha256, row.verdict)
        assert row.chain == chain, "the chain does not hold"
    assert world.head() == (len(log), chain)


def check_nothing_lost(world: World) -> None:
    by_id = {row.id: row for row in world.log()}
    for change_id, save in world.saves.items():
        if save["name"] in world.purged:
            continue
        row = by_id.get(change_id)
        if row is None:
            excused = world.restored and change_id in world.exempt
            assert excused, "a saved text was lost"
        else:
            assert json.loads(row.body)["set"] == save["set"], "a saved text was replaced"


def check_convergence(world: World) -> None:
    live = [
        json.loads(row.body)
        for row in world.log()
        if row.status == "applied" and row.body and row.id in world.named
    ]
    for change in live:
        for field, ids in change["seen"].items():
            was_shown = world.named[change["id"]].get(field, set())
            assert set(ids) <= was_shown, "replaced a version that nobody was shown"
    want = {
        name: expected([c for c in live if c["record"] == record], world.named)
        for name, record in world.records.items()
    }
    world.seen["runs with conflict"] += any(
        len(heads) > 1 for fields in want.values() for heads in fields.values()
    )
    world.seen["runs with delete"] += any(is_deleted(fields) for fields in want.values())
    world.seen["runs"] += 1
    for device in world.devices:
        _check_device(world, device, want)


def _check_device(world: World, device: Device, want: dict[str, Fields]) -> None:
    network = f"network:{world.network}"
    for row in device.rows.values():
        held = row["scope"] == network or world.may_read(device, row["scope"])
        assert held, "a scope that was taken away is still on the device"
    for name, record in world.records.items():
        if not world.may_read(device, world.scopes[name]):
            continue
        if not world.is_told(device, name):
            continue
        if name in world.purged:
            kept = [a for a in device.acked.values() if a["change"]["record"] == record]
            assert not kept, "a purged text is still on the device"
            continue
        assert spell(shown(device.fields(record))) == spell(shown(want[name])), "divergence"
