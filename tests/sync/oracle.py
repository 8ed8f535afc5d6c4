"""The rules of merging, written a second time for the tests.

Imports none of the code under test: an oracle computed from it would agree with its bugs.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

Json = dict[str, Any]
Heads = dict[str, Json]
Fields = dict[str, Heads]

TEXT, POSITION, DELETED = "text", "position", "deleted"
ELEMENT, MINUTE = "element", "minute"
NAME, JOINED, STATEMENT, FIRST = "name", "joined_to", "statement", "starts_first"
STANDING = "standing"
TAG = "focus_questions/eeeeeeee-0000-4000-8000-000000000005"


def spell(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(value: Any) -> str:
    return sha256(spell(value).encode()).hexdigest()


def link(previous: str, change_id: str, digest: str, verdict: str) -> str:
    return sha256("\n".join([previous, change_id, digest, verdict]).encode()).hexdigest()


def winner(heads: Heads) -> str | None:
    return max(heads, key=lambda i: (heads[i]["depth"], i)) if heads else None


def head_of(change: Json, field: str) -> Json:
    covers = {g: [*ids] for g, ids in change["seen"].items() if g not in change["set"]}
    return {
        "value": change["set"][field],
        "depth": change["depth"][field],
        "seen": [*change["seen"][field]],
        "covers": covers if field == DELETED else {},
    }


def is_deleted(fields: Fields) -> bool:
    """Some flag is true, none is false, and every other head was seen by some flag."""
    flags = [*fields.get(DELETED, {}).values()]
    if not flags or any(flag["value"] is False for flag in flags):
        return False
    covered = {(g, i) for flag in flags for g, ids in flag["covers"].items() for i in ids}
    others = [(f, i) for f in fields for i in fields[f] if f not in (DELETED, POSITION)]
    return all(each in covered for each in others)


def values_of(fields: Fields) -> Json:
    """What is read first of each register: the winner's value. Nothing of what is deleted."""
    if is_deleted(fields):
        return {}
    return {name: heads[winner(heads) or ""]["value"] for name, heads in fields.items() if heads}


def shown(fields: Fields) -> Json:
    """What a screen shows of a record, so that two devices can be compared."""
    if is_deleted(fields):
        return {"deleted": True}
    registers = {
        name: {"heads": {i: h["value"] for i, h in sorted(heads.items())}, "winner": winner(heads)}
        for name, heads in sorted(fields.items())
        if heads
    }
    if fields.get(TAG):
        registers["tag"] = any(head["value"] for head in fields[TAG].values())  # type: ignore[assignment]
    return registers


def expected(live: list[Json], named: dict[str, dict[str, set[str]]]) -> Fields:
    """The fields that applied changes make, from what their authors were *shown*.

    named: change id to what the person's screen showed, by field, when it was saved.
    """
    fields: Fields = {}
    for field in sorted({field for change in live for field in change["set"]}):
        gone = {i for c in live if field in c["set"] for i in named[c["id"]][field]}
        heads = {
            c["id"]: _head_shown(c, field, named[c["id"]])
            for c in live
            if field in c["set"] and c["id"] not in gone
        }
        if heads:
            fields[field] = dict(sorted(heads.items()))
    return fields


def _head_shown(change: Json, field: str, shown: dict[str, set[str]]) -> Json:
    """A delete covers what was on the screen, whatever it says it has seen."""
    covers = {other: [*ids] for other, ids in shown.items() if other != DELETED}
    return {**head_of(change, field), "covers": covers if field == DELETED else {}}
