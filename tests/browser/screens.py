"""Every screen that the app has: whose it is, how it is reached, how it is looked at.

For the tool that photographs them all (photograph.py) and for the tests that ask axe about
each. Knows no server: it is given an address and the demo network's accounts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

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


def add_a_school(page: Page) -> None:
    page.locator(".screen-action .button").click()
    page.locator("dialog[open] input[type=text]").fill("Demo")


def open_first_visit(page: Page) -> None:
    page.locator('a.row[href*="/visit/"]').first.click()
    expect(page.locator("textarea").first).to_be_visible()


def show_phase(name: str) -> Callable[[Page], None]:
    """The phase of a debrief by its place: its words differ by language."""

    def show(page: Page) -> None:
        phase = page.locator(".phase").nth(PHASES.index(name))
        phase.click()
        expect(phase).to_have_attribute("aria-current", "step")

    return show


def open_a_pattern(page: Page) -> None:
    show_phase("analyze")(page)
    page.locator("main button.row").first.click()
    expect(page.locator("dialog[open]")).to_be_visible()


def take_review_step(place: int) -> Callable[[Page], None]:
    def take(page: Page) -> None:
        page.locator(".review label").nth(place).click()

    return take


PHASES = ("describe", "analyze", "predict", "next_level")
PAPERS = ("schedule", "doors", "scripting", "letter", "notice", "plan")
PLAN_PARTS = (
    "day",
    "problem",
    "theory",
    "questions",
    "classrooms",
    "people",
    "schedule",
    "norms",
)

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
    Shot("places-add", "lead", "/places", add_a_school),
    Shot("settings", "lead", "/settings"),
    Shot("not-sent", "visitor", "/not-sent"),
    Shot("more", "visitor", "/more"),
    Shot("not-found", "visitor", "/nowhere/at/all"),
    Shot("rounds", "lead", "/rounds"),
    Shot("round", "lead", "/rounds/{today}"),
    Shot("plan", "lead", "/rounds/{today}/plan"),
    *(Shot(f"plan-{part}", "lead", f"/rounds/{{today}}/plan/{part}") for part in PLAN_PARTS),
    *(Shot(f"print-{paper}", "lead", f"/rounds/{{today}}/print/{paper}") for paper in PAPERS),
    Shot("round-visitor", "visitor", "/rounds/{today}"),
    Shot("plan-norms-visitor", "visitor", "/rounds/{today}/plan/norms"),
    Shot("visit", "visitor", "/", open_first_visit),
    Shot("review", "visitor", "/rounds/{today}/review"),
    *(
        Shot(f"review-{step}", "visitor", "/rounds/{past}/review", take_review_step(place))
        for place, step in enumerate(("sort", "questions", "choose", "post"))
    ),
    Shot("notes", "visitor", "/rounds/{past}/notes"),
    Shot("debrief", "lead", "/rounds/{today}/debrief"),
    *(
        Shot(f"debrief-{phase}", "lead", "/rounds/{past}/debrief", show_phase(phase))
        for phase in PHASES
    ),
    Shot("debrief-host", "host", "/rounds/{past}/debrief", show_phase("analyze")),
    Shot("debrief-pattern", "lead", "/rounds/{past}/debrief", open_a_pattern),
    Shot("summary", "host", "/rounds/{past}/summary"),
    Shot("summary-lead", "lead", "/rounds/{past}/summary"),
    Shot("choose-network", "lead", "/choose-network"),
    Shot("patterns", "lead", "/patterns"),
    Shot("patterns-analyst", "analyst", "/patterns"),
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
