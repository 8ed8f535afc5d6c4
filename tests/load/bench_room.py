"""How long a card's move takes until it is seen on another tablet, in a full room.

    python -m tests.load.bench_room [--moves 60]

Two Chromiums stand at one wall of 600 cards with the texts of real notes (ROUNDS_REAL_DATA;
sentences of our own where it is absent). Beside them twenty-eight model tablets hold streams
of hints, pull at each, and move cards at random; every second of them goes offline for two
minutes and more, moves on, and then sends all of it at once. Each that is online is always at
one group or another, and says so again every five seconds, as somebody who edits does. Taken
is the time from the press in one Chromium until the card hangs in its new group in the other.
At the end both show one wall with every card on it, and every tablet was told the same of each
card. Prints a table and writes its part of docs/performance.md.
"""

from __future__ import annotations

import argparse
import csv
import logging
import random
import re
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

from server.config import Settings
from tests.browser.debriefing import wall
from tests.browser.tablet import ON_ITS_SIDE, Tablets, launch
from tests.browser.team_cards import lay_on_the_one_wall, post_agreed
from tests.browser.visit_day import Day, a_day
from tests.load.measure import write_part
from tests.load.room_tablets import SEED, Model, alive
from tests.make import Somebody, a_member, a_network, an_app
from tests.real_input import NOTES
from tests.serving import serve

CARDS, GROUPS, MODELS = 600, 24, 28
BOUND_MS = 500
LASTS = 185.0
"""Seconds over which the moves are spread: whoever was offline is back well before the end."""

WATCH = """([text, name]) => {
  window.seen = new Promise((done) => {
    const hangs = () => [...document.querySelectorAll('.wall-group')].some((group) =>
      group.querySelector('textarea')?.value === name
      && [...group.querySelectorAll('.wall-card-text')].some((card) => card.textContent === text));
    const look = () => hangs() ? done(Date.now()) : requestAnimationFrame(look);
    look();
  });
}"""

NOTE_PRESS = """() => addEventListener('click', ({ target }) => {
  if (target.closest('.menu-item')) window.pressedAt = Date.now();
}, true)"""


def texts() -> list[str]:
    """As many different texts as there are cards, each on one line."""
    if not NOTES.exists():
        return [f'S: "I got {number} another way."' for number in range(CARDS)]
    found: dict[str, None] = {}
    with NOTES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[" ".join(row["note_text"].split())[:240]] = None
    return [*found][:CARDS]


def fill(lead: Somebody, day: Day) -> tuple[list[str], list[str]]:
    """Agreed cards, each in one of the groups; ids of groups and of cards."""
    ids = post_agreed(lead, day, day.team, texts(), ("student", "teacher", "task", "relation"))
    return lay_on_the_one_wall(lead, day, ids, GROUPS), ids


def move_and_watch(mover: Page, watcher: Page, text: str, name: str) -> float:
    """Milliseconds from the press on one tablet to the card's new place on the other."""
    watcher.evaluate(WATCH, [text, name])
    card = mover.locator(".wall-card").filter(
        has=mover.locator(".wall-card-text").get_by_text(text, exact=True)
    )
    card.first.get_by_role("button", name="Move to…").first.click()
    mover.locator("dialog[open] .menu-item").filter(has_text=re.compile(rf"{name}\b")).first.click()
    seen = watcher.evaluate("() => window.seen")
    return float(seen - mover.evaluate("() => window.pressedAt"))


def another_group(number: int, dice: random.Random) -> str:
    """The name of a group in which this card does not lie."""
    return f"Idea {(number + dice.randrange(1, GROUPS)) % GROUPS}"


def at_the_wall(tablets: Tablets, at: Any, who: Somebody, day: Day) -> Page:
    tablet = tablets.another(at, ON_ITS_SIDE)
    tablet.sign_in(who)
    page = tablet.goto(f"/rounds/{day.round_id}/debrief")
    expect(page.locator(".wall-card")).to_have_count(CARDS, timeout=60_000)
    return page


@dataclass(frozen=True)
class Measured:
    """Milliseconds of each move, how many cards others moved meanwhile, and how often in a
    second a tablet was told who is where."""

    took: list[float]
    by_others: int
    by_those_away: int
    told_a_second: float


def measure(moves: int, folder: Path) -> Measured:
    settings = Settings(data_dir=str(folder / "data"))
    with an_app(settings) as app, serve(settings) as served, sync_playwright() as playwright:
        network = a_network()
        lead, second = a_member(app, network, "lead"), a_member(app, network)
        people = [a_member(app, network) for _ in range(MODELS)]
        day = a_day(lead, second, *people, visits_on="2026-11-24")
        groups, ids = fill(lead, day)
        dice = random.Random(SEED)
        picked = dice.sample(range(CARDS), moves)
        left = [card for number, card in enumerate(ids) if number not in picked]
        browser = launch(playwright)
        tablets = Tablets(browser, folder)
        mover, watcher = (at_the_wall(tablets, served, who, day) for who in (lead, second))
        mover.evaluate(NOTE_PRESS)
        models = [Model(served.port, who, day, at, (groups, left)) for at, who in enumerate(people)]
        began = time.monotonic()
        with alive(models):
            took = []
            for at, number in enumerate(picked):
                mover.wait_for_timeout(max(0, began + at * LASTS / moves - time.monotonic()) * 1000)
                took.append(
                    move_and_watch(mover, watcher, texts()[number], another_group(number, dice))
                )
            lasted = time.monotonic() - began
        expect_one_wall(mover, watcher)
        expect_told_the_same(models, ids)
        assert tablets.end() == []
        browser.close()
    told = statistics.mean(each.tablet.places for each in models) / lasted
    moved, away = (sum(each.moved for each in models), sum(each.moved_away for each in models))
    return Measured(took, moved, away, told)


def expect_one_wall(one: Page, other: Page) -> None:
    for _ in range(100):
        if wall(one) == wall(other):
            break
        one.wait_for_timeout(100)
    hung = wall(one)
    assert hung == wall(other)
    assert sorted(text for _, cards in hung for text in cards) == sorted(texts())


def expect_told_the_same(models: list[Model], ids: list[str]) -> None:
    """Every tablet holds every card, and all of them the same of it."""
    assert [each.refused for each in models if each.refused] == []
    away = [each for each in models if each.moved_away]
    assert len(away) == MODELS // 2, "half of them were offline, and came back"
    for each in models:
        each.tablet.pull_until_done()
    for card in ids:
        first, *others = (as_a_stranger_sees(each.tablet.rows[card]) for each in models)
        told = [row for row in others if row != first]
        assert told == [], f"one was told {first}, others {told[:1]}"


def as_a_stranger_sees(row: dict[str, Any]) -> dict[str, list[Any]]:
    """What hangs where, without who moved it and when: that only the mover is told."""
    mine = ("by", "made_at")
    return {
        name: [{key: head[key] for key in head if key not in mine} for head in heads]
        for name, heads in row["fields"].items()
    }


def main() -> int:
    logging.disable(logging.INFO)  # of the app that fills the place, in this process
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moves", type=int, default=60)
    with tempfile.TemporaryDirectory() as name:
        found = measure(parser.parse_args().moves, Path(name))
    took = found.took
    middle, late = statistics.median(took), statistics.quantiles(took, n=20)[18]
    verdict = "holds" if late < BOUND_MS else "red"
    table = "\n".join(
        [
            "| What | Median | p95 | Slowest | Bound of p95 | Moves | By others "
            "| Of these offline | Who is where, told to a tablet | Verdict |",
            "|---|---|---|---|---|---|---|---|---|---|",
            f"| a move, from the press to the other tablet's wall | {middle:.0f} ms "
            f"| {late:.0f} ms | {max(took):.0f} ms | {BOUND_MS} ms | {len(took)} "
            f"| {found.by_others} | {found.by_those_away} "
            f"| {found.told_a_second:.1f} times a second | {verdict} |",
        ]
    )
    sys.stdout.write(table + "\n")
    write_part("bench_room", table)
    return 0 if verdict == "holds" else 1


if __name__ == "__main__":
    sys.exit(main())
