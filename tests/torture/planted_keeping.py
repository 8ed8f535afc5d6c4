"""Bugs planted in what the model tablet keeps: dropped too early, or kept too long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.sync.devices import Device
from tests.torture.device import TorturedDevice
from tests.torture.planted import bug

Any_ = Callable[..., Any]


@bug("tablet", TorturedDevice, "sign_out")
def sign_out_empties_the_outbox(original: Any_) -> Any_:
    """What waits is deleted with the session."""

    def sign_out(self: TorturedDevice) -> None:
        original(self)
        self.outbox.clear()

    return sign_out


@bug("tablet", Device, "drop_acked")
def acknowledged_is_dropped_at_once(original: Any_) -> Any_:
    """What was acknowledged is not kept until a backup holds it."""

    def drop(self: Device, durable: int) -> None:
        for change_id, acked in [*self.acked.items()]:
            if acked["status"] == "applied":
                self.dropped.append((change_id, acked["at"]))
                del self.acked[change_id]

    return drop


@bug("tablet", Device, "drop_acked")
def kept_by_time_alone(original: Any_) -> Any_:
    """Old acknowledged changes go, whether a backup holds them or not."""
    return lambda self, durable: original(self, 2**53)


@bug("tablet", Device, "drop_acked")
def the_tray_expires(original: Any_) -> Any_:
    """A change that was set aside is dropped like one that was applied."""

    def drop(self: Device, durable: int) -> None:
        original(self, durable)
        for change_id, acked in [*self.acked.items()]:
            if acked["status"] == "set_aside" and self.tick - acked["at"] >= 2:
                del self.acked[change_id]

    return drop


@bug("tablet", Device, "forget")
def forgetting_keeps_the_numbers(original: Any_) -> Any_:
    """After a restore, rows keep the numbers of the lost history."""

    def forget(self: Device) -> None:
        numbers = {record: row["seq"] for record, row in self.rows.items()}
        original(self)
        for record, seq in numbers.items():
            self.rows[record]["seq"] = seq

    return forget


@bug("tablet", Device, "forget")
def nothing_is_offered_again(original: Any_) -> Any_:
    """After a restore, only what was not acknowledged is sent."""

    def forget(self: Device) -> None:
        waiting = [*self.outbox]
        original(self)
        self.outbox = waiting

    return forget


@bug("tablet", Device, "hear_pull")
def lost_scope_empties_the_outbox(original: Any_) -> Any_:
    """With a scope go the changes that wait for it."""

    def hear(self: Device, number: int, reply: Any) -> None:
        original(self, number, reply)
        if reply["code"] == 200:
            self.outbox = [e for e in self.outbox if e["change"]["scope"] in self.scopes]

    return hear


@bug("tablet", Device, "hear_pull")
def lost_scope_stays(original: Any_) -> Any_:
    """Rows of a scope that was taken away stay on the tablet."""

    def hear(self: Device, number: int, reply: Any) -> None:
        rows = {**self.rows}
        original(self, number, reply)
        self.rows = {**rows, **self.rows}

    return hear


@bug("tablet", Device, "store")
def purge_leaves_the_copy(original: Any_) -> Any_:
    """A purged record's own words stay on the tablet."""

    def store(self: Device, rows: Any) -> None:
        kept = {**self.acked}
        original(self, rows)
        self.acked = kept

    return store


@bug("tablet", Device, "overlay")
def shown_until_the_cursor_passes(original: Any_) -> Any_:
    """Own words leave the view by the scope's cursor, not by their record's number."""

    def overlay(self: Device, record: str) -> Any:
        for acked in self.acked.values():
            change = acked["change"]
            passed = self.cursors.get(change["scope"], 0) >= acked["seq"]
            if change["record"] == record and acked["status"] == "applied" and not passed:
                yield change
        for entry in self.outbox:
            if entry["change"]["record"] == record:
                yield entry["change"]

    return overlay


@bug("tablet", Device, "hear_pull")
def old_rows_stay(original: Any_) -> Any_:
    """Rows of a lost history are kept when the new one was pulled whole."""

    def hear(self: Device, number: int, reply: Any) -> None:
        for row in self.rows.values():
            row.pop("old", None)
        original(self, number, reply)

    return hear


@bug("tablet", Device, "drop_acked")
def dropped_before_its_row_has_come(original: Any_) -> Any_:
    """An acknowledged change goes though the record on the tablet is older than it."""

    def drop(self: Device, durable: int) -> None:
        rows = {**self.rows}
        for acked in self.acked.values():
            record = acked["change"]["record"]
            self.rows[record] = {**rows.get(record, {"scope": "", "fields": {}}), "seq": 2**53}
        original(self, durable)
        self.rows = rows

    return drop


@bug("tablet", Device, "drop_acked")
def kept_until_a_backup_alone(original: Any_) -> Any_:
    """What one backup holds goes at once, as if that backup could not be lost."""

    def drop(self: Device, durable: int) -> None:
        now, self.tick = self.tick, 2**53
        original(self, durable)
        self.tick = now
        self.dropped = [(change_id, min(at, now)) for change_id, at in self.dropped]

    return drop
