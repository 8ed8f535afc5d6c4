"""The pages of a plan in a real browser, and on paper."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.hands import tick
from tests.browser.planning import PARTS, Planning
from tests.browser.screens import find_faults
from tests.browser.tablet import needs_browser
from tests.browser.visit_day import Day

pytestmark = needs_browser

LINE = {
    "English": "Evidence about a school’s practice, gathered by peers. "
    "Not for use in the evaluation of any educator.",
    "Español": "Evidencia sobre la práctica de una escuela",
}
PAPERS = ("schedule", "doors", "scripting", "letter", "notice", "plan")
PAGES = ("", "/plan", "/print/pack", *(f"/plan/{part}" for part in PARTS))


def sheets_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_every_paper_carries_the_line_in_both_languages_a_sheet_a_page(
    planning: Planning, day: Day
) -> None:
    page = planning.tablet.page
    for paper in PAPERS:
        planning.tablet.goto(f"/rounds/{day.round_id}/print/{paper}")
        for language, line in LINE.items():
            tick(page.get_by_label(language))
            expect(page.locator(f'.papers[lang="{language[:2].lower()}"]')).to_be_visible()
            sheets = page.locator(".paper")
            expect(sheets.first).to_contain_text(line)
            expect(sheets.filter(has_text=line)).to_have_count(sheets.count())
            for size in ("A4", "Letter"):
                assert sheets_of(page.pdf(format=size)) == sheets.count(), (paper, language, size)
        assert find_faults(page) == [], paper


def test_the_room_column_is_empty_and_nothing_can_be_typed_into_it(
    planning: Planning, day: Day
) -> None:
    page = planning.tablet.goto(f"/rounds/{day.round_id}/print/schedule")

    rooms = page.locator("td.room")
    expect(rooms.first).to_be_attached()
    assert set(rooms.all_inner_texts()) == {""}
    expect(page.locator(".papers").locator("input, textarea, [contenteditable]")).to_have_count(0)


def test_axe_finds_nothing_on_the_pages_of_a_plan(planning: Planning, day: Day) -> None:
    page = planning.tablet.page
    for path in ("/rounds", *(f"/rounds/{day.round_id}{part}" for part in PAGES)):
        planning.tablet.goto(path)
        expect(page.locator(".screen h1")).to_be_visible()

        assert find_faults(page) == [], path
