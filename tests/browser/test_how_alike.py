"""How alike did we read it? Two visitors read apart, one of them offline; then both look."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from server import clock
from server.domain.identifiers import debrief_id, derived_id
from server.domain.runbooks import runbook_id, step_id
from tests.browser.debrief_room import two_tablets
from tests.browser.hands import choose, press
from tests.browser.link import Link
from tests.browser.screens import find_faults
from tests.browser.tablet import Tablets, needs_browser
from tests.browser.team_cards import post_agreed
from tests.browser.visit_day import Day, a_day, in_days
from tests.make import Somebody, a_member, a_network
from tests.serving import Served
from tests.sync.talk import a_change, pull, push, statuses

pytestmark = needs_browser

CARDS = 5


@pytest.fixture
def people(app: Flask) -> dict[str, Somebody]:
    network = a_network()
    members = {
        name: a_member(app, network, name=f"{name} Sample") for name in ("Noor", "Joss", "Cora")
    }
    host = a_member(app, network, name="Host Sample")
    analyst = a_member(app, network, "analyst", name="Analyst Sample")
    lead = a_member(app, network, "lead", name="Lead Sample")
    return {**members, "host": host, "analyst": analyst, "lead": lead}


def put_the_step_in(lead: Somebody, day: Day) -> None:
    """The lead put the step into the runbook, and the debrief stands at it."""
    scope, runbook = f"round:{day.round_id}", runbook_id(day.round_id, "full")
    step = step_id(runbook, "how_alike")
    at = {"phase": "describe", "step": step, "began_at": "2026-11-24T13:00:00Z"}
    changes = [
        a_change(lead, kind="step", record=step, scope=scope, set={"left_out": False}),
        a_change(lead, kind="debrief", record=debrief_id(day.round_id), scope=scope, set=at),
    ]
    assert statuses(push(lead, *changes)) == ["applied"] * 2


def read_by_tablet(somebody: Somebody, day: Day, cards: list[str], question: str) -> None:
    """Somebody read everything on a tablet of their own: always a task, always bearing."""
    reader, scope = clock.new_id(), f"visitors:{day.round_id}"
    made = a_change(
        somebody,
        kind="reader",
        record=reader,
        scope=f"own:{somebody.member_id}",
        set={"round": day.round_id, "finished": True},
    )
    changes = [made]
    for card in cards:
        said = {"card": card, "reader": reader, "element": "task", f"bears/{question}": True}
        record = derived_id(card, f"reading:{reader}")
        changes.append(a_change(somebody, kind="reading", record=record, scope=scope, set=said))
    assert set(statuses(push(somebody, *changes))) == {"applied"}


def read_all(page: Page, elements: list[str], bearing: str) -> None:
    for at, element in enumerate(elements, start=1):
        expect(page.get_by_text(f"Card {at} of {CARDS}")).to_be_visible()
        choose(page, element)
        choose(page, bearing)
        if at < CARDS:
            press(page, "Next card")
    press(page, "I have read them all")


def question_of(lead: Somebody) -> str:
    found: str = next(row["id"] for row in pull(lead)["rows"] if row["kind"] == "focus_question")
    return found


def test_a_team_reads_apart_and_sees_together_what_it_reads_differently_and_never_who(
    people: dict[str, Somebody], served: Served, link: Link, tablets: Tablets
):
    team = [people[name] for name in ("Noor", "Joss", "Cora")]
    day = a_day(people["lead"], *team, host=people["host"], visits_on=in_days(-1))
    texts = [f"S: “answer {number}”" for number in range(CARDS)]
    cards = post_agreed(team[0], day, day.team, texts, ("task",))
    put_the_step_in(people["lead"], day)
    noor, joss = two_tablets(tablets, (served, people["Noor"]), (link, people["Joss"]))
    path = f"/rounds/{day.round_id}/debrief"
    first, second = noor.goto(path), joss.goto(path)

    expect(second.get_by_text("Card 1 of 5")).to_be_visible()
    joss.go_offline()
    read_by_tablet(people["Cora"], day, cards, question_of(people["lead"]))
    expect(first.get_by_text("1 of 3 have read them all.")).to_be_visible(timeout=20_000)
    assert find_faults(first) == []
    read_all(first, ["Task", "Task", "Task", "Teacher", "Task"], "Yes")
    expect(first.get_by_text("Once three have")).to_be_visible()
    expect(first.get_by_text("of 10 times")).to_have_count(0)
    read_all(second, ["Task", "Students", "Task", "Task", "Task"], "Partly")
    joss.go_online()

    for page in (first, second):
        expect(page.get_by_text("What it is about: 2 said task and 1 said students")).to_be_visible(
            timeout=20_000
        )
        expect(page.get_by_text("What it is about: 2 said task and 1 said teacher")).to_be_visible()
        expect(page.get_by_text("Read differently: “Who does the thinking?”")).to_be_visible()
        words = page.locator("main").inner_text()
        assert not [one for one in ("Noor", "Joss", "Cora") if one in words]
    first.get_by_text("Statistics").first.click()
    expect(first.get_by_text("Cohen’s kappa (Conger’s for several)").first).to_be_visible()
    assert find_faults(first) == []

    for name in ("host", "analyst"):
        kinds = {row["kind"] for row in pull(people[name])["rows"]}
        assert not kinds & {"reading", "reader", "card_source"}, name
    told = [row for row in pull(people["Noor"])["rows"] if row["kind"] == "reading"]
    assert len(told) == 3 * CARDS
    assert not any(other.member_id in str(told) for other in team[1:])
