"""A team that is not there yet stops nobody, and nothing of what it wrote is lost."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import expect

from tests.browser.debrief_room import people_of_a_debrief
from tests.browser.debriefing import go_on_to
from tests.browser.hands import press, press_and_say_yes
from tests.browser.screens import find_faults
from tests.browser.tablet import ON_ITS_SIDE, Tablets, needs_browser
from tests.browser.team_cards import add_team, post_agreed, post_cards
from tests.browser.visit_day import a_day
from tests.serving import Served
from tests.sync.talk import pull

pytestmark = needs_browser

OURS = ["S: “Six.”", "S: “Because it is half of twelve.”"]
LATE = "T: “And how do you know?”"


def test_the_room_goes_on_without_a_team_and_its_cards_go_up_later(
    app: Flask, served: Served, tablets: Tablets
):
    people = people_of_a_debrief(app)
    lead = people["lead"]
    day = a_day(lead, people["visitor"], host=people["host"])
    other = add_team(lead, day, "Team B", lead)
    post_agreed(people["visitor"], day, day.team, OURS, ("student",))
    post_cards(lead, day, other, [LATE], ("teacher",))
    tablet = tablets.another(served, ON_ITS_SIDE)
    tablet.sign_in(lead)
    page = tablet.goto(f"/rounds/{day.round_id}/debrief")
    press(page, "Begin the debrief")
    go_on_to(page, "Cross-check")
    expect(page.get_by_role("button", name="On to: Group on the team’s wall")).to_be_disabled()
    expect(page.get_by_text("Team B: 1 card is still to be read and agreed on.")).to_be_visible()
    assert find_faults(page) == []

    press_and_say_yes(page, "Go on without Team B")

    expect(page.get_by_role("heading", name="Group on the team’s wall", exact=True)).to_be_visible()
    tray = page.locator(".late-tray")
    expect(tray.get_by_text(LATE)).to_be_visible()
    assert find_faults(page) == []
    press(tray, "We agree")
    expect(tray).to_have_count(0)
    go_on_to(page, "One wall together")
    expect(page.locator(".wall-card", has_text=LATE)).to_be_visible()
    kept = [row for row in pull(lead, limit=1000)["rows"] if row["kind"] == "late_team"]
    assert [set(row["fields"]) for row in kept] == [{"team", "went_on_at"}]
    told = pull(people["host"], limit=1000)["rows"]
    assert "late_team" not in {row["kind"] for row in told}
