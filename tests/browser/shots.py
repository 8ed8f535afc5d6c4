"""Every screen that the app has: whose it is, how it is reached, what is pressed there.

Places of buttons, never their words: every screen is looked at in both languages. A role is
`lead`, `visitor` and so on, or the name of one of the demo's people. What is written stays
written: a step looks whether an earlier view did it already.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.screens import Shot, press_first, settle

Step = Callable[[Page], None]

PHASES = ("describe", "analyze", "predict", "next_level")
PAPERS = ("pack", "schedule", "doors", "scripting", "letter", "notice", "plan")
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
LINES = (
    'T: "Who can say it in other words?"',
    'S: "Because both sides have 4 of them."',
    "3 students at the board, 1 writes, 2 point",
    "most students were engaged",
    "Ms. Sample hands out a sheet with 6 tasks",
)
DETAIL = ".panes-detail "
SHEET = "dialog[open] "


def steps(*each: Step) -> Step:
    """One after the other."""

    def all_of(page: Page) -> None:
        for step in each:
            step(page)

    return all_of


def press_nth(selector: str, place: int) -> Step:
    def press(page: Page) -> None:
        page.locator(selector).nth(place).click()

    return press


def open_a_member(page: Page) -> None:
    page.locator('a.row[href^="/members/"]').nth(1).click()
    expect(page.locator(".panes-detail h2").first).to_be_visible()


def invite_somebody(page: Page) -> None:
    page.locator(".screen-action .button").click()
    page.locator(SHEET + "[type=submit]").click()
    expect(page.locator(SHEET + ".qr svg")).to_be_visible()


def invite_three(page: Page) -> None:
    page.locator("textarea").fill("Robin Sample\nAlex Example\nKim Placeholder")
    page.locator(".screen-action .button").click()
    expect(page.locator(".cutting .qr svg")).to_have_count(3)


def add_a_school(page: Page) -> None:
    page.locator(".screen-action .button").click()
    page.locator(SHEET + "input[type=text]").fill("Demo")


def sign_in_wrongly(page: Page) -> None:
    page.locator("input[type=email]").fill("nobody@demo.example")
    page.locator("input[type=password]").fill("not my password")
    page.locator("[type=submit]").click()
    expect(page.locator(".field-wrong").first).to_be_visible()


def sign_in_offline(page: Page) -> None:
    page.context.set_offline(True)
    sign_in_wrongly(page)
    page.context.set_offline(False)


def type_a_wrong_code(page: Page) -> None:
    page.locator("input").first.fill("000000")
    page.locator("[type=submit]").click()
    expect(page.locator(".banner, .field-wrong").first).to_be_visible()


def let_back_in(page: Page) -> None:
    open_a_member(page)
    page.locator(DETAIL + ".cluster > .button").first.click()
    expect(page.locator(SHEET + ".qr svg")).to_be_visible()


def show_code(page: Page) -> None:
    page.locator("main .button[data-look=primary]").first.click()
    expect(page.locator(".code-shown")).to_be_visible()


def open_visit(place: int) -> Step:
    def open_it(page: Page) -> None:
        page.locator('a.row[href*="/visit/"]').nth(place).click()
        expect(page.locator("textarea").first).to_be_visible()

    return open_it


def write_lines(page: Page) -> None:
    """Once: the views after the first find the lines there."""
    open_visit(0)(page)
    settle(page)
    if page.locator(".earlier-note").count() == 0:
        for line in LINES:
            page.locator("textarea").first.press_sequentially(line)
            page.keyboard.press("Enter")
    expect(page.locator(".earlier-note").nth(len(LINES) - 1)).to_be_visible()


def write_offline(page: Page) -> None:
    """A line that waits on the tablet, seen on the way out."""
    page.context.set_offline(True)
    open_visit(-1)(page)
    page.locator("textarea").first.press_sequentially("T: opens the window")
    page.keyboard.press("Enter")
    page.locator(".visit-back").click()
    expect(page.locator("nav")).to_be_visible()


def see_what_waits(page: Page) -> None:
    write_offline(page)
    page.locator(".status-line >> visible=true").click()
    expect(page.locator(".screen h2").first).to_be_visible()


def show_phase(name: str) -> Step:
    """The phase of a debrief by its place: its words differ by language."""

    def show(page: Page) -> None:
        phase = page.locator(".phase").nth(PHASES.index(name))
        phase.click()
        expect(phase).to_have_attribute("aria-current", "step")

    return show


def open_row(place: int = 0) -> Step:
    """What a row opens, in a sheet."""

    def open_it(page: Page) -> None:
        page.locator("main button.row").nth(place).click()
        expect(page.locator("dialog[open]")).to_be_visible()

    return open_it


def take_review_step(place: int) -> Step:
    return press_nth(".review label", place)


SIGNED_OUT = [
    Shot("sign-in", None, "/sign-in"),
    Shot("sign-in-wrong", None, "/sign-in", sign_in_wrongly),
    Shot("sign-in-offline", None, "/sign-in", sign_in_offline),
    Shot("join", None, "/join"),
    Shot("join-wrong", None, "/join", type_a_wrong_code),
    Shot("invitation", None, "/join/{invitation}"),
    Shot("invitation-code", None, "/join/{invitation}", show_code),
    Shot("invitation-gone", None, "/join/no-such-token"),
]

TODAY = [
    Shot("today-visitor", "visitor", "/"),
    Shot("today-ready", "visitor", "/", press_first(".ready .button")),
    Shot("today-lead", "lead", "/"),
    Shot("today-host", "host", "/"),
    Shot("today-analyst", "analyst", "/"),
    Shot("today-admin", "admin", "/"),
    Shot("welcome", "visitor", "/welcome"),
    Shot("more", "visitor", "/more"),
    Shot("not-found", "visitor", "/nowhere/at/all"),
]

PEOPLE = [
    Shot("members", "lead", "/members"),
    Shot("members-none-found", "lead", "/members", lambda page: page.fill("main input", "zzz")),
    Shot("member", "lead", "/members", open_a_member),
    Shot("member-let-back-in", "lead", "/members", let_back_in),
    Shot(
        "member-remove",
        "lead",
        "/members",
        steps(open_a_member, press_nth(DETAIL + ".cluster > .button", 1)),
    ),
    Shot("members-visitor", "visitor", "/members"),
    Shot("invite", "lead", "/members", press_first(".screen-action .button")),
    Shot("invite-code", "lead", "/members", invite_somebody),
    Shot("invite-many", "lead", "/members/invite-many"),
    Shot("invite-sheet", "lead", "/members/invite-many", invite_three),
    Shot("places", "lead", "/places"),
    Shot("places-visitor", "visitor", "/places"),
    Shot("places-add", "lead", "/places", add_a_school),
    Shot("choose-network", "lead", "/choose-network"),
    Shot("settings", "lead", "/settings"),
    Shot("settings-name", "lead", "/settings", open_row(0)),
    Shot("settings-password", "lead", "/settings", open_row(1)),
    Shot("sign-out", "lead", "/settings", press_nth("main .section > div > .button", -1)),
]

PLANNING = [
    Shot("rounds", "lead", "/rounds"),
    Shot("rounds-none", "admin", "/rounds"),
    Shot("new-round", "lead", "/rounds", press_first(".screen-action .button")),
    Shot("round", "lead", "/rounds/{today}"),
    Shot("round-host", "host", "/rounds/{today}"),
    Shot("round-visitor", "Chris Nobody", "/rounds/{today}"),
    Shot("round-past", "lead", "/rounds/{past}"),
    Shot("round-gone", "visitor", "/rounds/no-such-round"),
    Shot("plan-again", "lead", "/rounds/{today}", open_row()),
    Shot("round-remove", "lead", "/rounds/{today}", press_first(".button[data-look=careful]")),
    Shot("plan", "lead", "/rounds/{today}/plan"),
    *(Shot(f"plan-{part}", "lead", f"/rounds/{{today}}/plan/{part}") for part in PLAN_PARTS),
    *(
        Shot(f"plan-{part}-sheet", "lead", f"/rounds/{{today}}/plan/{part}", step)
        for part, step in (
            ("classrooms", press_first(DETAIL + "button.row")),
            ("people", press_first(DETAIL + "button.row")),
            ("schedule", press_first(DETAIL + "button.row")),
            ("norms", press_first(DETAIL + ".line .button")),
        )
    ),
    Shot("plan-team", "lead", "/rounds/{today}/plan/schedule", press_first(".team-head .button")),
    Shot("plan-day-visitor", "Chris Nobody", "/rounds/{today}/plan/day"),
    Shot("plan-problem-visitor", "Chris Nobody", "/rounds/{today}/plan/problem"),
    Shot("plan-norms-visitor", "visitor", "/rounds/{today}/plan/norms"),
    *(Shot(f"print-{paper}", "lead", f"/rounds/{{today}}/print/{paper}") for paper in PAPERS),
]

EVIDENCE = [
    Shot("visit", "visitor", "/", open_visit(0)),
    Shot("visit-gone", "visitor", "/rounds/{today}/visit/no-such-slot"),
    Shot("review-none", "visitor", "/rounds/{today}/review"),
    Shot("notes-none", "visitor", "/rounds/{today}/notes"),
    Shot("visit-lines", "visitor", "/", write_lines),
    Shot("visit-more", "visitor", "/", steps(write_lines, press_nth(".visit-head .button", -1))),
    Shot(
        "visit-questions",
        "visitor",
        "/",
        steps(write_lines, press_nth(".visit-head .button", -1), press_first(SHEET + ".menu-item")),
    ),
    Shot(
        "visit-not-today",
        "visitor",
        "/",
        steps(
            write_lines, press_nth(".visit-head .button", -1), press_nth(SHEET + ".menu-item", 1)
        ),
    ),
    Shot("visit-amend", "visitor", "/", steps(write_lines, press_nth(".earlier-note", 3))),
    Shot("visit-quiet", "visitor", "/", steps(write_lines, press_first("[aria-pressed=false]"))),
    *(
        Shot(f"review-{step}", "visitor", "/rounds/{today}/review", take_review_step(place))
        for place, step in enumerate(("sort", "questions", "choose", "post"))
    ),
    Shot("review-posted", "visitor", "/rounds/{past}/review", take_review_step(3)),
    Shot("notes", "visitor", "/rounds/{today}/notes"),
]

DEBRIEF = [
    Shot("debrief", "lead", "/rounds/{today}/debrief"),
    Shot("debrief-card", "Dana Ejemplo", "/rounds/{today}/debrief"),
    Shot("debrief-waiting", "host", "/rounds/{today}/debrief"),
    *(
        Shot(f"debrief-{phase}", "lead", "/rounds/{past}/debrief", show_phase(phase))
        for phase in PHASES
    ),
    Shot("debrief-host", "Alex Example", "/rounds/{past}/debrief", show_phase("analyze")),
    Shot(
        "debrief-move",
        "lead",
        "/rounds/{past}/debrief",
        steps(show_phase("analyze"), press_first(".wall-card-foot .button")),
    ),
    Shot(
        "debrief-pattern",
        "lead",
        "/rounds/{past}/debrief",
        steps(show_phase("analyze"), open_row()),
    ),
    Shot(
        "debrief-item",
        "lead",
        "/rounds/{past}/debrief",
        steps(show_phase("next_level"), open_row()),
    ),
    Shot("summary", "Alex Example", "/rounds/{past}/summary"),
    Shot("summary-lead", "lead", "/rounds/{past}/summary"),
    Shot("summary-member", "Chris Nobody", "/rounds/{past}/summary"),
    Shot("summary-early", "Chris Nobody", "/rounds/{today}/summary"),
]

PATTERNS = [
    Shot("patterns", "lead", "/patterns"),
    Shot("patterns-analyst", "analyst", "/patterns"),
    Shot("patterns-export", "analyst", "/patterns", press_first(".screen-action .button")),
    Shot("patterns-narrowed", "lead", "/patterns?grade_band=k_2"),
    Shot("patterns-nothing", "lead", "/patterns?grade_band=9_12"),
    Shot("patterns-evidence", "lead", "/patterns", press_first(".finding summary")),
]

UNSENT = [
    Shot("not-sent-none", "visitor", "/not-sent"),
    Shot("not-sent", "visitor", "/", see_what_waits),
    Shot("today-unsent", "visitor", "/", write_offline),
]

SHOTS = [*SIGNED_OUT, *TODAY, *PEOPLE, *PLANNING, *EVIDENCE, *DEBRIEF, *PATTERNS, *UNSENT]
