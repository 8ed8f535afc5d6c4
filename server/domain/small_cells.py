"""Small cells: a figure about too few is not shown, nor one that would give it away (rule 9).

A table of counts with its total. Whoever knows the total and the parts that are shown knows
the sum of those that are not, that each of them is at least one, and this page. Kept back are
the smallest parts, so many that nothing of that narrows any of them down: each could be one,
or any number up to the fewest, or more than that. See docs/adr/0014-small-figures.md.
"""

from __future__ import annotations

from collections.abc import Mapping


def shown_counts(counts: Mapping[str, int], fewest: int) -> dict[str, int | None]:
    """Each part's count, or None where it is not shown. Parts of nought are left out.

    fewest: the least count that a figure may be about.
    """
    parts = {part: count for part, count in counts.items() if count > 0}
    smallest = sorted(parts, key=lambda part: (parts[part], part))
    few = sum(count < fewest for count in parts.values())
    hidden = set(smallest[: _kept_back([*sorted(parts.values())], few, fewest)] if few else ())
    return {part: None if part in hidden else count for part, count in parts.items()}


def gives_away(counts: Mapping[str, int], fewest: int) -> bool:
    """Whether the total must be kept back as well: all parts together cannot cover one."""
    shown = shown_counts(counts, fewest)
    return not _is_covered([counts[part] for part in shown if shown[part] is None], fewest)


def _kept_back(counts: list[int], few: int, fewest: int) -> int:
    """How many of the ascending counts are not shown; `few` of them are about too few.

    Obligation: what is shown is larger than any hidden part could be. Else a reader who
    knows that the smallest are hidden learns from a shown one what the hidden ones are not.
    """
    for number in range(few, len(counts)):
        if _is_covered(counts[:number], fewest) and counts[number] > _most(counts[:number]):
            return number
    return len(counts)


def _most(hidden: list[int]) -> int:
    """What the largest of the hidden parts could be: their sum, but one for each other."""
    return sum(hidden) - (len(hidden) - 1)


def _is_covered(hidden: list[int], fewest: int) -> bool:
    """Whether each hidden part could be `fewest`, for all that their sum tells."""
    return not hidden or (len(hidden) > 1 and _most(hidden) >= fewest)
