"""Photograph every screen of the people's part and ask axe about each.

A tool, not a test: `python -m tests.browser.screens --url http://localhost:8000 --demo
data/demo.json --out shots`. It signs in with the demo's accounts, walks through the screens
at phone, tablet and desktop size, light, dark and with large type, in both languages, and
ends with 1 when axe found something. Somebody then looks at the pictures.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

AXE = Path(__file__).parents[2] / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]

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
}
LANGUAGES = ("en", "es")


@dataclass(frozen=True)
class Shot:
    """One screen: whose it is, where it is, and what is pressed before it is photographed."""

    name: str
    role: str | None
    path: str
    prepare: Callable[[Page], None] = lambda page: None


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


def open_a_member(page: Page) -> None:
    page.locator('a.row[href^="/members/"]').nth(3).click()
    expect(page.locator(".panes-detail h2").first).to_be_visible()


def invite_somebody(page: Page) -> None:
    page.locator(".screen-action .button").click()
    page.locator("dialog[open] [type=submit]").click()
    expect(page.locator("dialog[open] .qr svg")).to_be_visible()


def invite_three(page: Page) -> None:
    page.locator("textarea").fill("Robin Sample\nAlex Example\nKim Placeholder")
    page.locator(".screen-action .button").click()
    expect(page.locator(".cutting .qr svg")).to_have_count(3)


def look_in_directory(page: Page) -> None:
    page.locator(".screen-action .button").click()
    page.locator("dialog[open] input[type=text]").fill("Demo")


SHOTS = [
    Shot("sign-in", None, "/sign-in"),
    Shot("join", None, "/join"),
    Shot("invitation-gone", None, "/join/no-such-token"),
    Shot("today-visitor", "visitor", "/"),
    Shot("today-ready", "visitor", "/", press_first(".ready .button")),
    Shot("today-lead", "lead", "/"),
    Shot("today-analyst", "analyst", "/"),
    Shot("today-admin", "admin", "/"),
    Shot("welcome", "visitor", "/welcome"),
    Shot("members", "lead", "/members"),
    Shot("member", "lead", "/members", open_a_member),
    Shot("members-visitor", "visitor", "/members"),
    Shot("invite", "lead", "/members", press_first(".screen-action .button")),
    Shot("invite-code", "lead", "/members", invite_somebody),
    Shot("invite-many", "lead", "/members/invite-many"),
    Shot("invite-sheet", "lead", "/members/invite-many", invite_three),
    Shot("places", "lead", "/places"),
    Shot("places-add", "lead", "/places", look_in_directory),
    Shot("settings", "lead", "/settings"),
    Shot("not-sent", "visitor", "/not-sent"),
    Shot("more", "visitor", "/more"),
    Shot("not-found", "visitor", "/nowhere/at/all"),
]


def views(sizes: list[str], looks: list[str], languages: list[str]) -> Iterator[View]:
    for size, look, language in product(sizes, looks, languages):
        yield View(size, look, language)


def settle(page: Page) -> None:
    """Wait for what a screen asks the server, its fonts and pictures."""
    expect(page.locator("h1").first).to_be_visible()
    page.wait_for_load_state("networkidle")


def sign_in(context: BrowserContext, url: str, account: dict[str, str]) -> None:
    page = context.new_page()
    page.goto(f"{url}/sign-in")
    page.locator("input[type=email]").fill(account["email"])
    page.locator("input[type=password]").fill(account["password"])
    page.locator("[type=submit]").click()
    expect(page.locator("nav")).to_be_visible()
    settle(page)
    page.close()


def dress(page: Page, view: View) -> None:
    """Choose language, theme and type as a person's device keeps them."""
    theme, type_size = LOOKS[view.look]
    chosen = {"language": view.language, "theme": theme, "type": type_size}
    width, height = SIZES[view.size]
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(
        "chosen => Object.entries(chosen).forEach("
        "([key, value]) => localStorage.setItem(`rounds.${key}`, value))",
        chosen,
    )


def find_faults(page: Page) -> list[str]:
    """What axe finds, and words that run out of the page."""
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


def photograph(page: Page, url: str, shot: Shot, view: View, out: Path) -> list[str]:
    """One picture; what is wrong with the screen."""
    dress(page, view)
    page.goto(f"{url}{shot.path}")
    settle(page)
    shot.prepare(page)
    settle(page)
    page.screenshot(path=out / f"{shot.name}-{view}.png")
    return find_faults(page)


def run(args: argparse.Namespace) -> int:
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    accounts = json.loads(Path(args.demo).read_text())["accounts"]
    wanted = [shot for shot in SHOTS if not args.only or shot.name in args.only]
    worst = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM
        )
        for role in dict.fromkeys(shot.role for shot in wanted):
            context = browser.new_context(locale="en-US", timezone_id="America/Denver")
            if role:
                sign_in(context, args.url, next(a for a in accounts if a["role"] == role))
            page = context.new_page()
            page.goto(args.url)
            for shot in (shot for shot in wanted if shot.role == role):
                for view in views(args.size, args.look, args.language):
                    faults = photograph(page, args.url, shot, view, out)
                    worst = max(worst, len(faults))
                    for fault in faults:
                        print(f"{shot.name} {view}: {fault}")
            context.close()
        browser.close()
    return 1 if worst else 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--demo", required=True, help="what `rounds demo --json` wrote")
    parser.add_argument("--out", default="screenshots")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--size", nargs="*", default=[*SIZES], choices=[*SIZES])
    parser.add_argument("--look", nargs="*", default=[*LOOKS], choices=[*LOOKS])
    parser.add_argument("--language", nargs="*", default=[*LANGUAGES], choices=[*LANGUAGES])
    sys.exit(run(parser.parse_args()))


if __name__ == "__main__":
    main()
