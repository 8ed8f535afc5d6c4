"""Waits until a page asks the server for nothing.

The browser's own word for it, "networkidle", never comes while a page listens to hints: a
stream stays open. Here a stream counts for nothing, whatever else is asked for does.
"""

from __future__ import annotations

import time
from weakref import WeakKeyDictionary

from playwright.sync_api import Page, Request

QUIET_SECONDS = 0.3
"""How long nothing may be asked for: one answer often leads to the next question."""
WITHIN_SECONDS = 60
STEP_MS = 50

_asked: WeakKeyDictionary[Page, set[Request]] = WeakKeyDictionary()


def watch(page: Page) -> set[Request]:
    """What the page asks for from here on and has no answer to. Watch before it goes anywhere."""
    if page in _asked:
        return _asked[page]
    asked = _asked[page] = set[Request]()

    def ask(request: Request) -> None:
        if request.is_navigation_request() and request.frame == page.main_frame:
            asked.clear()  # What the page before it asked for is of no interest any more.
        if request.resource_type != "eventsource":
            asked.add(request)

    def answered(request: Request) -> None:
        asked.discard(request)

    page.on("request", ask)
    page.on("requestfinished", answered)
    page.on("requestfailed", answered)
    return asked


def wait_until_quiet(page: Page) -> None:
    asked = watch(page)
    until = time.monotonic() + WITHIN_SECONDS
    quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < QUIET_SECONDS:
        page.wait_for_timeout(STEP_MS)
        if asked:
            quiet_since = time.monotonic()
        assert time.monotonic() < until, f"no answer to {[request.url for request in asked]}"
