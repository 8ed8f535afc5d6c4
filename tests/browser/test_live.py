"""Live hints in a real browser: what one person writes is on another's screen, unasked."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import expect

from tests.browser.link import Link
from tests.browser.tablet import Tablets, needs_browser
from tests.device import Device
from tests.make import PASSWORD, a_member, a_network
from tests.serving import Served
from tests.sync.talk import a_round

pytestmark = needs_browser

LONG_BEFORE_A_POLL = 20_000
"""Milliseconds. Without hints a tablet looks every 30 to 60 seconds."""


def test_what_somebody_else_writes_comes_unasked_and_after_a_cut_too(
    app: Flask, served: Served, link: Link, tablets: Tablets
) -> None:
    network = a_network()
    lead = a_member(app, network, "lead", name="Lead Sample")
    visitor = a_member(app, network, name="Visitor Sample")
    round_id = a_round(lead, visitor, title="First title")
    tablet = tablets.another(link)
    tablet.sign_in(visitor)
    page = tablet.page
    with page.expect_response(lambda response: "/api/v1/live" in response.url):
        tablet.goto(f"/rounds/{round_id}")
    expect(page.get_by_text("First title").first).to_be_visible()

    far = Device(served.url, network, lead.member_id)
    far.sign_in(lead.email, PASSWORD)
    _rename(far, round_id, "Second title")
    expect(page.get_by_text("Second title").first).to_be_visible(timeout=LONG_BEFORE_A_POLL)

    with page.expect_response(lambda response: "/api/v1/live" in response.url):
        link.cut()
        _rename(far, round_id, "Third title")
        link.restore()
    expect(page.get_by_text("Third title").first).to_be_visible(timeout=LONG_BEFORE_A_POLL)
    far.close()


def _rename(far: Device, round_id: str, title: str) -> None:
    far.pull()
    far.save("round", round_id, f"round:{round_id}", {"title": title})
    far.push()
