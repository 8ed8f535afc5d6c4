"""Patterns: when a statement is settled (rule 5).

Twin of pwa/src/domain/patterns.ts; both run tests/vectors/patterns.json.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.vocabulary import Consensus, PatternForm


@dataclass(frozen=True, slots=True)
class PatternFacts:
    """What a pattern has. classroom_count: None for whoever may not know it (rule 15)."""

    form: str | None
    subject: str | None
    statement: str
    quantifier: str | None
    consensus: str | None
    card_count: int
    classroom_count: int | None


def whole_classroom(classroom_id: str, joined_to: Mapping[str, str | None]) -> str:
    """The number that a classroom was joined to in the end; itself where it was not.

    Two devices may join two numbers into each other: the lowest id of such a circle stands
    for all.
    """
    path = [classroom_id]
    while following := joined_to.get(path[-1]):
        if following in path:
            return min(path[path.index(following) :])
        path.append(following)
    return path[-1]


def missing_of(pattern: PatternFacts) -> list[str]:
    """What is still missing before it is settled; empty when it is."""
    alone = pattern.form in {PatternForm.CONTRAST, PatternForm.QUESTION}
    missing: list[str] = []
    if not pattern.subject:
        missing.append("subject")
    if not pattern.statement.strip():
        missing.append("statement")
    if not alone and not pattern.quantifier:
        missing.append("quantifier")
    if pattern.card_count == 0:
        missing.append("cards")
    elif pattern.classroom_count is not None and pattern.classroom_count < (1 if alone else 2):
        missing.append("classrooms")
    if pattern.consensus != Consensus.AGREE:
        missing.append("consensus")
    return missing
