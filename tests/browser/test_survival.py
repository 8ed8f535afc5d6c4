"""What a visitor writes with no server survives every kill and arrives as it was typed."""

from __future__ import annotations

import json
import os
import random
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.link import Link
from tests.browser.on_server import texts_by_classroom
from tests.browser.tablet import KeptTablet, Tablets, needs_browser
from tests.browser.visiting import Visitor, a_visitor, expect_on_server, field_of, status_of
from tests.serving import ROOT

pytestmark = needs_browser

REAL_DATA = Path(os.environ.get("ROUNDS_REAL_DATA", ROOT / "../shared/data"))

SECONDS_A_KEY = 0.1
PROMISED_SECONDS = 1.0
LOADED_MACHINE = 0.5
"""What a busy machine may take beyond the promise before a test calls it broken."""


def is_blank(text: str) -> bool:
    """What no eye sees: a line of nothing else is no note."""
    return not text.replace("\ufeff", "").strip()


def evidence_lines() -> list[list[str]]:
    """Ten lines for each of four classrooms."""
    kinds = (
        'T: "Who can say it in other words?"',
        "S{n}: because both sides have {n} of them",
        "sheet with {n} tasks, two columns",
        "three students at the board, one writes, two point — ¿por qué?",
    )
    return [
        [f"{kinds[n % 4].format(n=n)} ({room + 1}.{n})" for n in range(10)] for room in range(4)
    ]


@dataclass
class Typed:
    """A line as it was typed: every state of it with its time, and the last one called saved."""

    states: list[tuple[float, str]]
    saved: str = ""
    killed_at: float = 0.0

    def promised(self) -> str:
        """What has to be on disk, though nothing said so: what is older than a second."""
        old = self.killed_at - PROMISED_SECONDS - LOADED_MACHINE
        return next((text for at, text in reversed(self.states) if at <= old), "")


def type_until_killed(tablet: KeptTablet, line: str, chance: random.Random) -> Typed:
    """Ten keys a second, a pause now and then, and SIGKILL at a time drawn from the seed."""
    page = tablet.page
    typed = Typed([(time.monotonic(), "")])
    dies_at = chance.randrange(5, len(line))
    for at, key in enumerate(line, start=1):
        page.keyboard.type(key)
        typed.states.append((time.monotonic(), line[:at]))
        pause = 0.8 if chance.random() < 0.12 else SECONDS_A_KEY
        until = time.monotonic() + pause
        if at == dies_at:
            time.sleep(chance.random() * pause)
            break
        time.sleep(max(0.0, until - time.monotonic()))
        if status_of(page).get_attribute("data-status") == "on_tablet":
            typed.saved = line[:at]
    typed.killed_at = time.monotonic()
    tablet.kill()
    return typed


def come_back(tablet: KeptTablet, path: str, line: str, typed: Typed, earlier: list[str]) -> Page:
    """The browser again after a kill: every line is there, and what was typed of this one."""
    page = tablet.open(path, offline=True)
    expect(field_of(page)).to_be_focused()
    expect(page.locator(".earlier-text")).to_have_text(earlier)
    kept = field_of(page).input_value()
    assert line.startswith(kept)
    assert len(kept) >= len(typed.saved), "called saved, and lost"
    assert len(kept) >= len(typed.promised()), "older than a second, and lost"
    page.keyboard.press("End")
    page.keyboard.type(line[len(kept) :])
    return page


def test_forty_notes_written_offline_survive_every_kill_and_reach_the_server(
    app: Flask, link: Link, tablets: Tablets
) -> None:
    chance = random.Random(20261124)
    tablet, lines = tablets.kept(link), evidence_lines()
    visitor = a_visitor(app, tablet)
    day = visitor.day
    tablet.close()  # The evening before is over: the sign-in has long been on disk.
    tablet.open()
    page = visitor.visit()
    tablet.go_offline()

    for room, wanted in enumerate(lines):
        killed = chance.sample(range(10), 3)
        expect(page.locator(".visit-title h1")).to_have_text(f"V{room + 1}")
        expect(field_of(page)).to_be_focused()
        for at, line in enumerate(wanted):
            if at in killed:
                typed = type_until_killed(tablet, line, chance)
                page = come_back(tablet, day.visit(room), line, typed, wanted[:at])
            else:
                page.keyboard.type(line)
            page.keyboard.press("Enter")
        expect(page.locator(".earlier-text")).to_have_text(wanted)
        expect(status_of(page)).to_have_text("Saved on this tablet")
        if room < 3:
            page.get_by_role("button", name=f"Next: V{room + 2}").click()

    tablet.go_online()
    expect_on_server(page)
    expect(status_of(page)).to_have_text("On the server")
    found = texts_by_classroom(visitor.robin)
    assert found == dict(zip(day.classrooms, lines, strict=True))


def test_every_naughty_string_arrives_as_it_was_typed(visitor: Visitor) -> None:
    source = REAL_DATA / "vectors" / "blns.json"
    if not source.is_file():
        pytest.skip("skipped: no real data")
    strings: list[str] = json.loads(source.read_text())
    typed = [text for text in strings if not is_blank(text)]
    page = visitor.visit()

    for text in strings:
        page.keyboard.insert_text(text)
        page.keyboard.press("Enter")

    expect_on_server(page)
    found = texts_by_classroom(visitor.robin)[visitor.day.classrooms[0]]
    assert [text for text in found if not is_blank(text)] == typed


def test_a_paste_beyond_64_kib_goes_on_in_a_second_note(visitor: Visitor) -> None:
    long = "ñ" * 40_000
    page = visitor.visit()

    page.keyboard.insert_text(long)
    page.keyboard.press("Enter")

    expect_on_server(page)
    found = texts_by_classroom(visitor.robin)[visitor.day.classrooms[0]]
    assert len(found) == 2
    assert "".join(found) == long
