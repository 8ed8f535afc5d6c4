"""The columns of every table that leaves, and how each cell is made.

A column's title and explanation stand in messages/<language>/exports.json under
`exports.column.<key>` and `exports.explain.<key>`; its key is the CSV's heading. Words of
our lists leave as they stand in the vocabulary; `in_words` says them in a language. A pattern
goes by its lasting id, the same as in the views for BI tools (docs/adr/0037).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from schemas.vocabulary import (
    CheckBack,
    CoreElement,
    GradeBand,
    Horizon,
    Level,
    PatternSubject,
    ProgramContext,
    Quantifier,
    RoomToRoom,
    SchoolSubject,
    Taker,
)
from server.domain.lasting_ids import lasting_pattern_id
from server.domain.patterns import SAID_OF
from server.domain.readings import times_of_ten
from server.messages import say
from server.services.exports.content import (
    Evidence,
    Figure,
    Finding,
    Found,
    NextLevel,
    Quarter,
    QuestionAsked,
    ReadAlike,
    Statement,
    ThenAndNow,
)

Cell = str | int | float | date | bool | None | StrEnum | tuple[StrEnum, ...]
Line = TypeVar("Line")
Inner = TypeVar("Inner")


@dataclass(frozen=True, slots=True)
class Column(Generic[Line]):
    """One column. `width` is in characters.

    holds: str, int, float, bool, date, or a list of the vocabulary. several: a cell holds any
    number of its words. Only a text is always there, unless it may lack.
    """

    key: str
    width: int
    cell: Callable[[Line], Cell]
    holds: type = str
    several: bool = False
    may_lack: bool = False

    @property
    def is_word(self) -> bool:
        return issubclass(self.holds, StrEnum)


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A settled pattern under its lasting id, and as one sentence."""

    pattern_id: str
    sentence: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence under its pattern. questions: the focus questions, in words."""

    of: FindingLine
    evidence: Evidence
    questions: tuple[str, ...] = ()

    def with_text(self, text: str) -> EvidenceLine:
        return replace(self, evidence=replace(self.evidence, text=text))


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure as it may be read: a number, or the words that stand in its place."""

    of: GradeBand | SchoolSubject | str
    classrooms: int | str
    at_least: int | None


FINDING_COLUMNS: tuple[Column[FindingLine], ...] = (
    Column("pattern_id", 20, lambda line: line.pattern_id),
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
)

_OWN_COLUMNS: tuple[Column[EvidenceLine], ...] = (
    Column("evidence", 80, lambda line: line.evidence.text),
    Column("evidence_element", 13, lambda line: line.evidence.element, CoreElement),
    Column("grade_band", 16, lambda line: line.evidence.grade_band, GradeBand),
    Column("lesson_subject", 18, lambda line: line.evidence.subject, SchoolSubject),
    Column("context", 24, lambda line: line.evidence.context, ProgramContext, several=True),
    Column("focus_questions", 50, lambda line: " · ".join(line.questions)),
)


def _through(column: Column[Inner], inner: Callable[[Line], Inner]) -> Column[Line]:
    """A column of something else that a line has."""
    return Column(
        column.key,
        column.width,
        lambda line: column.cell(inner(line)),
        column.holds,
        column.several,
        column.may_lack,
    )


def _pattern_of(line: EvidenceLine) -> FindingLine:
    return line.of


_OF_PATTERN = tuple(_through(each, _pattern_of) for each in FINDING_COLUMNS)
EVIDENCE_COLUMNS = (*_OF_PATTERN[:2], *_OWN_COLUMNS, *_OF_PATTERN[2:])
"""The long table: one row a piece of evidence, with all that is said of its pattern."""

NEXT_LEVEL_COLUMNS: tuple[Column[NextLevel], ...] = (
    Column("next_level", 60, lambda item: item.text),
    Column("horizon", 18, lambda item: item.horizon, Horizon),
    Column("level", 14, lambda item: item.level, Level),
    Column("taken_on_by", 24, lambda item: item.taken_on_by, Taker),
    Column("support", 36, lambda item: item.support),
    Column("check_back_on", 13, lambda item: item.check_back_on, date),
    Column("outcome", 13, lambda item: item.outcome, CheckBack),
    Column("learned", 48, lambda item: item.learned),
    Column("of_use", 10, lambda item: item.of_use, bool),
)

FIGURE_COLUMNS: tuple[Column[FigureLine], ...] = (
    Column("figure_of", 30, lambda line: line.of),
    Column("classrooms_visited", 20, lambda line: line.classrooms),
    Column("classrooms_at_least", 16, lambda line: line.at_least, int),
)


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """A quarter of a year in words, and its base as it may be read."""

    of: Quarter
    words: str
    classrooms: int | str


QUARTER_COLUMNS: tuple[Column[QuarterLine], ...] = (
    Column("visited_in", 13, lambda line: line.of.quarter),
    Column("quarter_in_words", 30, lambda line: line.words),
    Column("rounds_told", 12, lambda line: line.of.rounds_count, int),
    Column("rounds_not_released", 16, lambda line: line.of.not_released_count, int),
    Column("classrooms_visited", 20, lambda line: line.classrooms),
    Column("classrooms_at_least", 16, lambda line: line.of.classrooms.classrooms, int),
)


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
        _through(each, _evidence_of)
        for each in EVIDENCE_COLUMNS
        if each.key not in ("context", "focus_questions", "problem")
    ),
)


@dataclass(frozen=True, slots=True)
class RoomToRoomLine:
    """One piece of evidence of a pattern that was much the same from room to room, or not."""

    rooms: RoomToRoom
    line: EvidenceLine


def _of_rooms(line: RoomToRoomLine) -> EvidenceLine:
    return line.line


_IN_ROOMS = ("core_element", "pattern_id", "sentence", "evidence", "evidence_element", "visited_in")
_BY_KEY = {each.key: each for each in EVIDENCE_COLUMNS}
ROOM_COLUMNS: tuple[Column[RoomToRoomLine], ...] = (
    Column("room_to_room", 24, lambda line: line.rooms, RoomToRoom),
    *(_through(_BY_KEY[key], _of_rooms) for key in _IN_ROOMS),
)


QUESTION_COLUMNS: tuple[Column[QuestionAsked], ...] = (
    Column("question_id", 20, lambda each: each.id),
    Column("question", 70, lambda each: each.words),
    Column("has_evidence", 16, lambda each: each.seen, bool),
)


@dataclass(frozen=True, slots=True)
class ReadAlikeLine:
    """One statistic of one question, beside what is said of the question in words."""

    of: ReadAlike
    question: str
    words: str
    key: str
    statistic: str
    value: float | None
    low: float | None = None
    high: float | None = None
    why: str = ""


READ_ALIKE_COLUMNS: tuple[Column[ReadAlikeLine], ...] = (
    Column("read_question", 40, lambda line: line.question),
    Column("read_in_words", 70, lambda line: line.words),
    Column("statistic", 38, lambda line: line.statistic),
    Column("statistic_value", 10, lambda line: line.value, float),
    Column("interval_low", 10, lambda line: line.low, float),
    Column("interval_high", 10, lambda line: line.high, float),
    Column("cards_read", 10, lambda line: line.of.agreement.cards, int),
    Column("readers", 10, lambda line: line.of.agreement.readers, int),
    Column("rounds_read", 10, lambda line: line.of.rounds, int),
    Column("why_empty", 40, lambda line: line.why),
    Column("statistic_key", 30, lambda line: line.key),
)


@dataclass(frozen=True, slots=True)
class ThenAndNowLine:
    """A school's pattern, and what stands beside it, as sentences."""

    of: ThenAndNow
    then: str
    now: str


THEN_AND_NOW_COLUMNS: tuple[Column[ThenAndNowLine], ...] = (
    Column("school", 26, lambda line: line.of.school),
    Column("then_in", 11, lambda line: line.of.then_in),
    Column("then", 60, lambda line: line.then),
    Column("now_in", 11, lambda line: line.of.now_in, may_lack=True),
    Column("now", 60, lambda line: line.now),
    Column("now_words", 60, lambda line: line.of.words),
)


def then_and_now_lines(found: Found, language: str) -> Iterator[ThenAndNowLine]:
    for of in found.then_and_now:
        now = sentence_of(of.now, language) if of.now else ""
        yield ThenAndNowLine(of, sentence_of(of.then, language), now)


def read_alike_lines(found: Found, language: str) -> list[ReadAlikeLine]:
    """Each question's words, then its coefficients; of what a card is about, also each word."""
    return [line for of in found.read_alike for line in _lines_of(of, language)]


def _lines_of(of: ReadAlike, language: str) -> Iterator[ReadAlikeLine]:
    question = of.question or say("agreement.core_element", language)
    words = read_alike_words(of, language)
    for name, found in of.agreement.coefficients.items():
        named = say(f"agreement.coefficient.{name}", language)
        why = say(f"agreement.why.{found.why}", language) if found.why else ""
        interval = (found.value, found.low, found.high)
        yield ReadAlikeLine(of, question, words, name, named, *interval, why)
    if of.question is None:
        for element, share in zip(CoreElement, of.agreement.by_word, strict=True):
            named = say("agreement.specific", language, word=in_words(element, language))
            yield ReadAlikeLine(of, question, words, f"agreement_on_{element}", named, share)


def read_alike_words(of: ReadAlike, language: str) -> str:
    """If two people read a card, how often do they say the same? As on the screen."""
    said = of.agreement
    if said.alike is None or said.by_chance is None:
        return ""
    key = "agreement.two_of_question" if of.question else "agreement.two_of_element"
    times = {"alike": times_of_ten(said.alike), "chance": times_of_ten(said.by_chance)}
    return f"{say(key, language, **times)} {say(f'agreement.band.{said.band}', language)}"


def finding_lines(findings: Iterable[Finding], language: str) -> Iterator[FindingLine]:
    """The patterns in the order that they leave in, one at a time."""
    for finding in findings:
        yield FindingLine(lasting_id_of(finding), sentence_of(finding, language), finding)


def lasting_id_of(finding: Finding) -> str:
    return lasting_pattern_id(
        finding.subject, finding.visited_in or "", finding.statement, finding.twin
    )


def evidence_lines(
    lines: Iterable[FindingLine], asked: Iterable[QuestionAsked] = ()
) -> Iterator[EvidenceLine]:
    """asked: the focus questions that stand beside the evidence in words."""
    words = {each.id: each.words for each in asked}
    for line in lines:
        for evidence in line.finding.evidence:
            bears_on = tuple(words[each] for each in evidence.questions if each in words)
            yield EvidenceLine(line, evidence, bears_on)


def context_lines(found: Found, language: str) -> Iterator[ContextLine]:
    """Program by program what has evidence from its classes, with that evidence (ADR 34)."""
    asked = found.filter.context
    for context in ProgramContext if asked is None else (asked,):
        lines = finding_lines(found.findings.in_context(context), language)
        for line in evidence_lines(lines):
            yield ContextLine(context, line)


def room_lines(found: Found, language: str) -> Iterator[RoomToRoomLine]:
    """What was much the same from room to room, then what was not; by core element."""
    for rooms, words in SAID_OF.items():
        said = (finding for finding in found.findings if finding.quantifier in words)
        for line in evidence_lines(finding_lines(said, language)):
            yield RoomToRoomLine(rooms, line)


def figure_lines(found: Found, language: str) -> list[FigureLine]:
    """Figures as they may be read; `12 or more` where a part of one is not shown."""
    whole = say("exports.all_classrooms", language)
    return [
        FigureLine(
            figure.of or whole, shown_figure(figure, found.fewest, language), figure.classrooms
        )
        for figure in found.figures
    ]


def shown_figure(figure: Figure, fewest: int, language: str) -> int | str:
    if figure.classrooms is None:
        return say("exports.fewer_than", language, fewest=fewest)
    if figure.more:
        return say("exports.or_more", language, number=figure.classrooms)
    return figure.classrooms


def quarter_lines(found: Found, language: str) -> list[QuarterLine]:
    return [
        QuarterLine(
            each,
            quarter_in_words(each.quarter, language),
            shown_figure(each.classrooms, found.fewest, language),
        )
        for each in found.quarters
    ]


def sentence_of(finding: Finding | Statement, language: str) -> str:
    """`In many of the classrooms, students ...`: the pattern as one sentence."""
    subject = say(f"exports.subject.{finding.subject}", language)
    what = _within_a_sentence(finding.statement.strip())
    if not what.casefold().startswith(subject):
        what = f"{subject} {what}"
    return say(f"exports.sentence.{finding.quantifier}", language, what=what)


def _within_a_sentence(statement: str) -> str:
    """Without a capital at its beginning, but for a word that is all capitals."""
    return statement if statement[1:2].isupper() else statement[:1].lower() + statement[1:]


def grade_bands_of(finding: Finding) -> tuple[GradeBand, ...]:
    named = {evidence.grade_band for evidence in finding.evidence}
    return tuple(band for band in GradeBand if band in named)


def lesson_subjects_of(finding: Finding) -> tuple[SchoolSubject, ...]:
    named = {evidence.subject for evidence in finding.evidence}
    return tuple(subject for subject in SchoolSubject if subject in named)


def quarter_in_words(quarter: str, language: str) -> str:
    """`October to December 2026` for `2026-Q4`."""
    year, _, number = quarter.partition("-Q")
    return say(f"exports.quarter.q{number}", language, year=year)


def in_words(cell: StrEnum, language: str) -> str:
    """A word of the vocabulary as people say it."""
    return say(f"vocabulary.{_snake(type(cell).__name__)}.{cell}", language)


def _snake(name: str) -> str:
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in name).lstrip("_")
