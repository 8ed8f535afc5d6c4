"""Bugs planted in the server's rules: merging, access, pages of a pull, purges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from server.domain.access import LEAD, Standing
from server.errors import NotFound
from server.services import arrivals
from server.sync import log, pull, push, registers, veil
from server.sync.dialect import run
from server.sync.log import Log
from server.sync.push import Taking
from tests.sync.keeper import Keeper
from tests.torture.planted import bug

Any_ = Callable[..., Any]


@bug("server", log, "merge")
def last_writer_by_clock(original: Any_) -> Any_:
    """Of two concurrent texts the one with the later clock stays alone."""

    def merge(state: Any, change: Any, applied: Any) -> None:
        original(state, change, applied)
        for name, heads in state["fields"].items():
            if name in change["set"]:
                state["fields"][name] = [max(heads, key=lambda head: head["made_at"])]

    return merge


@bug("server", pull, "has_changed_sides")
def sides_change_unnoticed(original: Any_) -> Any_:
    """Who stops or begins to visit keeps the wall that they were told before."""
    return lambda tx, network_id, held, cursors: False


@bug("server", log, "merge")
def last_writer_by_arrival(original: Any_) -> Any_:
    """What arrives last replaces what others wrote meanwhile."""

    def merge(state: Any, change: Any, applied: Any) -> None:
        for name in change["set"]:
            state["fields"].pop(name, None)
        original(state, change, applied)

    return merge


@bug("server", log, "merge")
def missing_is_ignored(original: Any_) -> Any_:
    """A latecomer shows again, beside the change that replaced it."""

    def merge(state: Any, change: Any, applied: Any) -> None:
        state["missing"].clear()
        original(state, change, applied)

    return merge


@bug("server", Log, "merge")
def latecomer_keeps_the_number(original: Any_) -> Any_:
    """A record does not move to the number of a change that changes no head."""

    def merge(self: Log, change: Any, seq: int, applied: Any) -> None:
        record = self.records.get(change["record"])
        before = record and (record.seq, change["id"] in _awaited(record.state))
        original(self, change, seq, applied)
        if before and before[1]:
            self.records[change["record"]].seq = before[0]

    return merge


def _awaited(state: Any) -> set[str]:
    return {each for ids in (state or {}).get("missing", {}).values() for each in ids}


@bug("server", pull, "held_scopes")
def every_round_is_granted(original: Any_) -> Any_:
    """Grants forget who is in which round."""

    def held(tx: Connection, standing: Any) -> Any:
        return original(tx, replace(standing, network_roles=standing.network_roles | {LEAD}))

    return held


@bug("server", arrivals, "standing_of_rows")
def tenant_filter_missing(original: Any_) -> Any_:
    """Whoever is signed in is let into any network."""

    def standing(tx: Connection, network_id: str, rows: Any) -> Any:
        try:
            return original(tx, network_id, rows)
        except NotFound:
            return Standing("", network_id, frozenset({LEAD}))

    return standing


@bug("server", push, "_may_write")
def nothing_is_forbidden(original: Any_) -> Any_:
    """Access is not looked at when a change is judged."""
    return lambda standing, change: (True, None)


@bug("server", push, "_may_write")
def whoever_writes_cards_moves_the_debrief(original: Any_) -> Any_:
    """A debrief is moved on by anybody who may write on its wall."""

    def may(standing: Any, change: Any) -> Any:
        on_the_wall = change["kind"] == "debrief" and "step" in change["set"]
        return original(standing, {**change, "kind": "group", "set": {}} if on_the_wall else change)

    return may


@bug("server", push, "_may_write")
def host_plans_nothing(original: Any_) -> Any_:
    """What a host writes for the next level of work waits, as a host's card would."""

    def may(standing: Any, change: Any) -> Any:
        is_item = change["kind"] == "next_level_item"
        return original(standing, {**change, "kind": "card"} if is_item else change)

    return may


@bug("server", push, "_may_write")
def seal_shuts_out_what_was_written_before(original: Any_) -> Any_:
    """A prediction that was written offline and comes after the seal is not taken."""
    sealed = set[str]()

    def may(standing: Any, change: Any) -> Any:
        allowed, reason = original(standing, change)
        if allowed and "sealed_at" in change["set"]:
            sealed.add(change["scope"])
        is_late = change["kind"] == "prediction" and change["scope"] in sealed
        return (False, reason) if is_late else (allowed, reason)

    return may


@bug("server", veil, "stand")
def wall_opens_with_the_first_step(original: Any_) -> Any_:
    """Whoever does not visit is told the wall from the debrief's first move on."""
    return lambda phase, step, closed: original("analyze" if step else phase, step, closed=closed)


@bug("server", push, "_may_write")
def access_is_remembered(original: Any_) -> Any_:
    """What a member was once allowed stays allowed."""
    known: dict[tuple[str, str], Any] = {}

    def may(standing: Any, change: Any) -> Any:
        key = (standing.member_id, change["scope"])
        return known.setdefault(key, original(standing, change))

    return may


@bug("server", pull, "_fill")
def head_as_cursor(original: Any_) -> Any_:
    """A page moves every cursor to the head, past rows that it does not hold."""

    def fill(page: Any, tx: Connection, standing: Any, news: Any, cursors: Any) -> None:
        original(page, tx, standing, news, cursors)
        head = run(tx, "SELECT head FROM network WHERE id = ?", standing.network_id).scalar()
        cursors.update(dict.fromkeys(cursors, head))

    return fill


@bug("server", pull.Page, "is_full")
def last_page_too_early(original: Any_) -> Any_:
    """A page that is full is called the last one."""

    def is_full(self: Any, state: Any) -> bool:
        full: bool = original(self, state)
        self.more = False
        return full

    return is_full


@bug("server", log, "is_deleted")
def delete_wins_over_what_it_never_saw(original: Any_) -> Any_:
    """One delete is enough, whatever was written meanwhile."""
    return lambda fields: any(flag["value"] for flag in fields.get(registers.DELETED, ()))


@bug("server", Log, "load")
def purge_is_forgotten(original: Any_) -> Any_:
    """A purged record takes changes again."""

    def load(self: Log, ids: Any) -> None:
        original(self, ids)
        for record in self.records.values():
            record.state = record.state or {"fields": {}, "missing": {}}

    return load


@bug("server", pull, "token_of")
def grants_never_change(original: Any_) -> Any_:
    """The hash of the grants is the same whatever is granted."""
    return lambda scopes: "same"


@bug("server", log, "merge")
def delete_removes_what_it_has_seen(original: Any_) -> Any_:
    """A delete takes the words away, and an undo finds nothing."""

    def merge(state: Any, change: Any, applied: Any) -> None:
        original(state, change, applied)
        if change["set"].get(registers.DELETED):
            for name, seen in change["seen"].items():
                heads = state["fields"].get(name, [])
                if name not in change["set"]:
                    heads[:] = [head for head in heads if head["id"] not in seen]

    return merge


@bug("server", Taking, "take")
def repeat_is_told_as_before_the_purge(original: Any_) -> Any_:
    """A change of a purged record that comes again hears what it heard before."""

    def take(self: Taking, sent: Any) -> Any:
        known = None if sent.flaw else self.known.get(sent.change["id"])
        return self._repeat(sent, known) if known else original(self, sent)

    return take


@bug("server", Keeper, "_purge_again")
def restored_without_the_ledger(original: Any_) -> Any_:
    """After a restore nobody remembers what was purged since the backup."""
    return lambda self: None
