"""After a debrief: its staff reads by a link; months later the seal opens, then beside now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from server import clock
from server.domain.identifiers import debrief_id
from tests.browser.debriefing import (
    close_debrief,
    go_on_to,
    plan_next_level,
    predict,
    write_pattern,
)
from tests.browser.hands import choose, press, tick
from tests.browser.link import Link
from tests.browser.screens import find_faults
from tests.browser.tablet import ON_ITS_SIDE, Tablet, Tablets, needs_browser
from tests.browser.visit_day import Day, a_day, in_days, school_day_in
from tests.make import Somebody, a_member, a_network
from tests.serving import Served
from tests.sync.talk import a_change, pull, push, statuses

pytestmark = needs_browser

GROUP = "What students say"
STATEMENT = "answer with one number"
PREDICTED = "I could name the answer and not the reason."
NOW = "In five of eight rooms somebody asks why, and waits."
SEEN = "The reason comes when somebody asks for it."
LEARNED = "One why a task was enough."


@dataclass
class Network:
    lead: Somebody
    visitor: Somebody
    host: Somebody
    day: Day


def group_two_classrooms(author: Somebody, day: Day) -> None:
    """Two agreed cards from two classrooms, in one group on the wall."""
    group = clock.new_id()
    scope = f"round:{day.round_id}"
    made = [a_change(author, kind="group", record=group, scope=scope, set={"name": GROUP})]
    for number in range(2):
        card = clock.new_id()
        position = {"group": group, "order": f"a{number}"}
        values = {"text": f"S: {number}", "element": "student", "standing": "agreed"}
        values |= {"position": position}
        made.append(a_change(author, kind="card", record=card, scope=scope, set=values))
        source = {"card": card, "classroom": day.classrooms[number], "team": day.team}
        visitors = f"visitors:{day.round_id}"
        source |= {"member": author.member_id}
        made.append(
            a_change(author, kind="card_source", record=clock.new_id(), scope=visitors, set=source)
        )
    assert set(statuses(push(author, *made))) == {"applied"}


@pytest.fixture
def network(app: Flask) -> Network:
    network_id = a_network()
    lead = a_member(app, network_id, "lead", "admin", name="Lead Sample")
    visitor = a_member(app, network_id, name="Robin Sample")
    host = a_member(app, network_id, name="Host Sample")
    day = a_day(lead, visitor, host=host, visits_on=in_days(-7))
    group_two_classrooms(visitor, day)
    return Network(lead, visitor, host, day)


def close_a_debrief(lead: Page, visitor: Page) -> None:
    """From its beginning to its end, with a pattern, a sealed prediction and an item."""
    press(lead, "Begin the debrief")
    go_on_to(lead, "Pattern statements")
    write_pattern(lead, STATEMENT, GROUP)
    predict(lead, visitor)
    plan_next_level(lead)
    close_debrief(lead)
    expect(lead.get_by_text("This debrief is closed.")).to_be_visible()


def opened(tablets: Tablets, at: Link | Served, who: Somebody) -> Tablet:
    tablet = tablets.another(at, ON_ITS_SIDE)
    tablet.sign_in(who)
    tablet.wait_until_installed()
    return tablet


def tell_the_staff(host: Tablet, path: str, stranger: Page) -> None:
    """The host opens the summary by a link; a stranger reads it; the host ends the link."""
    page = host.goto(f"{path}/summary")
    expect(page.get_by_text(f"Students {STATEMENT}")).to_be_visible()
    tick(page.get_by_role("switch", name=re.compile("My school’s staff")))
    expect(page.locator(".nav-foot")).to_contain_text("on the server")
    press(page, "Make a link")
    link = page.locator(".open-link").inner_text()
    assert find_faults(page) == []

    stranger.goto(f"{host.url}/open/{link.rpartition('/')[2]}")
    for media in ("screen", "print"):
        stranger.emulate_media(media=media)
        expect(stranger.get_by_text(f"Students {STATEMENT}")).to_be_visible()
        expect(stranger.get_by_text("Not for use in the evaluation of any")).to_be_visible()
    read = stranger.content()
    assert [word for word in ("Sample", "S: 0", PREDICTED, "Team A") if word in read] == []
    assert stranger.context.cookies() == []

    press(page, "End the link")
    press(page.locator("dialog[open]"), "End the link")
    expect(page.get_by_role("button", name="Make a link", exact=True)).to_be_visible()
    answer = stranger.reload()
    assert answer is not None
    assert answer.status == 404
    expect(stranger.get_by_role("heading", name="This page is not here")).to_be_visible()
    assert STATEMENT not in stranger.content()


def test_from_a_closed_debrief_to_its_staff_and_three_months_later_to_then_beside_now(
    network: Network, served: Served, link: Link, tablets: Tablets
):
    path = f"/rounds/{network.day.round_id}"
    leads, visitors = opened(tablets, link, network.lead), opened(tablets, served, network.visitor)
    lead, visitor = leads.goto(f"{path}/debrief"), visitors.goto(f"{path}/debrief")
    close_a_debrief(lead, visitor)
    stranger = leads.browser.new_context().new_page()
    tell_the_staff(opened(tablets, served, network.host), path, stranger)

    lead = leads.goto(f"{path}/revisit")
    until = school_day_in(84)
    expect(lead.get_by_label("The day", exact=True)).to_have_value(until)
    expect(lead.get_by_text(re.compile(r"Sealed .*Opens at your revisit, \w+"))).to_be_visible()
    expect(lead.get_by_role("button", name="Open the seal")).to_be_disabled()
    assert PREDICTED not in lead.locator("main").inner_text()

    choose(lead, "A conversation of 60 minutes")
    with lead.expect_download() as file:
        press(lead, "Put into my calendar")
    day = f"DTSTART;VALUE=DATE:{until.replace('-', '')}"
    assert day in Path(file.value.path()).read_text(encoding="utf-8")
    lead.get_by_label("The day", exact=True).fill(in_days(0))
    leads.go_offline()
    press(lead, "Open the seal")
    expect(lead.get_by_text("The seal was opened")).to_be_visible()
    pair = lead.locator(".then-now-pair")
    expect(pair.locator(".then")).to_contain_text(f"Students {STATEMENT}")
    pair.get_by_role("textbox", name="What we see and hear now", exact=True).fill(NOW)
    answer_what_was_predicted(lead)
    say_what_became_of_it(lead)
    revise_the_theory(lead)
    assert find_faults(lead) == []
    leads.go_online()

    visitor = visitors.goto(f"{path}/revisit")
    expect(visitor.locator(".then-now-pair .now textarea")).to_have_value(NOW, timeout=20_000)
    expect(visitor.get_by_text(PREDICTED)).to_be_visible()
    expect(visitor.get_by_role("radio", name="Partly")).to_be_checked()
    expect(visitor.get_by_role("radio", name="Changed")).to_be_checked()
    expect(visitor.get_by_role("heading", name="Version 1, new")).to_be_visible()


def answer_what_was_predicted(page: Page) -> None:
    expect(page.get_by_text(PREDICTED)).to_be_visible()
    choose(page, "Partly")
    page.get_by_role("textbox", name="What we saw of it", exact=True).fill(
        "The reason comes when somebody asks for it."
    )


def say_what_became_of_it(page: Page) -> None:
    choose(page, "Changed")
    page.get_by_role("textbox", name="What was learned", exact=True).fill(
        "One why a task was enough."
    )
    choose(page, "Yes")


def revise_the_theory(page: Page) -> None:
    press(page, "Write the theory of action")
    page.get_by_role("textbox", name="If …", exact=True).fill("each task asks for one reason")


def agree_on_a_pattern(author: Somebody, day: Day, statement: str, *, closed: bool) -> None:
    """As a debrief leaves it: a settled pattern of two classrooms, a sealed prediction."""
    group_two_classrooms(author, day)
    scope = f"round:{day.round_id}"
    [group] = [row["id"] for row in pull(author, limit=1000)["rows"] if is_group(row, scope)]
    pattern = {"form": "pattern", "subject": "students", "statement": statement}
    pattern |= {"quantifier": "some", "consensus": "agree", f"groups/{group}": True}
    made = [a_change(author, kind="pattern", record=clock.new_id(), scope=scope, set=pattern)]
    if closed:
        moment = "2026-11-22T20:42:00Z"
        prediction = {"text": PREDICTED, "agreed": True}
        debrief = {"phase": "next_level", "sealed_at": moment, "closed_at": moment}
        place = {"record": debrief_id(day.round_id), "scope": scope}
        made.append(a_change(author, kind="debrief", set=debrief, **place))
        made.append(
            a_change(author, kind="prediction", record=clock.new_id(), scope=scope, set=prediction)
        )
    assert set(statuses(push(author, *made))) == {"applied"}


def is_group(row: dict[str, Any], scope: str) -> bool:
    return row["kind"] == "group" and row["scope"] == scope


def test_a_second_visit_is_planned_from_the_first_and_its_patterns_are_put_beside(
    app: Flask, served: Served, tablets: Tablets
):
    lead = a_member(app, a_network(), "lead", name="Lead Sample")
    first = a_day(lead, visits_on=in_days(-91))
    agree_on_a_pattern(lead, first, STATEMENT, closed=True)
    path = f"/rounds/{first.round_id}/revisit"
    tablet = opened(tablets, served, lead)
    page = tablet.goto(path)
    choose(page, "A second visit")
    press(page, "Plan the second visit")
    sheet = page.locator("dialog[open]")
    sheet.get_by_label("Date of the visits", exact=True).fill(in_days(-1))
    press(sheet, "Begin the plan")
    back = page.get_by_role("link", name="Then and now, with Sample School")
    expect(back).to_be_visible()
    expect(page.locator(".nav-foot")).to_contain_text("on the server")

    second = Day(page.url.rpartition("/")[2], first.team, [], [clock.new_id(), clock.new_id()], [])
    agree_on_a_pattern(lead, second, "say why they think so", closed=False)
    back.click()
    press(page, "Open the seal")
    expect(page.get_by_text(PREDICTED)).to_be_visible()
    page.get_by_label("A pattern of the second visit").select_option(
        label="Students say why they think so"
    )
    pair = page.locator(".then-now-pair")
    expect(pair.locator(".then")).to_contain_text(f"Students {STATEMENT}")
    expect(pair.locator(".now p").first).to_contain_text("Students say why they think so")
    assert find_faults(page) == []


def test_what_somebody_who_left_had_taken_on_is_handed_over_by_the_lead(
    network: Network, app: Flask, served: Served, tablets: Tablets
):
    leaver = a_member(app, network.lead.network_id, name="Kim Placeholder")
    scope = f"round:{network.day.round_id}"
    values = {
        **{"text": "Bring one task to each meeting", "horizon": "next_week", "level": "school"},
        **{"taken_on_by_member": leaver.member_id, "check_back_on": in_days(-1)},
    }
    item = a_change(
        network.lead, kind="next_level_item", record=clock.new_id(), scope=scope, set=values
    )
    roles = {"member": leaver.member_id, "roles/facilitator": True}
    part = a_change(network.lead, kind="participant", record=clock.new_id(), scope=scope, set=roles)
    assert statuses(push(network.lead, item, part)) == ["applied"] * 2
    gone = f"/networks/{network.lead.network_id}/members/{leaver.member_id}"
    assert network.lead.delete(gone).status_code == 204

    tablet = opened(tablets, served, network.lead)
    page = tablet.goto("/")
    page.get_by_role("link", name="To hand over").click()
    page.get_by_label("Kim Placeholder left the network. Who takes it on now?").select_option(
        label="Robin Sample"
    )
    expect(page.locator(".level-item")).to_contain_text("Robin Sample")
    role = page.get_by_label("Kim Placeholder left the network (Facilitator).")
    role.select_option(label="Robin Sample")
    expect(page.get_by_role("heading", name="To hand over")).to_have_count(0)
    assert find_faults(page) == []

    robins = opened(tablets, served, network.visitor).goto("/")
    due = robins.get_by_role("link", name="Bring one task to each meeting")
    expect(due).to_contain_text("Check back")
    due.click()
    robins.get_by_role("button", name="Bring one task to each meeting").click()
    choose(robins.locator("dialog[open]"), "Done")
    expect(robins.get_by_role("textbox", name="What was learned", exact=True)).to_be_visible()


def test_the_host_says_a_word_to_the_staff_on_the_same_day_with_the_radio_off(
    network: Network, served: Served, link: Link, tablets: Tablets
):
    tablet = opened(tablets, link, network.host)
    page = tablet.goto(f"/rounds/{network.day.round_id}")
    tablet.go_offline()
    page.get_by_role("link", name="A word to the staff today").click()
    page.get_by_label("When they will hear", exact=True).fill(in_days(3))
    expect(page.locator(".print-sheet")).to_contain_text("You will hear from me on")
    press(page, "Say it in my own words")
    words = page.get_by_role("textbox", name="A word to the staff today", exact=True)
    words.fill("Thank you. Ms. Placeholder brings coffee.")
    expect(page.get_by_role("button", name="Copy the words")).to_be_disabled()
    page.get_by_role("button", name="Names nobody: Ms. Placeholder").click()
    expect(page.get_by_role("button", name="Copy the words")).to_be_enabled()
    expect(page.locator(".print-sheet")).to_contain_text("Not for use in the evaluation of any")
    assert find_faults(page) == []

    page.emulate_media(media="print")
    on_paper = page.locator("main").inner_text()
    assert on_paper.startswith("Thank you. Ms. Placeholder brings coffee."), "and nothing before"
