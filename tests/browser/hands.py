"""What hands do on any screen: press, choose, tick; and wait until it took effect.

A choice is saved before it shows, so a test asks for what a person would see, not for what
the click alone did.
"""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


def press_and_say_yes(page: Page, name: str) -> None:
    """A careful act: it asks, and what is pressed in its question is called as it is."""
    press(page, name)
    press(page.locator("dialog[open]"), name)


def choose(sheet: Page | Locator, word: str) -> None:
    tick(sheet.get_by_role("radio", name=word, exact=True))


def tick(box: Locator) -> None:
    """A box, a switch or one of a few: it is on, and stays on."""
    box.click()
    expect(box).to_be_checked()
