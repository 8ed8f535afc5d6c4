"""A visitor's day: Robin, a tablet that is ready for offline, and what is typed and seen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Flask
from playwright.sync_api import Locator, Page, expect

from tests.browser.tablet import Tablet
from tests.browser.visit_day import Day, a_day
from tests.make import Somebody, a_member, a_network


@dataclass
class Visitor:
    """Robin's tablet, and the people of the round."""

    tablet: Tablet
    robin: Somebody
    lead: Somebody
    host: Somebody
    day: Day

    def visit(self, at: int = 0) -> Page:
        """Robin opens a classroom's visit, and may write."""
        page = self.tablet.goto(self.day.visit(at))
        expect(field_of(page)).to_be_focused()
        return page


def a_visitor(app: Flask, tablet: Tablet, **round_fields: str) -> Visitor:
    """Signed in, the plan on the tablet, every file kept: ready for offline."""
    network = a_network()
    lead = a_member(app, network, "lead", name="Lead Sample")
    robin = a_member(app, network)
    host = a_member(app, network, name="Host Sample")
    day = a_day(lead, robin, host=host, **round_fields)
    tablet.sign_in(robin)
    tablet.wait_until_installed()
    expect(tablet.page.locator(f'a[href="/rounds/{day.round_id}"]').first).to_be_visible()
    return Visitor(tablet, robin, lead, host, day)


def field_of(page: Page) -> Locator:
    return page.locator(".note-editor")


def write_lines(page: Page, *lines: str) -> None:
    """Each is ended, and the last one stands above the field, and on disk, afterwards."""
    expect(field_of(page)).to_be_focused()
    for line in lines:
        page.keyboard.type(line)
        page.keyboard.press("Enter")
    expect(page.locator(".earlier-text").last).to_have_text(lines[-1])
    expect(status_of(page)).to_have_attribute("data-status", re.compile("on_(tablet|server)"))


def status_of(page: Page) -> Locator:
    return page.locator(".visit-foot .status")


def expect_on_server(page: Page) -> None:
    expect(status_of(page)).to_have_attribute("data-status", "on_server", timeout=60_000)
