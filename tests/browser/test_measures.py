"""Measures on a tablet: typed in with the radio off, drawn, walked through, taken along."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.link import Link
from tests.browser.photograph import account_of
from tests.browser.screens import settle, sign_in
from tests.browser.tablet import Tablet, Tablets, needs_browser
from tests.make import a_member, a_network
from tests.serving import Served

pytestmark = needs_browser

FILE = "date;value;note\r\n" + "".join(
    f"2026-{month:02}-02;{value};{note}\r\n"
    for month, value, note in (
        *((month, 10 + month % 2, "") for month in range(1, 7)),
        (7, "24,5", "A shared hour began"),
        *((month, 24 + month % 2, "") for month in range(8, 13)),
    )
)


@pytest.fixture
def lead(app: Flask, link: Link, tablets: Tablets) -> Tablet:
    """A lead's tablet, its app installed, in a network that counts nothing yet."""
    tablet = tablets.another(link)
    tablet.sign_in(a_member(app, a_network(), "lead"))
    tablet.goto("/patterns/measures")
    tablet.wait_until_installed()
    return tablet


@pytest.fixture
def demo_lead(demo: tuple[Served, dict[str, Any]], tablets: Tablets) -> Page:
    return demo_page(demo, tablets, "lead")


def demo_page(demo: tuple[Served, dict[str, Any]], tablets: Tablets, role: str) -> Page:
    """The demo's measures, which no test changes: other tests photograph them."""
    served, made = demo
    tablet = tablets.another(served)
    tablet.open("/sign-in")
    assert tablet.context
    sign_in(tablet.context, served.url, account_of(made, role))
    page = tablet.goto("/patterns/measures")
    settle(page)
    return page


def add_measure(page: Page, title: str) -> None:
    page.get_by_role("button", name="Add a measure").click()
    page.get_by_label("What is it called?").fill(title)
    page.get_by_role("dialog").get_by_role("button", name="Add a measure").click()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def bring(page: Page, text: str) -> None:
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("button", name="Bring a CSV file").click()
    file = {"name": "numbers.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("Choose a file").set_input_files(file)


def test_numbers_are_typed_in_and_drawn_with_the_radio_off_and_are_there_after_a_restart(lead):
    page = lead.page
    lead.go_offline()
    add_measure(page, "Visits of families")
    page.get_by_role("button", name="Add numbers").click()
    for day, number in (("2026-11-02", "12"), ("2026-11-09", "14,5"), ("2026-11-16", "1.2.3")):
        page.get_by_label("Day").fill(day)
        page.get_by_label("Number", exact=True).fill(number)
        if number == "1.2.3":
            break
        page.get_by_role("button", name="Save and add another").click()
    expect(page.get_by_role("dialog").get_by_text("Write a number")).to_be_visible()
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    page.get_by_role("button", name="Close").click()
    page.reload()

    rows = page.locator("table.points tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("14.5")
    expect(page.locator(".chart-picture")).to_have_attribute("aria-label", LABEL)


LABEL = (
    "Visits of families: 2 points, from Nov 2, 2026 to Nov 9, 2026. "
    "Nothing here goes beyond what chance alone would do. "
    "With fewer than 10 points on either side of the line the rules can hardly tell a change "
    "from chance. Go on counting. The table below has every number."
)


def test_a_file_says_what_will_happen_and_comes_twice_without_doubling(lead):
    page = lead.page
    add_measure(page, "Brought along")
    bring(page, FILE)
    expect(page.get_by_text("12 points are new.")).to_be_visible()
    page.get_by_role("button", name="Take it in").click()
    expect(page.locator("table.points tbody tr")).to_have_count(12)
    expect(page.get_by_text("Something changed: the line crosses the middle once.")).to_be_visible()
    expect(page.get_by_text("A shared hour began").first).to_be_visible()

    bring(page, FILE.replace("2026-01-02;11", "2026-01-02;9"))

    expect(page.get_by_text("1 point gets another number.")).to_be_visible()
    expect(page.get_by_text("11 points stay as they are.")).to_be_visible()


def test_a_file_with_one_mistake_is_refused_by_row_and_column_and_leaves_nothing(lead):
    page = lead.page
    add_measure(page, "With a mistake")

    bring(page, FILE.replace("24,5", "many"))

    expect(page.get_by_role("alert")).to_contain_text("Row 8, column “value”")
    expect(page.get_by_role("button", name="Take it in")).to_be_disabled()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("table.points")).to_have_count(0)


def test_the_points_are_walked_through_by_keyboard_and_told(demo_lead):
    page = demo_lead
    page.get_by_role("link", name="Lessons that grade teams planned together").click()
    slider = page.get_by_role("slider", name="Go from point to point")
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("11 lessons a week$"))
    slider.press("ArrowRight")

    expect(slider).to_have_attribute("aria-valuetext", re.compile("14 lessons a week$"))
    expect(page.locator(".chart-here")).to_have_count(1)


def test_the_spreadsheet_says_the_same_as_the_screen(demo_lead):
    page = demo_lead
    page.get_by_role("link", name="Lessons that grade teams planned together").click()
    expect(page.locator(".measure-says")).to_have_count(2)
    said = page.locator(".measure-says").all_text_contents()
    page.get_by_role("button", name="More", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="as a spreadsheet").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))

    words = [str(row[1].value) for row in book.worksheets[0].iter_rows()]
    assert [each for each in words if each in said] == said


def test_a_file_that_was_taken_along_stands_in_the_list_that_every_member_sees(demo, tablets):
    page = demo_page(demo, tablets, "visitor")
    page.get_by_role("link", name="Lessons that grade teams planned together").click()
    page.get_by_role("button", name="More", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="as CSV").click()
    sha256 = hashlib.sha256(Path(download.value.path()).read_bytes()).hexdigest()

    other = demo_page(demo, tablets, "host")
    other.goto(other.url.replace("/measures", "/files"))
    name = "Lessons that grade teams planned together, CSV"
    other.get_by_role("button", name=name).first.click()
    expect(other.get_by_role("dialog")).to_contain_text(sha256)
    expect(other.get_by_role("dialog")).to_contain_text("22 points")


def test_a_member_reads_and_is_offered_nothing_to_change(demo, tablets):
    page = demo_page(demo, tablets, "visitor")
    page.get_by_role("link", name="Students who were there").click()

    expect(page.locator(".chart-picture")).to_be_visible()
    expect(page.get_by_role("button", name="Add numbers")).to_have_count(0)
    expect(page.locator(".points-day")).to_have_count(0)
