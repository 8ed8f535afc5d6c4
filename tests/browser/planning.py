"""Planning a round as a lead does it: a tablet, people to plan with, and the steps."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from playwright.sync_api import Locator, Page, expect

from tests.browser.link import Link
from tests.browser.tablet import Tablet
from tests.browser.visit_day import Day, a_day, in_days
from tests.make import Somebody, a_member, a_network
from tests.sync.talk import a_change, push, statuses

PARTS = ("day", "problem", "theory", "questions", "classrooms", "people", "schedule", "norms")


@dataclass
class Planning:
    """Lead Sample's tablet, and the people whom a round is planned with."""

    tablet: Tablet
    link: Link
    lead: Somebody
    visitors: list[Somebody]

    @property
    def page(self) -> Page:
        return self.tablet.page


def a_planning(app: Flask, tablet: Tablet, link: Link) -> Planning:
    """A lead signed in, every file kept, six members to plan with."""
    network = a_network()
    lead = a_member(app, network, "lead", name="Lead Sample")
    visitors = [a_member(app, network, name=f"Robin Sample {number}") for number in range(6)]
    school = a_change(
        lead,
        kind="school",
        scope=f"network:{network}",
        set={"name": "Sample Middle School"},
    )
    assert statuses(push(lead, school)) == ["applied"]
    tablet.sign_in(lead)
    tablet.wait_until_installed()
    return Planning(tablet, link, lead, visitors)


def a_planned_day(planning: Planning) -> Day:
    """A round that is planned already, with its norm."""
    planned = a_day(planning.lead, *planning.visitors[:3])
    norm = a_change(
        planning.lead,
        kind="norm",
        scope=f"round:{planned.round_id}",
        set={"text": "We are silent in the hallway.", "order": 1},
    )
    assert statuses(push(planning.lead, norm)) == ["applied"]
    return planned


def detail(page: Page) -> Locator:
    return page.locator(".panes-detail")


def sheet(page: Page) -> Locator:
    return page.locator("dialog[open]")


def open_part(page: Page, name: str) -> None:
    page.locator(".panes-list").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def begin_a_round(page: Page) -> str:
    """Plan a round by its name, school and date; its id."""
    page.locator("nav").get_by_role("link", name="Rounds").click()
    page.get_by_role("button", name="Plan a round").click()
    sheet(page).get_by_label("Name", exact=True).fill("November")
    sheet(page).get_by_label("Host school").select_option(label="Sample Middle School")
    sheet(page).get_by_label("Date of the visits").fill(in_days(5))
    sheet(page).get_by_role("button", name="Begin the plan").click()
    expect(page.get_by_role("heading", name="November")).to_be_visible()
    return page.url.rpartition("/")[2]


def write_the_plan(page: Page) -> None:
    """Every part that a draft needs, by hand, and then the draft."""
    page.get_by_role("link", name="Go on planning").click()
    open_part(page, "The day")
    for label, value in (("Begins", "08:00"), ("Ends", "15:00"), ("Lunch from", "11:30")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("textbox", name="Address", exact=True).fill("12 Sample Street")
    open_part(page, "Problem of practice")
    page.get_by_role("textbox", name="What do you truly not know how to solve?", exact=True).fill(
        "Students wait for us."
    )
    page.get_by_role("button", name="Leave a question").first.click()
    page.get_by_role("textbox", name="A question left here", exact=True).fill(
        "What does waiting look like?"
    )
    open_part(page, "Classrooms")
    page.get_by_role("button", name="Add them").click()
    expect(detail(page).get_by_role("button", name="V12")).to_be_visible()
    open_part(page, "People")
    page.get_by_role("button", name="Add people").click()
    sheet(page).get_by_role("button", name="Choose all").click()
    sheet(page).get_by_role("button", name="Add", exact=True).click()
    expect(detail(page).locator(".row")).to_have_count(7)
    open_part(page, "Teams and schedule")
    page.get_by_role("button", name="Draft teams and schedule").click()
    expect(page.locator(".team").first).to_be_visible()
    open_part(page, "Norms")
    page.get_by_role("button", name="Begin with this set").click()
    expect(page.get_by_role("textbox", name="Norm 8")).to_be_visible()
