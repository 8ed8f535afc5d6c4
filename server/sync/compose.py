"""Making honest changes on the server: imports, demo data, the member records.

A change made here names every version of what it replaces, as a person who settled it
would. It goes through push.py like any other; nothing here stores anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemas.base import SCHEMA
from server import clock
from server.sync.protocol import MAX_DEPTH, Json
from server.sync.read import MergedRecord
from server.sync.registers import DELETED, Head

Heads = Mapping[str, list[Head]]


def compose(
    kind: str,
    record_id: str,
    scope: str,
    set_: Mapping[str, Any],
    *,
    by: str,
    heads: MergedRecord | Heads | None = None,
    made_at: str | None = None,
) -> Json:
    """One save of one record.

    set_: registers to values; a tag is `"roles/lead": True`. by: the member who is the
    author, or SERVER_ID. heads: the record as it stands, None for a new one.
    """
    held: Heads = heads.heads if isinstance(heads, MergedRecord) else heads or {}
    seen = {name: [head["id"] for head in held.get(name, ())] for name in set_}
    if DELETED in set_:
        seen |= {name: [head["id"] for head in held[name]] for name in held if name not in set_}
    return {
        "id": clock.new_id(),
        "n": 0,
        "by": by,
        "kind": kind,
        "record": record_id,
        "scope": scope,
        "schema": SCHEMA,
        "made_at": made_at or clock.as_text(clock.now()),
        "set": dict(set_),
        "seen": seen,
        "depth": {name: _depth(held.get(name, ())) for name in set_},
    }


def _depth(heads: Any) -> int:
    deepest: int = max((head["depth"] for head in heads), default=0)
    return min(deepest + 1, MAX_DEPTH)


def differing(set_: Mapping[str, Any], record: MergedRecord | None) -> dict[str, Any]:
    """What of `set_` the record does not show yet, so that nothing is saved for nothing.

    A tag that was never there need not be taken off.
    """
    wanted: dict[str, Any] = {}
    for name, value in set_.items():
        tag, slash, slug = name.partition("/")
        shown = (
            (slug in record.tagged(tag) if record else False)
            if slash
            else (record.get(name) if record else None)
        )
        if shown != value:
            wanted[name] = value
    return wanted
