"""The wall: in which group a card lies once groups were joined or taken away.

A card is never lost: whatever was joined, split or taken away at once, it lies in one group
that is there, or is loose. Twin of pwa/src/domain/board.ts; both run tests/vectors/board.json.
"""

from __future__ import annotations

from collections.abc import Mapping

from server.domain.joins import end_of_joins


def standing_group(group: str | None, joined_to: Mapping[str, str | None]) -> str | None:
    """The group that stands for this one; none where it, or what it was joined to, is gone.

    `joined_to` has every group that is there as a key.
    """
    if group is None:
        return None
    end = end_of_joins(group, joined_to)
    return end if end in joined_to else None
