"""Patterns as JSON Lines: one line a piece of evidence, for programs that read as they go.

The same columns as the CSV; what is a list there is a list here, and what is empty is null.
`patterns_schema` says so as JSON Schema, with the explanation of every column.
"""

from __future__ import annotations

from typing import Any, BinaryIO

import orjson

from schemas.vocabulary import (
    CoreElement,
    GradeBand,
    PatternSubject,
    ProgramContext,
    Quantifier,
    SchoolSubject,
)
from server.domain.csv_files import ABOUT
from server.messages import say
from server.services.exports.columns import FINDING_COLUMNS, evidence_lines, finding_lines
from server.services.exports.content import Found
from server.services.exports.csv_file import COLUMNS, OWN_COLUMNS

WORDS: dict[str, tuple[type, bool]] = {
    "how_many": (Quantifier, False),
    "pattern_about": (PatternSubject, False),
    "core_element": (CoreElement, False),
    "grade_bands": (GradeBand, True),
    "lesson_subjects": (SchoolSubject, True),
    "evidence_element": (CoreElement, False),
    "grade_band": (GradeBand, False),
    "lesson_subject": (SchoolSubject, False),
    "context": (ProgramContext, True),
}
"""Columns of a closed list: the list, and whether a cell holds several of its words."""


def write_patterns_jsonl(out: BinaryIO, found: Found, language: str) -> None:
    about = say("exports.line", language)
    for line in evidence_lines(finding_lines(found, language)):
        cells: dict[str, Any] = {column.key: column.cell(line.of) for column in FINDING_COLUMNS}
        cells |= {column.key: column.cell(line) for column in OWN_COLUMNS}
        out.write(orjson.dumps({**cells, ABOUT: about}, option=orjson.OPT_APPEND_NEWLINE))


def patterns_schema(language: str) -> dict[str, Any]:
    """What each line is, as JSON Schema 2020-12."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": say("exports.title", language),
        "type": "object",
        "required": COLUMNS,
        "additionalProperties": False,
        "properties": {key: _property(key, language) for key in COLUMNS},
    }


def _property(key: str, language: str) -> dict[str, Any]:
    if key == ABOUT:
        return {"const": say("exports.line", language)}
    told = {
        "title": say(f"exports.column.{key}", language),
        "description": say(f"exports.explain.{key}", language),
    }
    if key not in WORDS:
        return {**told, "type": ["string", "null"] if key == "visited_in" else "string"}
    words, several = WORDS[key]
    listed = [str(word) for word in words]  # type: ignore[attr-defined]
    if several:
        return {**told, "type": "array", "items": {"enum": listed}}
    return {**told, "enum": [*listed, None]}
