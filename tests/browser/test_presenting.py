"""The tablet that leads is mirrored to the wall: nothing of a person is seen there any more."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.debrief_room import people_of_a_debrief
from tests.browser.hands import press
from tests.browser.link import Link
from tests.browser.presented import SEE, end_presenting, seen_on, show_this_screen
from tests.browser.screens import find_faults
from tests.browser.tablet import ON_ITS_SIDE, KeptTablet, Tablets, needs_browser
from tests.browser.visit_day import Day, a_day
from tests.browser.visiting import field_of

pytestmark = needs_browser

OWN = "S: nobody else reads this line"
FRAME = "Invented Network"
"""Stands beside every screen of a person, so before a press it is there to be hidden."""
PRIVATE = (OWN, "Lead Sample", "Robin Sample", "Host Sample", FRAME, "on the server", "tablet")
"""An own note, people, and what the frame of the app says of them and of this device."""

LOCKS = """(() => {
    const request = WakeLock.prototype.request;
    window.locks = [];
    WakeLock.prototype.request = async function (type) {
        const lock = await request.call(this, type);
        window.locks.push(lock);
        return lock;
    };
})()"""


@pytest.fixture
def day(app: Flask, tablet: KeptTablet) -> Day:
    people = people_of_a_debrief(app)
    day = a_day(people["lead"], people["lead"], people["visitor"], host=people["host"])
    tablet.sign_in(people["lead"])
    tablet.wait_until_installed()
    return day


@pytest.fixture
def tablet(tablets: Tablets, link: Link) -> KeptTablet:
    return tablets.kept(link, ON_ITS_SIDE)


def write_own_note(tablet: KeptTablet, day: Day) -> None:
    page = tablet.goto(day.visit(0))
    field_of(page).type(OWN)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Saved on this tablet")).to_be_visible()


def assert_private(page: Page) -> None:
    seen = seen_on(page)
    assert seen
    assert [words for words in PRIVATE if words in seen] == []


def test_whoever_presents_shows_nothing_of_their_own_at_once_everywhere_and_after_a_kill(
    tablet: KeptTablet, day: Day
):
    notes, debrief = f"/rounds/{day.round_id}/notes", f"/rounds/{day.round_id}/debrief"
    write_own_note(tablet, day)
    lead = tablet.goto(debrief)
    press(lead, "Begin the debrief")
    assert tablet.context
    other = tablet.context.new_page()
    other.goto(f"{tablet.url}{notes}")
    expect(other.get_by_text(OWN)).to_be_visible()
    lead.bring_to_front()
    lead.evaluate(SEE)
    assert FRAME in seen_on(lead)

    show_this_screen(lead)
    assert_private(lead)
    expect(lead.get_by_role("heading", level=1)).to_have_text("Reread, star and select")
    expect(other.get_by_role("heading", level=1)).to_have_text("Reread, star and select")
    expect(other.get_by_text(OWN)).to_have_count(0)
    other.close()
    assert find_faults(lead) == []

    press(lead, "On to: Read and agree")
    expect(lead.get_by_role("heading", level=1)).to_have_text("Read and agree")
    expect(lead.get_by_role("timer")).to_have_text("19:59")
    press(lead, "+2 min")
    press(lead, "Pause")
    expect(lead.get_by_text("Paused")).to_be_visible()
    press(lead, "Back to: Reread, star and select")
    expect(lead.get_by_role("heading", level=1)).to_have_text("Reread, star and select")
    assert_private(lead)

    tablet.go_offline()
    tablet.kill()
    tablet.open("/icon.svg", offline=True)
    assert tablet.context
    tablet.context.add_init_script(SEE)
    tablet.context.add_init_script(LOCKS)
    lead = tablet.goto(notes)
    expect(lead.get_by_role("heading", level=1)).to_have_text("Reread, star and select")
    lead.evaluate("() => history.pushState(null, '', '/')")
    lead.go_back()
    assert_private(lead)
    assert lead.evaluate("() => window.locks.map(lock => lock.released)") == [False]

    press(lead, "End presenting")
    press(lead, "Keep presenting")
    expect(lead.get_by_role("button", name="End presenting")).to_be_visible()
    assert_private(lead)
    end_presenting(lead)
    assert lead.evaluate("() => window.locks.map(lock => lock.released)") == [True]
    tablet.goto(notes)
    expect(lead.get_by_text(OWN)).to_be_visible()
