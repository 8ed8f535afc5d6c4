"""Cards on paper: printed eight to a page, and what hangs on a real wall typed in by codes."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.debriefing import wall
from tests.browser.hands import press
from tests.browser.screens import find_faults
from tests.browser.tablet import ON_ITS_SIDE, Tablet, Tablets, needs_browser
from tests.browser.team_cards import add_team, begin_analysis, post_agreed
from tests.browser.test_papers import LINE, sheets_of
from tests.browser.visit_day import Day, a_day
from tests.make import a_member, a_network
from tests.serving import Served

pytestmark = needs_browser

LONG = ("T: " + "reads the whole problem aloud again, word by word, " * 40).strip()
PIECES_OF_LONG = 5
OURS = [*(f"S: our answer {number}" for number in range(10)), LONG]
FULL = " ".join(["T: “Who says it in other words, why?”"[:35]] * 6)
"""As many lines as stand on a card in the letters of a usual one."""
THEIRS = [*(f"T: their question {number}" for number in range(5)), FULL]
PAGES = 3
UNKNOWN = "Q00000"
LETTER: ViewportSize = {"width": 702, "height": 935}
A4: ViewportSize = {"width": 680, "height": 1001}
"""What the margins leave of a sheet, in pixels of the style sheets."""
SPILLS = """(all) => all.filter((card) =>
  card.scrollHeight > card.clientHeight + 1 || card.scrollWidth > card.clientWidth + 1
).map((card) => card.textContent)"""


@dataclass
class Room:
    lead: Tablet
    day: Day


@pytest.fixture
def room(app: Flask, served: Served, tablets: Tablets) -> Room:
    """Two teams' agreed cards; the debrief stands at its analysis."""
    network = a_network()
    lead, visitor = a_member(app, network, "lead"), a_member(app, network)
    day = a_day(lead, visitor)
    other = add_team(lead, day, "Team B", lead)
    post_agreed(visitor, day, day.team, OURS, ("student", "task"))
    post_agreed(lead, day, other, THEIRS, ("teacher",))
    begin_analysis(lead, day)
    tablet = tablets.another(served, ON_ITS_SIDE)
    tablet.sign_in(lead)
    return Room(tablet, day)


def assert_nothing_is_cut_on_paper(page: Page) -> None:
    """The long card goes on from piece to piece, and every piece stands whole on its eighth."""
    parts = page.locator(".paper-card").filter(has_text=re.compile(r"\d of \d"))
    expect(parts).to_have_count(PIECES_OF_LONG)
    assert len({*parts.locator(".paper-code").all_inner_texts()}) == 1
    words = parts.locator(".paper-card-text").evaluate_all("(all) => all.map((p) => p.textContent)")
    assert "".join(words) == LONG
    page.emulate_media(media="print")
    for size in LETTER, A4:
        page.set_viewport_size(size)
        assert page.locator(".paper-card").evaluate_all(SPILLS) == []
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": ON_ITS_SIDE[0], "height": ON_ITS_SIDE[1]})


def test_cards_are_printed_eight_to_a_page_and_their_codes_make_groups(room: Room):
    page = room.lead.goto(f"/rounds/{room.day.round_id}/cards")
    pieces = len(OURS) - 1 + PIECES_OF_LONG + len(THEIRS)
    expect(page.locator(".paper-card")).to_have_count(pieces, timeout=20_000)
    expect(page.locator(".paper")).to_have_count(PAGES)
    assert LINE["English"] in page.locator(".paper").first.inner_text()
    assert find_faults(page) == []
    for size in ("A4", "Letter"):
        assert sheets_of(page.pdf(format=size)) == PAGES, size
    assert_nothing_is_cut_on_paper(page)
    printed = page.locator(".paper").all_inner_texts()
    assert not [text for text in printed if re.search(r"Team [AB]|\bV\d", text)]
    codes = {
        text: page.locator(".paper-card").filter(has_text=text).locator(".paper-code").inner_text()
        for text in (OURS[1], OURS[2], THEIRS[0])
    }
    assert [code for code in codes.values() if not re.fullmatch(r"[A-Z]\d{2,4}", code)] == []

    page = room.lead.goto(f"/rounds/{room.day.round_id}/debrief")
    press(page, "Paper wall")
    sheet = page.locator("dialog[open]")
    field = sheet.get_by_role("textbox", name="What hangs together")
    field.fill(f"{' '.join(codes.values()).lower()} {UNKNOWN} = One-word answers")
    expect(sheet.get_by_text(f"No card on this wall has the code {UNKNOWN}.")).to_be_visible()
    expect(sheet.locator(".paper-line li")).to_have_text([*codes])
    assert find_faults(page) == []
    press(sheet, "Make the groups")

    expect(field).to_have_value(f"{UNKNOWN} = One-word answers")
    press(sheet, "Close")
    assert sorted(dict(wall(page))["One-word answers"]) == sorted(codes)
    page.reload()
    press(page, "Paper wall")
    expect(field).to_have_value(f"{UNKNOWN} = One-word answers")
