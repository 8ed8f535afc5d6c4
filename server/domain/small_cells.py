"""Small cells: a figure about too few is not shown, nor one that would give it away (rule 9).

A table of counts with its total. Whoever knows the total and the parts that are shown knows
the sum of those that are not, that each of them is at least one, or as many as evidence tells,
and this page. Kept back are the smallest parts, so many that nothing of that narrows any of
them down: each could be the fewest or more. See docs/adr/0014-small-figures.md.
"""

from __future__ import annotations

from collections.abc import Mapping

FEWEST_TOLD = 5
"""Fewer than this nobody finds out who reads evidence as well, wherever they read figures."""

Parts = Mapping[str, int]
NOTHING_TOLD: Parts = {}


def shown_counts(counts: Parts, fewest: int, told: Parts = NOTHING_TOLD) -> dict[str, int | None]:
    """Each part's count, or None where it is not shown. Parts of nought are left out.

    fewest: the least count that a figure may be about. told: how many of a part there are at
    least, for whoever reads evidence.
    """
    parts = {part: count for part, count in counts.items() if count > 0}
    smallest = sorted(parts, key=lambda part: (parts[part], part))
    few = sum(count < fewest for count in parts.values())
    ascending = [(parts[part], told.get(part, 1)) for part in smallest]
    hidden = set(smallest[: _kept_back(ascending, few, fewest)] if few else ())
    return {part: None if part in hidden else count for part, count in parts.items()}


def gives_away(counts: Parts, fewest: int, told: Parts = NOTHING_TOLD) -> bool:
    """Whether the total must be kept back as well: all parts together cannot cover one."""
    shown = shown_counts(counts, fewest, told)
    hidden = [(counts[part], told.get(part, 1)) for part in shown if shown[part] is None]
    return not _is_covered(hidden, fewest)


def _kept_back(parts: list[tuple[int, int]], few: int, fewest: int) -> int:
    """How many of the parts are not shown, ascending by count, each with its least for whoever
    reads evidence; `few` of them are about too few.

    Obligation: what is shown is larger than any hidden part could be. Else a reader who
    knows that the smallest are hidden learns from a shown one what the hidden ones are not.
    """
    for number in range(few, len(parts)):
        hidden = parts[:number]
        if _is_covered(hidden, fewest) and parts[number][0] > _most(hidden):
            return number
    return len(parts)


def _most(hidden: list[tuple[int, int]]) -> int:
    """What the largest of the hidden parts could be: their sum, but one for each other."""
    return sum(count for count, _ in hidden) - (len(hidden) - 1)


def _is_covered(hidden: list[tuple[int, int]], fewest: int) -> bool:
    """Whether each hidden part could be `fewest`, for all that their sum tells; and for whoever
    reads evidence as well, FEWEST_TOLD."""
    if not hidden:
        return True
    left = sum(count - least for count, least in hidden)
    of_each = left + min(least for _, least in hidden)
    could_be = len(hidden) > 1 and _most(hidden) >= fewest
    return could_be and of_each >= min(fewest, FEWEST_TOLD)
