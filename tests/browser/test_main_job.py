"""The main job in a real browser, on notes of real lessons, from a code to a file.

One person joins, writes forty real notes with the radio off, loses the browser, sorts, posts
and debriefs; the host opens what was found; an analyst takes it away; and the host, who wrote
the schedule, finds no way from a card back to a classroom (rule 15).
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.debriefing import (
    card,
    close_debrief,
    go_on_to,
    move_to,
    name_group_of,
    plan_next_level,
    predict,
    read_aloud,
    write_pattern,
)
from tests.browser.hands import press, tick
from tests.browser.link import Link
from tests.browser.nova import (
    CARDS,
    Visitor,
    arrive_whole,
    come_back_after_a_kill,
    four_lessons,
    join_by_code,
    lines_of,
    plan_the_day,
    sort_and_post,
    write_offline,
)
from tests.browser.on_server import rows, values
from tests.browser.seen_by_host import VISIT, find_no_way_to_a_classroom
from tests.browser.tablet import ON_ITS_SIDE, Tablet, Tablets, needs_browser
from tests.browser.visit_day import Day
from tests.make import Somebody, a_member, a_network
from tests.real_input import NOTES
from tests.serving import Served

pytestmark = needs_browser

STATEMENT = "say how they got there when they are asked"
GROUP = "What students say"


@dataclass
class Network:
    """Those who are there before Nova joins; each opens the app on a tablet of their own."""

    app: Flask
    served: Served
    tablets: Tablets
    lead: Somebody
    host: Somebody
    analyst: Somebody

    def signed_in(self, who: Somebody) -> Tablet:
        tablet = self.tablets.another(self.served, ON_ITS_SIDE)
        tablet.sign_in(who)
        return tablet


@pytest.fixture
def network(app: Flask, served: Served, tablets: Tablets) -> Network:
    if not NOTES.exists():
        pytest.skip("skipped: no real data")
    network_id = a_network()
    lead = a_member(app, network_id, "lead", name="Lead Sample")
    host = a_member(app, network_id, name="Host Sample")
    analyst = a_member(app, network_id, "analyst", name="Analyst Sample")
    return Network(app, served, tablets, lead, host, analyst)


def test_forty_real_notes_go_from_a_tablet_with_the_radio_off_into_a_file(
    network: Network, link: Link
):
    lines = [lines_of(lesson) for lesson in four_lessons()]
    visitor = join_by_code(network.app, network.lead, network.tablets.kept(link, ON_ITS_SIDE))
    day = plan_the_day(network.lead, network.host, visitor)
    write_offline(visitor, day, lines)
    come_back_after_a_kill(visitor, day, lines)
    arrive_whole(visitor, day, lines)
    sort_and_post(visitor, day)
    debrief(network, visitor, day)
    visitor.tablet.end()

    host = network.signed_in(network.host)
    open_the_summary(host, day)
    find_no_way_to_a_classroom(
        host, network.host, day, author=visitor.somebody, cards=CARDS, statement=STATEMENT
    )
    take_away_what_was_found(network.signed_in(network.analyst))


def debrief(network: Network, visitor: Visitor, day: Day) -> None:
    """Read and agree, a group, a pattern, a sealed prediction, next-level work, close."""
    path = f"/rounds/{day.round_id}/debrief"
    lead = network.signed_in(network.lead).goto(path)
    press(lead, "Begin the debrief")
    page = visitor.tablet.goto(path)
    go_on_to(lead, "Read and agree")
    read_aloud(page, CARDS)
    go_on_to(lead, "Group on the team’s wall")
    group_two_classrooms(lead, visitor.somebody)
    write_pattern(lead, STATEMENT, GROUP)
    predict(lead, page)
    plan_next_level(lead)
    close_debrief(lead)
    expect(page.get_by_text("This debrief is closed.")).to_be_visible()
    lead.get_by_role("link", name="Read the summary").click()
    expect(lead.get_by_role("heading", name="Return summary")).to_be_visible()


def group_two_classrooms(page: Page, visitor: Somebody) -> None:
    """One card of each of two classrooms, in one group with a name."""
    sources = map(values, rows(visitor, "card_source"))
    of_classroom = {source["classroom"]: source["card"] for source in sources}
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
    page = host.goto(f"/rounds/{day.round_id}/summary")
    expect(page.get_by_text(f"Students {STATEMENT}")).to_be_visible(timeout=20_000)
    for audience in ("network", "district"):
        tick(page.get_by_role("switch", name=re.compile(audience, re.IGNORECASE)))
    expect(page.locator(".nav-foot")).to_contain_text("on the server")


def take_away_what_was_found(analyst: Tablet) -> None:
    """The analyst's two files, opened by other people's tools."""
    page = analyst.goto("/patterns")
    expect(page.get_by_text(STATEMENT)).to_be_visible(timeout=20_000)
    sentence = f"In many of the classrooms, students {STATEMENT}"

    workbook = openpyxl.load_workbook(io.BytesIO(take(page, "As a spreadsheet (Excel)")))
    lines = list(csv.DictReader(io.StringIO(take(page, "As CSV").decode("utf-8-sig"))))

    cells = [str(cell) for sheet in workbook for row in sheet.values for cell in row if cell]
    assert sentence in [cell.rstrip(".") for cell in cells]
    assert any(sentence in str(line) for line in lines)
    for text in (*cells, *map(str, lines)):
        assert VISIT.findall(text) == []
        assert "Nova" not in text


def take(page: Page, form: str) -> bytes:
    press(page, "Export")
    with page.expect_download() as file:
        page.locator("dialog[open] .menu-item", has_text=form).click()
    return Path(file.value.path()).read_bytes()
