"""What a room saw on a screen that was mirrored to it: every picture of a page, as words."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.hands import press

SEE = """(() => {
    const words = () => (document.body ? document.title + ' ' + document.body.textContent : '');
    window.seen = [];
    const look = () => {
        window.seen.push(words());
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    addEventListener('click', () => (window.seen = []));
})()"""
"""Run in a page: keeps what stood there each time the browser was about to paint it, since
the page began or, if that is later, since the last press."""


def seen_on(page: Page) -> str:
    """All that was painted, and a picture painted now."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    return "\n".join(page.evaluate("() => window.seen"))


def show_this_screen(lead: Page) -> None:
    """From the debrief of whoever leads."""
    press(lead, "Show to the room")
    press(lead, "Show this screen to the room")
    expect(lead.locator(".presenting-strip")).to_be_visible()


def end_presenting(lead: Page) -> None:
    press(lead, "End presenting")
    press(lead, "It is off: end presenting")
    expect(lead.get_by_role("heading", level=1, name="Debrief")).to_be_visible()
