"""The network's lead leads each of its rounds, also where the lead's own school hosts.

Such a lead holds no source of a card (rule 15), so no tablet of theirs knows which team has
read its cards: people are asked, aloud.
"""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import expect

from server import clock
from tests.browser.debrief_room import people_of_a_debrief, two_tablets
from tests.browser.debriefing import (
    go_on_to,
    move_to,
    name_group_of,
    next_step,
    read_aloud,
    write_pattern,
)
from tests.browser.hands import press, tick
from tests.browser.presented import end_presenting, show_this_screen
from tests.browser.screens import find_faults
from tests.browser.tablet import Tablets, needs_browser
from tests.browser.team_cards import post_cards
from tests.browser.visit_day import a_day
from tests.serving import Served

pytestmark = needs_browser


def test_a_lead_whose_own_school_hosts_leads_the_debrief(
    app: Flask, served: Served, tablets: Tablets
):
    school = clock.new_id()
    people = people_of_a_debrief(app, leads_at=school)
    lead, visitor = people["lead"], people["visitor"]
    day = a_day(lead, visitor, host_school=school)
    post_cards(visitor, day, day.team, ["S: one", "S: two", "S: three"], ("student",))
    first, second = two_tablets(tablets, (served, lead), (served, visitor))
    path = f"/rounds/{day.round_id}/debrief"
    leads, visits = first.goto(path), second.goto(path)
    expect(leads.get_by_text("Name another facilitator for this round")).to_be_visible()
    press(leads, "Begin the debrief")
    go_on_to(leads, "Read and agree")
    read_aloud(visits, 3)
    go_on_to(leads, "Cross-check")
    onward = leads.get_by_role("button", name="On to: Group on the team’s wall")
    expect(onward).to_be_disabled()
    expect(leads.get_by_text("this tablet is not told which team")).to_be_visible()
    tick(leads.get_by_label("Every team says: we have read our cards"))
    assert find_faults(leads) == []
    go_on_to(leads, "One wall together")
    move_to(visits, "S: one", "New group")
    name_group_of(visits, "S: one", "Said by the room")
    move_to(visits, "S: two", "Said by the room")
    expect(leads.get_by_text("You see the wall as it stood when this step began.")).to_be_visible()
    expect(leads.locator(".wall-card")).to_have_count(3)
    show_this_screen(leads)
    expect(leads.get_by_text("Another screen shows it as it is laid.")).to_be_visible()
    end_presenting(leads)
    go_on_to(leads, "Pattern statements")
    expect(leads.locator(".wall-group", has_text="S: one")).to_contain_text("S: two")
    write_pattern(leads, "answer with one number", "Said by the room")
    assert next_step(leads) == "Predict"
    assert "V1" not in leads.locator("main").inner_text()
