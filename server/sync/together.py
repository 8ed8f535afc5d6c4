"""One commit for the batches that come together, and one set of statements a network.

A commit waits for the disk, and thirty tablets that come back from the classrooms send at
once. Whoever has the turn to write takes the batches that wait along with their own and
stores all of them in one transaction; nobody is answered before it is on the disk. A batch
that is refused stops no other, and when the transaction fails, each is stored by itself.

Knows no rule and no table. Among the threads of one process: others meet at the database.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from server.db import LOCK_SECONDS, db, writing
from server.errors import Busy, RuleBroken

MOST_CHANGES = 1_000
"""What one transaction takes, unless a single batch is larger: others wait for its end."""

Given = TypeVar("Given")
Outcome = TypeVar("Outcome")
Store = Callable[[Connection, str, list[Given]], list[Outcome | RuleBroken]]
"""Stores what several gave for one network: what became of each, in their order."""


@dataclass(slots=True, eq=False)
class Batch:
    """What somebody gave, and what became of it."""

    network_id: str
    size: int
    given: Any
    store: Store[Any, Any]
    outcome: Any = None
    error: BaseException | None = None
    is_settled: bool = False

    def settle(self, outcome: Any) -> None:
        """A rule that is broken is an outcome: it was found before anything was written."""
        if isinstance(outcome, RuleBroken):
            self.error = outcome
        else:
            self.outcome = outcome

    def store_alone(self) -> None:
        self.error = None
        try:
            with writing(self.network_id) as tx:
                _store_in(tx, [self])
        except Exception as error:
            self.error = error


class Turn:
    """The turn to write, for those who would wait for the same lock anyway."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._guard = threading.Lock()
        self._waiting: deque[Batch] = deque()

    @property
    def waiting_count(self) -> int:
        return len(self._waiting)

    def store(self, batch: Batch) -> None:
        """Come back when the batch is settled: by oneself, or by whoever had the turn before.

        Busy when the turn did not come in time; then nothing of it is stored.
        """
        with self._guard:
            self._waiting.append(batch)
        if not self._turn.acquire(timeout=LOCK_SECONDS):
            if self._leave(batch):
                raise Busy()
            self._turn.acquire()
        try:
            while not batch.is_settled:
                _store(self._take())
        finally:
            self._turn.release()

    def _leave(self, batch: Batch) -> bool:
        """Wait no longer; False when somebody is storing it at this moment."""
        with self._guard:
            if batch not in self._waiting:
                return False
            self._waiting.remove(batch)
            return True

    def _take(self) -> list[Batch]:
        """Those who wait, the first come first, all of one network's database rights."""
        with self._guard:
            taken = [self._waiting.popleft()]
            size = taken[0].size
            while self._waiting and size + self._waiting[0].size <= MOST_CHANGES:
                taken.append(self._waiting.popleft())
                size += taken[-1].size
            return taken


def _store_in(tx: Connection, batches: list[Batch]) -> None:
    """Those of one network at once, in the order in which they came."""
    alike: dict[tuple[str, Store[Any, Any]], list[Batch]] = {}
    for batch in batches:
        alike.setdefault((batch.network_id, batch.store), []).append(batch)
    for (network_id, store), those in alike.items():
        outcomes = store(tx, network_id, [batch.given for batch in those])
        for batch, outcome in zip(those, outcomes, strict=True):
            batch.settle(outcome)


def _store(batches: list[Batch]) -> None:
    try:
        with writing(batches[0].network_id) as tx:
            _store_in(tx, batches)
    except Exception as error:
        if len(batches) == 1:
            batches[0].error = error
        else:
            for batch in batches:
                batch.store_alone()
    except BaseException:
        for batch in batches:
            batch.error = Busy()
        raise
    finally:
        for batch in batches:
            batch.is_settled = True


_turns: WeakKeyDictionary[Engine, dict[str, Turn]] = WeakKeyDictionary()


def turn_of(network_id: str) -> Turn:
    """SQLite has one writer for all networks; PostgreSQL has one for each."""
    key = "" if db.engine.dialect.name == "sqlite" else network_id
    return _turns.setdefault(db.engine, {}).setdefault(key, Turn())


def store_together(
    network_id: str, size: int, given: Given, store: Store[Given, Outcome]
) -> Outcome:
    """Store what is given, perhaps along with what others give; what returns is on the disk.

    size: of so many changes. `store` may be called again in another transaction. A rule that
    is broken is what became of one batch, and is raised here.
    """
    batch = Batch(network_id, size, given, store)
    turn_of(network_id).store(batch)
    if batch.error is not None:
        raise batch.error
    return cast(Outcome, batch.outcome)
