"""A return summary as a report: a sheet to hand on, with the same words as behind its link.

Set by typst from templates/summary.typ, as patterns are (pdf_file.py). What may not leave was
kept back before this is asked (services/summary_pages).
"""

from __future__ import annotations

from typing import Any

from server.messages import say
from server.services.exports.content import AgreedItem, Statement
from server.services.exports.pdf_file import set_report
from server.services.exports.words import about_item, statement_of
from server.services.summary_pages import Page


def summary_pdf(page: Page, language: str) -> bytes:
    """The file's bytes. Nothing in it tells a day, not even the one on which it was made."""
    return set_report("summary.typ", _content(page, language))


def _content(page: Page, language: str) -> dict[str, Any]:
    """Parts without words are left out with their headings."""

    def word(key: str) -> str:
        return say(key, language)

    asked = {
        word("debriefs.problem_of_practice"): [[page.problem, ""]] if page.problem else [],
        word("rounds.part.questions"): [[each.words, each.codes] for each in page.questions],
    }
    found = {
        word("open_page.patterns"): [_statement(each, language) for each in page.statements],
        word("improvement.item"): [_item(each, language) for each in page.next_level],
    }
    words = {
        word("debriefs.network_words"): page.network_words,
        word("debriefs.host_words"): page.host_words,
    }
    return {
        "language": language,
        "title": word("open_page.title"),
        "line": word("app.print_line"),
        "signs_missing": False,
        "signs_note": word("open_page.signs_missing"),
        "thanks": page.thanks,
        "asked": [[title, texts] for title, texts in asked.items() if texts],
        "found": [[title, lines] for title, lines in found.items() if lines],
        "words": [[title, text] for title, text in words.items() if text],
    }


def _statement(said: Statement, language: str) -> list[str]:
    """What was seen, and beside it in how many classrooms, in words."""
    return [
        statement_of(said, language),
        say(f"patterns.in_how_many.{said.quantifier}", language),
    ]


def _item(item: AgreedItem, language: str) -> list[str]:
    return [item.text, about_item(item, language)]
