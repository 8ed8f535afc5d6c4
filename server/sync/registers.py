"""Merging: a record's state is what the *set* of its applied changes makes it.

Order, repeats and delay cannot matter (docs/sync-protocol.md, 1). A register holds heads:
revisions that no applied revision names as seen. A head with the greatest depth is shown,
the others are kept. Pure: knows no table, no schema and no clock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from typing import Any

Head = dict[str, Any]
"""`{id, value, depth, seen, by, made_at}`, and `covers` for a head of `deleted`."""

State = dict[str, Any]
"""`{fields: {register: [heads by id]}, missing: {register: [ids in order]}}`."""

DELETED = "deleted"
POSITION = "position"


def empty_state() -> State:
    return {"fields": {}, "missing": {}}


def merge(state: State, change: dict[str, Any], applied: Container[str]) -> None:
    """Take one change into the state. `applied` knows every applied change by its id.

    Obligation: a change is merged once. A change that somebody named before it came (a
    latecomer) is already superseded: it leaves `missing` and never becomes a head.
    """
    fields, missing = state["fields"], state["missing"]
    change_id, seen = change["id"], change["seen"]
    for name in change["set"]:
        if not seen[name] and name not in fields and name not in missing:
            fields[name] = [head_of(change, name)]
            continue
        heads = {head["id"]: head for head in fields.get(name, ())}
        awaited = set(missing.get(name, ()))
        for revision in seen[name]:
            if heads.pop(revision, None) is None and revision not in applied:
                awaited.add(revision)
        if change_id in awaited:
            awaited.discard(change_id)
        else:
            heads[change_id] = head_of(change, name)
        _put(fields, name, [heads[key] for key in sorted(heads)])
        _put(missing, name, sorted(awaited))


def _put(place: dict[str, list[Any]], name: str, values: list[Any]) -> None:
    if values:
        place[name] = values
    else:
        place.pop(name, None)


def head_of(change: dict[str, Any], name: str) -> Head:
    """What the register keeps of the change, should it become a head."""
    head: Head = {
        "id": change["id"],
        "value": change["set"][name],
        "depth": change["depth"][name],
        "seen": change["seen"][name],
        "by": change["by"],
        "made_at": change["made_at"],
    }
    if name == DELETED:
        head["covers"] = {
            covered: ids for covered, ids in change["seen"].items() if covered not in change["set"]
        }
    return head


def winner(heads: Iterable[Head]) -> Head | None:
    """The version shown first: the greatest depth, then the greatest id."""
    return max(heads, key=lambda head: (head["depth"], head["id"]), default=None)


def is_deleted(fields: dict[str, list[Head]]) -> bool:
    """Whether the deletes have seen all there is. Moving a card does not keep it alive."""
    flags = fields.get(DELETED)
    if not flags or not all(flag["value"] for flag in flags):
        return False
    covered: dict[str, set[str]] = defaultdict(set)
    for flag in flags:
        for name, ids in flag["covers"].items():
            covered[name].update(ids)
    return all(
        head["id"] in covered[name]
        for name, heads in fields.items()
        if name not in (DELETED, POSITION)
        for head in heads
    )
