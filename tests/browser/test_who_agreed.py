"""Rule 5 on the screens of others: a pattern is still open, and nobody is told who keeps it so."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from server import clock
from server.domain.identifiers import debrief_id
from server.domain.runbooks import runbook_id, step_id
from tests.browser.debrief_room import people_of_a_debrief
from tests.browser.hands import choose, press
from tests.browser.link import Link
from tests.browser.presented import SEE, seen_on, show_this_screen
from tests.browser.tablet import ON_ITS_SIDE, Tablet, Tablets, needs_browser
from tests.browser.team_cards import post_agreed
from tests.browser.visit_day import Day, a_day, in_days
from tests.make import Somebody, a_member
from tests.serving import Served
from tests.sync.talk import a_change, push, statuses

pytestmark = needs_browser

STATEMENT = "give a reason with their answer"
QUESTION = "Is it one task or are they two?"
SPEAKERS = ("Robin Sample", "Ana Sample")


@dataclass
class Room:
    """Two who speak on a pattern, on tablets of their own; and whoever else is in the round."""

    robin: Tablet
    ana: Tablet
    others: dict[str, Tablet]
    day: Day

    @property
    def path(self) -> str:
        return f"/rounds/{self.day.round_id}/debrief"


@pytest.fixture
def room(app: Flask, served: Served, link: Link, tablets: Tablets) -> Room:
    people = people_of_a_debrief(app)
    lead, robin, host = (people[name] for name in ("lead", "visitor", "host"))
    ana = a_member(app, lead.network_id, name="Ana Sample")
    kim = a_member(app, lead.network_id, name="Kim Sample")
    day = a_day(lead, robin, ana, kim, host=host, visits_on=in_days(0))
    post_agreed(robin, day, day.team, ["S: because", "S: so that"], ("student",))
    write_pattern(lead, day)
    at_patterns(lead, day)

    def tablet(somebody: Somebody, at: Served | Link) -> Tablet:
        made = tablets.another(at, ON_ITS_SIDE)
        made.sign_in(somebody)
        return made

    others = {
        "lead": tablet(lead, served),
        "kim": tablet(kim, served),
        "host": tablet(host, served),
    }
    return Room(tablet(robin, served), tablet(ana, link), others, day)


def write_pattern(lead: Somebody, day: Day) -> None:
    said = {"form": "pattern", "subject": "students", "statement": STATEMENT, "quantifier": "many"}
    change = a_change(
        lead, kind="pattern", record=clock.new_id(), scope=f"round:{day.round_id}", set=said
    )
    assert statuses(push(lead, change)) == ["applied"]


def at_patterns(lead: Somebody, day: Day) -> None:
    step = step_id(runbook_id(day.round_id, "full"), "patterns")
    stands = {"phase": "analyze", "step": step, "began_at": clock.as_text(clock.now())}
    change = a_change(
        lead,
        kind="debrief",
        record=debrief_id(day.round_id),
        scope=f"round:{day.round_id}",
        set={**stands, "step_began_at": stands["began_at"]},
    )
    assert statuses(push(lead, change)) == ["applied"]


def sheet_of(page: Page) -> Locator:
    """The pattern, opened."""
    page.locator(".row", has_text=STATEMENT).click()
    return page.locator("dialog[open]")


def push_back(page: Page) -> None:
    sheet = sheet_of(page)
    sheet.get_by_text("Send it back: the evidence does not carry it").click()
    question = sheet.get_by_label("What is still open?").first
    question.press_sequentially(QUESTION, delay=30)
    press(sheet, "Set to “not yet”")
    expect(sheet.get_by_role("radio", name="Not yet", exact=True)).to_be_checked()
    press(sheet, "Done")


def watch(page: Page) -> None:
    """From here on every picture of it is kept."""
    expect(page.locator(".row", has_text=STATEMENT)).to_be_visible()
    page.evaluate(SEE)


def is_still_open(page: Page) -> None:
    row = page.locator(".row", has_text=STATEMENT)
    expect(row).to_contain_text("Not yet")
    expect(row).to_contain_text(QUESTION)


def test_who_says_not_yet_is_on_no_other_screen_while_they_say_it_nor_afterwards(room: Room):
    pages = {name: tablet.goto(room.path) for name, tablet in room.others.items()}
    for page in pages.values():
        watch(page)

    push_back(room.robin.goto(room.path))

    for name, page in pages.items():
        is_still_open(page)
        assert not [each for each in SPEAKERS if each in seen_on(page)], name
        opened = sheet_of(page)
        expect(opened.get_by_role("radio", name="Not yet", exact=True)).to_be_checked()
        assert not [each for each in SPEAKERS if each in opened.inner_text()], name
        press(opened, "Done")
    on_the_wall(pages["lead"])


def on_the_wall(lead: Page) -> None:
    show_this_screen(lead)
    expect(lead.get_by_text(f"Still open: {QUESTION}")).to_be_visible()
    assert not [each for each in SPEAKERS if each in lead.locator("body").inner_text()]


def test_of_two_who_say_both_at_once_each_reads_that_somebody_else_did(room: Room):
    ana, robin = room.ana.goto(room.path), room.robin.goto(room.path)
    sheet = sheet_of(ana)
    expect(sheet).to_be_visible()
    room.ana.go_offline()
    choose(sheet, "We agree")
    push_back(robin)
    room.ana.go_online()

    expect(sheet.get_by_role("radio", name="Not yet", exact=True)).to_be_checked()
    press(sheet, "Done")
    is_still_open(ana)
    for page, other in ((ana, "Robin Sample"), (robin, "Ana Sample")):
        opened = sheet_of(page)
        press(opened, "Look at it")
        expect(page.get_by_role("heading", name="Another version")).to_be_visible()
        told = page.locator("dialog[open]").all_inner_texts()
        assert other not in " ".join(told)
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
