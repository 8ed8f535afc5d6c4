"""The main job in a real browser, on notes of real lessons, from a code to a file.

One person joins, writes forty real notes with the radio off, loses the browser, sorts, posts
and debriefs; the host opens what was found; an analyst takes it away; and the host, who wrote
the schedule, finds no way from a card back to a classroom (rule 15).
"""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from playwright.sync_api import Page, Playwright, expect, sync_playwright
from sqlalchemy import select

from server import clock
from server.db import reading
from server.models.accounts import Membership
from tests.browser.debriefing import (
    card,
    go_on_to,
    move_to,
    name_group_of,
    plan_next_level,
    predict,
    press,
    read_aloud,
    write_pattern,
)
from tests.browser.link import Link, a_link
from tests.browser.tablet import Tablet, needs_browser
from tests.browser.visit_day import Day, a_day
from tests.make import Somebody, a_member, a_network, signed_in
from tests.real_input import NOTES, Lesson, read_lessons
from tests.serving import Served
from tests.sync.talk import pull

pytestmark = needs_browser

CLASSROOMS = 4
NOTES_EACH = 10
CARDS = 10
BESIDE = "sheet with {number} tasks, two columns"
"""A line of our own in each classroom: the transcripts say nothing of the task."""

STATEMENT = "say how they got there when they are asked"
GROUP = "What students say"
PAGES = (
    "/",
    "/rounds",
    "/rounds/{round}",
    "/rounds/{round}/plan",
    *(
        f"/rounds/{{round}}/plan/{part}"
        for part in ("day", "problem", "theory", "questions", "classrooms", "people", "schedule")
    ),
    "/rounds/{round}/plan/norms",
    "/rounds/{round}/print/pack",
    "/rounds/{round}/review",
    "/rounds/{round}/notes",
    "/rounds/{round}/debrief",
    "/rounds/{round}/summary",
    "/patterns",
    "/members",
    "/not-sent",
    "/settings",
)
CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")
VISIT = re.compile(r"\bV\d+\b")


@dataclass
class Network:
    """Those who are there before Nova joins; each opens the app on a tablet of their own."""

    app: Flask
    playwright: Playwright
    folder: Path
    served: Served
    link: Link
    lead: Somebody
    host: Somebody
    analyst: Somebody

    def tablet(self, name: str, url: str | None = None) -> Tablet:
        return Tablet(self.playwright, self.folder / name, url or self.served.url, (1180, 820))

    @contextmanager
    def signed_in(self, name: str, who: Somebody) -> Iterator[Tablet]:
        tablet = self.tablet(name)
        try:
            tablet.sign_in(who)
            yield tablet
            assert tablet.problems == []
        finally:
            tablet.kill()


@pytest.fixture
def network(app: Flask, served: Served, tmp_path: Path) -> Iterator[Network]:
    if not NOTES.exists():
        pytest.skip("skipped: no real data")
    network_id = a_network()
    lead = a_member(app, network_id, "lead", name="Lead Sample")
    host = a_member(app, network_id, name="Host Sample")
    analyst = a_member(app, network_id, "analyst", name="Analyst Sample")
    with sync_playwright() as playwright, a_link(served.port) as link:
        yield Network(app, playwright, tmp_path, served, link, lead, host, analyst)


@dataclass
class Visitor:
    """Nova's tablet, behind the link that is cut; `somebody` reads the server as Nova may."""

    tablet: Tablet
    link: Link
    somebody: Somebody

    @property
    def page(self) -> Page:
        return self.tablet.page

    def go_offline(self) -> None:
        self.link.cut()
        assert self.tablet.context
        self.tablet.context.set_offline(True)

    def go_online(self) -> None:
        self.link.restore()
        assert self.tablet.context
        self.tablet.context.set_offline(False)
        self.page.evaluate("() => dispatchEvent(new Event('online'))")


def test_forty_real_notes_go_from_a_tablet_with_the_radio_off_into_a_file(network: Network):
    lessons = four_lessons()
    lines = [lines_of(lesson) for lesson in lessons]
    visitor = join_by_code(network)
    try:
        day = plan_the_day(network, visitor)
        write_offline(visitor, day, lines)
        come_back_after_a_kill(visitor, day, lines)
        arrive_whole(visitor, day, lines)
        sort_and_post(visitor, day)
        debrief(network, visitor, day)
        assert visitor.tablet.problems == []
    finally:
        visitor.tablet.kill()

    with network.signed_in("host", network.host) as host:
        open_the_summary(host, day)
        find_no_way_to_a_classroom(host, network.host, day, visitor.somebody)
    with network.signed_in("analyst", network.analyst) as analyst:
        take_away_what_was_found(analyst.page, analyst.url)


def four_lessons() -> list[Lesson]:
    """The first four lessons that have ten lines."""
    found = [lesson for lesson in read_lessons() if len(lesson.lines) >= NOTES_EACH]
    return found[:CLASSROOMS]


def lines_of(lesson: Lesson) -> list[str]:
    return [text for _, _, text in lesson.lines[:NOTES_EACH]]


def join_by_code(network: Network) -> Visitor:
    """Six digits, typed in the app; from then on the app needs no server."""
    lead = network.lead
    body = {"roles": ["member"], "name": "Nova Sample"}
    made = lead.post(f"/networks/{lead.network_id}/invitations", body).json
    token = made["link"].rpartition("/join/")[2]
    code = lead.post("/join/code", {"token": token}).json["code"]
    tablet = network.tablet("visitor", network.link.url)
    page = tablet.open("/join")
    page.get_by_label("Six digits").fill(code)
    press(page, "Join")
    expect(page.get_by_label("Name")).to_have_value("Nova Sample")
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()
    tablet.wait_until_installed()
    return Visitor(tablet, network.link, nova(network))


def nova(network: Network) -> Somebody:
    """Whoever joined by the code, on a second device: for reading what the server gives."""
    network_id = network.lead.network_id
    members = network.lead.get(f"/networks/{network_id}/members").json["members"]
    member_id = next(one["member_id"] for one in members if one["name"] == "Nova Sample")
    with reading() as tx:
        whose = select(Membership.person_id).where(Membership.id == member_id)
        person_id = tx.execute(whose).scalar_one()
    browser = network.app.test_client()
    return signed_in(network.app, Somebody(browser, network_id, member_id, person_id, ""))


def plan_the_day(network: Network, visitor: Visitor) -> Day:
    """Yesterday's round of four classrooms, on Nova's tablet before the radio goes off."""
    yesterday = (clock.now() - timedelta(days=1)).date().isoformat()
    day = a_day(network.lead, visitor.somebody, host=network.host, visits_on=yesterday)
    visitor.page.goto(f"{visitor.tablet.url}/rounds/{day.round_id}")
    expect(visitor.page.get_by_role("heading", name="Sample School")).to_be_visible(timeout=20_000)
    visitor.tablet.close()  # The evening before is over: the sign-in has long been on disk.
    visitor.tablet.open()
    return day


def write_offline(visitor: Visitor, day: Day, lines: list[list[str]]) -> None:
    page = visitor.page
    page.goto(f"{visitor.tablet.url}{day.visit(0)}")
    expect(page.locator(".note-editor")).to_be_focused()
    visitor.go_offline()
    for number, wanted in enumerate(lines, start=1):
        expect(page.locator(".visit-title h1")).to_have_text(f"V{number}")
        for line in [*wanted, BESIDE.format(number=number)]:
            page.keyboard.insert_text(line)
            page.keyboard.press("Enter")
        expect(page.locator(".earlier-text")).to_have_count(NOTES_EACH + 1)
        expect(page.locator(".visit-foot .status")).to_have_text("Saved on this tablet")
        if number < CLASSROOMS:
            press(page, f"Next: V{number + 1}")


def come_back_after_a_kill(visitor: Visitor, day: Day, lines: list[list[str]]) -> None:
    """SIGKILL of the browser; then every word is there, still without a server."""
    visitor.tablet.kill()
    page = visitor.tablet.open(day.visit(0), offline=True)
    for number, wanted in enumerate(lines, start=1):
        page.goto(f"{visitor.tablet.url}{day.visit(number - 1)}")
        expect(page.locator(".visit-title h1")).to_have_text(f"V{number}")
        expect_lines(page, [*wanted, BESIDE.format(number=number)])


def expect_lines(page: Page, wanted: list[str]) -> None:
    """These lines; the last may be in the field again, as one that may have been under way."""
    earlier = page.locator(".earlier-text")
    expect(page.locator(".note-editor")).to_be_visible()
    expect(earlier.nth(len(wanted) - 2)).to_be_attached()
    shown = earlier.evaluate_all("all => all.map(one => one.textContent)")
    in_field = page.locator(".note-editor").input_value()
    assert [*shown, *filter(None, [in_field])] == wanted


def arrive_whole(visitor: Visitor, day: Day, lines: list[list[str]]) -> None:
    visitor.go_online()
    status = visitor.page.locator(".visit-foot .status")
    expect(status).to_have_attribute("data-status", "on_server", timeout=60_000)
    found: dict[str, list[str]] = {}
    notes = [values(row) for row in rows(visitor.somebody, "note")]
    for note in sorted(notes, key=lambda note: note["order"]):
        found.setdefault(note["classroom"], []).append(note["text"])
    assert found == {
        classroom: [*wanted, BESIDE.format(number=number)]
        for number, (classroom, wanted) in enumerate(zip(day.classrooms, lines, strict=True), 1)
    }


def sort_and_post(visitor: Visitor, day: Day) -> None:
    """T: and S: have sorted themselves; four lines are left, then ten are chosen and posted."""
    page = visitor.page
    page.goto(f"{visitor.tablet.url}/rounds/{day.round_id}/review")
    for left in range(CLASSROOMS, 0, -1):
        expect(page.get_by_text(re.compile(f"^({left}|One) lines? left to sort$"))).to_be_visible()
        page.keyboard.press("3")
    expect(page.get_by_text("Every line is sorted.")).to_be_visible()
    page.locator("label", has_text="Choose").click()
    for place in range(CARDS):
        line = page.locator(".choose-row").nth(place * 4)
        choose = line.locator(".choose-act").last
        choose.click()
        expect(choose).to_have_attribute("aria-pressed", "true")
    press(page, "Go on to posting")
    instead = page.get_by_role("button", name=re.compile("^Post with "))
    while instead.count() > 0:
        instead.first.click()
    press(page, f"Post {CARDS} cards")
    wait_for_rows(visitor.somebody, "card_source", CARDS)


def debrief(network: Network, visitor: Visitor, day: Day) -> None:
    """Read and agree, a group, a pattern, a sealed prediction, next-level work, close."""
    path = f"/rounds/{day.round_id}/debrief"
    with network.signed_in("lead", network.lead) as tablet:
        lead, page = tablet.page, visitor.page
        lead.goto(tablet.url + path)
        press(lead, "Begin the debrief")
        page.goto(visitor.tablet.url + path)
        read_aloud(page, CARDS)
        go_on_to(lead, "Analyze")
        group_two_classrooms(lead, visitor.somebody)
        write_pattern(lead, STATEMENT, GROUP)
        predict(lead, page)
        plan_next_level(lead)
        press(lead, "Close the debrief")
        expect(page.get_by_text("This debrief is closed.")).to_be_visible(timeout=20_000)


def group_two_classrooms(page: Page, visitor: Somebody) -> None:
    """One card of each of two classrooms, in one group with a name."""
    of_classroom = {source["classroom"]: source["card"] for source in sources(visitor)}
    texts = {row["id"]: values(row)["text"] for row in rows(visitor, "card")}
    first, second = [texts[each] for each in [*of_classroom.values()][:2]]
    expect(card(page, first)).to_be_visible(timeout=20_000)
    move_to(page, first, "New group")
    name_group_of(page, first, GROUP)
    move_to(page, second, GROUP)
    group = page.locator(".wall-group").filter(has=card(page, first))
    expect(group.locator(".wall-card")).to_have_count(2)


def open_the_summary(host: Tablet, day: Day) -> None:
    """The host reads it first, then opens it to the network and the district."""
    page = host.page
    page.goto(f"{host.url}/rounds/{day.round_id}/summary")
    expect(page.get_by_text(f"Students {STATEMENT}")).to_be_visible(timeout=20_000)
    for audience in ("network", "district"):
        toggle = page.get_by_role("switch", name=re.compile(audience, re.IGNORECASE))
        toggle.check()
    expect(page.locator(".nav-foot")).to_contain_text("on the server", timeout=20_000)


def find_no_way_to_a_classroom(
    host: Tablet, somebody: Somebody, day: Day, visitor: Somebody
) -> None:
    """Rule 15: what pull gives to the host, and every page that the host can open."""
    given = pull(somebody, limit=1000)["rows"]
    cards = [row for row in given if row["kind"] == "card"]
    texts = [values(row)["text"] for row in cards]
    hidden = [*day.classrooms, *day.slots, day.team, visitor.member_id]
    assert len(cards) == CARDS
    assert not {"note", "observation", "card_source"} & {row["kind"] for row in given}
    assert_tells_nothing(json.dumps(cards), texts, hidden)
    ids = [row["id"] for row in cards]
    for row in given:
        if any(each in json.dumps(row) for each in [*ids, *map(json.dumps, texts)]):
            assert not [each for each in hidden if each in json.dumps(row)], row["kind"]
    seen = set()
    for path, shown, source in every_page(host, day):
        if any(one_line(text) in shown for text in texts):
            seen.add(path)
            assert_tells_nothing(shown, texts, ["Nova Sample"])
            assert not [each for each in hidden if each in source], path
    assert {"Analyze", "/patterns"} <= seen, "the pages that show cards were looked at"


def every_page(host: Tablet, day: Day) -> Iterator[tuple[str, str, str]]:
    """Name, words and source of all that the host can open, with nothing folded away."""
    page = host.page
    for path in PAGES:
        page.goto(host.url + path.format(round=day.round_id))
        expect(page.locator("h1").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        if path == "/patterns":
            expect(page.get_by_text(STATEMENT)).to_be_visible(timeout=20_000)
        yield path, unfolded(page), page.content()
        if path.endswith("/debrief"):
            for phase in ("Describe", "Analyze", "Predict", "Next level of work"):
                page.locator(".phase", has_text=phase).click()
                expect(page.locator(".phase[aria-current]")).to_contain_text(phase)
                yield phase, unfolded(page), page.content()


def unfolded(page: Page) -> str:
    page.evaluate("() => document.querySelectorAll('details').forEach(each => (each.open = true))")
    return one_line(page.locator("body").inner_text())


def one_line(text: str) -> str:
    """With the spaces that a page shows: one between words."""
    return " ".join(text.split())


def assert_tells_nothing(shown: str, texts: list[str], hidden: list[str]) -> None:
    """No classroom, clock time or author beside the words of the cards themselves."""
    for text in sorted(texts, key=len, reverse=True):
        for written in (one_line(text), json.dumps(text)[1:-1]):
            shown = shown.replace(written, "")
    assert VISIT.findall(shown) == []
    assert CLOCK.findall(shown) == []
    assert [each for each in hidden if each in shown] == []


def take_away_what_was_found(page: Page, url: str) -> None:
    """The analyst's two files, opened by other people's tools."""
    page.goto(f"{url}/patterns")
    expect(page.get_by_text(STATEMENT)).to_be_visible(timeout=20_000)
    sentence = f"In many of the classrooms, students {STATEMENT}"

    workbook = openpyxl.load_workbook(io.BytesIO(take(page, "As a spreadsheet (Excel)")))
    rows = list(csv.DictReader(io.StringIO(take(page, "As CSV").decode("utf-8-sig"))))

    cells = [str(cell) for sheet in workbook for line in sheet.values for cell in line if cell]
    assert sentence in [cell.rstrip(".") for cell in cells]
    assert rows
    assert any(sentence in str(row) for row in rows)
    for text in (*cells, *map(str, rows)):
        assert VISIT.findall(text) == []
        assert "Nova" not in text


def take(page: Page, form: str) -> bytes:
    press(page, "Take away")
    with page.expect_download() as file:
        page.locator("dialog[open] .menu-item", has_text=form).click()
    return Path(file.value.path()).read_bytes()


def rows(somebody: Somebody, kind: str) -> list[Any]:
    reply = pull(somebody, limit=1000)
    assert not reply["more"]
    return [row for row in reply["rows"] if row["kind"] == kind and not row["deleted"]]


def values(row: Any) -> dict[str, Any]:
    return {name: heads[0]["value"] for name, heads in row["fields"].items()}


def sources(somebody: Somebody) -> list[dict[str, Any]]:
    return [values(row) for row in rows(somebody, "card_source")]


def wait_for_rows(somebody: Somebody, kind: str, count: int) -> None:
    until = time.monotonic() + 30
    while len(rows(somebody, kind)) < count and time.monotonic() < until:
        time.sleep(0.2)
    assert len(rows(somebody, kind)) == count
