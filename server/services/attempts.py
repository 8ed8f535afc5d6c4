"""Limits on wrong sign-ins and codes, kept in the database so that all processes count alike.

Counted per account and per device; per address only far above a school's worth, since
thirty tablets share one. Only wrong attempts count, and only hashes of what they aimed at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, func, insert, select

from server import clock
from server.errors import TooMany
from server.models.accounts import Attempt

WINDOW = timedelta(minutes=10)

PER_ACCOUNT = 10
PER_DEVICE = 20
ALL_CODES = 500
"""Wrong codes on the whole server: six digits are only safe while few can be guessed."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How many wrong attempts a subject may have in ten minutes."""

    subject: str
    most: int

    @property
    def key(self) -> str:
        return sha256(self.subject.encode("utf-8", "surrogatepass")).hexdigest()


def check_limits(tx: Connection, limits: Iterable[Limit]) -> None:
    """Raise TooMany when one of the limits is reached."""
    since = clock.now() - WINDOW
    for limit in limits:
        row = tx.execute(
            select(func.count(), func.min(Attempt.at)).where(
                Attempt.subject == limit.key, Attempt.at > since
            )
        ).one()
        if row[0] >= limit.most:
            raise TooMany(max(1, int((row[1] - since).total_seconds())))


def count_attempt(tx: Connection, limits: Iterable[Limit]) -> None:
    """Note one wrong attempt against each limit, and forget those that no longer matter."""
    now = clock.now()
    tx.execute(delete(Attempt).where(Attempt.at <= now - WINDOW))
    rows = [{"id": clock.new_id(), "subject": limit.key, "at": now} for limit in limits]
    if rows:
        tx.execute(insert(Attempt), rows)
