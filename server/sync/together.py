"""One commit for the batches that come together.

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
from typing import Generic, TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from server.db import LOCK_SECONDS, db, writing
from server.errors import Busy, RuleBroken

MOST_CHANGES = 1_000
"""What one transaction takes, unless a single batch is larger: others wait for its end."""

Outcome = TypeVar("Outcome")


@dataclass(slots=True, eq=False)
class Batch(Generic[Outcome]):
    """Somebody's work, and what became of it."""

    network_id: str
    size: int
    store: Callable[[Connection], Outcome]
    outcome: Outcome | None = None
    error: BaseException | None = None
    is_settled: bool = False

    def attempt(self, tx: Connection) -> None:
        """Store it. A rule that is broken is an outcome: it was found before any write."""
        try:
            self.outcome = self.store(tx)
        except RuleBroken as error:
            self.error = error

    def store_alone(self) -> None:
        self.error = None
        try:
            with writing(self.network_id) as tx:
                self.outcome = self.store(tx)
        except Exception as error:
            self.error = error


class Turn:
    """The turn to write, for those who would wait for the same lock anyway."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._guard = threading.Lock()
        self._waiting: deque[Batch[object]] = deque()

    @property
    def waiting_count(self) -> int:
        return len(self._waiting)

    def store(self, batch: Batch[object]) -> None:
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

    def _leave(self, batch: Batch[object]) -> bool:
        """Wait no longer; False when somebody is storing it at this moment."""
        with self._guard:
            if batch not in self._waiting:
                return False
            self._waiting.remove(batch)
            return True

    def _take(self) -> list[Batch[object]]:
        """Those who wait, the first come first, all of one network's database rights."""
        with self._guard:
            taken = [self._waiting.popleft()]
            size = taken[0].size
            while self._waiting and size + self._waiting[0].size <= MOST_CHANGES:
                taken.append(self._waiting.popleft())
                size += taken[-1].size
            return taken


def _store(batches: list[Batch[object]]) -> None:
    try:
        with writing(batches[0].network_id) as tx:
            for batch in batches:
                batch.attempt(tx)
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


def store_together(network_id: str, size: int, store: Callable[[Connection], Outcome]) -> Outcome:
    """Run `store` in a transaction that others may share; what it returns is on the disk.

    size: of so many changes. `store` may be called again in another transaction, and raises
    RuleBroken only before it has written anything.
    """
    batch = Batch(network_id, size, store)
    turn_of(network_id).store(cast("Batch[object]", batch))
    if batch.error is not None:
        raise batch.error
    return cast(Outcome, batch.outcome)
