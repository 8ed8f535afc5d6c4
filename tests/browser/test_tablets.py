"""The lead sees in words on which tablet something waits, and which is silent."""

from __future__ import annotations

import re

from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.link import Link
from tests.browser.screens import find_faults
from tests.browser.tablet import Tablet, Tablets, needs_browser
from tests.browser.visit_day import in_days
from tests.browser.visiting import a_visitor, status_of, write_lines
from tests.make import PASSWORD, Somebody, a_member, a_network
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

    expect(page.get_by_text("1 tablet has sent everything")).to_be_visible()


def empty_the_storage(tablet: Tablet) -> None:
    """As a browser that ran short does it: every database is gone, its small memory is not."""
    page = tablet.page
    page.goto("about:blank")
    devtools = page.context.new_cdp_session(page)
    asked = {"origin": tablet.url, "storageTypes": "indexeddb"}
    devtools.send("Storage.clearDataForOrigin", asked)
    devtools.detach()


def test_a_tablet_whose_storage_was_emptied_is_told_to_the_lead_with_how_much_went(
    app: Flask, link: Link, tablets: Tablets
) -> None:
    visitor = a_visitor(app, tablets.another(link), visits_on=in_days(0))
    tablet = visitor.tablet
    page = visitor.visit()
    tablet.go_offline()
    write_lines(page, "S: “Because it melts.”")
    expect(status_of(page)).to_have_attribute("data-status", "on_tablet")
    empty_the_storage(tablet)
    tablet.go_online()

    page = tablet.goto("/sign-in")
    with page.expect_response(lambda answer: "emptied" in (answer.request.post_data or "")):
        enter(page, visitor.robin)
    expect(page.get_by_text("storage was emptied")).to_be_visible()
    with_lead = tablets.another(link)
    with_lead.sign_in(visitor.lead)
    page = with_lead.goto(f"/rounds/{visitor.day.round_id}")

    told = page.get_by_text("its storage was emptied")
    expect(told).to_contain_text("2 notes or changes were only there")  # the visit and its line
    expect(told).to_contain_text(re.compile(r"noticed \d+:\d\d [AP]M, last whole \d+:\d\d [AP]M"))
    expect(told).to_have_count(1)
    expect(page.locator("body")).not_to_contain_text("Because it melts")
    assert find_faults(page) == []


def enter(page: Page, somebody: Somebody) -> None:
    page.locator("input[type=email]").fill(somebody.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("[type=submit]").click()
    expect(page.locator("nav")).to_be_visible()
