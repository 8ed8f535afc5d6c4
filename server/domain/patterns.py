"""Patterns: when a statement is settled (rule 5), and how one reads as a sentence.

Twin of pwa/src/domain/patterns.ts; both run tests/vectors/patterns.json.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schemas.vocabulary import Consensus, PatternForm, PatternSubject, Quantifier, RoomToRoom


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

NOUNS: Mapping[str, str] = {
    PatternSubject.TEACHERS: "teachers?|docentes?|maestr[oa]s?|profesor(?:es|as?)?",
    PatternSubject.STUDENTS: "students?|pupils?|children|estudiantes?|alumn[oa]s?|niñ[oa]s?",
    PatternSubject.TASKS: "tasks?|assignments?|tareas?|actividad(?:es)?",
}
"""Words for whom or what a statement is about, in the languages that people write in."""
BEFORE_NOUN = (
    "the|of|an?|all|both|each|every|no|few|some|many|most|several|the same|"
    "l[oa]s|el|la|y|de|una?s?|unos|tod[oa]s?|cada|ning[uú]na?|poc[oa]s|algun[oa]s|much[oa]s|mayoría"
)
BEGINNINGS = {
    subject: re.compile(rf"[¿¡«“\"'(]*(?:(?:{BEFORE_NOUN}) )*(?:{nouns})(?!\w)", re.IGNORECASE)
    for subject, nouns in NOUNS.items()
}


def says_its_subject(statement: str, subject: str) -> bool:
    """Whether whom it is about was typed along: `The students say ...` of students."""
    return bool(BEGINNINGS[subject].match(statement))


def within_a_sentence(words: str) -> str:
    """Without a capital at its beginning, but for a word that is all capitals."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


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
