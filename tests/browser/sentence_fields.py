"""The fields that people write sentences and names into, and how one gets to each.

Some are a record's, some a form's that makes nothing before its button is pressed: what is
typed is kept in all of them. Passwords, addresses, numbers and searches are not here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from server import clock
from server.domain.identifiers import debrief_id
from tests.browser.hands import press
from tests.browser.visit_day import Day
from tests.make import Somebody
from tests.sync.talk import Json, a_change, push, statuses


@dataclass(frozen=True)
class Field:
    """`path` may name the round, in which the debrief is in `phase`; `reach` goes on from there."""

    path: str
    label: str
    reach: Callable[[Page], None] = lambda page: None
    phase: str = "analyze"

    def open(self, page: Page, url: str, round_id: str) -> Locator:
        page.goto(f"{url}{self.path.format(round=round_id)}")
        return self.find(page)

    def find(self, page: Page) -> Locator:
        self.reach(page)
        field = page.get_by_label(self.label, exact=True).last
        expect(field).to_be_visible()
        return field


def pressing(*names: str) -> Callable[[Page], None]:
    def reach(page: Page) -> None:
        for name in names:
            press(page, name)

    return reach


def the_only_row(page: Page) -> None:
    page.locator("main .list button.row").first.click()


PLAN, DEBRIEF = "/rounds/{round}/plan", "/rounds/{round}/debrief"
FIELDS = {
    "a round's name": Field(f"{PLAN}/day", "Name"),
    "the address": Field(f"{PLAN}/day", "Address"),
    "the problem": Field(f"{PLAN}/problem", "What do you truly not know how to solve?"),
    "the theory": Field(f"{PLAN}/theory", "If …"),
    "a question": Field(f"{PLAN}/questions", "Question 1"),
    "a norm": Field(f"{PLAN}/norms", "Norm 1"),
    "a group's name": Field(DEBRIEF, "Name this group"),
    "a pattern": Field(DEBRIEF, "What we saw", the_only_row),
    "something to do": Field(DEBRIEF, "What we will do", the_only_row, phase="next_level"),
    "a school's name": Field("/places", "Name", the_only_row),
    "a school to add": Field("/places", "Name", pressing("Add")),
    "a round to plan": Field("/rounds", "Name", pressing("Plan a round")),
    "names to invite": Field("/members/invite-many", "Names, one per line"),
    "a measure to add": Field(
        "/patterns/measures", "What is it called?", pressing("Add a measure")
    ),
    "a runbook to keep": Field("/rounds/{round}/runbook", "Name of the runbook"),
    "whom to invite": Field("/members", "Name (can be left out)", pressing("Invite")),
}
PREDICTION = Field(DEBRIEF, "Your prediction", phase="predict")
"""What is written in silence; it is another field once somebody comes back."""
MINE = Field(DEBRIEF, "Prediction 1", phase="predict")


def fill(lead: Somebody, day: Day, phase: str) -> None:
    """One record of each kind that the fields belong to, and a debrief that has come to `phase`."""
    scope = f"round:{day.round_id}"

    def record(kind: str, where: str = scope, **values: object) -> Json:
        return a_change(lead, kind=kind, record=clock.new_id(), scope=where, set=values)

    reached = {"phase": phase, "began_at": "2026-11-24T20:00:00Z"}
    debrief = debrief_id(day.round_id)
    changes = [
        a_change(lead, kind="debrief", record=debrief, scope=scope, set=reached),
        record("theory_of_action", version=1, if_text="", then_text="", so_that_text=""),
        record("norm", text="", order=1),
        record("card", text="S: because", element="student", standing="agreed"),
        record("group", name="", order=1),
        record("pattern", form="pattern", statement="", order=1),
        record("next_level_item", text="", order=1),
    ]
    assert set(statuses(push(lead, *changes))) == {"applied"}


def add_words(page: Page, field: Locator, words: str) -> None:
    """By keyboard, after what stands there; the field keeps the focus."""
    field.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)
    assert field.input_value().endswith(words)
