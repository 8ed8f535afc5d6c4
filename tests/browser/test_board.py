"""Each team's own wall, then one wall: two teams, one tablet of them offline in between."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from tests.browser.debrief_room import people_of_a_debrief, two_tablets
from tests.browser.debriefing import card, go_on_to, move_to, name_group_of, next_step, wall
from tests.browser.hands import press
from tests.browser.link import Link
from tests.browser.screens import find_faults
from tests.browser.seen_by_host import VISIT, find_no_way_in_rows
from tests.browser.tablet import Tablet, Tablets, needs_browser
from tests.browser.team_cards import add_team, post_agreed
from tests.browser.visit_day import Day, a_day
from tests.make import Somebody
from tests.serving import Served
from tests.sync.talk import pull

pytestmark = needs_browser

OURS = [f"S: our answer {number}" for number in range(6)]
THEIRS = [f"T: their question {number}" for number in range(6)]
WALL_BEGINS = 360
"""Pixels from the top of an 820 pixels high screen: more than half of it is wall."""
HEAD_OF_A_PAGE = 170
"""Pixels from the top of a phone: above what one presses in a step."""
TEAM_KINDS = {"team_group", "team_place", "card_source", "dot"}


@dataclass
class Room:
    """The lead is in Team B, the visitor in Team A, whose tablet's link can be cut."""

    lead: Tablet
    visitor: Tablet
    people: dict[str, Somebody]
    day: Day
    team_b: str

    @property
    def path(self) -> str:
        return f"/rounds/{self.day.round_id}/debrief"


@pytest.fixture
def room(app: Flask, served: Served, link: Link, tablets: Tablets) -> Room:
    people = people_of_a_debrief(app)
    lead, visitor = people["lead"], people["visitor"]
    day = a_day(lead, visitor, host=people["host"])
    team_b = add_team(lead, day, "Team B", lead)
    post_agreed(visitor, day, day.team, OURS, ("student",))
    post_agreed(lead, day, team_b, THEIRS, ("student",))
    of_lead, of_visitor = two_tablets(tablets, (served, lead), (link, visitor))
    return Room(of_lead, of_visitor, people, day, team_b)


def begin(room: Room) -> tuple[Page, Page]:
    """Both tablets at the step in which each team groups on its own wall."""
    lead = room.lead.goto(room.path)
    press(lead, "Begin the debrief")
    visitor = room.visitor.goto(room.path)
    go_on_to(lead, "Group on the team’s wall")
    expect(visitor.get_by_role("heading", name="Wall of Team A")).to_be_visible(timeout=20_000)
    expect(visitor.locator(".wall-card")).to_have_count(len(OURS))
    return lead, visitor


def begins_high(page: Page) -> None:
    """On a tablet turned wide more than half of the screen is wall; then look far down."""
    page.set_viewport_size({"width": 1180, "height": 820})
    page.evaluate("scrollTo(0, 0)")
    box = page.locator(".wall-frame .wall").bounding_box()
    assert box
    assert box["y"] < WALL_BEGINS
    page.evaluate("scrollTo(0, document.body.scrollHeight)")


def says_at_the_head_what_is_undone(page: Page, *texts: str) -> None:
    """One at a time, on a phone too: what is pressed next lies below it, and is never covered."""
    page.set_viewport_size({"width": 390, "height": 844})
    for text in texts:
        move_to(page, text, "Fits nowhere yet")
        expect(undo(page, text)).to_be_visible()
    expect(page.locator(".toast:visible")).to_have_count(1)
    told = page.locator(".toasts").bounding_box()
    assert told
    assert told["y"] + told["height"] <= HEAD_OF_A_PAGE
    for text in reversed(texts):
        undo(page, text).click()
    expect(page.locator(".wall-apart .wall-card")).to_have_count(0)
    page.set_viewport_size({"width": 1180, "height": 820})


def undo(page: Page, text: str) -> Locator:
    return page.get_by_role("button", name=f"Undo: “{text}” was moved.")


def group(page: Page, name: str, *texts: str) -> None:
    move_to(page, texts[0], "New group")
    name_group_of(page, texts[0], name)
    for text in texts[1:]:
        move_to(page, text, name)


def stack(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=f"A team’s group: {name}")


def act_on(page: Page, name: str, act: str) -> None:
    """Press an entry in the menu of this name."""
    press(page, name)
    page.locator("dialog[open] .menu-item").filter(has_text=act).first.click()


def test_teams_group_apart_then_make_one_wall_and_the_host_learns_of_no_team(room: Room):
    lead, visitor = begin(room)
    expect(lead.get_by_role("radio", name="Team B")).to_be_checked()
    expect(lead.get_by_role("heading", name="Wall of Team B")).to_be_visible()

    room.visitor.go_offline()
    group(visitor, "What they say", OURS[0], OURS[1])
    group(visitor, "What they write", OURS[2], OURS[3])
    move_to(visitor, OURS[4], "Fits nowhere yet")
    group(lead, "What is asked", THEIRS[0], THEIRS[1])
    room.visitor.go_online()
    given = pull(room.people["host"], limit=1000)["rows"]
    assert not [row for row in given if row["kind"] in {"group", *TEAM_KINDS}]

    says_at_the_head_what_is_undone(lead, THEIRS[4], THEIRS[5])
    begins_high(lead)
    assert next_step(lead) == "Gallery walk"
    expect(lead.get_by_role("heading", name="Wall of Team A")).to_be_visible()
    assert lead.evaluate("() => scrollY") == 0, "a new step begins at its head"
    expect(lead.get_by_role("heading", name="What they say")).to_be_visible(timeout=20_000)
    expect(lead.get_by_role("button", name="Move to…")).to_have_count(0)
    assert find_faults(lead) == []
    press(lead, "Next wall")
    expect(lead.get_by_role("heading", name="Wall of Team B")).to_be_visible()

    assert next_step(lead) == "One wall together"
    expect(lead.get_by_role("heading", name="One wall: everyone’s cards")).to_be_visible()
    act_on(lead, "Place…: What they say", "Join with: What is asked")
    expect(lead.locator(".wall-group").filter(has=card(lead, OURS[0]))).to_contain_text(THEIRS[1])
    press(lead, "Open: What they write")
    move_to(lead, OURS[3], "New group")
    press(lead, "Make each a group of its own")
    expect(lead.get_by_text("Groups that the teams bring")).to_have_count(0)
    assert find_faults(lead) == []

    expect(visitor.locator(".wall .wall-group")).to_have_count(5, timeout=20_000)
    expect(visitor.locator(".wall")).to_contain_text(OURS[3])
    assert dict(wall(visitor)) == dict(wall(lead))
    assert dict(wall(lead))["What they write"] == [OURS[2]]
    hung = lead.locator(".wall-card-text").all_text_contents()
    assert sorted(hung) == sorted([*OURS, *THEIRS])

    assert next_step(lead) == "Pattern statements"
    expect(visitor.get_by_role("heading", name="Pattern statements")).to_be_visible(timeout=20_000)
    given = pull(room.people["host"], limit=1000)["rows"]
    assert not [row for row in given if row["kind"] in TEAM_KINDS]
    authors = [room.people[who].member_id for who in ("lead", "visitor")]
    hidden = [*room.day.classrooms, *room.day.slots, room.day.team, room.team_b, *authors]
    assert len(find_no_way_in_rows(given, hidden)) == len(OURS) + len(THEIRS)
    groups = [row for row in given if row["kind"] == "group"]
    assert len(groups) == 3
    assert {name for row in groups for name in row["fields"]} <= {"name", "order"}


def test_the_keyboard_carries_a_card_from_place_to_place_and_says_where_it_is(room: Room):
    _, visitor = begin(room)
    group(visitor, "What they say", OURS[0])
    grip = visitor.get_by_role("button", name=f"Drag: {OURS[1]}")
    said = visitor.locator(".wall-frame [role=status]")

    grip.focus()
    visitor.keyboard.press("Space")
    expect(said).to_have_text("Card picked up. It lies at: Not grouped yet.")
    visitor.keyboard.press("ArrowLeft")
    expect(said).to_have_text("Over: What they say.")
    visitor.keyboard.press("Escape")
    expect(said).to_have_text("Card put back.")
    visitor.keyboard.press("Space")
    visitor.keyboard.press("ArrowLeft")
    visitor.keyboard.press("Space")

    expect(said).to_have_text("Card put down at: What they say.")
    home = visitor.locator(".wall-group").filter(has=card(visitor, OURS[1]))
    expect(home.locator(".wall-card")).to_have_count(2)
    expect(grip).to_be_focused()


def centre(place: Locator) -> tuple[float, float]:
    """Where it is now: whoever asks scrolls first."""
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def home_of(page: Page, text: str) -> Locator:
    return page.locator(".wall-group").filter(has=card(page, text)).locator("textarea")


def test_a_card_is_carried_by_its_grip_with_a_mouse_and_by_a_long_press_with_a_finger(room: Room):
    _, visitor = begin(room)
    group(visitor, "What they say", OURS[0])
    held = visitor.locator("[data-dnd-dragging]").first
    place = visitor.locator(".wall-group", has=card(visitor, OURS[0]))

    visitor.locator(".wall-grid").last.evaluate("wall => wall.scrollIntoView()")
    visitor.mouse.move(*centre(visitor.get_by_role("button", name=f"Drag: {OURS[1]}")))
    visitor.mouse.down()
    visitor.mouse.move(*centre(place), steps=12)
    expect(held).to_be_attached()
    expect(place).to_have_attribute("data-over", "")
    visitor.mouse.up()
    expect(home_of(visitor, OURS[1])).to_have_value("What they say")

    finger = visitor.context.new_cdp_session(visitor)
    finger.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def touch(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": x, "y": y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    (x, y), (to_x, to_y) = centre(card(visitor, OURS[2]).locator("p").first), centre(place)
    touch("touchStart", (x, y))
    expect(held).to_be_attached()
    for step in range(1, 13):
        touch("touchMove", (x + (to_x - x) * step / 12, y + (to_y - y) * step / 12))
    expect(place).to_have_attribute("data-over", "")
    touch("touchEnd")
    expect(home_of(visitor, OURS[2])).to_have_value("What they say")


def test_a_part_of_the_wall_is_looked_at_by_core_element_and_by_team_and_never_by_classroom(
    room: Room,
):
    lead, visitor = begin(room)
    go_on_to(lead, "One wall together")
    expect(visitor.locator(".wall .wall-card")).to_have_count(len(OURS) + len(THEIRS))

    visitor.get_by_text("Look at a part").click()
    visitor.get_by_label("Team", exact=True).select_option(label="Team B")
    expect(visitor.locator(".wall .wall-card")).to_have_count(len(THEIRS))
    visitor.get_by_label("Core element").select_option(label="Teacher")
    expect(visitor.locator(".wall .wall-card")).to_have_count(0)
    press(visitor, "Show all")
    expect(visitor.locator(".wall .wall-card")).to_have_count(len(OURS) + len(THEIRS))

    expect(visitor.locator(".wall-tools select")).to_have_count(3)
    choices = visitor.locator(".wall-tools option").all_text_contents()
    assert not [words for words in choices if VISIT.search(words)]


RECTANGLES = """(selector) => [...document.querySelectorAll(selector)].map((each) => {
  const { left, right, top, bottom } = each.getBoundingClientRect();
  return [left, right, top, bottom];
})"""


def test_what_was_done_is_told_above_the_leads_strip_also_at_the_end_of_the_page(room: Room):
    lead, _ = begin(room)
    go_on_to(lead, "One wall together")
    lead.locator(".wall-card").first.get_by_role("button", name="Move to").click()
    lead.locator("dialog[open] .menu-item").first.click()
    expect(lead.locator(".toast")).to_be_visible()

    lead.evaluate("() => scrollTo(0, document.documentElement.scrollHeight)")
    [(left, right, top, bottom)] = lead.evaluate(RECTANGLES, ".toast")
    buttons = lead.evaluate(RECTANGLES, ".control-strip .button")

    assert len(buttons) >= 4
    for begins, ends, head, foot in buttons:
        assert ends <= left or begins >= right or foot <= top or head >= bottom
