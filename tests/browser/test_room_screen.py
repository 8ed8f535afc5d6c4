"""A television shows a debrief to the room: what it shows, and what it never does."""

from __future__ import annotations

import re

from flask import Flask
from playwright.sync_api import Page, expect

from server import clock
from server.domain.identifiers import debrief_id
from server.domain.runbooks import runbook_id, step_id
from tests.browser.debrief_room import people_of_a_debrief
from tests.browser.debriefing import go_on_to, move_to, name_group_of, write_pattern
from tests.browser.hands import press
from tests.browser.link import Link
from tests.browser.presented import end_presenting, show_this_screen
from tests.browser.screens import find_faults
from tests.browser.tablet import ON_ITS_SIDE, Tablets, needs_browser
from tests.browser.team_cards import lay_on_the_one_wall, post_agreed
from tests.browser.visit_day import Day, a_day
from tests.make import Somebody
from tests.serving import Served
from tests.sync.talk import a_change, push, statuses

pytestmark = needs_browser

TELEVISION = (1920, 1080)
WORDS = ('S: "Because both sides have four."', 'S: "I counted the corners."')


def type_digits(lead: Page, digits: str) -> None:
    lead.get_by_label("The digits that it shows").fill(digits)
    press(lead, "Show there")


def digits_on(screen: Page) -> str:
    shown = screen.locator(".room-digits")
    expect(shown).to_have_text(re.compile(r"^\d{3} \d{3}$"))
    return shown.inner_text()


def room_on(page: Page) -> str:
    """What stands on the page of the step, but for the time that passes."""
    expect(page.locator(".room")).to_be_visible()
    return str(
        page.locator(".room").evaluate(
            "room => [...room.querySelectorAll('h1, h2, li, .room-soft')]"
            ".map(each => each.textContent).join('\\n')"
        )
    )


def shown_on(screen: Page) -> str:
    return str(screen.evaluate("() => document.title + document.body.textContent"))


def test_a_television_follows_the_debrief_shows_nobodys_name_and_is_dark_once_it_is_taken_off(
    app: Flask, served: Served, link: Link, tablets: Tablets
):
    people = people_of_a_debrief(app)
    day = a_day(people["lead"], people["visitor"], host=people["host"])
    post_agreed(people["visitor"], day, day.team, [*WORDS], ("student",))
    tablet = tablets.another(served, ON_ITS_SIDE)
    tablet.sign_in(people["lead"])
    television = tablets.another(link, TELEVISION)
    screen = television.open("/screen")
    digits = digits_on(screen)
    assert find_faults(screen) == []

    lead = tablet.goto(f"/rounds/{day.round_id}/debrief")
    press(lead, "Begin the debrief")
    press(lead, "Show to the room")
    type_digits(lead, "000000" if digits != "000 000" else "111111")
    expect(lead.get_by_text("No screen shows these digits.")).to_be_visible()
    type_digits(lead, digits)
    expect(screen.get_by_role("heading", level=1)).to_have_text("Reread, star and select")
    expect(lead.get_by_role("dialog")).to_be_hidden()
    press(lead, "Show to the room")
    expect(lead.get_by_text("A screen, since")).to_be_visible()
    lead.keyboard.press("Escape")

    go_on_to(lead, "One wall together")
    for words in WORDS:
        expect(screen.get_by_text(words)).to_be_visible()
    move_to(lead, WORDS[0], "New group")
    name_group_of(lead, WORDS[0], "Reasons are given")
    move_to(lead, WORDS[1], "Reasons are given")
    given = screen.locator(".room-group", has_text="Reasons are given")
    for words in WORDS:
        expect(given.get_by_text(words)).to_be_visible()
    assert find_faults(screen) == []

    show_this_screen(lead)
    assert room_on(lead) == room_on(screen), "mirrored or told by the server, a room sees the same"
    end_presenting(lead)

    television.go_offline()
    go_on_to(lead, "Pattern statements")
    write_pattern(lead, "give a reason with their answer", "Reasons are given")
    expect(screen.get_by_text("Not connected since")).to_be_visible()
    expect(screen.get_by_role("heading", name="Reasons are given")).to_be_visible()
    television.go_online()
    expect(screen.get_by_text("Students give a reason with their answer")).to_be_visible()
    expect(screen.get_by_text("Not connected since")).to_be_hidden()

    shown = shown_on(screen)
    for name in ("Lead Sample", "Robin Sample", "Host Sample"):
        assert name not in shown
    assert re.search(r"\bV\d\b", shown) is None
    screen.reload()
    expect(screen.get_by_text("Students give a reason with their answer")).to_be_visible()

    press(lead, "Show to the room")
    lead.get_by_role("button", name=re.compile("^Take off")).click()
    expect(screen.get_by_text("The debrief was taken off this screen.")).to_be_visible()
    press(screen, "Show new digits")
    assert digits_on(screen) != digits


def stand_at(lead: Somebody, day: Day, activity: str) -> None:
    """Of the phase in which walls and patterns are made."""
    step = step_id(runbook_id(day.round_id, "full"), activity)
    where = {"kind": "debrief", "record": debrief_id(day.round_id)}
    scope = f"round:{day.round_id}"
    stands = a_change(lead, scope=scope, set={"phase": "analyze", "step": step}, **where)
    assert statuses(push(lead, stands)) == ["applied"]


def shown_on_a_television(tablets: Tablets, served: Served, lead: Somebody, day: Day) -> Page:
    """A television that the lead's tablet shows the debrief on."""
    tablet = tablets.another(served, ON_ITS_SIDE)
    tablet.sign_in(lead)
    screen = tablets.another(served, TELEVISION).open("/screen")
    digits = digits_on(screen)
    page = tablet.goto(f"/rounds/{day.round_id}/debrief")
    press(page, "Show to the room")
    type_digits(page, digits)
    expect(page.get_by_role("dialog")).to_be_hidden()
    return screen


def test_a_wall_of_hundreds_of_cards_fits_a_television_that_nobody_scrolls(
    app: Flask, served: Served, tablets: Tablets
):
    people = people_of_a_debrief(app)
    day = a_day(people["lead"], people["visitor"], host=people["host"])
    as_long_as_may_be = "S: " + "and then I counted again " * 2_000
    texts = [f'T: "Who can say it in other words?" S: "Number {at}."' for at in range(400)]
    elements = ("student", "teacher", "task", "relation")
    ids = post_agreed(people["visitor"], day, day.team, [as_long_as_may_be, *texts], elements)
    lay_on_the_one_wall(people["lead"], day, ids, 24)
    screen = shown_on_a_television(tablets, served, people["lead"], day)
    stand_at(people["lead"], day, "one_wall")

    expect(screen.get_by_role("heading", level=2)).to_have_count(24)
    for name in range(24):
        expect(screen.get_by_role("heading", name=f"Idea {name}", exact=True)).to_be_in_viewport()
    expect(screen.get_by_text("all of them hang on the tablets’ wall")).to_be_visible()
    body = screen.locator(".room-body")
    assert body.evaluate("each => each.scrollHeight <= each.clientHeight")
    card = screen.locator(".room-wall li").first
    assert card.evaluate("each => each.offsetHeight") < 100, "a card of 64 KiB is cut, too"
    assert card.evaluate("each => parseFloat(getComputedStyle(each).fontSize)") >= 15
    assert find_faults(screen) == []


def test_many_long_patterns_stand_whole_on_a_television_beside_each_other(
    app: Flask, served: Served, tablets: Tablets
):
    people = people_of_a_debrief(app)
    day = a_day(people["lead"], people["visitor"], host=people["host"])
    long = (
        "give an answer with one number where the task asks for a reason, look at what a partner "
        "wrote before they say anything, and wait for the next question of the teacher"
    )
    written = {"form": "pattern", "subject": "students", "quantifier": "many"}
    written |= {"consensus": "not_yet", "open_question": "Is that so in every room?"}
    scope = f"round:{day.round_id}"
    for number in range(8):
        values = written | {"statement": f"{long} ({number})", "order": number}
        made = {"kind": "pattern", "record": clock.new_id(), "scope": scope, "set": values}
        assert statuses(push(people["visitor"], a_change(people["visitor"], **made))) == ["applied"]
    stand_at(people["lead"], day, "patterns")
    screen = shown_on_a_television(tablets, served, people["lead"], day)

    patterns = screen.locator(".room-statements > li")
    expect(patterns).to_have_count(8)
    body = screen.locator(".room-body")
    assert body.evaluate("each => each.scrollHeight <= each.clientHeight")
    assert patterns.first.evaluate("each => parseFloat(getComputedStyle(each).fontSize)") >= 20
    assert find_faults(screen) == []
