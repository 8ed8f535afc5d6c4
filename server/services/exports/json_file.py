"""Patterns as JSON: for programs. Words of our lists stay as the vocabulary has them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import orjson

from server.messages import say
from server.services.exports.columns import figure_lines, finding_lines
from server.services.exports.content import Found


def patterns_json(found: Found, language: str) -> bytes:
    return orjson.dumps(as_plain(found, language), option=orjson.OPT_INDENT_2)


def as_plain(found: Found, language: str) -> dict[str, Any]:
    """What was found, as the API and the file give it: the line and the base come first."""
    plain = asdict(found)
    for finding, line in zip(plain["findings"], finding_lines(found, language), strict=True):
        finding["sentence"] = line.sentence
    return {
        "about_this_evidence": say("exports.line", language),
        **plain,
        "figures": [
            {"of": figure.of, "classrooms": line.classrooms}
            for figure, line in zip(found.figures, figure_lines(found, language), strict=True)
        ],
    }
