"""The protocol's words, limits and shapes. docs/sync-protocol.md is its prose.

A device *pushes* changes and *pulls* records. A **change** is what one save did to one
record. The server looks at each change by itself and gives a **verdict**, then numbers what
it stores: one counter row per network, so that the order in which rows become visible is
the order of their numbers (section 3).

    push  1  read, hash and check the changes, outside the lock        envelope.py
          2  lock the network's row; compare the device's witness      log.py
          3  look up known ids, named ids, the sender's grants         push.py, grants.py
          4  judge, number and merge each change in request order      push.py, registers.py
          5  insert changes, upsert records, move the counter          log.py
    pull  1  read the network's row, then grants, then rows by scope   pull.py
          2  a large scope from its beginning, as lines                snapshot.py

Nothing in here touches the database or the web, and nothing decides by a clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from server.domain.access import Standing
from server.errors import Conflict, Gone

MAX_CHANGES = 500
MAX_BATCH_BYTES = 2 * 1024 * 1024
MAX_CHANGE_BYTES = 256 * 1024
MAX_DEPTH = 2**31 - 1
MAX_NESTING = 32

DEFAULT_PAGE_ROWS = 500
MAX_PAGE_ROWS = 1_000
MAX_PAGE_BYTES = 2 * 1024 * 1024

LARGE_SCOPE = 500
"""A scope with more records than this, read from its beginning, comes by snapshot."""

OLDEST_READABLE_SCHEMA = 1
"""A device with an older `Sync-Schema` may push, but cannot read what pull would send."""

SERVER_ID = "00000000-0000-0000-0000-000000000000"
"""`by` of what the server writes itself."""

Json = dict[str, Any]
Witness = tuple[int, str]
"""The greatest `(head, chain)` that a device was ever told."""

NO_WITNESS: Witness = (0, "")


class HistoryDiverged(Conflict):
    """The device was told of a history that this database does not hold: it was restored."""

    code = "history_diverged"


class TooLongAway(Gone):
    """The device last read before a deletion that nobody keeps any more, or holds a wall as
    somebody that its member no longer is (veil.py): it reads everything anew."""

    code = "sync.too_long_away"


@dataclass(frozen=True, slots=True)
class Writer:
    """Who pushes: a member, or the person who signed in where only that is known.

    Where `standing` is not given, it is read inside the transaction. carried_by: who brings
    changes that somebody else wrote; they are judged and stored as the author's.
    """

    member_id: str = ""
    standing: Standing | None = None
    device_id: str | None = None
    person_id: str | None = None
    carried_by: str | None = None


SERVER_WRITER = Writer(SERVER_ID)
"""Writes the records that no member may write."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one change. `sha256` echoes what was read, or null if unreadable."""

    id: str | None
    sha256: str | None
    status: str
    seq: int | None = None
    reason: str | None = None
    field: str | None = None

    def as_json(self) -> Json:
        answer: Json = {
            "id": self.id,
            "sha256": self.sha256,
            "status": self.status,
            "seq": self.seq,
        }
        if self.reason is not None:
            answer["reason"] = self.reason
        if self.field is not None:
            answer["field"] = self.field
        return answer


@dataclass(frozen=True, slots=True)
class PushReply:
    epoch: str
    head: int
    chain: str
    results: list[Result] = field(default_factory=list)

    def refused(self) -> list[Result]:
        """What was not applied, for a writer that expects everything to be."""
        return [result for result in self.results if result.status != "applied"]

    def as_json(self) -> Json:
        return {
            "epoch": self.epoch,
            "head": self.head,
            "chain": self.chain,
            "results": [result.as_json() for result in self.results],
        }
