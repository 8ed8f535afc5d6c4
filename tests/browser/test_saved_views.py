"""A look at patterns that somebody named: there on every tablet of theirs, and on nobody else's."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import expect

from tests.browser.hands import press
from tests.browser.link import Link
from tests.browser.tablet import Tablets, needs_browser
from tests.make import a_member, a_network

pytestmark = needs_browser


def test_a_view_that_was_named_offline_is_there_on_another_tablet_and_is_nobody_elses(
    app: Flask, link: Link, tablets: Tablets
) -> None:
    network = a_network()
    lead = a_member(app, network, "lead", name="Lead Sample")
    other = a_member(app, network, name="Robin Sample")
    mine, second, theirs = (tablets.another(link) for _ in range(3))
    mine.sign_in(lead)
    mine.wait_until_installed()
    page = mine.goto("/patterns?about=tasks&words=ratio")
    expect(page.get_by_label("Search")).to_have_value("ratio")
    mine.go_offline()

    press(page, "Save this view")
    sheet = page.locator("dialog[open]")
    sheet.get_by_label("Its name").fill("Tasks on ratio")
    press(sheet, "Save this view")
    expect(page.get_by_role("button", name="Tasks on ratio")).to_be_visible()
    mine.go_online()
    expect(page.locator(".nav-foot")).to_contain_text("on the server")

    second.sign_in(lead)
    page = second.goto("/patterns")
    page.get_by_role("link", name="Tasks on ratio").click()
    expect(page.get_by_label("Search")).to_have_value("ratio")
    expect(page.get_by_label("About")).to_have_value("tasks")
    theirs.sign_in(other)
    elsewhere = theirs.goto("/patterns")
    expect(elsewhere.get_by_label("Search")).to_be_visible()
    expect(elsewhere.get_by_text("Tasks on ratio")).to_have_count(0)

    page = second.goto("/patterns/time?about=students")
    press(page, "Save this view")
    sheet = page.locator("dialog[open]")
    sheet.get_by_label("Its name").fill("Students over time")
    press(sheet, "Save this view")
    expect(page.get_by_role("button", name="Students over time")).to_be_visible()
    page = second.goto("/patterns")
    page.get_by_role("link", name="Students over time").click()
    expect(page.get_by_role("heading", name="Over time")).to_be_visible()
    expect(page.get_by_label("About")).to_have_value("students")

    page = second.goto("/patterns/schools")
    expect(page.get_by_role("heading", name="One school, then and now")).to_be_visible()
    expect(page.get_by_text("Nothing to read here yet")).to_be_visible()
    page = second.goto("/patterns?about=tasks&words=ratio")
    press(page, "Tasks on ratio")
    press(page, "Remove from saved views")
    press(page.locator("dialog.sheet[open]"), "Remove from saved views")
    expect(page.get_by_role("button", name="Save this view")).to_be_visible()
    page.get_by_label("Search").fill("")
    page.get_by_label("Search").press("Enter")
    page.goto(f"{second.url}/patterns")
    expect(page.get_by_label("Search")).to_be_visible()
    expect(page.get_by_text("Tasks on ratio")).to_have_count(0)
