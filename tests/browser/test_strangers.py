"""The app asks nobody but its own server, and no screen of it makes a browser complain."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.photograph import account_of, at_demo
from tests.browser.quiet import watch
from tests.browser.screens import settle, sign_in
from tests.browser.shots import SHOTS
from tests.browser.tablet import Tablets, needs_browser
from tests.serving import Served

pytestmark = needs_browser


@dataclass
class Heard:
    """What a browser asked for and complained about while somebody walked through the app."""

    asked: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", self.hear)
        tools = page.context.new_cdp_session(page)
        tools.send("Network.enable")
        tools.on("Network.requestWillBeSent", lambda told: self.asked.add(told["request"]["url"]))
        tools.send("Audits.enable")
        tools.on("Audits.issueAdded", self.hear_issue)

    def hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.location.get('url', '')}: {message.text}")

    def hear_issue(self, told: dict[str, Any]) -> None:
        if told["issue"]["code"] == "ContentSecurityPolicyIssue":
            self.complaints.append(json.dumps(told["issue"]["details"]))


@pytest.mark.parametrize("role", ["lead", "visitor", "host", "analyst"])
def test_no_screen_asks_a_stranger_or_complains(
    demo: tuple[Served, dict[str, Any]], tablets: Tablets, role: str
) -> None:
    served, made = demo
    heard = Heard()
    tablet = tablets.another(served)
    page = tablet.open("/sign-in")
    watch(page)
    heard.listen(page)
    assert tablet.context
    sign_in(tablet.context, served.url, account_of(made, role))
    for path in paths_of(made, role):
        if role == "lead" or not is_in_app(page, path):
            tablet.goto(path)
        else:
            page.evaluate(FOLLOW, path)
            expect(page).to_have_url(f"{served.url}{path}")
        settle(page)
        assert urlsplit(page.url).path == urlsplit(path).path
    strangers = {url for url in heard.asked if not is_own(url, served.url)}
    assert heard.asked
    assert strangers == set()
    assert heard.complaints == []


FOLLOW = """path => {
    const link = document.createElement("a");
    link.href = path;
    document.body.append(link);
    link.click();
    link.remove();
}"""
"""As people come to most screens. For the lead every address is loaded."""

OWN_PAGES = ("/rescue.html", "/open/")
"""Pages beside the app, that no link inside it leads to without a load."""


def is_in_app(page: Page, path: str) -> bool:
    here = urlsplit(page.url).path
    return not any(each.startswith(OWN_PAGES) for each in (here, path))


NOT_THERE = {"/join/no-such-token", "/open/no-such-link"}


def paths_of(made: dict[str, Any], role: str) -> list[str]:
    """Every address for the lead; for others those that differ by who looks at them.

    Without what does not exist: there the browser itself complains of a 404.
    """
    paths = {at_demo(shot, made).path for shot in SHOTS} - NOT_THERE
    same = () if role == "lead" else ("/plan/", "/print/")
    return sorted(path for path in paths if not any(part in path for part in same))


def is_own(url: str, own: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob") or f"{parts.scheme}://{parts.netloc}" == own
