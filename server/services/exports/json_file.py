"""Patterns as JSON: for programs. Words of our lists stay as the vocabulary has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, BinaryIO

import orjson

from server.domain.calendar import begin_of
from server.domain.csv_files import ABOUT
from server.domain.lasting_ids import lasting_card_id, lasting_evidence_id
from server.messages import say
from server.services.exports.content import (
    Finding,
    Found,
    NextLevel,
    QuestionAsked,
    ReadAlike,
    ThenAndNow,
)
from server.services.exports.figure_tables import QuarterLine, figure_lines, quarter_lines
from server.services.exports.followed_tables import next_level_lines, then_and_now_lines
from server.services.exports.pattern_tables import lasting_id_of
from server.services.exports.preface import base_words, filter_words, nothing_words
from server.services.exports.words import quarter_in_words, sentence_of


def write_patterns_json(out: BinaryIO, found: Found, language: str) -> None:
    """The head to be read by people too; then each pattern with its evidence on a line."""
    told = as_plain(found, language, (), found.read_alike)
    told["nothing"] = nothing_words(found, language)
    told["next_level"] = [
        {**_plain(line.item), "id": line.item_id} for line in next_level_lines(found.next_level)
    ]
    for pair, line in zip(told["then_and_now"], then_and_now_lines(found, language), strict=True):
        pair["id"] = line.pair_id
    head = orjson.dumps(told, option=orjson.OPT_INDENT_2)
    out.write(head.removesuffix(b"\n}") + b',\n  "findings": [')
    between = b"\n    "
    for finding in found.findings:
        out.write(between + orjson.dumps(_in_a_file(finding, language)))
        between = b",\n    "
    out.write(b"\n  ]\n}\n")


def _in_a_file(finding: Finding, language: str) -> dict[str, Any]:
    """A pattern and its evidence under their lasting ids."""
    pattern_id, plain = lasting_id_of(finding), finding_as_plain(finding, language)
    for each, evidence in zip(plain["evidence"], finding.evidence, strict=True):
        each["id"] = lasting_evidence_id(pattern_id, evidence.text, evidence.twin)
        quarter = finding.visited_in or ""
        each["card_id"] = lasting_card_id(quarter, evidence.text, evidence.card_twin)
    return {**plain, "id": pattern_id}


def as_plain(
    found: Found, language: str, items: Iterable[NextLevel], alike: Iterable[ReadAlike]
) -> dict[str, Any]:
    """What was found but the findings, as the API and the file give it: the line and the base
    come first. items, alike: what is told of those, a page or all.

    Dates are texts, and so are figures: some are words.
    """
    return {
        ABOUT: say("exports.line", language),
        "asked": filter_words(found, language),
        "base": base_words(found, language),
        "about_figures": say("exports.figures_note", language, fewest=found.fewest),
        "network": found.network,
        "made_on": found.made_on.isoformat(),
        "filter": _plain(found.filter.told),
        "rounds_count": found.rounds_count,
        "not_released_count": found.not_released_count,
        "held_back_count": found.held_back_count,
        "fewest": found.fewest,
        "quarters": [_quarter_as_plain(line) for line in quarter_lines(found, language)],
        "figures": [
            {"of": figure.of, "classrooms": str(line.classrooms)}
            for figure, line in zip(found.figures, figure_lines(found, language), strict=True)
        ],
        "questions": rows_as_plain(found.questions),
        "next_level": rows_as_plain(items),
        "read_alike": rows_as_plain(alike),
        "then_and_now": [pair_as_plain(each, language) for each in found.then_and_now],
        "not_by_name_count": found.not_by_name_count,
    }


def rows_as_plain(rows: Iterable[NextLevel | QuestionAsked | ReadAlike]) -> list[dict[str, Any]]:
    return [_plain(row) for row in rows]


def pair_as_plain(pair: ThenAndNow, language: str) -> dict[str, Any]:
    """As sentences, with the quarters in words."""
    return {
        "school_id": pair.school_id,
        "school": pair.school,
        "then_in": pair.then_in,
        "then_visited": quarter_in_words(pair.then_in, language),
        "then": sentence_of(pair.then, language),
        "now_in": pair.now_in,
        "now_visited": pair.now_in and quarter_in_words(pair.now_in, language),
        "now": pair.now and sentence_of(pair.now, language),
        "words": pair.words,
    }


def _quarter_as_plain(line: QuarterLine) -> dict[str, Any]:
    """With its first day, to ask by, and in words."""
    return {
        **_plain(line.of),
        "classrooms": str(line.classrooms),
        "begins_on": begin_of(line.of.quarter).isoformat(),
        "visited": line.words,
    }


def finding_as_plain(finding: Finding, language: str) -> dict[str, Any]:
    """A pattern as a sentence too, and its quarter in words."""
    quarter, plain = finding.visited_in, _plain(finding)
    del plain["twin"]
    for each in plain["evidence"]:
        del each["twin"], each["card_twin"]
    return {
        **plain,
        "sentence": sentence_of(finding, language),
        "visited": quarter and quarter_in_words(quarter, language),
    }


def _plain(row: Any) -> Any:
    return orjson.loads(orjson.dumps(asdict(row)))
