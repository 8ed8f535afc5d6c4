"""From when on, and as of when, somebody from the host's school is told what lies on the wall.

Whoever wrote the schedule could see from the order and the moments in which cards come and
move which of them are one team's, and a team leads to its classrooms (rule 15). So they read
the wall as it stood when the step that the debrief stands at began, and nothing of it while
the network still describes. At the next level of work, and once the debrief is closed, the
wall is read as it is. Who that is, domain/access.py says; server/sync/veil.py tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.vocabulary import Phase

WALL = frozenset({"card", "group"})
"""The kinds of record that lie on the one wall."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a debrief stands. While it describes, its steps make no difference here."""

    phase: str = Phase.DESCRIBE
    step: str | None = None
    closed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the wall is read as it is, and no more as it was."""
        return self.closed or self.phase == Phase.NEXT_LEVEL


def stand(phase: str | None, step: str | None, *, closed: bool) -> Stand:
    """A debrief that has not begun describes."""
    phase = phase or Phase.DESCRIBE
    return Stand(phase, None if phase == Phase.DESCRIBE else step, closed)


def last_moved(stands: Iterable[tuple[int, Stand]]) -> tuple[int, Stand]:
    """The number of the change by which the debrief came to stand where it stands.

    stands: where it stood after each of its changes, in their order. A clock that is stopped
    or given more minutes moves nothing. 0 when it has described all along.
    """
    number, now = 0, Stand()
    for seq, after in stands:
        if after != now:
            number, now = seq, after
    return number, now
