"""Small cells: a figure about too few is not shown, nor one that would give it away (rule 9).

A table of counts with its total. Whoever knows the total and what is shown of its parts
knows the sum of what is not shown; so that sum must itself be about enough, and of at least
two parts. Which parts are few and which only cover them cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Mapping


def shown_counts(counts: Mapping[str, int], fewest: int) -> dict[str, int | None]:
    """Each part's count, or None where it is not shown. Parts of nought are left out.

    fewest: the least count that a figure may be about.
    """
    parts = {part: count for part, count in counts.items() if count > 0}
    hidden = {part for part, count in parts.items() if count < fewest}
    if sum(parts.values()) < fewest:
        hidden = set(parts)
    for part in sorted(parts, key=lambda part: (parts[part], part)):
        if not hidden or (len(hidden) > 1 and sum(parts[each] for each in hidden) >= fewest):
            break
        hidden.add(part)
    return {part: None if part in hidden else count for part, count in parts.items()}
