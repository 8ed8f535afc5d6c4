"""Planning a round in a real browser: without a server, by keyboard, and read by others."""

from __future__ import annotations

import re

from flask import Flask
from playwright.sync_api import Locator, expect

from server.clock import new_id
from server.domain.identifiers import norms_agreement_id
from tests.browser.link import Link
from tests.browser.on_server import rows, values, wait_for_rows
from tests.browser.planning import (
    PARTS,
    Planning,
    a_planning,
    begin_a_round,
    detail,
    open_part,
    sheet,
    write_the_plan,
)
from tests.browser.screens import find_faults
from tests.browser.tablet import ON_ITS_SIDE, Tablets, needs_browser
from tests.browser.visit_day import Day
from tests.sync.talk import a_change, an_edit, push, statuses

pytestmark = needs_browser


def test_a_round_planned_without_a_server_is_there_after_closing_the_app_and_reaches_everybody(
    app: Flask, link: Link, tablets: Tablets
) -> None:
    tablet = tablets.kept(link, ON_ITS_SIDE)
    planning = a_planning(app, tablet, link)
    tablet.go_offline()
    round_id = begin_a_round(tablet.page)
    write_the_plan(tablet.page)
    tablet.close()

    page = tablet.open(f"/rounds/{round_id}/plan/problem", offline=True)
    written = page.get_by_role(
        "textbox", name="What do you truly not know how to solve?", exact=True
    )
    expect(written).to_have_value("Students wait for us.")
    expect(page.get_by_role("textbox", name="A question left here", exact=True)).to_have_value(
        "What does waiting look like?"
    )
    open_part(page, "Teams and schedule")
    expect(page.locator(".team").first).to_be_visible()
    teams = page.locator(".team").count()
    tablet.go_online()

    expect(page.locator(".nav-foot")).to_contain_text("on the server")
    scope = f"round:{round_id}"
    visitor = planning.visitors[0]
    assert [values(row)["title"] for row in rows(visitor, "round", scope)] == ["November"]
    assert len(rows(visitor, "team", scope)) == teams
    assert len(rows(visitor, "classroom", scope)) == 12 + 2 * teams
    assert len(rows(visitor, "participant", scope)) == 7
    assert len(rows(visitor, "norm", scope)) == 8


def enter(target: Locator) -> None:
    """The return key on what has the focus, once nothing takes the focus away."""
    expect(target).to_be_visible()
    target.focus()
    expect(target).to_be_focused()
    target.page.keyboard.press("Enter")


def test_a_visit_that_is_not_today_gives_way_to_a_spare_number_by_keyboard(
    planning: Planning, day: Day
) -> None:
    page = planning.tablet.goto(f"/rounds/{day.round_id}/plan/schedule")

    enter(page.locator(".team").get_by_role("button", name="V2"))
    enter(sheet(page).get_by_text("Not today"))
    enter(sheet(page).get_by_role("button", name="Use V5 instead"))

    expect(page.locator(".team").get_by_role("button", name="V5")).to_be_visible()
    expect(page.locator(".team s")).to_have_text("V2")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".team s")).to_have_count(0)


def test_a_second_draft_asks_before_it_takes_the_place_of_what_was_changed_by_hand(
    planning: Planning, day: Day
) -> None:
    page = planning.tablet.goto(f"/rounds/{day.round_id}/plan/schedule")
    expect(page.locator(".team")).to_have_count(1)

    page.get_by_role("button", name="Draft it again").click()
    sheet(page).get_by_role("button", name="Keep this plan").click()

    expect(sheet(page)).to_have_count(0)
    expect(page.locator(".team h2")).to_have_text("Team A")


def test_a_visitor_reads_the_plan_writes_nothing_in_it_and_agrees_to_the_norms(
    planning: Planning, day: Day, tablets: Tablets
) -> None:
    visitor = planning.visitors[0]
    tablet = tablets.another(planning.link)
    tablet.sign_in(visitor)
    page = tablet.goto(f"/rounds/{day.round_id}")
    expect(page.get_by_role("link", name="Read the norms")).to_be_visible()

    for part in PARTS:
        tablet.goto(f"/rounds/{day.round_id}/plan/{part}")
        expect(detail(page)).to_be_visible()
        expect(detail(page).locator("input, textarea, select")).to_have_count(0)
        assert find_faults(page) == [], part
    page.get_by_role("button", name="I have read them and agree").click()

    expect(page.get_by_text("You have read the norms and agree.").first).to_be_visible()
    agreed = wait_for_rows(visitor, "norms_agreement", 1)
    expected = norms_agreement_id(day.round_id, visitor.member_id)
    assert [row["id"] for row in agreed] == [expected]


def test_two_versions_of_a_text_are_both_kept_until_a_person_chooses(
    planning: Planning, day: Day
) -> None:
    scope = f"round:{day.round_id}"
    problem = rows(planning.lead, "problem_of_practice", scope)[0]["id"]
    other = a_change(
        planning.lead,
        kind="problem_of_practice",
        record=problem,
        scope=scope,
        set={"text": "Students explain nothing in their own words."},
    )
    assert statuses(push(planning.lead, other)) == ["applied"]
    page = planning.tablet.goto(f"/rounds/{day.round_id}/plan/problem")

    page.get_by_role("button", name="Look at it").click()
    expect(sheet(page)).to_contain_text("Both are kept until you choose.")
    written = page.get_by_role(
        "textbox", name="What do you truly not know how to solve?", exact=True
    )
    stands = written.input_value()
    sheet(page).get_by_role("button", name="Keep both").click()

    expect(page.get_by_role("button", name="Look at it")).to_have_count(0)
    expect(written).to_have_value(re.compile(re.escape(stands) + ".+", re.DOTALL))
    expect(written).to_have_value(re.compile("in their own words"))
    expect(written).to_have_value(re.compile("little of their thinking"))


def test_what_was_deleted_while_another_changed_it_stays_until_a_person_chooses(
    planning: Planning, day: Day
) -> None:
    lead = planning.lead
    words = {"text": "Who asks the questions?", "order": 1}
    first = a_change(lead, kind="focus_question", scope=f"round:{day.round_id}", set=words)
    edit = an_edit(first, set={**words, "text": "Whose questions are talked about?"})
    deleted = {**first, "set": {"deleted": True}, "depth": {"deleted": 1}}
    deleted |= {"id": new_id(), "seen": {"deleted": [], **dict.fromkeys(words, [first["id"]])}}
    assert statuses(push(lead, first, edit, deleted)) == ["applied"] * 3

    page = planning.tablet.goto(f"/rounds/{day.round_id}/plan/questions")
    asked = page.get_by_text("deleted this while somebody else was changing it")
    expect(asked).to_be_visible()
    assert find_faults(page) == []
    page.get_by_role("button", name="Keep it").click()

    expect(asked).to_have_count(0)
    kept = [each.input_value() for each in page.get_by_role("textbox").all()]
    assert "Whose questions are talked about?" in kept


def test_a_round_planned_again_has_the_plan_and_no_date(planning: Planning, day: Day) -> None:
    page = planning.tablet.goto(f"/rounds/{day.round_id}")

    page.get_by_role("button", name="Plan it again").click()
    sheet(page).get_by_role("button", name="Begin the plan").click()

    expect(page.get_by_role("heading", name="Sample School (again)")).to_be_visible()
    expect(page.get_by_text("No date yet")).to_be_visible()
    expect(page.get_by_text("4 classrooms.")).to_be_visible()
    expect(page.get_by_text("One team with its visits.")).to_be_visible()
