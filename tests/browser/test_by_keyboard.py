"""A debrief from beginning to end, each way of its steps, and its summary, by keys alone."""

from __future__ import annotations

import re

from flask import Flask
from playwright.sync_api import expect

from tests.browser.debrief_room import people_of_a_debrief
from tests.browser.debriefing import STEPS
from tests.browser.keys import Keys
from tests.browser.screens import find_faults
from tests.browser.tablet import ON_ITS_SIDE, Tablets, needs_browser
from tests.browser.team_cards import add_team, group_on_wall, post_agreed, post_cards
from tests.browser.visit_day import a_day, in_days
from tests.serving import Served

pytestmark = needs_browser

CARDS = ['S: "Because both sides have four."', 'S: "I counted the corners."']


def test_the_keyboard_alone_runs_a_debrief_to_the_opened_summary_and_axe_finds_nothing_at_any_step(
    app: Flask, served: Served, tablets: Tablets
):
    people = people_of_a_debrief(app)
    day = a_day(people["lead"], people["visitor"], host=people["host"])
    post_agreed(people["visitor"], day, day.team, CARDS, ("student",))
    tablet = tablets.another(served, ON_ITS_SIDE)
    tablet.sign_in(people["lead"])
    page = tablet.goto(f"/rounds/{day.round_id}/debrief")
    keys = Keys(page)

    def at(step: str) -> None:
        expect(page.get_by_role("heading", name=step, exact=True)).to_be_visible()
        assert find_faults(page) == [], step

    def go_on_to(step: str) -> None:
        keys.press(f"On to: {step}")
        at(step)

    keys.press("Begin the debrief")
    at("Reread, star and select")
    keys.press("+2 min")
    expect(page.get_by_role("timer")).to_have_text(re.compile("^2[12]:"))
    keys.press("Pause")
    expect(page.get_by_text("Paused")).to_be_visible()
    for step in STEPS[1:6]:
        go_on_to(step)

    keys.press(f"Move to… {CARDS[0]}")
    keys.press("New group")
    keys.type("Name this group", "Reasons are given")
    keys.press(f"Move to… {CARDS[1]}")
    keys.press("Reasons are given")
    expect(page.get_by_text("Every card is in a group.")).to_be_visible()

    go_on_to("Pattern statements")
    keys.press("Write a pattern")
    keys.choose("Students")
    keys.type("What we saw", "give a reason with their answer")
    keys.choose("many")
    keys.tick("The whole group: Reasons are given")
    keys.choose("We agree")
    keys.press("Done")
    expect(page.get_by_text("Students give a reason with their answer")).to_be_visible()

    go_on_to("Predict")
    keys.type("Your prediction", "I would know why.")
    keys.press("Write another prediction")
    keys.press("Show all together")
    expect(page.get_by_text("The two silent minutes")).to_be_visible()
    keys.press("Show all together")
    keys.tick("I would know why.")
    keys.press("Seal until the revisit")
    expect(page.get_by_text("Nobody can change these predictions afterwards.")).to_be_visible()
    keys.press("Seal until the revisit")
    expect(page.get_by_text("Opens at your revisit")).to_be_visible()

    go_on_to("The host speaks")
    heard = "In many of the classrooms we visited, students give a reason with their answer"
    expect(page.get_by_text(heard)).to_be_visible()
    go_on_to("Next level of work")
    keys.press("Add something to do")
    keys.type("What we will do", "Each team adds one why to a task")
    keys.choose("Next week")
    keys.choose("School")
    keys.reach("Who takes it on")
    page.keyboard.type("Grade teams")
    keys.reach("Check back on")
    year, month, day_of_month = in_days(14).split("-")
    page.keyboard.type(f"{month}{day_of_month}{year}")
    keys.press("Done")
    expect(page.get_by_text(re.compile("Grade teams"))).to_be_visible()

    go_on_to("Commit and reflect")
    keys.press("Close the debrief")
    expect(page.get_by_text("This debrief is closed.")).to_be_visible()
    assert find_faults(page) == []

    keys.press("Read the summary")
    expect(page.get_by_role("heading", name="Return summary")).to_be_visible()
    first_line = page.get_by_role("textbox", name="Thanks, the first line")
    expect(first_line).to_have_value(re.compile("^Thank you"))
    expect(page.get_by_text("Students give a reason with their answer")).to_be_visible()
    assert find_faults(page) == []

    hosts = tablets.another(served, ON_ITS_SIDE)
    hosts.sign_in(people["host"])
    page = hosts.goto(f"/rounds/{day.round_id}")
    keys = Keys(page)
    keys.press("Read the summary")
    keys.type("Your words beside the network’s", "We begin on Monday.")
    keys.tick("The network")
    expect(page.get_by_role("switch", name="The network")).to_be_checked()
    assert find_faults(page) == []
    visitors = tablets.another(served, ON_ITS_SIDE)
    visitors.sign_in(people["visitor"])
    read = visitors.goto(f"/rounds/{day.round_id}/summary")
    expect(read.get_by_text("We begin on Monday.")).to_be_visible()
    expect(read.get_by_text("Each team adds one why to a task")).to_be_visible()


def test_the_keyboard_alone_reads_cards_dots_them_joins_stacks_and_shows_them_to_the_room(
    app: Flask, served: Served, tablets: Tablets
):
    people = people_of_a_debrief(app)
    lead, visitor = people["lead"], people["visitor"]
    day = a_day(lead, visitor, host=people["host"])
    other = add_team(lead, day, "Team B", lead)
    theirs = post_agreed(visitor, day, day.team, CARDS, ("student",))
    ours = post_cards(lead, day, other, ["T: Why?", "T: Who sees it?", "A good task"], ("teacher",))
    group_on_wall(visitor, day, day.team, "Reasons given", theirs)
    group_on_wall(lead, day, other, "Reasons asked for", ours)
    tablet = tablets.another(served, ON_ITS_SIDE)
    tablet.sign_in(lead)
    page = tablet.goto(f"/rounds/{day.round_id}/debrief")
    keys = Keys(page)
    keys.press("Begin the debrief")
    keys.press("On to: Read and agree")
    in_hand = page.locator(".card-in-hand")
    expect(in_hand).to_contain_text("3 cards to read")

    keys.reach("We agree")
    for left in ("2 cards to read", "1 card to read"):
        # The focus stays on the button while the next card comes to hand.
        page.keyboard.press("Enter")
        expect(in_hand).to_contain_text(left)
        assert keys.name() == "We agree"
    assert find_faults(page) == []
    keys.press("Vague")
    expect(page.get_by_text("1 card is back with its author. Posted anew")).to_be_visible()
    assert find_faults(page) == []

    keys.press("On to: Cross-check")
    keys.press("Not about the problem of practice")
    dotted = page.get_by_role("button", name="Not about the problem of practice", pressed=True)
    expect(dotted).to_have_count(1)
    assert find_faults(page) == []

    for step in STEPS[3:6]:
        keys.press(f"On to: {step}")
        expect(page.get_by_role("heading", name=step, exact=True)).to_be_visible()
    keys.press("Place…: Reasons given")
    keys.press("Make it a group of its own")
    keys.press("Place…: Reasons asked for")
    keys.press("Join with: Reasons given")
    expect(page.locator(".wall-stack")).to_have_count(0)
    joined = page.locator(".wall-group").filter(has_text=CARDS[0])
    expect(joined).to_contain_text("T: ")

    keys.press("Show to the room")
    keys.press("Show this screen to the room")
    expect(page.get_by_role("button", name="End presenting")).to_be_visible()
    assert find_faults(page) == []
    keys.press("On to: Pattern statements")
    expect(page.get_by_role("heading", name="Pattern statements")).to_be_visible()
    keys.press("End presenting")
    keys.press("It is off: end presenting")
    expect(page.get_by_role("button", name="Write a pattern")).to_be_visible()
