"""What is pressed and typed to reach a screen: for the list of screens in shots.py.

Places of buttons, never their words: every screen is looked at in both languages. What is
written stays written: a step looks whether an earlier view did it already.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.screens import settle

Step = Callable[[Page], None]

PHASES = ("describe", "analyze", "predict", "next_level")
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


def make_a_link(page: Page) -> None:
    page.locator(".open-by-link .button").first.click()
    expect(page.locator(".open-link").first).to_be_visible()


def follow_the_link(page: Page) -> None:
    make_a_link(page)
    link = page.locator(".open-link").first.inner_text()
    page.goto(urljoin(page.url, urlsplit(link).path))


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


def delete_a_line(page: Page) -> None:
    """A line of its own, so that the others stay."""
    write_lines(page)
    page.locator("textarea").first.press_sequentially("Students pack their things")
    page.keyboard.press("Enter")
    page.locator(".earlier-note").last.click()
    page.locator(".amending .button").nth(2).click()
    expect(page.locator(".toast")).to_be_visible()


def open_keyboard(page: Page) -> None:
    """What an on-screen keyboard leaves to be seen; the page itself keeps its size."""
    page.evaluate(
        """() => {
            const leaves = innerWidth > innerHeight ? 0.5 : 0.6;
            const height = Math.round(innerHeight * leaves);
            Object.defineProperty(visualViewport, "height", { value: height, configurable: true });
            visualViewport.dispatchEvent(new Event("resize"));
        }"""
    )


def press_quiet(page: Page) -> None:
    """Kept on the device: it may be quiet already."""
    quiet = page.locator(".visit-head [aria-pressed]")
    if quiet.get_attribute("aria-pressed") == "false":
        quiet.click()
    expect(quiet).to_have_attribute("aria-pressed", "true")


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


def show_step(phase: str, place: int) -> Step:
    """A step of a phase by its place there."""
    return steps(show_phase(phase), press_nth(".phase-step", place))


def open_again(page: Page) -> None:
    """A closed debrief is read only; what is done in it is seen in one that is open again."""
    again = page.locator(".open-again .button").first
    if again.is_visible():
        again.click()
        page.locator(f"{SHEET}.button[data-look=primary]").click()
        expect(again).to_have_count(0)


def close_debrief(page: Page) -> None:
    """And it is left as the demo has it: closed, with a summary. *Next* leads to *Close*."""
    on = page.locator(".control-next .button")
    while on.is_visible():
        on.click()
    expect(page.locator(".open-again")).to_be_visible()


def open_row(place: int = 0) -> Step:
    """What a row opens, in a sheet."""

    def open_it(page: Page) -> None:
        page.locator("main :is(button.row, .level-item)").nth(place).click()
        expect(page.locator("dialog[open]")).to_be_visible()

    return open_it


def take_review_step(place: int) -> Step:
    return press_nth(".review label", place)


def open_measure(place: int) -> Callable[[Page], None]:
    """The measure at this place of the list, once its chart is drawn."""

    def opened(page: Page) -> None:
        page.locator("main a.row").nth(place).click()
        expect(page.locator(".chart-picture")).to_be_visible()

    return opened


def show_numbers(page: Page) -> None:
    """The figures and every number, with a day chosen by the keyboard."""
    open_measure(1)(page)
    page.locator("main input[type=range]").press("ArrowLeft")
    page.locator("main summary").click()
    page.locator(".measure-figures").scroll_into_view_if_needed()


def add_points(page: Page) -> None:
    open_measure(1)(page)
    page.locator(".screen-action .button").click()


def in_menu_of_measure(place: int) -> Callable[[Page], None]:
    def pressed(page: Page) -> None:
        open_measure(1)(page)
        page.locator("main .section-head .button").first.click()
        page.locator("dialog[open] .menu-item").nth(place).click()

    return pressed


def bring_points(page: Page) -> None:
    """A file with a mistake in its third row."""
    in_menu_of_measure(1)(page)
    rows = b"date,value,out_of\n2026-03-09,1700,1842\n2026-03-16,many,1842\n"
    file = {"name": "numbers.csv", "mimeType": "text/csv", "buffer": rows}
    page.locator("dialog[open] input[type=file]").set_input_files(file)
    expect(page.locator("dialog[open] .banner")).to_be_visible()


def take_a_file(page: Page) -> None:
    """One file of patterns leaves, and stands in the register."""
    page.goto(page.url.replace("/files", ""))
    page.locator(".screen-action .button").click()
    with page.expect_download():
        page.locator("dialog[open] .menu-item").first.click()
    page.goto(f"{page.url}/files")
    expect(page.locator("main button.row").first).to_be_visible()


LIST = (
    "type,district_id,campus_id,district_name,campus_name\n"
    "District,0010,,Sample Valley,\n"
    "Campus,0010,0187,Sample Valley,Invented Primary\n"
    "Campus,0010,0188,Sample Valley,Dune Sample School\n"
)
PEOPLE_LIST = "name,role,school\nAvery Invented,lead,Invented Primary\nSol Sample,member,\n"


def look_at_list(name: str, content: str) -> Callable[[Page], None]:
    def look(page: Page) -> None:
        file = {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
        page.locator("input[type=file]").set_input_files([file])
        page.locator("[role=region]").wait_for()

    return look
