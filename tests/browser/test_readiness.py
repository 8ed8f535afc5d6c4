"""Ready for offline: one tick on a device that is, and what to do in words on one that is not."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import press
from tests.browser.link import Link
from tests.browser.screens import find_faults
from tests.browser.tablet import KeptTablet, Tablets, needs_browser
from tests.browser.visiting import Visitor, a_visitor

pytestmark = needs_browser

LINES = 8


@pytest.fixture
def at_home(app: Flask, link: Link, tablets: Tablets) -> Visitor:
    """On a device of one's own: a profile on disk, not a window that forgets."""
    tablet = tablets.kept(link)
    return a_visitor(app, tablet)


def open_as_app(tablet: KeptTablet) -> Page:
    """From the home screen, as an iPad tells it, with the browser's word that storage lasts."""
    page = tablet.page
    page.add_init_script("Object.defineProperty(navigator, 'standalone', { value: true })")
    page.add_init_script("StorageManager.prototype.persist = async () => true")
    return tablet.goto("/")


def look(page: Page) -> Locator:
    page.locator(".ready .button").click()
    sheet = page.get_by_role("dialog", name="Ready for offline?")
    expect(sheet).to_be_visible()
    return sheet


def test_a_device_that_is_ready_has_one_tick(at_home: Visitor) -> None:
    assert isinstance(at_home.tablet, KeptTablet)
    page = open_as_app(at_home.tablet)

    expect(page.locator(".ready[data-holds]")).to_contain_text("Ready for offline")
    sheet = look(page)
    expect(sheet.locator(".ready-mark")).to_have_count(9)
    expect(sheet.locator(".ready-mark[data-holds]")).to_have_count(9)
    assert find_faults(page) == []


def test_a_browser_tab_is_told_from_the_app_in_words(visitor: Visitor) -> None:
    sheet = look(visitor.tablet.goto("/"))

    expect(sheet.get_by_text("Open it as an app")).to_be_visible()
    expect(sheet.get_by_text("Add Rounds to the home screen")).to_be_visible()


def test_a_portal_in_the_way_is_told_and_being_offline_is_not(visitor: Visitor) -> None:
    page = visitor.tablet.goto("/")
    page.route(
        "**/api/v1/ready",
        lambda route: route.fulfill(status=200, body="<h1>Welcome to the Wi-Fi</h1>"),
    )
    sheet = look(page)
    expect(sheet.get_by_text("Something else answers in place of the server")).to_be_visible()
    page.unroute("**/api/v1/ready")

    visitor.tablet.go_offline()
    press(page, "Check again")

    expect(sheet.get_by_text("Something else answers in place of the server")).to_have_count(0)
    expect(sheet.get_by_text("A test line was written and read")).to_be_visible()


FAIL_TO_WRITE = """() => {
    IDBObjectStore.prototype.put = () => {
        throw new DOMException("no room", "QuotaExceededError");
    };
}"""


def test_a_disk_that_takes_nothing_is_told_before_the_visit(visitor: Visitor) -> None:
    page = visitor.tablet.goto("/")
    page.evaluate(FAIL_TO_WRITE)

    sheet = look(page)

    expect(sheet.get_by_text("Writing to this device failed")).to_be_visible()
    visitor.tablet.problems.clear()  # The app's own writes fail too, and say so.


READ_TEST_LINE = """(person) => new Promise((resolve, reject) => {
    const opening = indexedDB.open(`rounds-outbox-${person}`);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
        const asking = opening.result.transaction("meta").objectStore("meta").get("test_line");
        asking.onsuccess = () => resolve(asking.result.value);
    };
})"""


def test_the_warm_up_ends_with_a_line_that_is_on_disk_offline(visitor: Visitor) -> None:
    tablet = visitor.tablet
    tablet.goto("/")
    tablet.go_offline()
    page = tablet.page
    look(page)
    press(page, "Warm up: did a camera see it?")
    sheet = page.get_by_role("dialog", name="Did a camera see it?")
    for at in range(LINES):
        press(sheet, "A camera could" if at % 2 else "A camera could not")
        press(sheet, "Next line")
    sheet.get_by_label("Now a line of your own").fill('T: "Who can say it in other words?"')
    assert find_faults(page) == []
    press(sheet, "Write it down")

    expect(sheet.get_by_text("Written to this device and read back")).to_be_visible()
    kept = page.evaluate(READ_TEST_LINE, visitor.robin.person_id)
    assert kept == 'T: "Who can say it in other words?"'
    assert nothing_waits(page)


def nothing_waits(page: Page) -> bool:
    """The line is no note: nothing is to be sent."""
    page.keyboard.press("Escape")
    return "only on this tablet" not in json.dumps(page.locator("body").inner_text())
