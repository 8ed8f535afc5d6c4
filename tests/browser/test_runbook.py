"""The runbook on several tablets: one clock, two who lead, a network's own steps."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.debrief_room import people_of_a_debrief, two_tablets
from tests.browser.debriefing import next_step
from tests.browser.hands import choose, press
from tests.browser.link import Link
from tests.browser.screens import find_faults
from tests.browser.tablet import ON_ITS_SIDE, UPRIGHT, Tablet, Tablets, needs_browser
from tests.browser.team_cards import begin_analysis
from tests.browser.visit_day import Day, a_day, in_days
from tests.make import Somebody
from tests.serving import Served
from tests.sync.talk import a_change, a_part, pull, push, statuses

pytestmark = needs_browser

SEVEN_MINUTES_FAST = """
const now = Date.now.bind(Date);
Date.now = () => now() + 7 * 60_000;
"""
ALIKE = 6
"""Seconds that two tablets may differ: a whole second of the server's clock, the tolerance
of two, and what passes between reading one and the other on a busy machine."""


@dataclass
class Leading:
    """Two who lead on tablets of their own; the second one's link can be cut."""

    lead: Tablet
    second: Tablet
    people: dict[str, Somebody]
    day: Day

    @property
    def path(self) -> str:
        return f"/rounds/{self.day.round_id}/debrief"


@pytest.fixture
def leading(app: Flask, served: Served, link: Link, tablets: Tablets) -> Leading:
    people = people_of_a_debrief(app)
    day = a_day(people["lead"], host=people["host"], visits_on=in_days(-4))
    part = a_part(people["lead"], day.round_id, people["visitor"], "facilitator", "documenter")
    assert statuses(push(people["lead"], part)) == ["applied"]
    both = two_tablets(tablets, (served, people["lead"]), (link, people["visitor"]))
    return Leading(*both, people, day)


def at_step(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()


def seconds_shown(page: Page) -> int:
    timer = page.get_by_role("timer")
    expect(timer).to_have_text(re.compile(r"\d+:\d\d"))
    minutes, seconds = timer.inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


def test_a_tablet_whose_clock_is_fast_shows_the_same_time_and_another_leads_on_when_one_is_gone(
    leading: Leading, tablets: Tablets
):
    lead = leading.lead.goto(leading.path)
    press(lead, "Begin the debrief")
    at_step(lead, "Reread, star and select")
    assert leading.second.context
    leading.second.context.add_init_script(SEVEN_MINUTES_FAST)
    second = leading.second.goto(leading.path)

    expect(second.get_by_role("timer")).to_have_text(re.compile("19:|18:"))
    assert abs(seconds_shown(lead) - seconds_shown(second)) <= ALIKE

    press(second, "+2 min")
    expect(lead.get_by_role("timer")).to_have_text(re.compile("21:|20:"))
    press(second, "Pause")
    expect(lead.get_by_text("Paused")).to_be_visible()
    assert seconds_shown(lead) == seconds_shown(second)

    assert next_step(second) == "Read and agree"
    at_step(lead, "Read and agree")
    expect(lead.get_by_role("timer")).to_have_text(re.compile("19:|20:"))
    press(lead, "Back to: Reread, star and select")
    at_step(second, "Reread, star and select")

    leading.lead.close()
    assert next_step(second) == "Read and agree"
    assert next_step(second) == "Cross-check"
    press(second, "Pause")
    expect(second.get_by_text("Paused")).to_be_visible()
    spare = tablets.another(leading.lead.at, ON_ITS_SIDE)
    spare.sign_in(leading.people["lead"])
    lead = spare.goto(leading.path)
    at_step(lead, "Cross-check")
    expect(lead.get_by_text("Paused")).to_be_visible()
    assert seconds_shown(lead) == seconds_shown(second)
    press(lead, "Back to: Read and agree")
    at_step(second, "Read and agree")


def test_two_who_go_to_different_steps_at_once_stand_at_one_and_are_told(leading: Leading):
    lead = leading.lead.goto(leading.path)
    press(lead, "Begin the debrief")
    second = leading.second.goto(leading.path)
    at_step(second, "Reread, star and select")

    leading.second.go_offline()
    next_step(second)
    next_step(second)
    press(second, "Back to: Read and agree")
    at_step(second, "Read and agree")
    next_step(lead)
    next_step(lead)
    at_step(lead, "Cross-check")
    leading.second.go_online()

    told = "moved from two devices at once"
    for page in (lead, second):
        expect(page.get_by_text(told)).to_be_visible()
    stands = lead.locator(".step h2").inner_text()
    assert second.locator(".step h2").inner_text() == stands
    other = {"Read and agree": "Cross-check", "Cross-check": "Read and agree"}[stands]
    press(second, f"Go to “{other}”")
    at_step(lead, other)
    for page in (lead, second):
        expect(page.get_by_text(told)).to_have_count(0)


def test_a_step_is_changed_kept_for_the_network_and_looked_up_offline(leading: Leading):
    lead = leading.lead.goto(leading.path)
    choose(lead, "Short, 95 minutes")
    expect(lead.get_by_text("It takes 95 minutes.")).to_be_visible()
    lead.get_by_role("link", name="Change the runbook").click()
    lead.get_by_role("button", name=re.compile("^Gallery walk")).click()
    sheet = lead.locator("dialog[open]")
    sheet.get_by_role("switch", name="Leave this step out").click()
    press(sheet, "Close")
    lead.get_by_role("button", name=re.compile("^Predict")).click()
    expect(sheet.get_by_text("This step stays in every runbook.")).to_be_visible()
    sheet.get_by_label("Name of the step").fill("What would they learn?")
    sheet.get_by_label("Minutes", exact=True).fill("9")
    press(sheet, "Close")
    expect(lead.get_by_text("It takes 95 minutes.")).to_be_visible()
    assert find_faults(lead) == []
    lead.get_by_label("Name of the runbook").fill("Ours in the morning")
    press(lead, "Keep")
    expect(lead.get_by_text("Ours in the morning")).to_have_count(2)

    leading.second.goto(leading.path)
    leading.second.go_offline()
    press(lead, "Add a step to: Predict")
    press(sheet, "Close")
    lead.get_by_role("link", name="Debrief").click()
    press(lead, "Begin the debrief")
    leading.second.go_online()
    second = leading.second.page
    assert second
    at_step(second, "Reread, star and select")
    leading.second.go_offline()
    second.keyboard.press("?")
    expect(second.get_by_text("the loudest voice does not choose")).to_be_visible()
    second.keyboard.press("Escape")
    second.get_by_text("For whoever facilitates").click()
    expect(second.get_by_text("we read alone first")).to_be_visible()


def test_on_a_tablet_held_upright_no_step_is_cut_and_the_one_shown_is_in_sight(
    leading: Leading,
):
    begin_analysis(leading.people["lead"], leading.day)
    lead = leading.lead.goto(leading.path)
    at_step(lead, "Pattern statements")

    width, height = UPRIGHT
    lead.set_viewport_size({"width": width, "height": height})

    row = lead.locator(".phase-steps")
    assert row.evaluate("(row) => row.scrollWidth <= row.clientWidth")
    expect(lead.locator(".phase-step[aria-current]")).to_be_in_viewport(ratio=1)
    assert find_faults(lead) == []


def test_two_who_change_the_minutes_of_a_step_at_once_lose_neither_and_both_see_it(
    leading: Leading,
):
    lead = leading.lead.goto(f"/rounds/{leading.day.round_id}/runbook")
    second = leading.second.goto(f"/rounds/{leading.day.round_id}/runbook")
    for page in (lead, second):
        page.get_by_role("button", name=re.compile("^Predict")).click()
    leading.second.go_offline()

    for page, minutes in ((lead, "14"), (second, "7")):
        field = page.locator("dialog[open]").get_by_label("Minutes", exact=True)
        field.fill(minutes)
        field.blur()
    leading.second.go_online()

    for page in (lead, second):
        press(page.locator("dialog[open]"), "Look at it")
        expect(page.locator(".version .as-written")).to_have_count(2)
        assert {*page.locator(".version .as-written").all_inner_texts()} == {"14", "7"}


def test_what_a_documenter_writes_of_a_step_never_reaches_the_host(leading: Leading):
    press(leading.lead.goto(leading.path), "Begin the debrief")
    second = leading.second.goto(leading.path)
    at_step(second, "Reread, star and select")
    second.get_by_text("Notes on this step").click()
    press(second, "Write about this step")
    second.get_by_role("textbox", name="Your notes").fill("Team A read slowly, and laughed once.")
    second.get_by_role("textbox", name="Your notes").blur()
    expect(second.locator(".nav-foot")).to_contain_text("on the server")

    held = [row["kind"] for row in pull(leading.people["visitor"], limit=1000)["rows"]]
    assert "step_note" in held
    host = leading.people["host"]
    assert "step_note" not in [row["kind"] for row in pull(host, limit=1000)["rows"]]
    scope = f"visitors:{leading.day.round_id}"
    written = a_change(host, kind="step_note", scope=scope, set={"text": "x"})
    assert statuses(push(host, written)) == ["set_aside"]
