"""The columns of every table that leaves, and how each cell is made.

A column's title and explanation stand in messages/<language>/exports.json under
`exports.column.<key>` and `exports.explain.<key>`; its key is the CSV's heading. Words of
our lists leave as they stand in the vocabulary; `in_words` says them in a language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from schemas.vocabulary import CoreElement, GradeBand, SchoolSubject
from server.domain.readings import times_of_ten
from server.messages import say
from server.services.exports.content import (
    Evidence,
    Figure,
    Finding,
    Found,
    NextLevel,
    ReadAlike,
    Statement,
    ThenAndNow,
)

Cell = str | int | float | date | bool | None | StrEnum | tuple[StrEnum, ...]
Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Column(Generic[Line]):
    """One column. `width` is in characters."""

    key: str
    width: int
    cell: Callable[[Line], Cell]


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A settled pattern under its number in this file, `P1`, and as one sentence."""

    number: str
    sentence: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence under its pattern."""

    of: FindingLine
    evidence: Evidence

    def with_text(self, text: str) -> EvidenceLine:
        return EvidenceLine(self.of, replace(self.evidence, text=text))


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure as it may be read: a number, or the words that stand in its place."""

    of: GradeBand | SchoolSubject | str
    classrooms: int | str


FINDING_COLUMNS: tuple[Column[FindingLine], ...] = (
    Column("pattern", 9, lambda line: line.number),
    Column("sentence", 70, lambda line: line.sentence),
    Column("how_many", 12, lambda line: line.finding.quantifier),
    Column("pattern_about", 12, lambda line: line.finding.subject),
    Column("core_element", 13, lambda line: line.finding.element),
    Column("grade_bands", 20, lambda line: grade_bands_of(line.finding)),
    Column("lesson_subjects", 22, lambda line: lesson_subjects_of(line.finding)),
    Column("visited_in", 13, lambda line: line.finding.visited_in),
    Column("problem", 60, lambda line: line.finding.problem),
)

EVIDENCE_COLUMNS: tuple[Column[EvidenceLine], ...] = (
    Column("pattern", 9, lambda line: line.of.number),
    Column("sentence", 50, lambda line: line.of.sentence),
    Column("evidence", 80, lambda line: line.evidence.text),
    Column("evidence_element", 13, lambda line: line.evidence.element),
    Column("grade_band", 16, lambda line: line.evidence.grade_band),
    Column("lesson_subject", 18, lambda line: line.evidence.subject),
    Column("context", 24, lambda line: line.evidence.context),
)

NEXT_LEVEL_COLUMNS: tuple[Column[NextLevel], ...] = (
    Column("next_level", 60, lambda item: item.text),
    Column("horizon", 18, lambda item: item.horizon),
    Column("level", 14, lambda item: item.level),
    Column("taken_on_by", 24, lambda item: item.taken_on_by),
    Column("support", 36, lambda item: item.support),
    Column("check_back_on", 13, lambda item: item.check_back_on),
    Column("outcome", 13, lambda item: item.outcome),
    Column("learned", 48, lambda item: item.learned),
    Column("of_use", 10, lambda item: item.of_use),
)

FIGURE_COLUMNS: tuple[Column[FigureLine], ...] = (
    Column("figure_of", 30, lambda line: line.of),
    Column("classrooms_visited", 20, lambda line: line.classrooms),
)


@dataclass(frozen=True, slots=True)
class ReadAlikeLine:
    """One statistic of one question, beside what is said of the question in words."""

    of: ReadAlike
    question: str
    words: str
    statistic: str
    value: float | None
    low: float | None = None
    high: float | None = None


READ_ALIKE_COLUMNS: tuple[Column[ReadAlikeLine], ...] = (
    Column("read_question", 40, lambda line: line.question),
    Column("read_in_words", 70, lambda line: line.words),
    Column("statistic", 38, lambda line: line.statistic),
    Column("statistic_value", 10, lambda line: line.value),
    Column("interval_low", 10, lambda line: line.low),
    Column("interval_high", 10, lambda line: line.high),
    Column("cards_read", 10, lambda line: line.of.agreement.cards),
    Column("readers", 10, lambda line: line.of.agreement.readers),
    Column("rounds_read", 10, lambda line: line.of.rounds),
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
    Column("now_in", 11, lambda line: line.of.now_in),
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
        yield ReadAlikeLine(of, question, words, named, found.value, found.low, found.high)
    if of.question is None:
        for element, share in zip(CoreElement, of.agreement.by_word, strict=True):
            word = in_words(element, language)
            named = say("agreement.specific", language, word=word)
            yield ReadAlikeLine(of, question, words, named, share)


def read_alike_words(of: ReadAlike, language: str) -> str:
    """If two people read a card, how often do they say the same? As on the screen."""
    said = of.agreement
    if said.alike is None or said.by_chance is None:
        return ""
    key = "agreement.two_of_question" if of.question else "agreement.two_of_element"
    times = {"alike": times_of_ten(said.alike), "chance": times_of_ten(said.by_chance)}
    return f"{say(key, language, **times)} {say(f'agreement.band.{said.band}', language)}"


def finding_lines(found: Found, language: str) -> Iterator[FindingLine]:
    """The patterns, numbered in the order that they leave in, one at a time."""
    for number, finding in enumerate(found.findings, start=1):
        yield FindingLine(f"P{number}", sentence_of(finding, language), finding)


def evidence_lines(lines: Iterable[FindingLine]) -> Iterator[EvidenceLine]:
    for line in lines:
        for evidence in line.finding.evidence:
            yield EvidenceLine(line, evidence)


def figure_lines(found: Found, language: str) -> list[FigureLine]:
    """Figures as they may be read; `12 or more` where a part of one is not shown."""
    whole = say("exports.all_classrooms", language)

    def shown(figure: Figure) -> int | str:
        if figure.classrooms is None:
            return say("exports.fewer_than", language, fewest=found.fewest)
        if figure.more:
            return say("exports.or_more", language, number=figure.classrooms)
        return figure.classrooms

    return [FigureLine(figure.of or whole, shown(figure)) for figure in found.figures]


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
