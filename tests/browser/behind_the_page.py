"""What a browser brings to its service worker while no page asks for it, as its tools can do it."""

from __future__ import annotations

import time

from tests.browser.tablet import KeptTablet

KNOWN_WITHIN = 20


def tell_worker(tablet: KeptTablet, event: str, **more: str | bool) -> None:
    """Let a push come, or a network be back: an event of the tools' domain ServiceWorker."""
    page = tablet.page
    tools = page.context.new_cdp_session(page)
    known: list[str] = []
    tools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: known.extend(each["registrationId"] for each in told["registrations"]),
    )
    tools.send("ServiceWorker.enable")
    until = time.monotonic() + KNOWN_WITHIN
    while not known and time.monotonic() < until:
        page.evaluate("() => null")  # Events of the tools are heard between two questions.
    where = {"origin": tablet.url, "registrationId": known[0]}
    tools.send(f"ServiceWorker.{event}", {**where, **more})
    tools.detach()
