"""The lead sees in words on which tablet something waits, and which is silent."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import expect

from tests.browser.link import Link
from tests.browser.tablet import Tablets, needs_browser
from tests.make import a_member, a_network
from tests.sync.talk import a_round

pytestmark = needs_browser


def test_what_waits_on_a_visitors_tablet_is_told_to_the_lead(
    app: Flask, link: Link, tablets: Tablets
) -> None:
    network = a_network()
    lead = a_member(app, network, "lead", name="Lead Sample")
    ana = a_member(app, network, name="Ana Sample")
    silent = a_member(app, network, name="Silent Sample")
    round_id = a_round(lead, ana, silent)
    beat = {"network": network, "unsent": 2, "oldest_at": "2026-11-20T10:12:00Z", "set_aside": 0}
    assert ana.post("/devices/heartbeat", {**beat, "app_version": "1"}).status_code == 204
    tablet = tablets.another(link)
    tablet.sign_in(lead)

    page = tablet.goto(f"/rounds/{round_id}")

    waits = page.get_by_text("2 notes or changes wait on Invented tablet since Nov 20, 2026")
    expect(waits).to_be_visible()
    expect(page.get_by_text("Invented tablet: unknown since")).to_be_visible()
    expect(page.get_by_text("Ana Sample")).to_be_visible()


def test_the_leads_own_tablet_says_that_nothing_waits_on_it(
    app: Flask, link: Link, tablets: Tablets
) -> None:
    network = a_network()
    lead = a_member(app, network, "lead", name="Lead Sample")
    round_id = a_round(lead, lead)
    lead.delete("/session")
    tablet = tablets.another(link)
    tablet.sign_in(lead)
    with tablet.page.expect_response(lambda answer: "/devices/heartbeat" in answer.url) as beat:
        tablet.goto(f"/rounds/{round_id}")
    assert beat.value.status == 204

    page = tablet.goto(f"/rounds/{round_id}")

    expect(page.get_by_text("Nothing waits on 1 tablet")).to_be_visible()
