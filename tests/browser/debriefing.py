"""The steps of a debrief as people press them: read, group, a pattern, predict, next level.

Every step takes the page of whoever does it and waits for what that person would see.
Knows neither people nor cards: the tests that use it bring theirs.
"""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.hands import choose, press, press_and_say_yes, tick
from tests.browser.visit_day import in_days

STEPS = (
    "Reread, star and select",
    "Read and agree",
    "Cross-check",
    "Group on the team’s wall",
    "Gallery walk",
    "One wall together",
    "Pattern statements",
    "Predict",
    "The host speaks",
    "Next level of work",
    "Commit and reflect",
)
"""The full runbook as it ships."""

HEARD_WITHIN = 300
"""Milliseconds after which a press that took effect shows."""


def card(page: Page, text: str) -> Locator:
    return page.locator(".wall-card").filter(has_text=text).first


def move_to(page: Page, text: str, where: str) -> None:
    """Move the card with this text by its menu, to the place whose name holds `where`."""
    card(page, text).get_by_role("button", name="Move to…").first.click()
    page.locator("dialog[open] .menu-item").filter(has_text=where).first.click()


def name_group_of(page: Page, text: str, name: str) -> None:
    group = page.locator(".wall-group").filter(has=page.locator(".wall-card", has_text=text))
    field = group.locator("textarea").first
    field.fill(name)
    field.blur()


def wall(page: Page) -> list[tuple[str, list[str]]]:
    """What hangs where: each group's name with its cards, in order."""
    found = page.locator(".wall").evaluate(
        "wall => JSON.stringify([...wall.querySelectorAll('.wall-group')].map(group => ["
        "group.querySelector('textarea')?.value ?? '',"
        "[...group.querySelectorAll('.wall-card-text')].map(card => card.textContent)]))"
    )
    return [(name, cards) for name, cards in json.loads(found)]


def read_aloud(page: Page, cards: int) -> None:
    for left in range(cards, 0, -1):
        expect(page.locator(".card-in-hand")).to_contain_text(f"{left} card")
        press(page, "We agree")
    expect(page.get_by_text("All cards of your team are read.")).to_be_visible()


def next_step(page: Page) -> str:
    """The lead goes one step on, once nothing stands before it; the name of that step."""
    onward = page.locator(".control-next > .button[data-wide]")
    expect(onward).to_be_enabled()
    words = onward.inner_text().strip()
    there = page.get_by_role("heading", name=words.removeprefix("On to: "), exact=True)
    button = page.get_by_role("button", name=words, exact=True)
    while not there.is_visible():
        # A press while the one before is still being kept is not heard: press again, by key.
        button.press("Enter")
        page.wait_for_timeout(HEARD_WITHIN)
    return words.removeprefix("On to: ")


def go_on_to(page: Page, step: str) -> None:
    """The lead goes on until this step."""
    while next_step(page) != step:
        pass


def write_pattern(page: Page, statement: str, group: str) -> None:
    """A pattern about students that a whole group of cards carries, and all agree."""
    press(page, "Write a pattern")
    sheet = page.locator("dialog[open]")
    choose(sheet, "Students")
    sheet.get_by_role("textbox", name="What we saw", exact=True).fill(statement)
    expect(sheet.get_by_text("Students …", exact=True).first).to_be_visible()
    choose(sheet, "many")
    whole = f"In many of the classrooms we visited, students {statement}"
    expect(sheet.get_by_text(whole)).to_be_visible()
    expect(sheet.get_by_text("Attach the cards that carry it.")).to_be_visible()
    tick(sheet.get_by_label(f"The whole group: {group}"))
    choose(sheet, "We agree")
    expect(sheet.get_by_text("A pattern needs two")).to_have_count(0)
    press(sheet, "Done")
    expect(page.get_by_text(f"Students {statement}")).to_be_visible()


def predict(lead: Page, visitor: Page) -> None:
    """The visitor writes, the lead shows and seals; then it is closed to everybody."""
    go_on_to(lead, "Predict")
    expect(visitor.get_by_role("textbox", name="Your prediction", exact=True)).to_be_visible()
    visitor.get_by_role("textbox", name="Your prediction", exact=True).fill(
        "I could name the answer and not the reason."
    )
    press(visitor, "Write another prediction")
    show = lead.get_by_role("button", name="Show all together")
    expect(show).to_be_enabled()
    expect(lead.get_by_text("not the reason")).to_have_count(0)
    press_and_say_yes(lead, "Show all together")
    tick(lead.get_by_label("not the reason"))
    press_and_say_yes(lead, "Seal until the revisit")
    expect(visitor.get_by_text("Opens at your revisit")).to_be_visible()
    expect(visitor.get_by_text("not the reason")).to_have_count(0)


def plan_next_level(page: Page) -> None:
    check_back_on = in_days(14)
    go_on_to(page, "Next level of work")
    press(page, "Add something to do")
    sheet = page.locator("dialog[open]")
    sheet.get_by_role("textbox", name="What we will do", exact=True).fill(
        "Each team adds one why to a task"
    )
    choose(sheet, "Next week")
    choose(sheet, "School")
    sheet.get_by_label("Who takes it on").select_option(label="Grade teams")
    sheet.get_by_label("Check back on").fill(check_back_on)
    with page.expect_download() as file:
        press(sheet, "Put into my calendar")
    assert (
        f"DTSTART;VALUE=DATE:{check_back_on.replace('-', '')}"
        in Path(file.value.path()).read_text()
    )
    press(sheet, "Done")
    expect(page.get_by_text("Grade teams").first).to_be_visible()


def close_debrief(lead: Page) -> None:
    """At the last step, where the press that went on stood before."""
    go_on_to(lead, "Commit and reflect")
    press(lead, "Close the debrief")
