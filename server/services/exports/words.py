"""What leaves, as people say it in a language: sentences, quarters, words of our lists."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from server.domain.patterns import says_its_subject, within_a_sentence
from server.messages import say
from server.services.exports.content import AgreedItem, Finding, Statement


def sentence_of(said: Finding | Statement, language: str) -> str:
    """`In many of the classrooms, students ...`: the pattern as one sentence."""
    what = within_a_sentence(statement_of(said, language))
    return say(f"exports.sentence.{said.quantifier}", language, what=what)


def statement_of(said: Finding | Statement, language: str) -> str:
    """`Students ...`, said once also where whom it is about was typed along."""
    words = said.statement.strip()
    if says_its_subject(words, said.subject):
        return words[:1].upper() + words[1:]
    return say(f"patterns.sentence.{said.subject}", language, statement=within_a_sentence(words))


def about_item(item: AgreedItem, language: str) -> str:
    """By when and by whom, without a member's name, as the app says it; and what is open."""
    who = "open_page.a_member" if item.is_taken else "improvement.nobody_yet"
    day = item.check_back_on
    parts = [
        say("improvement.starts_first", language) if item.starts_first else "",
        in_words(item.horizon, language) if item.horizon else "",
        in_words(item.taken_on_by, language) if item.taken_on_by else say(who, language),
        say("improvement.check_back", language, date=day_in_words(day, language))
        if day
        else say("improvement.no_day_yet", language),
    ]
    return " · ".join(filter(None, parts))


def day_in_words(day: date, language: str) -> str:
    """`Dec 13, 2026`; `13 dic 2026`: as the app writes a day."""
    month = say(f"exports.month.{day.month}", language)
    return say("exports.day", language, month=month, day=day.day, year=day.year)


def quarter_in_words(quarter: str, language: str) -> str:
    """`October to December 2026` for `2026-Q4`."""
    year, _, number = quarter.partition("-Q")
    return say(f"exports.quarter.q{number}", language, year=year)


def in_words(cell: StrEnum, language: str) -> str:
    """A word of the vocabulary as people say it."""
    return say(f"vocabulary.{_snake(type(cell).__name__)}.{cell}", language)


def _snake(name: str) -> str:
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in name).lstrip("_")
