"""Nova's part of the main job: joins, writes real notes with the radio off, sorts and posts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from server.db import reading
from server.models.accounts import Membership
from tests.browser.hands import press, tick
from tests.browser.on_server import texts_by_classroom, wait_for_rows
from tests.browser.tablet import KeptTablet
from tests.browser.visit_day import Day, a_day, in_days
from tests.browser.visiting import expect_on_server, field_of, status_of
from tests.make import Somebody, signed_in
from tests.real_input import Lesson, read_lessons

CLASSROOMS = 4
NOTES_EACH = 10
CARDS = 10
BESIDE = "sheet with {number} tasks, two columns"
"""A line of our own in each classroom: the transcripts say nothing of the task."""


@dataclass
class Visitor:
    """Nova's tablet, behind the link that is cut; `somebody` reads the server as Nova may."""

    tablet: KeptTablet
    somebody: Somebody

    @property
    def page(self) -> Page:
        return self.tablet.page


def four_lessons() -> list[Lesson]:
    """The first four lessons that have ten lines."""
    found = [lesson for lesson in read_lessons() if len(lesson.lines) >= NOTES_EACH]
    return found[:CLASSROOMS]


def lines_of(lesson: Lesson) -> list[str]:
    return [text for _, _, text in lesson.lines[:NOTES_EACH]]


def join_by_code(app: Flask, lead: Somebody, tablet: KeptTablet) -> Visitor:
    """Six digits, typed in the app; from then on the app needs no server."""
    body = {"roles": ["member"], "name": "Nova Sample"}
    made = lead.post(f"/networks/{lead.network_id}/invitations", body).json
    token = made["link"].rpartition("/join/")[2]
    code = lead.post("/join/code", {"token": token}).json["code"]
    page = tablet.open("/join")
    page.get_by_label("Six digits").fill(code)
    press(page, "Join")
    expect(page.get_by_label("Name")).to_have_value("Nova Sample")
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()
    tablet.wait_until_installed()
    return Visitor(tablet, nova(app, lead))


def nova(app: Flask, lead: Somebody) -> Somebody:
    """Whoever joined by the code, on a second device: for reading what the server gives."""
    network_id = lead.network_id
    members = lead.get(f"/networks/{network_id}/members").json["members"]
    member_id = next(one["member_id"] for one in members if one["name"] == "Nova Sample")
    with reading() as tx:
        whose = select(Membership.person_id).where(Membership.id == member_id)
        person_id = tx.execute(whose).scalar_one()
    browser = app.test_client()
    return signed_in(app, Somebody(browser, network_id, member_id, person_id, ""))


def plan_the_day(lead: Somebody, host: Somebody, visitor: Visitor) -> Day:
    """Yesterday's round of four classrooms, on Nova's tablet before the radio goes off."""
    day = a_day(lead, visitor.somebody, host=host, visits_on=in_days(-1))
    page = visitor.tablet.goto(f"/rounds/{day.round_id}")
    expect(page.get_by_role("heading", name="Sample School")).to_be_visible(timeout=20_000)
    visitor.tablet.close()  # The evening before is over: the sign-in has long been on disk.
    visitor.tablet.open()
    return day


def write_offline(visitor: Visitor, day: Day, lines: list[list[str]]) -> None:
    page = visitor.tablet.goto(day.visit(0))
    expect(field_of(page)).to_be_focused()
    visitor.tablet.go_offline()
    for number, wanted in enumerate(lines, start=1):
        expect(page.locator(".visit-title h1")).to_have_text(f"V{number}")
        expect(field_of(page)).to_be_focused()
        for line in [*wanted, BESIDE.format(number=number)]:
            page.keyboard.insert_text(line)
            page.keyboard.press("Enter")
        expect(page.locator(".earlier-text")).to_have_count(NOTES_EACH + 1)
        expect(status_of(page)).to_have_text("Saved on this tablet")
        if number < CLASSROOMS:
            press(page, f"Next: V{number + 1}")


def come_back_after_a_kill(visitor: Visitor, day: Day, lines: list[list[str]]) -> None:
    """SIGKILL of the browser; then every word is there, still without a server."""
    visitor.tablet.kill()
    page = visitor.tablet.open(day.visit(0), offline=True)
    for number, wanted in enumerate(lines, start=1):
        visitor.tablet.goto(day.visit(number - 1))
        expect(page.locator(".visit-title h1")).to_have_text(f"V{number}")
        expect_lines(page, [*wanted, BESIDE.format(number=number)])


def expect_lines(page: Page, wanted: list[str]) -> None:
    """These lines; the last may be in the field again, as one that may have been under way."""
    earlier = page.locator(".earlier-text")
    expect(field_of(page)).to_be_focused()
    expect(earlier.nth(len(wanted) - 2)).to_be_attached()
    shown = earlier.evaluate_all("all => all.map(one => one.textContent)")
    in_field = field_of(page).input_value()
    assert [*shown, *filter(None, [in_field])] == wanted


def arrive_whole(visitor: Visitor, day: Day, lines: list[list[str]]) -> None:
    visitor.tablet.go_online()
    expect_on_server(visitor.page)
    assert texts_by_classroom(visitor.somebody) == {
        classroom: [*wanted, BESIDE.format(number=number)]
        for number, (classroom, wanted) in enumerate(zip(day.classrooms, lines, strict=True), 1)
    }


def sort_and_post(visitor: Visitor, day: Day) -> None:
    """T: and S: have sorted themselves; four lines are left, then ten are chosen and posted."""
    page = visitor.tablet.goto(f"/rounds/{day.round_id}/review")
    for left in range(CLASSROOMS, 0, -1):
        expect(page.get_by_text(re.compile(f"^({left}|One) lines? left to sort$"))).to_be_visible()
        page.keyboard.press("3")
    expect(page.get_by_text("Every line is sorted.")).to_be_visible()
    tick(page.get_by_role("radio", name="Choose"))
    for place in range(CARDS):
        line = page.locator(".choose-row").nth(place * 4)
        choose = line.locator(".choose-act").last
        choose.click()
        expect(choose).to_have_attribute("aria-pressed", "true")
    press(page, "Go on to posting")
    expect(page.locator(".draft-card")).to_have_count(CARDS)
    instead = page.get_by_role("button", name=re.compile("^Post with "))
    for left in range(instead.count(), 0, -1):
        instead.first.click()
        expect(instead).to_have_count(left - 1)
    press(page, f"Post {CARDS} cards")
    wait_for_rows(visitor.somebody, "card_source", CARDS)
