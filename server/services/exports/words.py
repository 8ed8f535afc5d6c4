"""What leaves, as people say it in a language: sentences, quarters, words of our lists."""

from __future__ import annotations

from enum import StrEnum

from server.messages import say
from server.services.exports.content import Finding, Statement


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


def quarter_in_words(quarter: str, language: str) -> str:
    """`October to December 2026` for `2026-Q4`."""
    year, _, number = quarter.partition("-Q")
    return say(f"exports.quarter.q{number}", language, year=year)


def in_words(cell: StrEnum, language: str) -> str:
    """A word of the vocabulary as people say it."""
    return say(f"vocabulary.{_snake(type(cell).__name__)}.{cell}", language)


def _snake(name: str) -> str:
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in name).lstrip("_")
