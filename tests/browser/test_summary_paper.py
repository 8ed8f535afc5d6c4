"""The return summary on paper and as a report: one sheet where it is of the usual length."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.closed_round import DONE, HOST_WORDS, SEEN, WORDS, a_closed_round
from tests.browser.debrief_room import people_of_a_debrief
from tests.browser.hands import press
from tests.browser.link import Link
from tests.browser.screens import find_faults
from tests.browser.tablet import ON_ITS_SIDE, Tablet, Tablets, needs_browser
from tests.browser.test_papers import LINE
from tests.make import Somebody
from tests.serving import Served

pytestmark = needs_browser

SIZES = ("A4", "Letter")
LANGUAGES = {"en": "English", "es": "Español"}
HEADINGS = ("Patterns", "Next level of work", "From the network", "From the host")


def said(pdf: bytes) -> list[str]:
    """What each sheet says."""
    sheets = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return [" ".join(each.extract_text().split()) for each in sheets]


def flat(text: str) -> str:
    return "".join(text.split()).replace("’", "'")


@pytest.fixture
def people(app: Flask) -> dict[str, Somebody]:
    return people_of_a_debrief(app)


def hosts_summary(
    people: dict[str, Somebody], at: Served | Link, tablets: Tablets, patterns: int, items: int
) -> tuple[Tablet, str]:
    """The host's tablet at the summary, and its path."""
    day = a_closed_round(*(people[who] for who in ("lead", "visitor", "host")), patterns, items)
    tablet = tablets.another(at, ON_ITS_SIDE)
    tablet.sign_in(people["host"])
    path = f"/rounds/{day.round_id}/summary"
    expect(tablet.goto(path).get_by_text(f"{DONE} ({items})")).to_be_visible(timeout=20_000)
    return tablet, path


def speak(page: Page, language: str) -> None:
    page.evaluate("language => localStorage.setItem('rounds.language', language)", language)
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_text(f"{DONE} (1)")).to_be_visible()


def link_of(tablet: Tablet) -> str:
    press(tablet.page, "Make a link")
    link = tablet.page.locator(".open-link").inner_text()
    return f"{tablet.url}/open/{link.rpartition('/')[2]}"


def test_a_usual_summary_is_one_sheet_with_its_line_on_a4_and_on_letter(
    people: dict[str, Somebody], served: Served, tablets: Tablets
):
    tablet, _ = hosts_summary(people, served, tablets, 6, 6)
    page = tablet.page
    link = link_of(tablet)

    for language, name in LANGUAGES.items():
        speak(page, language)
        behind_link = tablet.browser.new_context(locale=language).new_page()
        behind_link.goto(link)
        for paper in (page, behind_link):
            for size in SIZES:
                sheets = said(paper.pdf(format=size))
                assert len(sheets) == 1, (language, size, sheets)
                for words in (f"{SEEN} (6)", f"{DONE} (6)", HOST_WORDS, LINE[name]):
                    assert flat(words) in flat(sheets[0]), (language, size, words)


def test_a_longer_summary_goes_on_and_leaves_no_heading_alone(
    people: dict[str, Somebody], served: Served, tablets: Tablets
):
    tablet, _ = hosts_summary(people, served, tablets, 14, 14)

    for size in SIZES:
        sheets = said(tablet.page.pdf(format=size))
        assert len(sheets) == 2, size
        for sheet in sheets:
            assert flat(LINE["English"]) in flat(sheet), size
            words = flat(sheet).partition(flat(LINE["English"]))[0]
            assert not words.endswith(tuple(map(flat, HEADINGS)))


def test_the_host_takes_the_report_with_the_words_just_written_and_offline_is_told_to_print(
    people: dict[str, Somebody], link: Link, tablets: Tablets
):
    tablet, _ = hosts_summary(people, link, tablets, 1, 1)
    tablet.wait_until_installed()
    page = tablet.page
    page.get_by_role("textbox", name="Your words beside the network’s").fill(
        "Written a moment ago."
    )

    with page.expect_download() as file:
        press(page, "PDF")
    (sheet,) = said(Path(file.value.path()).read_bytes())

    assert sheet.startswith(f"What colleagues saw in our classrooms {WORDS['thanks']}")
    assert "Written a moment ago." in sheet
    assert find_faults(page) == []

    tablet.go_offline()
    page.reload()
    expect(page.get_by_text("Printing works without a connection.")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("button", name="PDF", exact=True)).to_be_disabled()
    expect(page.get_by_role("button", name="Print", exact=True)).to_be_enabled()
