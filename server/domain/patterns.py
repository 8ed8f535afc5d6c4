"""Patterns: when a statement is settled (rule 5).

Twin of pwa/src/domain/patterns.ts; both run tests/vectors/patterns.json.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schemas.vocabulary import Consensus, PatternForm, Quantifier, RoomToRoom


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


SAID_OF: Mapping[RoomToRoom, tuple[Quantifier, ...]] = {
    RoomToRoom.ALIKE: (Quantifier.MANY, Quantifier.MOST),
    RoomToRoom.DIFFERENT: (Quantifier.FEW, Quantifier.SOME),
}
"""How many rooms people said where what they saw was much the same in them, and where not."""


def consensus_of(said: Iterable[str | None]) -> str | None:
    """What stands of all that was said at the same time: one "not yet" keeps it open."""
    words = list(said)
    return Consensus.NOT_YET if Consensus.NOT_YET in words else next(iter(words), None)


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
