"""How a screen is looked at: its size, its look, its language; a picture, and what axe finds.

Which screens there are stands in shots.py. Knows no server: it is given an address and the
demo network's accounts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.quiet import wait_until_quiet, watch

AXE = Path(__file__).parents[2] / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
SIZES = {
    "phone": (360, 740),
    "tablet": (820, 1180),
    "tablet-wide": (1180, 820),
    "desktop": (1440, 900),
}
LOOKS = {
    "light": ("light", "usual"),
    "dark": ("dark", "usual"),
    "large": ("light", "large"),
    "dark-large": ("dark", "large"),
}
LANGUAGES = ("en", "es")


@dataclass(frozen=True)
class Shot:
    """One screen: whose it is, where it is, and what is pressed before it is photographed.

    `{today}` and `{past}` in the path are ids of the demo's rounds.
    """

    name: str
    role: str | None
    path: str
    prepare: Callable[[Page], None] | None = None


@dataclass(frozen=True)
class View:
    """How a screen is looked at."""

    size: str
    look: str
    language: str

    def __str__(self) -> str:
        return f"{self.size}-{self.look}-{self.language}"


def press_first(selector: str) -> Callable[[Page], None]:
    def press(page: Page) -> None:
        page.locator(selector).first.click()

    return press


def views(sizes: list[str], looks: list[str], languages: list[str]) -> Iterator[View]:
    for size, look, language in product(sizes, looks, languages):
        yield View(size, look, language)


def settle(page: Page) -> None:
    """Wait for what a screen asks the server, its fonts and pictures."""
    expect(page.locator("h1").first).to_be_visible()
    wait_until_quiet(page)


def sign_in(context: BrowserContext, url: str, account: dict[str, str]) -> None:
    page = context.new_page()
    watch(page)
    page.goto(f"{url}/sign-in")
    page.locator("input[type=email]").fill(account["email"])
    page.locator("input[type=password]").fill(account["password"])
    page.locator("[type=submit]").click()
    expect(page.locator("nav")).to_be_visible()
    settle(page)
    page.close()


def resize(page: Page, view: View) -> None:
    width, height = SIZES[view.size]
    page.set_viewport_size({"width": width, "height": height})


def dress(page: Page, view: View) -> None:
    """Choose language, theme and type as a person's device keeps them."""
    theme, type_size = LOOKS[view.look]
    chosen = {"language": view.language, "theme": theme, "type": type_size}
    resize(page, view)
    page.evaluate(
        "chosen => Object.entries(chosen).forEach("
        "([key, value]) => localStorage.setItem(`rounds.${key}`, value))",
        chosen,
    )


def find_faults(page: Page) -> list[str]:
    """What axe finds, and words that run out of the page."""
    if not page.evaluate("() => 'axe' in globalThis"):
        page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    faults = [
        f"{rule['id']}: {rule['help']} ({node['target']})"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
    page_wide, window_wide = page.evaluate(
        "() => [document.documentElement.scrollWidth, window.innerWidth]"
    )
    if page_wide > window_wide:
        faults.append(f"the page is {page_wide} px wide in a window of {window_wide} px")
    return faults


def show(page: Page, url: str, shot: Shot, view: View) -> None:
    """Open the screen as this view has it, and press what is to be pressed."""
    page.context.set_offline(False)
    page.unroute_all()
    watch(page)
    dress(page, view)
    page.goto(f"{url}{shot.path}")
    settle(page)
    if shot.prepare:
        shot.prepare(page)
        settle(page)


def turn(page: Page, view: View) -> None:
    """See the open screen in another size and look, as when a tablet is turned."""
    resize(page, view)
    theme, type_size = LOOKS[view.look]
    page.evaluate(
        "chosen => Object.assign(document.documentElement.dataset, chosen)",
        {"theme": theme, "type": type_size},
    )
    settle(page)


def photograph(page: Page, url: str, shot: Shot, view: View, out: Path) -> list[str]:
    """One picture; what is wrong with the screen."""
    show(page, url, shot, view)
    page.screenshot(path=out / f"{shot.name}-{view}.png")
    return find_faults(page)
