"""From notes to cards in a real browser, and what axe says of the screens of evidence."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.hands import tick
from tests.browser.on_server import rows
from tests.browser.screens import find_faults
from tests.browser.tablet import needs_browser
from tests.browser.team_cards import agree_on_all
from tests.browser.visiting import Visitor, field_of, write_lines

pytestmark = needs_browser


def test_sorted_chosen_and_posted_offline_a_card_tells_the_host_nothing_of_its_origin(
    visitor: Visitor,
) -> None:
    page = visitor.visit()
    visitor.tablet.go_offline()
    write_lines(
        page, 'T: "Show me how."', "Mrs. Sample points at 9:12", "two columns", "all look up"
    )
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Review", exact=True).click()

    expect(page.locator(".sort-text")).to_be_visible()
    for key in "134":
        page.keyboard.press(key)
    expect(page.get_by_text("Every line is sorted.")).to_be_visible()
    tick(page.get_by_role("radio", name="Choose"))
    for at in range(4):
        page.locator(".choose-acts").nth(at).get_by_role("button", name="Choose").click()
    page.get_by_role("button", name="Go on to posting").click()
    page.get_by_role("button", name="Post with [the teacher]").click()
    page.get_by_role("button", name="Post 4 cards").click()
    expect(page.locator(".draft-card", has_text="[the teacher]")).to_be_visible()
    visitor.tablet.go_online()

    told = page.locator(".nav").get_by_text("Everything is on the server")
    expect(told).to_be_visible(timeout=60_000)

    assert rows(visitor.host, "card") == [], "nothing is told while the network describes"
    agree_on_all(visitor.lead, visitor.day)
    cards = rows(visitor.host, "card")
    assert len(rows(visitor.robin, "card_source")) == 4
    assert len(cards) == 4
    assert rows(visitor.host, "card_source") == []
    seen_by_host = json.dumps(cards)
    for hidden in (
        *visitor.day.classrooms,
        *visitor.day.slots,
        visitor.robin.member_id,
        "Sample p",
    ):
        assert hidden not in seen_by_host


POSTED = 6


def test_a_card_that_is_posted_in_the_moment_that_the_page_goes_is_there_with_its_source(
    visitor: Visitor,
) -> None:
    """Two saves are under way, and the page is left before either is said to be on disk."""
    page = visitor.visit()
    visitor.tablet.go_offline()
    write_lines(page, *(f'S: "answer {number}"' for number in range(POSTED)))
    review = f"/rounds/{visitor.day.round_id}/review"
    for _ in range(POSTED):
        visitor.tablet.goto(review)
        tick(page.get_by_role("radio", name="Choose"))
        unchosen = page.locator(".choose-acts").get_by_role("button", name="Choose", pressed=False)
        unchosen.first.click()
        page.get_by_role("button", name="Go on to posting").click()
        post = page.get_by_role("button", name="Post one card")
        post.click()
        expect(post).to_have_count(0)
    visitor.tablet.goto(review)
    visitor.tablet.go_online()

    told = page.locator(".nav").get_by_text("Everything is on the server")
    expect(told).to_be_visible(timeout=60_000)
    agree_on_all(visitor.lead, visitor.day)
    assert len(rows(visitor.host, "card")) == POSTED
    assert len(rows(visitor.robin, "card_source")) == POSTED


@pytest.mark.parametrize("look", ["light", "dark", "quiet"])
def test_axe_finds_nothing_on_the_screens_of_evidence(visitor: Visitor, look: str) -> None:
    page = visitor.tablet.page
    page.emulate_media(color_scheme="dark" if look == "dark" else "light")
    visitor.visit()
    if look == "quiet":
        page.get_by_role("button", name="Quiet").click()
        field_of(page).focus()
    write_lines(page, "T: why?", "students were engaged", "Ms. Sample nods")
    expect(page.locator(".earlier-text")).to_have_count(3)
    assert find_faults(page) == []

    for where in ("review", "notes"):
        visitor.tablet.goto(f"/rounds/{visitor.day.round_id}/{where}")
        expect(page.locator("h1")).to_be_visible()
        assert find_faults(page) == []
    visitor.tablet.goto(f"/rounds/{visitor.day.round_id}/review")
    for step in ("Questions", "Choose", "Post"):
        tick(page.get_by_role("radio", name=step))
        assert find_faults(page) == []
