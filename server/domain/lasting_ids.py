"""Ids of what leaves in files: the same this year and next, and leading to nothing else.

Made of the words beside them and of nothing else (docs/adr/0037, 0051), as the views for BI
tools make them in SQL (services/bi_queries.py); tests/sync/test_bi_views.py compares both.
"""

from __future__ import annotations

from hashlib import sha256

DIGITS = 16


def lasting_pattern_id(subject: str, quarter: str, statement: str, twin: int = 1) -> str:
    """twin: from 1, of patterns with the same words in the same quarter."""
    return _lasting("p", (subject, quarter, statement), twin)


def lasting_evidence_id(pattern_id: str, text: str, twin: int = 1) -> str:
    """Of a row: a piece of evidence under its pattern. twin: of the same words there."""
    return _lasting("e", (pattern_id, text), twin)


def lasting_card_id(quarter: str, text: str, twin: int = 1) -> str:
    """Of a card, under however many patterns it stands. twin: of the same words in a quarter."""
    return _lasting("c", (quarter, text), twin)


def lasting_item_id(level: str, check_back_on: str, text: str, twin: int = 1) -> str:
    """Of a next-level item. What became of it is no part: that comes later."""
    return _lasting("n", (level, check_back_on, text), twin)


def lasting_pair_id(school: str, quarter: str, statement: str, twin: int = 1) -> str:
    """Of a school's then and now: by what was said then."""
    return _lasting("t", (school, quarter, statement), twin)


def lasting_measure_id(title: str, twin: int = 1) -> str:
    """Of a measure, by its title. twin: of measures of one title."""
    return _lasting("s", (title,), twin)


def lasting_day_id(measure: str, day: str, twin: int = 1) -> str:
    """Of a measure's day: by the measure's title. What was counted is no part: it is mended."""
    return _lasting("m", (measure, day), twin)


def _lasting(letter: str, words: tuple[str, ...], twin: int) -> str:
    digest = sha256("\n".join(words).encode()).hexdigest()
    return f"{letter}{digest[:DIGITS]}" + (f"-{twin}" if twin > 1 else "")
