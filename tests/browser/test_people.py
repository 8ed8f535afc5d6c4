"""Joining, members and settings in a real browser; what a device shows with no server."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.hands import tick
from tests.browser.link import Link
from tests.browser.screens import find_faults
from tests.browser.tablet import Tablet, Tablets, needs_browser
from tests.make import Somebody, a_member, a_network
from tests.serving import Served

pytestmark = needs_browser


@pytest.fixture
def lead(app: Flask) -> Somebody:
    return a_member(app, a_network("Invented Network"), "lead", name="Lead Sample")


@pytest.fixture
def tablet(tablets: Tablets, served: Served) -> Tablet:
    return tablets.another(served)


def an_invitation(lead: Somebody, **fields: object) -> str:
    """The path of an invitation's page."""
    body = {"roles": ["member"], **fields}
    link: str = lead.post(f"/networks/{lead.network_id}/invitations", body).json["link"]
    return link[link.index("/join/") :]


def digits(page: Page) -> str:
    shown = page.locator(".code-shown")
    expect(shown).to_be_visible()
    return shown.inner_text().replace(" ", "")


def test_an_invitation_shows_how_to_install_and_its_code_opens_the_app(lead, tablet):
    page = tablet.open(an_invitation(lead, name="Nova Sample"))
    expect(page.get_by_role("heading", level=1)).to_have_text("You are invited to Invented Network")
    expect(page.get_by_text("Open Rounds as an app.")).to_be_visible()
    assert find_faults(page) == []

    page.get_by_role("button", name="Show my code").click()
    code = digits(page)
    tablet.goto("/join")
    page.get_by_label("Six digits").fill(code)
    page.get_by_role("button", name="Join").click()

    expect(page.get_by_label("Name")).to_have_value("Nova Sample")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_focused()


def test_a_wrong_code_is_told_in_words_and_can_be_typed_anew(tablet):
    page = tablet.open("/join")

    page.get_by_label("Six digits").fill("123 456")
    page.get_by_role("button", name="Join").click()

    expect(page.get_by_role("alert")).to_contain_text("ask for a fresh one")
    expect(page.get_by_label("Six digits")).to_have_value("123 456")


def test_a_lead_invites_changes_and_removes_somebody(lead, tablet):
    tablet.sign_in(lead)
    page = tablet.page
    tablet.goto("/members")
    page.get_by_role("button", name="Invite").click()
    page.get_by_label("Name (can be left out)").fill("Nova Sample")
    page.get_by_role("button", name="Make the invitation").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    assert len(digits(page)) == 6
    page.keyboard.press("Escape")

    expect(page.get_by_role("list", name="Invited, not here yet")).to_contain_text("Nova Sample")
    assert find_faults(page) == []


def test_a_role_that_was_chosen_shows_at_once_and_stays(app, lead, tablet):
    other = a_member(app, lead.network_id, "member", name="Kim Placeholder")
    tablet.sign_in(lead)
    page = tablet.page
    tablet.goto(f"/members/{other.member_id}")

    tick(page.get_by_label("Analyst"))
    page.get_by_label("Works as").select_option("principal")
    expect(page.locator(".panes-detail header")).to_contain_text("Member · Analyst · Principal")
    page.get_by_role("button", name="Remove from the network").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove from the network").click()

    expect(page.get_by_role("link", name="Kim Placeholder")).to_have_count(0)
    assert other.get(f"/networks/{lead.network_id}/members").status_code == 404


def test_who_signed_in_once_is_let_in_with_the_server_stopped(
    lead: Somebody, link: Link, tablets: Tablets
):
    tablet = tablets.kept(link)
    tablet.sign_in(lead)
    tablet.wait_until_installed()
    tablet.close()
    link.cut()

    page = tablet.open("/members", offline=True)

    expect(page.get_by_text("Without a connection you can read this list.")).to_be_visible()
    expect(page.get_by_role("link", name="Lead Sample")).to_be_visible()
    expect(page.get_by_role("link", name="No connection")).to_be_visible()


def test_language_theme_and_type_are_chosen_here_and_kept_on_the_device(lead, tablet):
    tablet.sign_in(lead)
    page = tablet.page
    tablet.goto("/settings")

    tick(page.get_by_label("Español"))
    tick(page.get_by_label("Oscuro"))
    tick(page.get_by_label("Letra grande"))
    page.reload()

    expect(page.get_by_role("heading", level=1)).to_have_text("Ajustes")
    assert page.evaluate("({...document.documentElement.dataset})") == {
        "theme": "dark",
        "type": "large",
    }
    assert page.evaluate("document.documentElement.lang") == "es"
    assert find_faults(page) == []


def test_signing_out_says_where_the_words_are_and_asks_for_a_password_again(lead, tablet):
    tablet.sign_in(lead)
    page = tablet.page
    tablet.goto("/settings")

    page.get_by_role("button", name="Sign out", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Everything you wrote is on the server.")
    dialog.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    tablet.goto("/members")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
