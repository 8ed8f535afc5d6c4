"""A push in a real browser: one notice, in the person's language, that leads somewhere."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.tablet import KeptTablet, Tablets, needs_browser
from tests.browser.visit_day import a_day
from tests.make import a_member, a_network
from tests.serving import Served

pytestmark = needs_browser


@pytest.mark.parametrize(
    ("language", "title"), [("en", "The debrief opens"), ("es", "Comienza la conversación final")]
)
def test_a_push_shows_a_notice_in_the_persons_language_that_leads_to_the_debrief(
    app: Flask, served: Served, tablets: Tablets, language: str, title: str
) -> None:
    network = a_network()
    lead = a_member(app, network, "lead", name="Lead Sample")
    day = a_day(lead, a_member(app, network))
    path = f"/rounds/{day.round_id}/debrief"
    message = {
        "title_key": "notices.debrief_opens.title",
        "body_key": "notices.debrief_opens.body",
        "language": language,
        "url": path,
        "tag": f"debrief_opens:{day.round_id}",
    }
    tablet = tablets.kept(served)
    tablet.sign_in(lead)
    tablet.wait_until_installed()
    deliver_push(tablet.page, served.url, message)
    deliver_push(tablet.page, served.url, message)

    shown = notices_shown(tablet.page)
    assert [notice["title"] for notice in shown] == [title], "one notice, however often told"
    assert shown[0]["body"]
    assert shown[0]["data"] == path


def test_a_press_on_a_notice_brings_the_open_app_to_the_debrief(
    app: Flask, served: Served, tablets: Tablets
) -> None:
    network = a_network()
    lead = a_member(app, network, "lead", name="Lead Sample")
    day = a_day(lead, a_member(app, network))
    path = f"/rounds/{day.round_id}/debrief"
    tablet = tablets.kept(served)
    tablet.sign_in(lead)
    tablet.wait_until_installed()
    deliver_push(tablet.page, served.url, {"url": path, "tag": "one"})
    notices_shown(tablet.page)

    told = press_on_the_notice(tablet)

    expect(tablet.page.get_by_role("heading", level=1, name="Debrief")).to_be_visible()
    assert tablet.page.url == f"{served.url}{path}"
    assert told == {"focused": 1, "opened": []}
    assert tablet.page.evaluate(NOTICES) == []


def test_a_press_on_a_notice_opens_the_app_where_it_is_closed(
    app: Flask, served: Served, tablets: Tablets
) -> None:
    lead = a_member(app, a_network(), "lead", name="Lead Sample")
    tablet = tablets.kept(served)
    tablet.sign_in(lead)
    tablet.wait_until_installed()
    deliver_push(tablet.page, served.url, {"url": "/rounds", "tag": "one"})
    notices_shown(tablet.page)
    tablet.page.goto("about:blank")

    told = press_on_the_notice(tablet)

    assert told == {"focused": 0, "opened": [f"{served.url}/rounds"]}


PRESS = """async () => {
    const told = { focused: 0, opened: [] };
    WindowClient.prototype.focus = async function () {
        told.focused += 1;
        return this;
    };
    clients.openWindow = async (url) => void told.opened.push(url);
    let acted;
    ExtendableEvent.prototype.waitUntil = (act) => (acted = act);
    const [notification] = await registration.getNotifications();
    dispatchEvent(new NotificationEvent("notificationclick", { notification }));
    await acted;
    return told;
}"""


def press_on_the_notice(tablet: KeptTablet) -> Any:
    """What the worker does when a finger is on the notice, which no browser without a screen has.

    Only a finger lets a worker bring a window forward or open one; those two doors are told of
    here instead. The worker, its notice and the way that the window goes are the browser's own.
    """
    assert tablet.context
    (worker,) = tablet.context.service_workers
    return worker.evaluate(PRESS)


NOTICES = """async () => {
    const known = await navigator.serviceWorker.ready;
    const notices = await known.getNotifications();
    return notices.map(({ title, body, data }) => ({ title, body, data }));
}"""


def notices_shown(page: Page) -> list[dict[str, str]]:
    until = time.monotonic() + 20
    shown: list[dict[str, str]] = []
    while not shown and time.monotonic() < until:
        shown = page.evaluate(NOTICES)
    return shown


def deliver_push(page: Page, url: str, message: dict[str, str]) -> None:
    """As the browser's own push service would, after it has taken off the encryption."""
    tools = page.context.new_cdp_session(page)
    known: list[str] = []
    tools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: known.extend(each["registrationId"] for each in told["registrations"]),
    )
    tools.send("ServiceWorker.enable")
    until = time.monotonic() + 20
    while not known and time.monotonic() < until:
        page.evaluate("() => null")  # Events of the tools are heard between two questions.
    tools.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": url, "registrationId": known[0], "data": json.dumps(message)},
    )
    tools.detach()
