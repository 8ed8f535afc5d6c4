"""Patterns as a report to read and to print: words first, each pattern with its evidence.

Set by typst from templates/patterns.typ as a tagged PDF that a screen reader can read
(PDF/UA-1). What people wrote goes in as data and is never read as markup. Small figures and
names were kept back before this is asked; it decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO

import orjson
import typst

from server.errors import RuleBroken
from server.messages import say
from server.services.exports.agreement_table import ReadAlikeLine, read_alike_lines
from server.services.exports.content import Evidence, Found, NextLevel, Size
from server.services.exports.figure_tables import QuarterLine, figure_lines, quarter_lines
from server.services.exports.followed_tables import ThenAndNowLine, then_and_now_lines
from server.services.exports.measure_table import numbers_in_words
from server.services.exports.pattern_tables import (
    EvidenceLine,
    FindingLine,
    context_lines,
    finding_lines,
    room_lines,
)
from server.services.exports.preface import base_words, filter_words, nothing_words
from server.services.exports.tables import (
    CONTEXTS,
    FIGURES,
    NEXT_LEVEL,
    QUESTIONS,
    READ_ALIKE,
    ROOMS,
    THEN_AND_NOW,
    notes_of,
)
from server.services.exports.words import in_words, quarter_in_words

TEMPLATES = Path(__file__).parents[2] / "templates"
NO_SUCH_SIGN = "could not be displayed"
EVIDENCE_OF_EACH = 12
"""Pieces of evidence under one pattern. A report is read; the rest is in the other files."""

EVIDENCE_IN_CONTEXT = 4
EVIDENCE_IN_SHORT = 3
STATISTIC_HEADS = ("statistic", "statistic_value", "interval", "why_empty")
PAIR_HEADS = ("then", "now", "now_words")
QUARTER_HEADS = ("quarter_in_words", "rounds_told", "rounds_not_released", "classrooms_visited")

PATTERNS_IN_FULL = 100
"""A report of more says each with less evidence: it is long, and each page takes a MiB to set."""

PATTERNS_OF_A_REPORT = 300
"""More is a table and no report: at so many it has some 170 pages, set within 200 MiB."""


def write_patterns_pdf(out: BinaryIO, found: Found, language: str) -> None:
    """RuleBroken where so much was asked that nobody would read it."""
    refuse_too_long(found.findings.size())
    out.write(set_report("patterns.typ", _content(found, language)))


def refuse_too_long(size: Size) -> None:
    """RuleBroken where a report would hold more patterns than anybody reads."""
    if size.patterns > PATTERNS_OF_A_REPORT:
        raise RuleBroken("exports.too_long_to_read", field="format", most=PATTERNS_OF_A_REPORT)


def set_report(template: str, content: dict[str, Any]) -> bytes:
    """A PDF of one of our templates and its content, plain data of strings, lists and numbers.

    A sign that none of this server's fonts has (an emoji, another script) would be a sign
    that nobody can read: then the report says so, and keeps all but the strict standard.
    """
    try:
        return _compile(template, content, is_strict=True)
    except typst.TypstError as error:
        if NO_SUCH_SIGN not in str(error):
            raise
        return _compile(template, {**content, "signs_missing": True}, is_strict=False)


def _compile(template: str, content: dict[str, Any], *, is_strict: bool) -> bytes:
    return typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        format="pdf",
        sys_inputs={"content": orjson.dumps(content).decode()},
        pdf_standards="ua-1" if is_strict else None,
    )


def _content(found: Found, language: str) -> dict[str, Any]:
    def word(key: str, **values: Any) -> str:
        return say(f"exports.{key}", language, **values)

    lines = [*finding_lines(found.findings, language)]
    in_full = len(lines) <= PATTERNS_IN_FULL
    most = EVIDENCE_OF_EACH if in_full else EVIDENCE_IN_SHORT
    most_in_context = EVIDENCE_IN_CONTEXT if in_full else 1
    return {
        "language": language,
        "title": word("title"),
        "network": found.network,
        "made_on": found.made_on.isoformat(),
        "asked": filter_words(found, language),
        "base": base_words(found, language),
        "line": word("line"),
        "signs_missing": False,
        "signs_note": word("signs_missing"),
        "findings_title": word("sheet.patterns"),
        "findings": [_finding(line, language, most) for line in lines],
        "nothing": nothing_words(found, language),
        "more": word("more_evidence"),
        "next_level": [_item(item, language) for item in found.next_level],
        "next_level_title": word("sheet.next_level"),
        "next_level_notes": [*notes_of(NEXT_LEVEL, found, language)],
        **_then_and_now(found, language),
        "contexts_title": word("sheet.contexts"),
        "contexts_notes": [*notes_of(CONTEXTS, found, language)],
        "contexts": [*_contexts(found, language, most_in_context)],
        **_by_room_and_question(found, language),
        "read_alike_title": say("agreement.title", language),
        "read_alike_notes": [*notes_of(READ_ALIKE, found, language)],
        "read_alike": [*_read_alike(found, language)],
        "read_alike_heads": [word(f"column.{key}") for key in STATISTIC_HEADS],
        "quarters_title": word("sheet.quarters"),
        "quarters_heads": [word(f"column.{key}") for key in QUARTER_HEADS],
        "quarters": [_quarter(line) for line in quarter_lines(found, language)],
        "figures": [
            {"of": _said(line.of, language), "classrooms": str(line.classrooms)}
            for line in figure_lines(found, language)
        ],
        "figures_title": word("sheet.figures"),
        "figures_heads": [word("column.figure_of"), word("column.classrooms_visited")],
        "figures_note": " ".join(notes_of(FIGURES, found, language)),
    }


def _said(of: Any, language: str) -> str:
    return of if type(of) is str else in_words(of, language)


def _finding(line: FindingLine, language: str, most: int) -> dict[str, Any]:
    evidence = line.finding.evidence
    return {
        **_dated(line, language),
        "evidence": [_evidence(each, language) for each in evidence[:most]],
        "is_cut": line.finding.is_cut or len(evidence) > most,
    }


def _dated(line: FindingLine, language: str) -> dict[str, str]:
    quarter = line.finding.visited_in
    when = quarter_in_words(quarter, language) if quarter else ""
    return {"sentence": line.sentence, "when": when}


def _evidence(evidence: Evidence, language: str) -> dict[str, str]:
    about = [evidence.grade_band, evidence.subject, *evidence.context]
    return {
        "text": evidence.text,
        "element": evidence.element or "",
        "element_said": in_words(evidence.element, language) if evidence.element else "",
        "about": " · ".join(in_words(word, language) for word in about if word is not None),
    }


def _contexts(found: Found, language: str, most: int) -> Iterator[dict[str, Any]]:
    """Each program with some evidence under each sentence, as on screen."""
    for context, lines in groupby(context_lines(found, language), lambda each: each.context):
        patterns = groupby((each.line for each in lines), lambda line: line.of.pattern_id)
        said = [_in_short([*of_pattern], language, most) for _, of_pattern in patterns]
        yield {"program": in_words(context, language), "findings": said}


def _in_short(lines: list[EvidenceLine], language: str, most: int) -> dict[str, Any]:
    evidence = tuple(line.evidence for line in lines)
    finding = replace(lines[0].of.finding, evidence=evidence, is_cut=False)
    return _finding(replace(lines[0].of, finding=finding), language, most)


def _then_and_now(found: Found, language: str) -> dict[str, Any]:
    """Schools with themselves, by name, where their hosts opened that."""
    by_school = groupby(then_and_now_lines(found, language), lambda line: line.of.school)
    return {
        "schools_title": say("exports.sheet.then_and_now", language),
        "schools_notes": [*notes_of(THEN_AND_NOW, found, language)],
        "schools_heads": [say(f"exports.column.{key}", language) for key in PAIR_HEADS],
        "schools": [
            {"name": school, "pairs": [_pair(line, language) for line in lines]}
            for school, lines in by_school
        ],
    }


def _pair(line: ThenAndNowLine, language: str) -> dict[str, str]:
    now_in = line.of.now_in
    return {
        "then": line.then,
        "then_in": quarter_in_words(line.of.then_in, language),
        "now": line.now,
        "now_in": quarter_in_words(now_in, language) if now_in else "",
        "words": line.of.words,
    }


def _by_room_and_question(found: Found, language: str) -> dict[str, Any]:
    """Sentences alone: their evidence stands with the patterns, above."""
    return {
        "rooms_title": say("exports.sheet.room_to_room", language),
        "rooms_notes": [*notes_of(ROOMS, found, language)],
        "rooms": [*_rooms(found, language)],
        "questions_title": say("exports.sheet.focus_questions", language),
        "questions_notes": [*notes_of(QUESTIONS, found, language)],
        "questions_seen_title": say("patterns.by_question_seen", language),
        "questions_seen": [*_questions_seen(found, language)],
        "questions_unseen_title": say("patterns.by_question_unseen", language),
        "questions_unseen": [each.words for each in found.questions if each.seen is False],
    }


def _rooms(found: Found, language: str) -> Iterator[dict[str, Any]]:
    for rooms, of_rooms in groupby(room_lines(found, language), lambda each: each.rooms):
        patterns = groupby((each.line.of for each in of_rooms), lambda line: line.pattern_id)
        said = (next(of_pattern) for _, of_pattern in patterns)
        by_element = groupby(said, lambda line: line.finding.element)
        parts = [
            {
                "element": in_words(element, language) if element else "",
                "sentences": [_dated(line, language) for line in lines],
            }
            for element, lines in by_element
        ]
        yield {"rooms": in_words(rooms, language), "parts": parts}


def _questions_seen(found: Found, language: str) -> Iterator[dict[str, Any]]:
    """Each with the sentences that have evidence on it."""
    seen = {each.id: each.words for each in found.questions if each.seen}
    under: dict[str, list[dict[str, str]]] = {each: [] for each in seen}
    for line in finding_lines(found.findings, language) if seen else ():
        bears_on = {each for card in line.finding.evidence for each in card.questions}
        for question in bears_on & seen.keys():
            under[question].append(_dated(line, language))
    for question, words in seen.items():
        yield {"question": words, "sentences": under[question]}


def _read_alike(found: Found, language: str) -> Iterator[dict[str, Any]]:
    """Of each question the words first, then what they are read from."""
    lines = read_alike_lines(found, language)
    for _, of_question in groupby(lines, lambda line: id(line.of)):
        rows = [*of_question]
        agreement = rows[0].of.agreement
        counts = {
            "cards": say("agreement.cards", language, count=agreement.cards),
            "readers": say("agreement.readers", language, count=agreement.readers),
            "rounds": say("agreement.rounds", language, count=rows[0].of.rounds),
        }
        yield {
            "question": rows[0].question,
            "words": rows[0].words,
            "base": say("agreement.base_of_rounds", language, **counts),
            "rows": [_statistic(row, language) for row in rows],
        }


def _statistic(row: ReadAlikeLine, language: str) -> list[str]:
    """Its name, its value, its interval, and why one of them is not there."""
    value, low, high = (
        "" if each is None else numbers_in_words(each, 2, language)
        for each in (row.value, row.low, row.high)
    )
    interval = say("agreement.between", language, low=low, high=high) if low else ""
    return [row.statistic, value, interval, row.why]


def _quarter(line: QuarterLine) -> list[str]:
    return [
        line.words,
        str(line.of.rounds_count),
        str(line.of.not_released_count),
        str(line.classrooms),
    ]


def _item(item: NextLevel, language: str) -> dict[str, str]:
    about = [item.horizon, item.level, item.taken_on_by, item.outcome]
    said = [in_words(word, language) for word in about if word is not None]
    day = _check_back(item.check_back_on, language)
    return {
        "text": item.text,
        "about": " · ".join([*said, day]),
        "learned": item.learned,
        "support": item.support,
    }


def _check_back(day: date, language: str) -> str:
    return f"{say('exports.column.check_back_on', language)} {day.isoformat()}"
