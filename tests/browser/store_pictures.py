"""Take the pictures that a browser shows when it offers to install the app, and the README's.

`python -m tests.browser.store_pictures`: from the demo network into pwa/public/screenshots,
named and sized as pwa/public/manifest.webmanifest lists them. The pictures are committed.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from server.config import Settings
from tests.browser.photograph import account_of, at_demo, make_demo
from tests.browser.screens import View, settle, show, sign_in
from tests.browser.shots import SHOTS
from tests.browser.tablet import launch
from tests.serving import ROOT, serve

OUT = ROOT / "pwa" / "public" / "screenshots"
README = ROOT / "docs" / "images" / "debrief.png"
PICTURES = {
    "visit": ("visit", "phone", 2),
    "cards": ("review-sort", "phone", 2),
    "patterns": ("patterns", "tablet-wide", 1),
}
"""File to screen, size of the window, and how many pixels stand for one."""


LINES = (
    'T: "Who can say it in other words?"',
    'S: "Because both sides have 4 of them."',
    "3 students at the board, 1 writes, 2 point",
    "sheet with 6 tasks, two columns",
)


def write_lines(page: Page) -> None:
    for line in LINES:
        page.keyboard.insert_text(line)
        page.keyboard.press("Enter")


def take(browser: Browser, url: str, demo: dict[str, object], name: str) -> None:
    screen, size, scale = PICTURES[name]
    shot = at_demo(next(each for each in SHOTS if each.name == screen), demo)
    context = browser.new_context(
        locale="en-US", timezone_id="America/Denver", device_scale_factor=scale
    )
    sign_in(context, url, account_of(demo, shot.role or ""))
    page = context.new_page()
    page.goto(url)
    show(page, url, shot, View(size, "light", "en"))
    if name == "visit":
        write_lines(page)
    page.screenshot(path=OUT / f"{name}.png")
    if name == "visit":
        # The review that comes next finds the lines on the server.
        expect(page.locator('.visit-foot [data-status="on_server"]')).to_be_visible()
    context.close()


def take_open_debrief(browser: Browser, url: str, demo: dict[str, object]) -> None:
    """The README's picture, and a browser's: a debrief that goes on, at its pattern statements."""
    shot = at_demo(next(each for each in SHOTS if each.name == "debrief-analyze"), demo)
    context = browser.new_context(locale="en-US", timezone_id="America/Denver")
    sign_in(context, url, account_of(demo, shot.role or ""))
    page = context.new_page()
    page.goto(url)
    show(page, url, shot, View("tablet-wide", "light", "en"))
    page.get_by_role("button", name="Open the debrief again").click()
    page.get_by_role("dialog").get_by_role("button", name="Open the debrief again").click()
    page.get_by_role("button", name="Take everybody here").click()
    expect(page.get_by_role("button", name="On to: Predict")).to_be_visible()
    page.evaluate("scrollTo(0, 0)")
    settle(page)
    for path in (README, OUT / "wall.png"):
        page.screenshot(path=path)
    context.close()


def main() -> None:
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        settings = Settings(data_dir=str(Path(folder)))
        demo = make_demo(settings)
        with serve(settings) as served:
            browser = launch(playwright)
            for name in PICTURES:
                take(browser, served.url, demo, name)
            take_open_debrief(browser, served.url, demo)
            browser.close()


if __name__ == "__main__":
    main()
