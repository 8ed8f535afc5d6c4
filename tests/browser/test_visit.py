"""A visitor's day in a real browser: written offline, killed, reopened, sent."""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.link import Link, a_link
from tests.browser.screens import find_faults
from tests.browser.tablet import Tablet, a_tablet, needs_browser
from tests.browser.visit_day import Day, a_day
from tests.make import Somebody, a_member, a_network
from tests.serving import Served
from tests.sync.talk import pull

pytestmark = needs_browser

ROOT = Path(__file__).parents[2]
REAL_DATA = Path(os.environ.get("ROUNDS_REAL_DATA", ROOT / "../shared/data"))

SECONDS_A_KEY = 0.1
PROMISED_SECONDS = 1.0
LOADED_MACHINE = 0.5
"""What a busy machine may take beyond the promise before a test calls it broken."""


@dataclass
class Visitor:
    """Robin, a tablet, and the link that a test cuts."""

    tablet: Tablet
    link: Link
    robin: Somebody
    lead: Somebody
    host: Somebody
    day: Day

    def go_offline(self) -> None:
        self.link.cut()
        if self.tablet.context:
            self.tablet.context.set_offline(True)

    def go_online(self) -> None:
        self.link.restore()
        assert self.tablet.context
        self.tablet.context.set_offline(False)


@pytest.fixture
def visitor(app: Flask, served: Served, tmp_path: Path) -> Iterator[Visitor]:
    """Signed in, the plan on the tablet, every file kept: ready for offline."""
    network = a_network()
    lead = a_member(app, network, "lead", name="Lead Sample")
    robin = a_member(app, network)
    host = a_member(app, network, name="Host Sample")
    day = a_day(lead, robin, host=host, visits_on="2026-11-24")
    with a_link(served.port) as link, a_tablet(tmp_path, link.url) as tablet:
        tablet.sign_in(robin)
        tablet.wait_until_installed()
        expect(tablet.page.locator(f'a[href="/rounds/{day.round_id}"]').first).to_be_visible()
        tablet.close()  # The evening before is over: the sign-in has long been on disk.
        tablet.open()
        yield Visitor(tablet, link, robin, lead, host, day)
        assert tablet.problems == []


def field_of(page: Page) -> Any:
    return page.locator(".note-editor")


def write_lines(page: Page, *lines: str) -> None:
    expect(field_of(page)).to_be_focused()
    for line in lines:
        page.keyboard.type(line)
        page.keyboard.press("Enter")


def shown_lines(page: Page) -> list[str]:
    return page.locator(".earlier-text").all_inner_texts()


def status_of(page: Page) -> Any:
    return page.locator(".visit-foot .status")


def texts_on_server(robin: Somebody) -> dict[str, list[str]]:
    """Classroom id to the texts of its notes, in their order, as the server holds them."""
    reply = pull(robin, limit=1000)
    assert not reply["more"]
    notes = [row for row in reply["rows"] if row["kind"] == "note" and not row["deleted"]]

    def value(row: Any, name: str) -> Any:
        heads = row["fields"][name]
        assert len(heads) == 1, "a note of one author has one version"
        return heads[0]["value"]

    found: dict[str, list[str]] = {}
    for row in sorted(notes, key=lambda row: value(row, "order")):
        found.setdefault(value(row, "classroom"), []).append(value(row, "text"))
    return found


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

    def promised(self, killed_at: float) -> str:
        """What has to be on disk, though nothing said so: what is older than a second."""
        old = killed_at - PROMISED_SECONDS - LOADED_MACHINE
        return next((text for at, text in reversed(self.states) if at <= old), "")


def type_until_killed(tablet: Tablet, line: str, chance: random.Random) -> Typed:
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
    tablet.kill()
    return typed


def test_forty_notes_written_offline_survive_every_kill_and_reach_the_server(
    visitor: Visitor,
) -> None:
    chance = random.Random(20261124)
    tablet, day = visitor.tablet, visitor.day
    lines = evidence_lines()
    page = tablet.page
    page.goto(f"{visitor.link.url}{day.visit(0)}")
    expect(field_of(page)).to_be_focused()
    visitor.go_offline()

    for room, wanted in enumerate(lines):
        killed = chance.sample(range(10), 3)
        for at, line in enumerate(wanted):
            if at in killed:
                typed = type_until_killed(tablet, line, chance)
                killed_at = time.monotonic()
                page = tablet.open(day.visit(room), offline=True)
                expect(page.locator(".visit-title h1")).to_have_text(f"V{room + 1}")
                expect(page.locator(".earlier-text")).to_have_text(wanted[:at])
                kept = field_of(page).input_value()
                assert line.startswith(kept)
                assert len(kept) >= len(typed.saved), "called saved, and lost"
                assert len(kept) >= len(typed.promised(killed_at)), "older than a second, and lost"
                field_of(page).focus()
                page.keyboard.press("End")
                page.keyboard.type(line[len(kept) :])
            else:
                page.keyboard.type(line)
            page.keyboard.press("Enter")
        expect(page.locator(".earlier-text")).to_have_text(wanted)
        expect(status_of(page)).to_have_text("Saved on this tablet")
        if room < 3:
            page.get_by_role("button", name=f"Next: V{room + 2}").click()
            expect(page.locator(".visit-title h1")).to_have_text(f"V{room + 2}")

    visitor.go_online()
    expect(status_of(page)).to_have_attribute("data-status", "on_server", timeout=60_000)
    expect(status_of(page)).to_have_text("On the server")
    found = texts_on_server(visitor.robin)
    assert found == dict(zip(day.classrooms, lines, strict=True))


def test_every_naughty_string_arrives_as_it_was_typed(visitor: Visitor) -> None:
    source = REAL_DATA / "vectors" / "blns.json"
    if not source.is_file():
        pytest.skip("skipped: no real data")
    strings: list[str] = json.loads(source.read_text())
    typed = [text for text in strings if not is_blank(text)]
    page = visitor.tablet.page
    page.goto(f"{visitor.link.url}{visitor.day.visit(0)}")
    expect(field_of(page)).to_be_focused()

    for text in strings:
        page.keyboard.insert_text(text)
        page.keyboard.press("Enter")

    expect(status_of(page)).to_have_attribute("data-status", "on_server", timeout=60_000)
    found = texts_on_server(visitor.robin)[visitor.day.classrooms[0]]
    assert [text for text in found if not is_blank(text)] == typed


def test_a_paste_beyond_64_kib_goes_on_in_a_second_note(visitor: Visitor) -> None:
    long = "ñ" * 40_000
    page = visitor.tablet.page
    page.goto(f"{visitor.link.url}{visitor.day.visit(0)}")
    expect(field_of(page)).to_be_focused()

    page.keyboard.insert_text(long)
    page.keyboard.press("Enter")

    expect(status_of(page)).to_have_attribute("data-status", "on_server", timeout=30_000)
    found = texts_on_server(visitor.robin)[visitor.day.classrooms[0]]
    assert len(found) == 2
    assert "".join(found) == long


@pytest.mark.parametrize("size", [(360, 740), (360, 400), (820, 1180), (1180, 820), (1180, 420)])
def test_the_field_has_its_room_and_the_clock_and_elements_stay_in_sight(
    visitor: Visitor, size: tuple[int, int]
) -> None:
    page = visitor.tablet.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{visitor.link.url}{visitor.day.visit(0)}")
    write_lines(page, *[f"line {n}" for n in range(12)])

    free = page.locator(".visit-panes").bounding_box()
    field = field_of(page).bounding_box()
    assert free
    assert field
    assert field["height"] >= 0.59 * free["height"]
    assert free["height"] >= 0.55 * size[1]
    for part in (".visit-clock", ".elements", ".visit-foot", ".visit-title"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    chips = page.locator(".element-chip").evaluate_all(
        "chips => chips.map(each => each.getBoundingClientRect().height)"
    )
    assert all(height >= 44 for height in chips)


def test_the_next_classroom_is_one_tap_away_and_the_tap_can_be_undone(visitor: Visitor) -> None:
    page = visitor.tablet.page
    page.goto(f"{visitor.link.url}{visitor.day.visit(0)}")
    write_lines(page, "in the first room")

    page.get_by_role("button", name="Next: V2").click()
    expect(page.locator(".visit-title h1")).to_have_text("V2")
    assert shown_lines(page) == []
    page.get_by_role("button", name="Undo").click()

    expect(page.locator(".visit-title h1")).to_have_text("V1")
    expect(page.locator(".earlier-text")).to_have_text(["in the first room"])


def test_not_today_offers_a_spare_number_and_can_be_undone(visitor: Visitor) -> None:
    page = visitor.tablet.page
    page.goto(f"{visitor.link.url}{visitor.day.visit(1)}")

    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Not today").click()
    page.get_by_role("button", name="Visit V5 instead").click()

    expect(page.locator(".visit-title h1")).to_have_text("V5")
    page.locator(".toast", has_text="V2 is left out").get_by_role("button", name="Undo").click()
    expect(page.locator(".visit-title h1")).to_have_text("V2")
    expect(page.get_by_role("button", name="Next: V3")).to_be_visible()


def test_when_the_next_slot_has_begun_the_line_goes_along_or_stays(visitor: Visitor) -> None:
    page = visitor.tablet.page
    page.clock.set_fixed_time("2026-11-24T16:31:00Z")  # 9:31 at the school: V2 began at 9:30.
    page.goto(f"{visitor.link.url}{visitor.day.visit(0)}")
    write_lines(page, "still in V1")
    page.keyboard.type("already in V2")

    expect(page.get_by_text("Are you in V2 now?")).to_be_visible()
    page.get_by_role("button", name="Yes, from this note").click()

    expect(page.locator(".visit-title h1")).to_have_text("V2")
    expect(field_of(page)).to_have_value("already in V2")
    page.keyboard.press("Enter")
    expect(status_of(page)).to_have_attribute("data-status", "on_server", timeout=30_000)
    first, second = visitor.day.classrooms[:2]
    assert texts_on_server(visitor.robin) == {first: ["still in V1"], second: ["already in V2"]}


def test_an_earlier_note_can_be_amended_deleted_and_brought_back(visitor: Visitor) -> None:
    page = visitor.tablet.page
    page.goto(f"{visitor.link.url}{visitor.day.visit(0)}")
    write_lines(page, "one", "two")
    page.keyboard.type("thr")

    page.locator(".earlier-note").first.click()
    page.keyboard.press("End")
    page.keyboard.type(" and a half")
    page.keyboard.press("Enter")
    expect(field_of(page)).to_have_value("thr")
    page.locator(".earlier-note").nth(1).click()
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(".earlier-text")).to_have_text(["one and a half"])
    page.get_by_role("button", name="Undo").click()

    expect(page.locator(".earlier-text")).to_have_text(["one and a half", "two"])


def test_in_quiet_mode_no_question_is_asked(visitor: Visitor) -> None:
    page = visitor.tablet.page
    page.goto(f"{visitor.link.url}{visitor.day.visit(0)}")
    write_lines(page, "students were engaged")
    expect(page.locator(".nudge")).to_be_visible()

    page.get_by_role("button", name="Quiet").click()

    expect(page.locator(".nudge")).to_have_count(0)
    expect(page.locator(".visit[data-quiet]")).to_be_visible()


def test_sorted_chosen_and_posted_offline_a_card_tells_the_host_nothing_of_its_origin(
    visitor: Visitor,
) -> None:
    page = visitor.tablet.page
    page.goto(f"{visitor.link.url}{visitor.day.visit(0)}")
    expect(field_of(page)).to_be_focused()
    visitor.go_offline()
    write_lines(
        page, 'T: "Show me how."', "Mrs. Sample points at 9:12", "two columns", "all look up"
    )
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Review", exact=True).click()

    expect(page.locator(".sort-text")).to_be_visible()
    for key in "134":
        page.keyboard.press(key)
    expect(page.get_by_text("Every line is sorted.")).to_be_visible()
    page.locator("label", has_text="Choose").click()
    for at in range(4):
        page.locator(".choose-acts").nth(at).get_by_role("button", name="Choose").click()
    page.get_by_role("button", name="Go on to posting").click()
    page.get_by_role("button", name="Post with [the teacher]").click()
    page.get_by_role("button", name="Post 4 cards").click()
    expect(page.locator(".draft-card", has_text="[the teacher]")).to_be_visible()
    visitor.go_online()
    page.evaluate("() => dispatchEvent(new Event('online'))")

    told = page.locator(".nav").get_by_text("Everything is on the server")
    expect(told).to_be_visible(timeout=60_000)

    def rows(somebody: Somebody, kind: str) -> list[Any]:
        return [row for row in pull(somebody, limit=1000)["rows"] if row["kind"] == kind]

    cards = rows(visitor.host, "card")
    assert len(rows(visitor.robin, "card_source")) == 4
    assert len(cards) == 4
    assert rows(visitor.host, "card_source") == []
    seen_by_host = json.dumps(cards)
    for hidden in (
        *visitor.day.classrooms,
        *visitor.day.slots,
        visitor.robin.member_id,
        "Sample p",
    ):
        assert hidden not in seen_by_host


@pytest.mark.parametrize("look", ["light", "dark", "quiet"])
def test_axe_finds_nothing_on_the_screens_of_evidence(visitor: Visitor, look: str) -> None:
    page = visitor.tablet.page
    page.emulate_media(color_scheme="dark" if look == "dark" else "light")
    page.goto(f"{visitor.link.url}{visitor.day.visit(0)}")
    if look == "quiet":
        page.get_by_role("button", name="Quiet").click()
        field_of(page).focus()
    write_lines(page, "T: why?", "students were engaged", "Ms. Sample nods")
    expect(page.locator(".earlier-text")).to_have_count(3)
    assert find_faults(page) == []

    for where in ("review", "notes"):
        page.goto(f"{visitor.link.url}/rounds/{visitor.day.round_id}/{where}")
        expect(page.locator("h1")).to_be_visible()
        assert find_faults(page) == []
    page.goto(f"{visitor.link.url}/rounds/{visitor.day.round_id}/review")
    for step in ("Questions", "Choose", "Post"):
        page.locator("label", has_text=step).first.click()
        assert find_faults(page) == []
