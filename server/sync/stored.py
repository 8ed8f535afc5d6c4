"""A record in the hands of a transaction that writes."""

from __future__ import annotations

from dataclasses import dataclass

from server.sync.registers import State


@dataclass(slots=True)
class Stored:
    """One record in hand. `state` is None once the record was purged."""

    id: str
    kind: str
    scope: str
    seq: int
    schema: int
    state: State | None
    deleted: bool
    is_new: bool = False
    began: int | None = None
    """The number of the change that made it, while it is new."""
