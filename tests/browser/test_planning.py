"""Planning a round in a real browser: without a server, read by others, and on paper."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from server.domain.identifiers import norms_agreement_id
from tests.browser.link import Link, a_link
from tests.browser.screens import find_faults
from tests.browser.tablet import Tablet, a_tablet, needs_browser
from tests.browser.visit_day import Day, a_day
from tests.make import Somebody, a_member, a_network
from tests.serving import Served
from tests.sync.talk import a_change, pull, push, statuses

pytestmark = needs_browser

LINE = {
    "English": "Evidence about a school’s practice, gathered by peers. "
    "Not for use in the evaluation of any educator.",
    "Español": "Evidencia sobre la práctica de una escuela",
}
PAPERS = ("schedule", "doors", "scripting", "letter", "notice", "plan")
PARTS = ("day", "problem", "theory", "questions", "classrooms", "people", "schedule", "norms")
PAGES = ("", "/plan", "/print/pack", *(f"/plan/{part}" for part in PARTS))


@dataclass
class Planning:
    """Lead Sample's tablet, and the people whom a round is planned with."""

    tablet: Tablet
    link: Link
    lead: Somebody
    visitors: list[Somebody]

    def another_tablet(self) -> Tablet:
        return Tablet(self.tablet.playwright, self.tablet.profile.parent / "other", self.link.url)

    def go_offline(self) -> None:
        self.link.cut()
        assert self.tablet.context
        self.tablet.context.set_offline(True)

    def go_online(self) -> None:
        self.link.restore()
        assert self.tablet.context
        self.tablet.context.set_offline(False)


@pytest.fixture
def planning(app: Flask, served: Served, tmp_path: Path) -> Iterator[Planning]:
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
    with a_link(served.port) as link, a_tablet(tmp_path, link.url, size=(1180, 820)) as tablet:
        tablet.sign_in(lead)
        tablet.wait_until_installed()
        yield Planning(tablet, link, lead, visitors)
        assert tablet.problems == []


@pytest.fixture
def day(planning: Planning) -> Day:
    """A round that is planned already, with its norm."""
    planned = a_day(planning.lead, *planning.visitors[:3], visits_on="2026-11-24")
    norm = a_change(
        planning.lead,
        kind="norm",
        scope=f"round:{planned.round_id}",
        set={"text": "We are silent in the hallway.", "order": 1},
    )
    assert statuses(push(planning.lead, norm)) == ["applied"]
    return planned


def detail(page: Page) -> Any:
    return page.locator(".panes-detail")


def sheet(page: Page) -> Any:
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
    sheet(page).get_by_label("Date of the visits").fill("2026-12-03")
    sheet(page).get_by_role("button", name="Begin the plan").click()
    expect(page.get_by_role("heading", name="November")).to_be_visible()
    return page.url.rpartition("/")[2]


def write_the_plan(page: Page) -> None:
    """Every part that a draft needs, by hand, and then the draft."""
    page.get_by_role("link", name="Go on planning").click()
    open_part(page, "The day")
    for label, value in (("Begins", "08:00"), ("Ends", "15:00"), ("Lunch from", "11:30")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Address").fill("12 Sample Street")
    open_part(page, "Problem of practice")
    page.get_by_label("What do you truly not know how to solve?").fill("Students wait for us.")
    page.get_by_role("button", name="Leave a question").first.click()
    page.get_by_label("A question left here").fill("What does waiting look like?")
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


def rows_of(somebody: Somebody, scope: str, kind: str) -> list[dict[str, Any]]:
    """The records of a kind that the server gives to this person: one value a field."""
    reply = pull(somebody, limit=1000)
    assert not reply["more"]
    return [
        {name: heads[0]["value"] for name, heads in row["fields"].items()} | {"id": row["id"]}
        for row in reply["rows"]
        if row["scope"] == scope and row["kind"] == kind and not row["deleted"]
    ]


def wait_for_rows(page: Page, somebody: Somebody, scope: str, kind: str) -> list[dict[str, Any]]:
    """The same, asked again until the page has sent one, or half a minute went by."""
    until = time.monotonic() + 30
    while not (rows := rows_of(somebody, scope, kind)) and time.monotonic() < until:
        page.wait_for_timeout(100)
    return rows


def test_a_round_planned_without_a_server_is_there_after_closing_the_app_and_reaches_everybody(
    planning: Planning,
) -> None:
    planning.go_offline()
    round_id = begin_a_round(planning.tablet.page)
    write_the_plan(planning.tablet.page)
    planning.tablet.close()

    page = planning.tablet.open(f"/rounds/{round_id}/plan/problem", offline=True)
    written = page.get_by_label("What do you truly not know how to solve?")
    expect(written).to_have_value("Students wait for us.")
    expect(page.get_by_label("A question left here")).to_have_value("What does waiting look like?")
    open_part(page, "Teams and schedule")
    teams = page.locator(".team").count()
    planning.go_online()

    expect(page.locator(".nav-foot")).to_contain_text("on the server", timeout=30_000)
    scope = f"round:{round_id}"
    visitor = planning.visitors[0]
    assert [row["title"] for row in rows_of(visitor, scope, "round")] == ["November"]
    assert len(rows_of(visitor, scope, "team")) == teams
    assert len(rows_of(visitor, scope, "classroom")) == 12 + 2 * teams
    assert len(rows_of(visitor, scope, "participant")) == 7
    assert len(rows_of(visitor, scope, "norm")) == 8


def test_a_visit_that_is_not_today_gives_way_to_a_spare_number_by_keyboard(
    planning: Planning, day: Day
) -> None:
    page = planning.tablet.page
    page.goto(f"{planning.link.url}/rounds/{day.round_id}/plan/schedule")

    page.locator(".team").get_by_role("button", name="V2").focus()
    page.keyboard.press("Enter")
    sheet(page).get_by_text("Not today").focus()
    page.keyboard.press("Enter")
    sheet(page).get_by_role("button", name="Use V5 instead").focus()
    page.keyboard.press("Enter")

    expect(page.locator(".team").get_by_role("button", name="V5")).to_be_visible()
    expect(page.locator(".team s")).to_have_text("V2")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".team s")).to_have_count(0)


def test_a_second_draft_asks_before_it_takes_the_place_of_what_was_changed_by_hand(
    planning: Planning, day: Day
) -> None:
    page = planning.tablet.page
    page.goto(f"{planning.link.url}/rounds/{day.round_id}/plan/schedule")
    expect(page.locator(".team")).to_have_count(1)

    page.get_by_role("button", name="Draft it again").click()
    sheet(page).get_by_role("button", name="Keep this plan").click()

    expect(sheet(page)).to_have_count(0)
    expect(page.locator(".team h2")).to_have_text("Team A")


def test_a_visitor_reads_the_plan_writes_nothing_in_it_and_agrees_to_the_norms(
    planning: Planning, day: Day
) -> None:
    visitor = planning.visitors[0]
    tablet = planning.another_tablet()
    tablet.sign_in(visitor)
    page = tablet.page
    page.goto(f"{planning.link.url}/rounds/{day.round_id}")
    expect(page.get_by_role("link", name="Read the norms")).to_be_visible()

    for part in PARTS:
        page.goto(f"{planning.link.url}/rounds/{day.round_id}/plan/{part}")
        expect(detail(page)).to_be_visible()
        expect(detail(page).locator("input, textarea, select")).to_have_count(0)
        assert find_faults(page) == [], part
    page.get_by_role("button", name="I have read them and agree").click()

    expect(page.get_by_text("You have read the norms and agree.").first).to_be_visible()
    agreed = wait_for_rows(page, visitor, f"round:{day.round_id}", "norms_agreement")
    expected = norms_agreement_id(day.round_id, visitor.member_id)
    assert [row["id"] for row in agreed] == [expected]
    tablet.close()


def test_two_versions_of_a_text_are_both_kept_until_a_person_chooses(
    planning: Planning, day: Day
) -> None:
    scope = f"round:{day.round_id}"
    problem = rows_of(planning.lead, scope, "problem_of_practice")[0]["id"]
    other = a_change(
        planning.lead,
        kind="problem_of_practice",
        record=problem,
        scope=scope,
        set={"text": "Students explain nothing in their own words."},
    )
    assert statuses(push(planning.lead, other)) == ["applied"]
    page = planning.tablet.page
    page.goto(f"{planning.link.url}/rounds/{day.round_id}/plan/problem")

    page.get_by_role("button", name="Look at it").click()
    expect(sheet(page)).to_contain_text("Both are kept until you choose.")
    stands = page.get_by_label("What do you truly not know how to solve?").input_value()
    sheet(page).get_by_role("button", name="Keep both").click()

    expect(page.get_by_role("button", name="Look at it")).to_have_count(0)
    both = page.get_by_label("What do you truly not know how to solve?").input_value()
    assert both.startswith(stands)
    assert "in their own words" in both
    assert "little of their thinking" in both


def test_a_round_planned_again_has_the_plan_and_no_date(planning: Planning, day: Day) -> None:
    page = planning.tablet.page
    page.goto(f"{planning.link.url}/rounds/{day.round_id}")

    page.get_by_role("button", name="Plan it again").click()
    sheet(page).get_by_role("button", name="Begin the plan").click()

    expect(page.get_by_role("heading", name="Sample School (again)")).to_be_visible()
    expect(page.get_by_text("No date yet")).to_be_visible()
    expect(page.get_by_text("4 classrooms.")).to_be_visible()
    expect(page.get_by_text("One team with its visits.")).to_be_visible()


def sheets_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_every_paper_carries_the_line_in_both_languages_a_sheet_a_page(
    planning: Planning, day: Day
) -> None:
    page = planning.tablet.page
    for paper in PAPERS:
        page.goto(f"{planning.link.url}/rounds/{day.round_id}/print/{paper}")
        for language, line in LINE.items():
            page.get_by_label(language).check()
            expect(page.locator(f'.papers[lang="{language[:2].lower()}"]')).to_be_visible()
            sheets = page.locator(".paper")
            expect(sheets.first).to_contain_text(line)
            expect(sheets.filter(has_text=line)).to_have_count(sheets.count())
            for size in ("A4", "Letter"):
                assert sheets_of(page.pdf(format=size)) == sheets.count(), (paper, language, size)
        assert find_faults(page) == [], paper


def test_the_room_column_is_empty_and_nothing_can_be_typed_into_it(
    planning: Planning, day: Day
) -> None:
    page = planning.tablet.page
    page.goto(f"{planning.link.url}/rounds/{day.round_id}/print/schedule")

    rooms = page.locator("td.room")
    expect(rooms.first).to_be_attached()
    assert set(rooms.all_inner_texts()) == {""}
    expect(page.locator(".papers").locator("input, textarea, [contenteditable]")).to_have_count(0)


def test_axe_finds_nothing_on_the_pages_of_a_plan(planning: Planning, day: Day) -> None:
    page = planning.tablet.page
    for path in ("/rounds", *(f"/rounds/{day.round_id}{part}" for part in PAGES)):
        page.goto(f"{planning.link.url}{path}")
        expect(page.locator(".screen h1")).to_be_visible()

        assert find_faults(page) == [], path
