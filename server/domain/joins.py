"""What was joined into what: visit numbers of one room, groups of one idea.

Twin of pwa/src/domain/joins.ts; both run tests/vectors/patterns.json and board.json.
"""

from __future__ import annotations

from collections.abc import Mapping


def end_of_joins(start: str, joined_to: Mapping[str, str | None]) -> str:
    """What something was joined to in the end; itself where it was not.

    Two devices may join two of them into each other: the lowest id of such a circle stands
    for all.
    """
    path = [start]
    while following := joined_to.get(path[-1]):
        if following in path:
            return min(path[path.index(following) :])
        path.append(following)
    return path[-1]
