"""A lead, two observers and a television through every step of a debrief.

One observer's tablet is offline in the middle; at the end all show the same, and the
television has followed every step, readable by axe's rules and without anybody's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.debriefing import (
    STEPS,
    move_to,
    name_group_of,
    next_step,
    plan_next_level,
    read_aloud,
    wall,
    write_pattern,
)
from tests.browser.hands import press, press_and_say_yes, tick
from tests.browser.link import Link
from tests.browser.screens import find_faults
from tests.browser.tablet import ON_ITS_SIDE, Tablet, Tablets, needs_browser
from tests.browser.team_cards import add_team, post_cards
from tests.browser.visit_day import a_day
from tests.make import Somebody, a_member, a_network
from tests.serving import Served
from tests.sync.talk import a_part, push, statuses

pytestmark = needs_browser

TELEVISION = (1920, 1080)
OURS = ['S: "Because both sides have four."', 'S: "I counted the corners."']
THEIRS = ['T: "Who can say it in other words?"', 'T: "Why?" T: waits, nine seconds.']


@dataclass
class WholeRoom:
    """robin is in Team A, ana in Team B on a tablet whose link can be cut; the lead in neither."""

    lead: Page
    robin: Page
    ana: Page
    anas: Tablet
    screen: Page
    followed: list[str] = field(default_factory=list)

    def go_on(self, step: str) -> None:
        """The lead goes on, and the room sees it on the wall."""
        assert next_step(self.lead) == step
        self.seen(step)

    def seen(self, step: str) -> None:
        expect(self.screen.get_by_role("heading", level=1)).to_have_text(step)
        self.followed.append(step)
        shown = str(self.screen.evaluate("() => document.title + document.body.textContent"))
        assert not re.search(r"Sample|\bV\d\b|Team [AB]", shown), shown
        assert find_faults(self.screen) == [], step


@pytest.fixture
def room(app: Flask, served: Served, link: Link, tablets: Tablets) -> WholeRoom:
    network = a_network()
    lead = a_member(app, network, "lead", name="Lead Sample")
    robin, ana = (a_member(app, network, name=f"{name} Sample") for name in ("Robin", "Ana"))
    host = a_member(app, network, name="Host Sample")
    day = a_day(lead, robin, host=host, title="The day at Alder")
    team_b = add_team(lead, day, "Team B", ana)
    assert statuses(push(lead, a_part(lead, day.round_id, ana, "visitor"))) == ["applied"]
    post_cards(robin, day, day.team, OURS, ("student",))
    post_cards(ana, day, team_b, THEIRS, ("student",))

    def debrief_of(who: Somebody, at: Served | Link) -> Tablet:
        tablet = tablets.another(at, ON_ITS_SIDE)
        tablet.sign_in(who)
        tablet.wait_until_installed()
        tablet.goto(f"/rounds/{day.round_id}/debrief")
        return tablet

    leads, robins, anas = debrief_of(lead, served), debrief_of(robin, served), debrief_of(ana, link)
    screen = tablets.another(served, TELEVISION).open("/screen")
    expect(screen.locator(".room-digits")).to_be_visible()
    return WholeRoom(leads.page, robins.page, anas.page, anas, screen)


def group_on_own_wall(page: Page, name: str, texts: list[str]) -> None:
    expect(page.locator(".wall-card")).to_have_count(len(texts))
    move_to(page, texts[0], "New group")
    name_group_of(page, texts[0], name)
    move_to(page, texts[1], name)


def assert_a_card_in_sight_on_a_phone(lead: Page) -> None:
    """Whoever leads with a phone reads a whole card at a team's wall before they scroll."""
    lead.set_viewport_size({"width": 390, "height": 844})
    card = lead.locator(".wall-card").first.bounding_box()
    strip = lead.locator(".control-strip").bounding_box()
    assert card
    assert strip
    assert card["y"] + card["height"] <= strip["y"]
    width, height = ON_ITS_SIDE
    lead.set_viewport_size({"width": width, "height": height})


def test_a_lead_two_observers_and_a_television_go_through_every_step_one_of_them_offline(
    room: WholeRoom,
):
    lead, robin, ana = room.lead, room.robin, room.ana
    press(lead, "Begin the debrief")
    press(lead, "Show to the room")
    digits = room.screen.locator(".room-digits").inner_text()
    lead.get_by_label("The digits that it shows").fill(digits)
    press(lead, "Show there")
    room.seen(STEPS[0])

    room.go_on("Read and agree")
    for observer, cards in ((robin, OURS), (ana, THEIRS)):
        read_aloud(observer, len(cards))
    room.go_on("Cross-check")
    room.go_on("Group on the team’s wall")
    expect(ana.get_by_role("heading", name="Wall of Team B")).to_be_visible()

    assert_a_card_in_sight_on_a_phone(lead)

    room.anas.go_offline()
    group_on_own_wall(ana, "What is asked", THEIRS)
    group_on_own_wall(robin, "Reasons are given", OURS)
    room.go_on("Gallery walk")
    expect(ana.get_by_role("heading", name="Wall of Team B")).to_be_visible()
    room.anas.go_online()
    expect(ana.get_by_role("heading", name="Gallery walk", exact=True)).to_be_visible()

    room.go_on("One wall together")
    for name in ("What is asked", "Reasons are given"):
        press(lead, f"Place…: {name}")
        choices = lead.locator("dialog[open] .menu-item")
        choices.filter(has_text="Make it a group of its own").first.click()
        expect(room.screen.get_by_role("heading", name=name)).to_be_visible()
    for observer in (robin, ana):
        expect(observer.get_by_text("Groups that the teams bring")).to_have_count(0)
        assert dict(wall(observer)) == dict(wall(lead))
    for text in (*OURS, *THEIRS):
        expect(room.screen.get_by_text(text)).to_be_visible()

    room.go_on("Pattern statements")
    write_pattern(lead, "give a reason with their answer", "Reasons are given")
    expect(room.screen.get_by_text("Students give a reason")).to_be_visible()

    room.go_on("Predict")
    ana.get_by_role("textbox", name="Your prediction", exact=True).fill("I would know why.")
    press(ana, "Write another prediction")
    expect(lead.get_by_role("button", name="Show all together")).to_be_enabled()
    expect(room.screen.get_by_text("I would know why.")).to_have_count(0)
    press_and_say_yes(lead, "Show all together")
    expect(room.screen.get_by_text("I would know why.")).to_be_visible()
    tick(lead.get_by_label("I would know why."))
    press_and_say_yes(lead, "Seal until the revisit")
    expect(room.screen.get_by_text("Opens at your revisit")).to_be_visible()
    expect(room.screen.get_by_text("I would know why.")).to_have_count(0)

    room.go_on("The host speaks")
    plan_next_level(lead)
    room.seen("Next level of work")
    expect(room.screen.get_by_text("Each team adds one why to a task")).to_be_visible()
    room.go_on("Commit and reflect")
    press(lead, "Close the debrief")
    expect(room.screen.get_by_text("The debrief is closed.")).to_be_visible()
    for observer in (robin, ana):
        expect(observer.get_by_text("This debrief is closed.")).to_be_visible()
    assert set(room.followed) == set(STEPS)
