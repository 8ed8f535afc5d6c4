"""The return summary as a report: one sheet to hand on, its words first and its line on each."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pypdf
import pytest

from schemas.vocabulary import Horizon, PatternSubject, Quantifier, Taker
from server.messages import say
from server.services.exports.content import AgreedItem, Statement
from server.services.exports.summary_pdf import summary_pdf
from server.services.summary_pages import Asked, Page

MARKUP = '#panic("x") *not bold* $x^2$ @nobody <label> = Title'
LINES = {
    "en": "Not for use in the evaluation of any educator.",
    "es": "No debe usarse para evaluar a ningún docente.",
}
HEADINGS = tuple(
    say(key, language)
    for language in ("en", "es")
    for key in ("open_page.patterns", "improvement.item")
    + ("debriefs.network_words", "debriefs.host_words")
)
SEEN = "explain an answer to each other where the task asks for a reason, and write one number else"
DONE = "In each grade team one task a week is planned with a question that asks for a reason"


def a_summary(patterns: int = 6, items: int = 6) -> Page:
    """As long as summaries usually are: each statement and item takes two lines."""
    return Page(
        thanks="Thank you for your open doors, and for the questions that you let us ask.",
        problem="Our students finish what we set, and explain little of their thinking.",
        questions=(
            Asked("Who does the thinking?", "SL.6.1 · MP3"),
            Asked("What do students say to each other about it?", ""),
        ),
        statements=tuple(
            Statement(f"{SEEN} {number}", PatternSubject.STUDENTS, Quantifier.MANY)
            for number in range(patterns)
        ),
        next_level=tuple(
            AgreedItem(
                text=f"{DONE} {number}",
                horizon=Horizon.NEXT_MONTH,
                taken_on_by=Taker.HOST_LEADERSHIP_TEAM,
                is_taken=True,
                check_back_on=date(2026, 12, 13) if number > 0 else None,
                starts_first=False,
            )
            for number in range(items)
        ),
        network_words="We saw a school whose teachers ask each other. " * 3,
        host_words="We go on asking, and begin with the tasks of the next unit. " * 3,
        held_back=0,
    )


def sheets(page: Page, language: str = "en") -> list[str]:
    """What each sheet says, in the order in which it is read."""
    reader = pypdf.PdfReader(io.BytesIO(summary_pdf(page, language)))
    return [" ".join(each.extract_text().split()) for each in reader.pages]


@pytest.mark.parametrize(("language", "width"), [("en", 612), ("es", 595)])
def test_a_usual_summary_is_one_sheet_of_the_papers_that_people_have(language: str, width: int):
    reader = pypdf.PdfReader(io.BytesIO(summary_pdf(a_summary(), language)))

    assert len(reader.pages) == 1
    assert round(float(reader.pages[0].mediabox.width)) == width


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_longer_one_goes_on_and_its_line_stands_on_every_sheet(language: str):
    found = sheets(a_summary(16, 16), language)

    assert len(found) > 1
    assert all(LINES[language] in sheet for sheet in found)


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_heading_is_left_alone_at_the_end_of_a_sheet(language: str):
    """Of every length there is one at which the next heading would just have fitted."""
    for patterns in range(4, 22):
        for sheet in sheets(a_summary(patterns, 9), language):
            words = sheet.partition("Evidence about")[0].partition("Evidencia sobre")[0].strip()
            assert not words.endswith(HEADINGS), patterns


def test_thanks_are_said_first_and_the_hosts_words_beside_the_networks():
    page = replace(a_summary(), network_words="We saw a school.", host_words="We go on.")
    (said,) = sheets(page)

    title = "What colleagues saw in our classrooms"
    assert said.startswith(f"{title} {page.thanks} Problem of practice")
    assert "Who does the thinking? SL.6.1 · MP3" in said
    for words in ("In many of the classrooms we visited", "Next month · The host’s leadership"):
        assert words in said
    ends = said[said.index("From the network") :]
    assert ends.startswith("From the network We saw a school. From the host We go on.")


def test_what_nobody_wrote_has_no_heading():
    (said,) = sheets(Page("", "", (), (), (), "", "", 0))

    assert said.startswith("What colleagues saw in our classrooms Evidence about")


def test_a_report_is_tagged_and_tells_no_day():
    content = summary_pdf(a_summary(), "es")
    reader = pypdf.PdfReader(io.BytesIO(content))

    assert reader.root_object["/Lang"] == "es"
    assert b"pdfuaid" in reader.root_object["/Metadata"].get_data()
    assert "/CreationDate" not in (reader.metadata or {})
    assert b"CreateDate" not in reader.root_object["/Metadata"].get_data()


def test_what_a_person_wrote_is_never_read_as_markup_and_keeps_its_lines():
    page = replace(a_summary(), thanks=MARKUP, host_words=f"First.\n{MARKUP}", problem=MARKUP)

    assert sheets(page)[0].count(MARKUP) == 3


def test_a_sign_that_no_font_has_costs_no_words():
    said = " ".join(sheets(replace(a_summary(), thanks="\U00013080 is a sign")))

    assert "is a sign" in said
    assert "Some signs cannot be printed on this server." in said
