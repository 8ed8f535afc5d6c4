"""Bugs planted in the model tablet: plausible ways to write, send and hear wrongly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.sync.devices import Device
from tests.sync.oracle import TAG
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


@bug("tablet", TorturedDevice, "believe")
def late_answers_are_believed(original: Any_) -> Any_:
    """An answer to a request that was given up is used all the same."""

    def believe(self: TorturedDevice, number: int, reply: Any) -> Any:
        return original(self, self.requests, reply)

    return believe


@bug("tablet", Device, "hear_pull")
def every_page_counts_as_all(original: Any_) -> Any_:
    """`synced` is remembered from a page that is not the last."""

    def hear(self: Device, number: int, reply: Any) -> None:
        original(self, number, reply)
        if reply["code"] == 200 and number == self.requests:
            self.synced, self.grants = reply["head"], reply["grants"]

    return hear


@bug("tablet", TorturedDevice, "hold")
def poison_is_sent_for_ever(original: Any_) -> Any_:
    """What is called invalid stays first in the queue, and nothing goes past it."""
    return lambda self, change_id: None


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


@bug("tablet", Device, "save")
def amends_over_another_version(original: Any_) -> Any_:
    """A waiting change takes in an edit that names somebody else's version too."""

    def save(self: Device, kind: Any, record: str, scope: Any, values: Any, seen: Any) -> Any:
        for entry in self.outbox:
            change = entry["change"]
            same = [*change["set"]] == [*values] and change["record"] == record
            mine = same and len(values) == 1
            if mine and not entry["frozen"] and change["id"] in seen[[*values][0]]:
                for name, ids in seen.items():
                    named = {*change["seen"].get(name, ()), *ids} - {change["id"]}
                    change["seen"][name] = sorted(named)
                change["set"] = dict(values)
                return change, True
        return original(self, kind, record, scope, values, seen)

    return save


@bug("tablet", Device, "save")
def tag_names_the_winner_alone(original: Any_) -> Any_:
    """Taking a tag away names one of its versions, and the others stay."""

    def save(self: Device, kind: Any, record: str, scope: Any, values: Any, seen: Any) -> Any:
        heads = self.fields(record).get(TAG, {})
        if TAG in values and heads:
            first = max(heads, key=lambda each: (heads[each]["depth"], each))
            seen = {**seen, TAG: {first}}
        return original(self, kind, record, scope, values, seen)

    return save


@bug("tablet", Device, "believe")
def witness_of_pulls_alone(original: Any_) -> Any_:
    """What an acknowledgement tells of the history is forgotten."""

    def believe(self: Device, number: int, reply: Any) -> Any:
        before = self.witness
        believed = original(self, number, reply)
        if believed and "results" in reply:
            self.witness = before
        return believed

    return believe


@bug("tablet", Device, "hear_pull")
def grants_of_any_page(original: Any_) -> Any_:
    """The grants of a page that is not the last are remembered as had."""

    def hear(self: Device, number: int, reply: Any) -> None:
        synced = self.synced
        original(self, number, reply)
        if reply["code"] == 200 and number == self.requests and reply["more"]:
            self.synced, self.grants = synced, reply["grants"]

    return hear


@bug("tablet", Device, "hear_pull")
def synced_outlives_an_early_page(original: Any_) -> Any_:
    """A page that is not the last leaves it said that all was pulled once."""

    def hear(self: Device, number: int, reply: Any) -> None:
        before = self.synced, self.grants
        original(self, number, reply)
        if reply["code"] == 200 and number == self.requests and reply["more"]:
            self.synced, self.grants = before

    return hear
