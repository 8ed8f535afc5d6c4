"""Small cells: a figure about too few is not shown, nor one that would give it away (rule 9).

A table of counts with its total. Whoever knows the total and the parts that are shown knows
the sum of those that are not, and that each of them is at least one. So as many are kept
back that each of them could still be large enough to be shown: which are few, and which only
cover those, cannot be told apart.
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
        if _is_covered([parts[each] for each in hidden], fewest):
            break
        hidden.add(part)
    return {part: None if part in hidden else count for part, count in parts.items()}


def gives_away(counts: Mapping[str, int], fewest: int) -> bool:
    """Whether the total must be kept back as well: all parts together cannot cover one."""
    shown = shown_counts(counts, fewest)
    return not _is_covered([counts[part] for part in shown if shown[part] is None], fewest)


def _is_covered(hidden: list[int], fewest: int) -> bool:
    """Whether each hidden part could be `fewest`, for all that their sum tells."""
    return not hidden or (len(hidden) > 1 and sum(hidden) - (len(hidden) - 1) >= fewest)
