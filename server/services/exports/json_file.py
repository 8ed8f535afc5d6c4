"""Patterns as JSON: for programs. Words of our lists stay as the vocabulary has them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import orjson

from server.domain.csv_files import ABOUT
from server.messages import say
from server.services.exports.columns import figure_lines, finding_lines, quarter_in_words
from server.services.exports.content import Found
from server.services.exports.preface import base_words, filter_words


def patterns_json(found: Found, language: str) -> bytes:
    return orjson.dumps(as_plain(found, language), option=orjson.OPT_INDENT_2)


def as_plain(found: Found, language: str) -> dict[str, Any]:
    """What was found, as the API and the file give it: the line and the base come first.

    Dates are texts, and so are figures: some are words.
    """
    plain: dict[str, Any] = orjson.loads(orjson.dumps(asdict(found)))
    for finding, line in zip(plain["findings"], finding_lines(found, language), strict=True):
        finding["sentence"] = line.sentence
        quarter = line.finding.visited_in
        finding["visited"] = quarter and quarter_in_words(quarter, language)
    return {
        ABOUT: say("exports.line", language),
        "asked": filter_words(found.filter, language),
        "base": base_words(found, language),
        "about_figures": say("exports.figures_note", language, fewest=found.fewest),
        **plain,
        "figures": [
            {"of": figure.of, "classrooms": str(line.classrooms)}
            for figure, line in zip(found.figures, figure_lines(found, language), strict=True)
        ],
    }
