"""Every table that leaves, once: a sheet of the workbook, and a file of its own.

The writers (workbook, CSV, JSON Lines, Parquet) write any of them and know none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from schemas.vocabulary import ProgramContext
from server.messages import say
from server.services.exports.agreement_table import READ_ALIKE_COLUMNS, read_alike_lines
from server.services.exports.columns import Column
from server.services.exports.content import Filter, Found
from server.services.exports.figure_tables import (
    FIGURE_COLUMNS,
    QUARTER_COLUMNS,
    figure_lines,
    quarter_lines,
)
from server.services.exports.followed_tables import (
    NEXT_LEVEL_COLUMNS,
    THEN_AND_NOW_COLUMNS,
    next_level_lines,
    then_and_now_lines,
)
from server.services.exports.pattern_tables import (
    CONTEXT_COLUMNS,
    EVIDENCE_COLUMNS,
    FINDING_COLUMNS,
    QUESTION_COLUMNS,
    ROOM_COLUMNS,
    EvidenceLine,
    FindingLine,
    context_lines,
    evidence_lines,
    finding_lines,
    room_lines,
)
from server.services.exports.words import in_words


def _little(found: Found) -> int:
    return 0


def _all_evidence(found: Found) -> int:
    return found.findings.size().evidence


@dataclass(frozen=True, slots=True)
class Table:
    """lines: its rows, read as they are wanted, in the transaction of what was found. reads: how
    many rows of the database are read for them, without those few that each network has."""

    name: str
    columns: tuple[Column[Any], ...]
    lines: Callable[[Found, str], Iterable[Any]]
    reads: Callable[[Found], int] = _little


def _findings(found: Found, language: str) -> Iterator[FindingLine]:
    return finding_lines(found.findings, language)


def _evidence(found: Found, language: str) -> Iterator[EvidenceLine]:
    return evidence_lines(finding_lines(found.findings, language), found.questions)


EVIDENCE = Table("evidence", EVIDENCE_COLUMNS, _evidence, _all_evidence)
CONTEXTS = Table("contexts", CONTEXT_COLUMNS, context_lines, _all_evidence)
ROOMS = Table("room_to_room", ROOM_COLUMNS, room_lines, _all_evidence)
QUESTIONS = Table("focus_questions", QUESTION_COLUMNS, lambda found, _: found.questions)
THEN_AND_NOW = Table("then_and_now", THEN_AND_NOW_COLUMNS, then_and_now_lines)
READ_ALIKE = Table("read_alike", READ_ALIKE_COLUMNS, read_alike_lines)

NEXT_LEVEL = Table(
    "next_level",
    NEXT_LEVEL_COLUMNS,
    lambda found, _: next_level_lines(found.next_level),
    lambda found: len(found.next_level),
)
FIGURES = Table("figures", FIGURE_COLUMNS, figure_lines)

TABLES = (
    Table("patterns", FINDING_COLUMNS, _findings, _all_evidence),
    EVIDENCE,
    NEXT_LEVEL,
    THEN_AND_NOW,
    CONTEXTS,
    ROOMS,
    QUESTIONS,
    Table("quarters", QUARTER_COLUMNS, quarter_lines),
    FIGURES,
    READ_ALIKE,
)
"""In the order in which they are read: words first, figures after them."""


def tables_of(found: Found) -> Iterator[Table]:
    """Those that there is something to say in. Agreement, and on which questions there is
    evidence, is of whole rounds."""
    empty = [READ_ALIKE] if not found.read_alike else []
    empty += [THEN_AND_NOW] if not found.then_and_now else []
    empty += [] if found.questions and found.filter.asks_for_whole_rounds else [QUESTIONS]
    return (table for table in TABLES if table not in empty)


def not_narrowed_words(found: Found, language: str) -> str:
    """Which tables a file of a part lacks, and why; empty where it is of everything."""
    asked = found.filter
    lacking = [] if asked == Filter() else [THEN_AND_NOW]
    lacking += [] if asked.asks_for_whole_rounds else [QUESTIONS, READ_ALIKE]
    if not lacking:
        return ""
    sheets = ", ".join(say(f"exports.sheet.{table.name}", language) for table in lacking)
    return say("exports.not_narrowed", language, sheets=sheets)


def notes_of(table: Table, found: Found, language: str) -> Iterator[str]:
    """What must be known to read this table, and what is not in it."""
    yield from _NOTES.get(table.name, _no_notes)(found, language)


def _no_notes(found: Found, language: str) -> Iterator[str]:
    yield from ()


def _of_next_level(found: Found, language: str) -> Iterator[str]:
    if not found.filter.asks_for_whole_rounds:
        yield say("patterns.items_of_whole_rounds", language)


def _of_contexts(found: Found, language: str) -> Iterator[str]:
    yield say("patterns.by_context_note", language)
    yield from _base_by_context(found, language)
    yield from _without_evidence(found, language)
    yield say("patterns.by_context_missing", language)


def _of_then_and_now(found: Found, language: str) -> Iterator[str]:
    yield say("exports.then_and_now_note", language)
    if found.not_by_name_count:
        yield say("patterns.not_by_name", language, count=found.not_by_name_count)


def _of_figures(found: Found, language: str) -> Iterator[str]:
    if not found.filter.asks_for_whole_rounds:
        yield say("patterns.figures_of_whole_rounds", language)
    yield say("exports.figures_note", language, fewest=found.fewest)


def _said(*keys: str) -> Callable[[Found, str], Iterator[str]]:
    return lambda found, language: (say(key, language) for key in keys)


def context_base(rounds: int, language: str) -> str:
    """On what base stands what was seen in classes of one program."""
    return say("patterns.by_context_base", language, count=rounds)


def _base_by_context(found: Found, language: str) -> Iterator[str]:
    asked = found.filter.context
    for context, rounds in found.findings.rounds_by_context().items():
        if rounds and asked in (None, context):
            yield f"{in_words(context, language)}: {context_base(rounds, language)}"
    yield say("patterns.by_context_why", language)


def _without_evidence(found: Found, language: str) -> Iterator[str]:
    asked = found.filter.context
    contexts = ProgramContext if asked is None else (asked,)
    lacking = [each for each in contexts if not found.findings.in_context(each).size().patterns]
    if lacking:
        named = ", ".join(in_words(each, language) for each in lacking)
        yield say("patterns.by_context_none", language, contexts=named)


_NOTES: Mapping[str, Callable[[Found, str], Iterator[str]]] = {
    "evidence": _said("exports.note.evidence"),
    "next_level": _of_next_level,
    "contexts": _of_contexts,
    "room_to_room": _said("patterns.rooms_note"),
    "focus_questions": _said("patterns.by_question_note"),
    "then_and_now": _of_then_and_now,
    "quarters": _of_figures,
    "figures": _of_figures,
    "read_alike": _said("agreement.over_rounds_lead", "agreement.interval_note"),
}
