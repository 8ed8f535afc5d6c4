"""One debrief on two tablets, one of them offline in between, down to the next level of work."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from server import clock
from tests.browser.debrief_room import people_of_a_debrief, two_tablets
from tests.browser.debriefing import (
    close_debrief,
    go_on_to,
    move_to,
    name_group_of,
    plan_next_level,
    predict,
    read_aloud,
    wall,
    write_pattern,
)
from tests.browser.hands import press
from tests.browser.link import Link
from tests.browser.screens import find_faults
from tests.browser.tablet import Tablet, Tablets, needs_browser
from tests.browser.visit_day import Day, a_day
from tests.make import Somebody
from tests.serving import Served
from tests.sync.talk import a_change, pull, push, statuses

pytestmark = needs_browser

CARDS = 60
MEET_WITHIN = 60
TO_READ = 4
"""Cards that are still to be read aloud; the others were agreed before the browsers open."""


@dataclass
class Room:
    """Two tablets in one debrief: the lead's, and a visitor's whose link can be cut."""

    lead: Tablet
    visitor: Tablet
    people: dict[str, Somebody]
    day: Day

    @property
    def path(self) -> str:
        return f"/rounds/{self.day.round_id}/debrief"


def post_cards(author: Somebody, day: Day) -> None:
    """Sixty cards of one visitor from four classrooms, all but the last few agreed on."""
    changes = []
    for number in range(CARDS):
        card = clock.new_id()
        standing = "agreed" if number < CARDS - TO_READ else "posted"
        values = {"text": f"S: answer {number}", "element": "student", "standing": standing}
        changes.append(
            a_change(author, kind="card", record=card, scope=f"round:{day.round_id}", set=values)
        )
        source = {
            "card": card,
            "classroom": day.classrooms[number % len(day.classrooms)],
            "team": day.team,
            "member": author.member_id,
            "minute": number % 20,
        }
        changes.append(
            a_change(
                author,
                kind="card_source",
                record=clock.new_id(),
                scope=f"visitors:{day.round_id}",
                set=source,
            )
        )
    assert set(statuses(push(author, *changes))) == {"applied"}


@pytest.fixture
def room(app: Flask, served: Served, link: Link, tablets: Tablets) -> Room:
    people = people_of_a_debrief(app)
    day = a_day(people["lead"], people["visitor"], host=people["host"])
    post_cards(people["visitor"], day)
    both = two_tablets(tablets, (served, people["lead"]), (link, people["visitor"]))
    return Room(*both, people, day)


def test_two_tablets_one_of_them_offline_finish_one_debrief_and_see_the_same_wall(room: Room):
    lead = room.lead.goto(room.path)
    press(lead, "Begin the debrief")
    visitor = room.visitor.goto(room.path)
    go_on_to(lead, "Read and agree")
    read_aloud(visitor, TO_READ)
    go_on_to(lead, "Group on the team’s wall")
    expect(visitor.locator(".wall-card").first).to_be_visible(timeout=20_000)

    see_each_other(lead, visitor)
    room.visitor.go_offline()
    move_to(visitor, "answer 7", "New group")
    name_group_of(visitor, "answer 7", "Written by the visitor")
    move_to(visitor, "answer 12", "Written by the visitor")
    move_to(lead, "answer 31", "New group")
    name_group_of(lead, "answer 31", "Written by the lead")
    move_to(lead, "answer 30", "Written by the lead")
    move_to(lead, "answer 12", "Written by the lead")  # Both moved it: either may have it.
    room.visitor.go_online()

    for page in (lead, visitor):
        expect(page.locator(".wall-group")).to_have_count(5)
    expect_same_wall(lead, visitor)
    hung = [text for _, cards in wall(lead) for text in cards]
    assert sorted(hung) == sorted(f"S: answer {number}" for number in range(CARDS))

    write_pattern(lead, "answer with one number", "Written by the lead")
    predict(lead, visitor)
    plan_next_level(lead)
    close_debrief(lead)
    expect(visitor.get_by_text("This debrief is closed.")).to_be_visible(timeout=20_000)
    assert find_faults(lead) == []


def see_each_other(lead: Page, visitor: Page) -> None:
    """Who is at a group or a pattern is said beside it, in words, until they leave it."""
    move_to(lead, "answer 50", "New group")
    group = visitor.locator(".wall-group", has_text="answer 50")
    field = lead.locator(".wall-group", has_text="answer 50").locator("textarea")
    field.focus()
    expect(group.get_by_text("Lead Sample is editing")).to_be_visible()
    field.blur()
    expect(visitor.locator(".presence")).to_have_count(0)

    press(visitor, "Write a pattern")
    sheet = visitor.locator("dialog[open]")
    row = lead.locator(".row", has_text="A pattern without words yet")
    row.click()
    lead.locator("dialog[open]").get_by_role("textbox", name="What we saw", exact=True).focus()
    expect(sheet.locator(".presence-line")).to_have_text("Lead Sample is editing")
    press(lead.locator("dialog[open]"), "Done")
    expect(sheet.locator(".presence-line")).to_have_text("")
    press(sheet, "Remove the pattern")
    expect(lead.locator(".presence")).to_have_count(0)


def expect_same_wall(one: Page, other: Page) -> None:
    """The same groups with the same cards in the same order, and what both did is there."""
    until = time.monotonic() + MEET_WITHIN
    while time.monotonic() < until:
        hung = dict(wall(one))
        theirs = "S: answer 7" in hung.get("Written by the visitor", [])
        ours = "S: answer 31" in hung.get("Written by the lead", [])
        if theirs and ours and wall(one) == wall(other):
            return
        one.wait_for_timeout(200)
    assert wall(one) == wall(other)
    raise AssertionError(f"not all moves arrived: {wall(one)[1:-1]}")


def test_the_host_finds_no_way_from_a_card_to_a_classroom(room: Room, tablets: Tablets):
    """Rule 15, on what a host's device is given and on what the debrief shows."""
    host = room.people["host"]
    lead = room.lead.goto(room.path)
    press(lead, "Begin the debrief")
    visitor = room.visitor.goto(room.path)
    go_on_to(lead, "Read and agree")
    tablet = tablets.another(room.lead.at)
    tablet.sign_in(host)
    page = tablet.goto(room.path)
    expect(page.get_by_text("The teams are reading their cards.")).to_be_visible()
    assert "answer" not in page.locator("main").inner_text()
    assert "card" not in {row["kind"] for row in pull(host, limit=1000)["rows"]}

    read_aloud(visitor, TO_READ)
    go_on_to(lead, "One wall together")
    move_to(lead, "answer 7", "New group")
    name_group_of(lead, "answer 7", "Laid meanwhile")
    expect(visitor.get_by_role("region", name="Laid meanwhile")).to_be_visible()
    expect(page.get_by_text("You see the wall as it stood when this step began.")).to_be_visible()
    expect(page.locator(".wall-card")).to_have_count(CARDS)
    expect(page.get_by_role("region", name="Laid meanwhile")).to_have_count(0)
    assert find_faults(page) == []
    go_on_to(lead, "Pattern statements")
    expect(page.get_by_role("region", name="Laid meanwhile")).to_contain_text("answer 7")

    rows = pull(host, limit=1000)["rows"]
    cards = [row for row in rows if row["kind"] == "card"]
    assert len(cards) == CARDS
    assert len({row["seq"] for row in cards}) == 1
    assert not [row for row in rows if row["kind"] in ("card_source", "note", "observation")]
    for row in cards:
        assert set(row["fields"]) <= {"text", "element", "standing", "position"}
        for heads in row["fields"].values():
            assert not [head for head in heads if "by" in head or "T" in head.get("made_at", "")]


JUDGES = "The lesson was engaging"
IN_OTHER_WORDS = "9 of 12 students wrote in the first minute"


def second_team(lead: Somebody, day: Day) -> str:
    """The lead's own team, with one agreed card that still judges; the team's id."""
    team = clock.new_id()
    scope = f"round:{day.round_id}"
    values = {"name": "Team B", "order": 2, f"members/{lead.member_id}": True}
    made = a_change(lead, kind="team", record=team, scope=scope, set=values)
    assert statuses(push(lead, made)) == ["applied"]
    post_one(lead, day, team, JUDGES, "agreed")
    return team


def post_one(author: Somebody, day: Day, team: str, text: str, standing: str) -> None:
    card = clock.new_id()
    values = {"text": text, "element": "task", "standing": standing}
    source = {
        **{"card": card, "classroom": day.classrooms[0], "team": team},
        **{"member": author.member_id, "minute": 3},
    }
    scopes = (("card", card, "round", values), ("card_source", clock.new_id(), "visitors", source))
    changes = [
        a_change(author, kind=kind, record=record, scope=f"{where}:{day.round_id}", set=set_)
        for kind, record, where, set_ in scopes
    ]
    assert set(statuses(push(author, *changes))) == {"applied"}


def test_a_dot_of_the_other_team_leads_to_a_card_in_other_words_and_the_host_has_no_part(
    room: Room,
):
    second_team(room.people["lead"], room.day)
    lead = room.lead.goto(room.path)
    press(lead, "Begin the debrief")
    visitor = room.visitor.goto(room.path)
    go_on_to(lead, "Cross-check")
    expect(visitor.get_by_text("Cards of Team B")).to_be_visible()
    judges = visitor.get_by_role("group", name=f"A dot on: {JUDGES}").get_by_role(
        "button", name="Still judges"
    )
    judges.click()
    expect(judges).to_have_attribute("aria-pressed", "true")
    expect(lead.get_by_role("button", name=f"Rewrite: {JUDGES}")).to_be_visible()

    room.visitor.go_offline()
    press(lead, f"Rewrite: {JUDGES}")
    sheet = lead.locator("dialog[open]")
    words = sheet.get_by_role("textbox", name="In other words")
    words.fill(IN_OTHER_WORDS)
    press(sheet, "Close")
    press(lead, f"Rewrite: {JUDGES}")
    expect(words).to_have_value(IN_OTHER_WORDS)
    press(sheet, "We agree on these words")
    expect(lead.get_by_text("No dot on a card of yours so far.")).to_be_visible()
    lead.get_by_text("The life of your cards").click()
    life = lead.locator(".decided .row")
    expect(life.filter(has_text=f"Became: “{IN_OTHER_WORDS}”")).to_contain_text("Still judges")
    expect(life.filter(has_text=f"Came from: “{JUDGES}”")).to_contain_text("Agreed")
    assert find_faults(lead) == []

    room.visitor.go_online()
    expect(visitor.locator(".checked-card", has_text=IN_OTHER_WORDS)).to_be_visible()
    expect(visitor.locator(".checked-card", has_text=JUDGES)).to_have_count(0)
    held = [row["kind"] for row in pull(room.people["lead"], limit=1000)["rows"]]
    assert "dot" in held
    rows = pull(room.people["host"], limit=1000)["rows"]
    assert not [row for row in rows if row["kind"] in ("dot", "card_source")]


def test_a_card_that_comes_late_waits_in_a_tray_until_its_team_agrees(room: Room):
    lead = room.lead.goto(room.path)
    press(lead, "Begin the debrief")
    visitor = room.visitor.goto(room.path)
    go_on_to(lead, "Read and agree")
    read_aloud(visitor, TO_READ)
    go_on_to(lead, "Group on the team’s wall")
    expect(visitor.locator(".wall-card")).to_have_count(CARDS)

    post_one(room.people["visitor"], room.day, room.day.team, "T: And why?", "posted")
    expect(visitor.get_by_role("heading", name="Late tray")).to_be_visible()
    expect(lead.locator(".wall-card", has_text="T: And why?")).to_have_count(0)
    press(visitor, "We agree")
    expect(lead.locator(".wall-card", has_text="T: And why?")).to_be_visible()
    expect(visitor.get_by_role("heading", name="Late tray")).to_have_count(0)
