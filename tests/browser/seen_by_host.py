"""Rule 15 in a browser: the host finds no way from a card to a classroom, on any page.

The host wrote the schedule, so a classroom, a clock time or an author beside a card would
tell whose lesson it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.on_server import values
from tests.browser.quiet import watch
from tests.browser.screens import settle
from tests.browser.tablet import Tablet
from tests.browser.visit_day import Day
from tests.make import Somebody
from tests.sync.talk import pull

PAGES = (
    "/",
    "/rounds",
    "/rounds/{round}",
    "/rounds/{round}/plan",
    *(
        f"/rounds/{{round}}/plan/{part}"
        for part in ("day", "problem", "theory", "questions", "classrooms", "people", "schedule")
    ),
    "/rounds/{round}/plan/norms",
    "/rounds/{round}/print/pack",
    "/rounds/{round}/review",
    "/rounds/{round}/notes",
    "/rounds/{round}/debrief",
    "/rounds/{round}/cards",
    "/rounds/{round}/summary",
    "/rounds/{round}/word",
    "/rounds/{round}/next-level",
    "/rounds/{round}/revisit",
    "/patterns",
    "/members",
    "/not-sent",
    "/settings",
)
CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")
VISIT = re.compile(r"\bV\d+\b")


def find_no_way_to_a_classroom(
    host: Tablet, somebody: Somebody, day: Day, *, author: Somebody, cards: int, statement: str
) -> None:
    """What pull gives to the host, and every page that the host can open."""
    given = pull(somebody, limit=1000)["rows"]
    hidden = [*day.classrooms, *day.slots, day.team, author.member_id]
    texts = find_no_way_in_rows(given, hidden)
    assert len(texts) == cards
    seen = set()
    for path, shown, source in every_page(host, day, statement):
        if any(one_line(text) in shown for text in texts):
            seen.add(path)
            assert_tells_nothing(shown, texts, ["Nova Sample"])
            assert not [each for each in hidden if each in source], path
    assert {"Analyze", "/patterns"} <= seen, "the pages that show cards were looked at"


def find_no_way_in_rows(given: list[Any], hidden: list[str]) -> list[str]:
    """The texts of the cards; nothing in or beside them leads to what is hidden."""
    cards = [row for row in given if row["kind"] == "card"]
    texts = [values(row)["text"] for row in cards]
    assert not {"note", "observation", "card_source"} & {row["kind"] for row in given}
    assert_tells_nothing(json.dumps(cards), texts, hidden)
    ids = [row["id"] for row in cards]
    for row in given:
        if any(each in json.dumps(row) for each in [*ids, *map(json.dumps, texts)]):
            assert not [each for each in hidden if each in json.dumps(row)], row["kind"]
    return texts


def every_page(host: Tablet, day: Day, statement: str) -> Iterator[tuple[str, str, str]]:
    """Name, words and source of all that the host can open, with nothing folded away."""
    page = host.page
    watch(page)
    for path in PAGES:
        host.goto(path.format(round=day.round_id))
        settle(page)
        if path == "/patterns":
            expect(page.get_by_text(statement)).to_be_visible(timeout=20_000)
        yield path, unfolded(page), page.content()
        if path.endswith("/debrief"):
            for phase in ("Describe", "Analyze", "Predict", "Next level of work"):
                page.locator(".phase", has_text=phase).click()
                expect(page.locator(".phase[aria-current]")).to_contain_text(phase)
                yield phase, unfolded(page), page.content()


def unfolded(page: Page) -> str:
    page.evaluate("() => document.querySelectorAll('details').forEach(each => (each.open = true))")
    return one_line(page.locator("body").inner_text())


def one_line(text: str) -> str:
    """With the spaces that a page shows: one between words."""
    return " ".join(text.split())


def assert_tells_nothing(shown: str, texts: list[str], hidden: list[str]) -> None:
    """No classroom, clock time or author beside the words of the cards themselves."""
    for text in sorted(texts, key=len, reverse=True):
        for written in (one_line(text), json.dumps(text)[1:-1]):
            shown = shown.replace(written, "")
    assert VISIT.findall(shown) == []
    assert CLOCK.findall(shown) == []
    assert [each for each in hidden if each in shown] == []
