"""The tables of patterns and their evidence: columns, and a line for each row.

Rows go by their lasting ids, the same as in the views for BI tools (docs/adr/0037).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from schemas.vocabulary import (
    CoreElement,
    GradeBand,
    PatternSubject,
    ProgramContext,
    Quantifier,
    RoomToRoom,
    SchoolSubject,
)
from server.domain.lasting_ids import lasting_card_id, lasting_evidence_id, lasting_pattern_id
from server.domain.patterns import SAID_OF
from server.services.exports.columns import Column, through
from server.services.exports.content import (
    Evidence,
    Finding,
    Found,
    QuestionAsked,
)
from server.services.exports.words import sentence_of


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A settled pattern under its lasting id, and as one sentence."""

    pattern_id: str
    sentence: str
    finding: Finding


FINDING_COLUMNS: tuple[Column[FindingLine], ...] = (
    Column("sentence", 70, lambda line: line.sentence),
    Column("how_many", 12, lambda line: line.finding.quantifier, Quantifier),
    Column("pattern_about", 12, lambda line: line.finding.subject, PatternSubject),
    Column("core_element", 13, lambda line: line.finding.element, CoreElement),
    Column("grade_bands", 20, lambda line: grade_bands_of(line.finding), GradeBand, several=True),
    Column(
        "lesson_subjects",
        22,
        lambda line: lesson_subjects_of(line.finding),
        SchoolSubject,
        several=True,
    ),
    Column("visited_in", 13, lambda line: line.finding.visited_in, may_lack=True),
    Column("problem", 60, lambda line: line.finding.problem),
    Column("pattern_id", 20, lambda line: line.pattern_id),
)
"""What people read first, ids last: so in every table that leaves."""


def finding_lines(findings: Iterable[Finding], language: str) -> Iterator[FindingLine]:
    """The patterns in the order that they leave in, one at a time."""
    for finding in findings:
        yield FindingLine(lasting_id_of(finding), sentence_of(finding, language), finding)


def lasting_id_of(finding: Finding) -> str:
    return lasting_pattern_id(
        finding.subject, finding.visited_in or "", finding.statement, finding.twin
    )


def grade_bands_of(finding: Finding) -> tuple[GradeBand, ...]:
    named = {evidence.grade_band for evidence in finding.evidence}
    return tuple(band for band in GradeBand if band in named)


def lesson_subjects_of(finding: Finding) -> tuple[SchoolSubject, ...]:
    named = {evidence.subject for evidence in finding.evidence}
    return tuple(subject for subject in SchoolSubject if subject in named)


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence under its pattern. questions: those of its focus questions that
    leave, by id and in words."""

    of: FindingLine
    evidence: Evidence
    questions: tuple[QuestionAsked, ...] = ()

    @property
    def evidence_id(self) -> str:
        return lasting_evidence_id(self.of.pattern_id, self.evidence.text, self.evidence.twin)

    @property
    def card_id(self) -> str:
        quarter = self.of.finding.visited_in or ""
        return lasting_card_id(quarter, self.evidence.text, self.evidence.card_twin)

    def with_text(self, text: str) -> EvidenceLine:
        return replace(self, evidence=replace(self.evidence, text=text))


_OWN_COLUMNS: tuple[Column[EvidenceLine], ...] = (
    Column("evidence", 80, lambda line: line.evidence.text),
    Column("evidence_element", 13, lambda line: line.evidence.element, CoreElement),
    Column("grade_band", 16, lambda line: line.evidence.grade_band, GradeBand),
    Column("lesson_subject", 18, lambda line: line.evidence.subject, SchoolSubject),
    Column("context", 24, lambda line: line.evidence.context, ProgramContext, several=True),
    Column("focus_questions", 50, lambda line: " · ".join(each.words for each in line.questions)),
)

_OWN_IDS: tuple[Column[EvidenceLine], ...] = (
    Column("evidence_id", 20, lambda line: line.evidence_id),
    Column("card_id", 20, lambda line: line.card_id),
    Column("focus_question_ids", 20, lambda line: "; ".join(each.id for each in line.questions)),
)


def _pattern_of(line: EvidenceLine) -> FindingLine:
    return line.of


_OF_PATTERN = tuple(through(each, _pattern_of) for each in FINDING_COLUMNS)

_SENTENCE, *_REST_OF_PATTERN = _OF_PATTERN
EVIDENCE_COLUMNS = (_SENTENCE, *_OWN_COLUMNS, *_REST_OF_PATTERN, *_OWN_IDS)
"""The long table: one row a piece of evidence, with all that is said of its pattern."""


def evidence_lines(
    lines: Iterable[FindingLine], asked: Iterable[QuestionAsked] = ()
) -> Iterator[EvidenceLine]:
    """asked: the focus questions that may stand beside the evidence."""
    by_id = {each.id: each for each in asked}
    for line in lines:
        for evidence in line.finding.evidence:
            bears_on = tuple(by_id[each] for each in evidence.questions if each in by_id)
            yield EvidenceLine(line, evidence, bears_on)


@dataclass(frozen=True, slots=True)
class ContextLine:
    """One piece of evidence from classes of a program, under its pattern."""

    context: ProgramContext
    line: EvidenceLine


def _evidence_of(line: ContextLine) -> EvidenceLine:
    return line.line


CONTEXT_COLUMNS: tuple[Column[ContextLine], ...] = (
    Column("program", 24, lambda line: line.context, ProgramContext),
    *(
        through(each, _evidence_of)
        for each in EVIDENCE_COLUMNS
        if each.key not in ("context", "focus_questions", "focus_question_ids", "problem")
    ),
)


def context_lines(found: Found, language: str) -> Iterator[ContextLine]:
    """Program by program what has evidence from its classes, with that evidence (ADR 34)."""
    asked = found.filter.context
    for context in ProgramContext if asked is None else (asked,):
        lines = finding_lines(found.findings.in_context(context), language)
        for line in evidence_lines(lines):
            yield ContextLine(context, line)


@dataclass(frozen=True, slots=True)
class RoomToRoomLine:
    """One piece of evidence of a pattern that was much the same from room to room, or not."""

    rooms: RoomToRoom
    line: EvidenceLine


def _of_rooms(line: RoomToRoomLine) -> EvidenceLine:
    return line.line


_IN_ROOMS = (
    "core_element",
    "sentence",
    "evidence",
    "evidence_element",
    "visited_in",
    "pattern_id",
    "evidence_id",
    "card_id",
)

_BY_KEY = {each.key: each for each in EVIDENCE_COLUMNS}

ROOM_COLUMNS: tuple[Column[RoomToRoomLine], ...] = (
    Column("room_to_room", 24, lambda line: line.rooms, RoomToRoom),
    *(through(_BY_KEY[key], _of_rooms) for key in _IN_ROOMS),
)


def room_lines(found: Found, language: str) -> Iterator[RoomToRoomLine]:
    """What was much the same from room to room, then what was not; by core element."""
    for rooms, words in SAID_OF.items():
        said = (finding for finding in found.findings if finding.quantifier in words)
        for line in evidence_lines(finding_lines(said, language)):
            yield RoomToRoomLine(rooms, line)


QUESTION_COLUMNS: tuple[Column[QuestionAsked], ...] = (
    Column("question", 70, lambda each: each.words),
    Column("has_evidence", 16, lambda each: each.seen, bool),
    Column("question_id", 20, lambda each: each.id),
)
