"""A push in a real browser: one notice, in the person's language, that leads somewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.behind_the_page import tell_worker
from tests.browser.desktop import Desktop, a_desktop, needs_desktop
from tests.browser.hands import press
from tests.browser.presented import end_presenting, show_this_screen
from tests.browser.tablet import KeptTablet, Tablets, needs_browser
from tests.browser.visit_day import a_day
from tests.browser.visiting import field_of
from tests.make import Somebody, a_member, a_network
from tests.serving import Served

pytestmark = [needs_browser, needs_desktop]


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    with a_desktop() as desktop:
        yield desktop


@pytest.fixture
def lead(app: Flask) -> Somebody:
    return a_member(app, a_network(), "lead", name="Lead Sample")


@pytest.fixture
def tablet(tablets: Tablets, served: Served, desktop: Desktop, lead: Somebody) -> KeptTablet:
    tablet = tablets.kept(served)
    tablet.desktop = desktop.address
    tablet.sign_in(lead)
    tablet.wait_until_installed()
    return tablet


@pytest.mark.parametrize(
    ("language", "title"), [("en", "The debrief opens"), ("es", "Comienza la conversación final")]
)
def test_a_push_shows_a_notice_in_the_persons_language_that_leads_to_the_debrief(
    tablet: KeptTablet, desktop: Desktop, language: str, title: str
) -> None:
    path = "/rounds/some-round/debrief"
    message = {
        "title_key": "notices.debrief_opens.title",
        "body_key": "notices.debrief_opens.body",
        "language": language,
        "url": path,
        "tag": "debrief_opens:some-round",
    }
    deliver_push(tablet, message)
    first = desktop.next_notice()
    deliver_push(tablet, message)
    again = desktop.next_notice()

    assert first["title"] == title
    assert again == first, "in the place of the first"
    shown = tablet.page.evaluate(NOTICES)
    assert [notice["title"] for notice in shown] == [title], "one notice, however often told"
    assert shown[0]["body"]
    assert shown[0]["data"] == path


def test_a_press_on_a_notice_brings_the_open_app_to_the_debrief(
    app: Flask, tablet: KeptTablet, desktop: Desktop, lead: Somebody
) -> None:
    day = a_day(lead, a_member(app, lead.network_id))
    path = f"/rounds/{day.round_id}/debrief"
    deliver_push(tablet, {"url": path, "tag": "one"})

    desktop.press(desktop.next_notice())

    expect(tablet.page.get_by_role("heading", level=1, name="Debrief")).to_be_visible()
    assert tablet.page.url == f"{tablet.url}{path}"
    assert tablet.context
    assert tablet.context.pages == [tablet.page], "no second window"
    assert tablet.page.evaluate(NOTICES) == []


def test_a_press_on_a_notice_opens_the_app_where_it_is_closed(
    tablet: KeptTablet, desktop: Desktop
) -> None:
    deliver_push(tablet, {"url": "/rounds", "tag": "one"})
    notice = desktop.next_notice()
    tablet.page.goto("about:blank")
    assert tablet.context
    (worker,) = tablet.context.service_workers
    worker.evaluate(UNTIL_CLOSED)

    with tablet.context.expect_page() as opening:
        desktop.press(notice)

    expect(opening.value.get_by_role("heading", level=1, name="Rounds")).to_be_visible()
    assert opening.value.url == f"{tablet.url}/rounds"


def test_a_press_on_a_notice_loses_no_word_that_is_just_being_typed(
    app: Flask, tablet: KeptTablet, desktop: Desktop, lead: Somebody
) -> None:
    day = a_day(lead, lead)
    deliver_push(tablet, {"url": f"/rounds/{day.round_id}/debrief", "tag": "one"})
    notice = desktop.next_notice()
    page = tablet.goto(day.visit(0))
    expect(field_of(page)).to_be_focused()
    page.keyboard.type("S: because both sides have")

    desktop.press(notice)

    expect(page.get_by_role("heading", level=1, name="Debrief")).to_be_visible()
    tablet.goto(day.visit(0))
    expect(field_of(page)).to_have_value("S: because both sides have")


def test_a_push_while_a_room_looks_at_the_screen_waits_until_it_looks_no_more(
    app: Flask, tablet: KeptTablet, desktop: Desktop, lead: Somebody
) -> None:
    day = a_day(lead, a_member(app, lead.network_id))
    deliver_push(tablet, {"url": "/rounds", "tag": "before"})
    desktop.next_notice()
    page = tablet.goto(f"/rounds/{day.round_id}/debrief")
    press(page, "Begin the debrief")

    show_this_screen(page)
    deliver_push(tablet, {"title_key": "notices.check_back_due.title", "tag": "meanwhile"})
    page.wait_for_function(HELD, arg=2)
    assert page.evaluate(NOTICES) == []

    end_presenting(page)
    assert [desktop.next_notice()["title"] for _ in range(2)] == [
        "Rounds",
        "Your check-back is due tomorrow",
    ]
    assert [notice["data"] for notice in page.evaluate(NOTICES)] == ["/rounds", "/"]


UNTIL_CLOSED = """async () => {
    while ((await clients.matchAll({ type: "window" })).length > 0) {
        await new Promise((again) => setTimeout(again, 10));
    }
}"""
"""A page that was left is still a window to the worker until its process has let go of it."""

HELD = """count => new Promise((told) => {
    const opening = indexedDB.open('rounds-device');
    opening.onsuccess = () => {
        const asked = opening.result.transaction('kept').objectStore('kept').get('presenting');
        asked.onsuccess = () => {
            opening.result.close();
            told(asked.result?.held.length === count);
        };
    };
})"""
"""Whether so many notices wait on the tablet."""

NOTICES = """async () => {
    const known = await navigator.serviceWorker.ready;
    const notices = await known.getNotifications();
    return notices.map(({ title, body, data }) => ({ title, body, data }));
}"""


def deliver_push(tablet: KeptTablet, message: dict[str, str]) -> None:
    """As the browser's own push service would, after it has taken off the encryption."""
    tell_worker(tablet, "deliverPushMessage", data=json.dumps(message))
