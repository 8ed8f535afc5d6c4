"""The one clock of the server, and the one source of new ids.

Tests set the clock; nobody else calls datetime.now or uuid4. No clock decides anything
about the order of changes (docs/sync-protocol.md, 3).
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_read: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731
_make: Callable[[], str] = lambda: str(uuid.uuid4())  # noqa: E731


def now() -> datetime:
    """This moment, in UTC."""
    return _read()


@contextmanager
def clock_at(read: Callable[[], datetime]) -> Iterator[None]:
    """Tests only: let time be what `read` says."""
    global _read
    before, _read = _read, read
    try:
        yield
    finally:
        _read = before


def new_id() -> str:
    """A random id, lower case."""
    return _make()


@contextmanager
def ids_from(make: Callable[[], str]) -> Iterator[None]:
    """Tests only: let every new id be what `make` gives, so that a run can be repeated."""
    global _make
    before, _make = _make, make
    try:
        yield
    finally:
        _make = before


def as_text(moment: datetime) -> str:
    """A moment as it travels: `2026-11-22T09:14:03Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
