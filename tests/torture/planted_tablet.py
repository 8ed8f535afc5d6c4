"""Bugs planted in the model tablet: each a plausible way to write a client wrongly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.sync.devices import Device
from tests.torture.device import TorturedDevice
from tests.torture.planted import bug

Any_ = Callable[..., Any]


@bug("tablet", Device, "hear_pull")
def cursor_saved_before_rows(original: Any_) -> Any_:
    """Cursors are stored first, and now and then the app dies before the rows."""
    heard = [0]

    def hear(self: Device, number: int, reply: Any) -> None:
        heard[0] += 1
        if heard[0] % 7 == 0 and reply["code"] == 200:
            reply = {**reply, "rows": []}
        original(self, number, reply)

    return hear


@bug("tablet", TorturedDevice, "sign_out")
def sign_out_empties_the_outbox(original: Any_) -> Any_:
    """What waits is deleted with the session."""

    def sign_out(self: TorturedDevice) -> None:
        original(self)
        self.outbox.clear()

    return sign_out


@bug("tablet", TorturedDevice, "hand_over")
def next_account_takes_the_outbox(original: Any_) -> Any_:
    """One outbox for all accounts of a tablet."""

    def hand_over(self: TorturedDevice, other: TorturedDevice) -> None:
        other.outbox += [{**entry} for entry in self.outbox]

    return hand_over


@bug("tablet", Device, "save")
def amends_what_was_sent(original: Any_) -> Any_:
    """A change is still typed into after it was put into a request."""

    def save(self: Device, *told: Any) -> Any:
        frozen = [entry for entry in self.outbox if entry["frozen"]]
        for entry in frozen:
            entry["frozen"] = bool(entry.get("poison"))
        made = original(self, *told)
        for entry in frozen:
            entry["frozen"] = True
        return made

    return save


@bug("tablet", TorturedDevice, "hear_push")
def any_200_is_success(original: Any_) -> Any_:
    """A portal's page is taken for an acknowledgement."""

    def hear(self: TorturedDevice, number: int, reply: Any) -> None:
        original(self, number, reply)
        if reply["code"] == 0 and reply.get("status") == 200:
            self.outbox = [entry for entry in self.outbox if not entry["frozen"]]

    return hear


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


@bug("tablet", TorturedDevice, "believe")
def late_answers_are_believed(original: Any_) -> Any_:
    """An answer to a request that was given up is used all the same."""

    def believe(self: TorturedDevice, number: int, reply: Any) -> Any:
        return original(self, self.requests, reply)

    return believe


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


@bug("tablet", Device, "hear_pull")
def every_page_counts_as_all(original: Any_) -> Any_:
    """`synced` is remembered from a page that is not the last."""

    def hear(self: Device, number: int, reply: Any) -> None:
        original(self, number, reply)
        if reply["code"] == 200 and number == self.requests:
            self.synced, self.grants = reply["head"], reply["grants"]

    return hear


@bug("tablet", Device, "store")
def purge_leaves_the_copy(original: Any_) -> Any_:
    """A purged record's own words stay on the tablet."""

    def store(self: Device, rows: Any) -> None:
        kept = {**self.acked}
        original(self, rows)
        self.acked = kept

    return store


@bug("tablet", TorturedDevice, "hold")
def poison_is_sent_for_ever(original: Any_) -> Any_:
    """What is called invalid stays first in the queue, and nothing goes past it."""
    return lambda self, change_id: None


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


@bug("tablet", Device, "save")
def names_what_was_not_shown(original: Any_) -> Any_:
    """An ordinary edit of a text replaces every version that the tablet holds."""

    def save(self: Device, kind: Any, record: str, scope: Any, values: Any, seen: Any) -> Any:
        held = self.fields(record)
        wide = {name: ids | set(held.get(name, ())) for name, ids in seen.items()}
        return original(self, kind, record, scope, values, wide)

    return save


@bug("tablet", Device, "save")
def delete_names_nothing(original: Any_) -> Any_:
    """A delete does not say what it has seen."""

    def save(self: Device, kind: Any, record: str, scope: Any, values: Any, seen: Any) -> Any:
        narrow = {name: ids for name, ids in seen.items() if name in values}
        return original(self, kind, record, scope, values, narrow)

    return save


@bug("tablet", Device, "hear_pull")
def old_rows_stay(original: Any_) -> Any_:
    """Rows of a lost history are kept when the new one was pulled whole."""

    def hear(self: Device, number: int, reply: Any) -> None:
        for row in self.rows.values():
            row.pop("old", None)
        original(self, number, reply)

    return hear
