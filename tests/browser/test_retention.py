"""In a real browser: an author hears that their notes go and saves a copy; an admin sets the
days, keeps a round's notes and lets them go; everybody reads why; then the tablet forgets.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from server import clock
from server.config import Settings
from server.domain.identifiers import debrief_id
from server.services.retention_nights import look_after_notes
from tests.browser.alone import Alone
from tests.browser.link import Link
from tests.browser.screens import find_faults
from tests.browser.tablet import Tablets, needs_browser
from tests.make import Somebody, a_member, a_network
from tests.sync.talk import a_change, a_round, push, statuses

pytestmark = needs_browser

AGO = timedelta(days=26)
WORDS = "S: “How many snowballs in all?”"


class Closed:
    """A round whose debrief closed 26 days ago, with a note of Ana's: in its last week."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.settings = settings
        now = clock.now()
        with clock.clock_at(lambda: now - AGO):
            network_id = a_network()
            self.lead = a_member(app, network_id, "lead", name="Lead Sample")
            self.ana = a_member(app, network_id, name="Ana Sample")
            self.round_id = a_round(self.lead, self.ana, title="Invented day", visits_on=_day(-26))
            self.write(self.lead, "debrief", closed_at=clock.as_text(clock.now()))
            self.write(self.ana, "note", text=WORDS, round=self.round_id)
        self.admin = a_member(app, network_id, "admin", name="Admin Sample")
        look_after_notes(settings)

    def write(self, somebody: Somebody, kind: str, **values: Any) -> None:
        scope = f"own:{somebody.member_id}" if kind == "note" else f"round:{self.round_id}"
        record = clock.new_id() if kind == "note" else debrief_id(self.round_id)
        change = a_change(somebody, kind=kind, record=record, scope=scope, set=values)
        assert statuses(push(somebody, change)) == ["applied"]

    def night(self) -> None:
        """The night comes in which they go."""
        later = clock.now() + timedelta(days=8)
        with clock.clock_at(lambda: later):
            assert look_after_notes(self.settings) == 1


def _day(days: int) -> str:
    return (clock.now() + timedelta(days=days)).date().isoformat()


@pytest.fixture
def closed(app: Flask, shared: Alone) -> Closed:
    return Closed(app, shared.settings)


def at_rest(page: Page) -> None:
    expect(page.locator("h1").first).to_be_visible()
    assert find_faults(page) == []


def test_an_author_is_told_and_saves_a_copy_before_the_tablet_forgets(
    closed: Closed, link: Link, tablets: Tablets, tmp_path: Path
) -> None:
    tablet = tablets.another(link)
    tablet.sign_in(closed.ana)
    page = tablet.goto("/")
    told = page.get_by_text("Your notes of Invented day are kept through")
    expect(told).to_be_visible()
    at_rest(page)

    page.get_by_role("link", name="Save a copy").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    expect(told).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a text file").click()
    saved.value.save_as(tmp_path / "notes.txt")
    closed.night()
    page = tablet.goto(f"/rounds/{closed.round_id}/notes")

    assert WORDS in (tmp_path / "notes.txt").read_text()
    expect(page.get_by_text(WORDS)).to_have_count(0)
    expect(told).to_have_count(0)


def test_an_admin_sets_the_days_keeps_a_rounds_notes_and_lets_them_go(
    closed: Closed, link: Link, tablets: Tablets
) -> None:
    tablet = tablets.another(link)
    tablet.sign_in(closed.admin)
    page = tablet.goto("/settings")
    page.get_by_role("link", name="How long notes are kept").click()
    expect(page.get_by_text("deleted 30 days after")).to_be_visible()
    at_rest(page)

    page.get_by_role("button", name="Change the days").click()
    page.get_by_label("Days after the debrief").fill("366")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    page.get_by_label("Days after the debrief").fill("90")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("deleted 90 days after")).to_be_visible()

    page.get_by_role("button", name="Notes kept through").click()
    page.get_by_label("Reason").fill("An invented review")
    at_rest(page)
    page.get_by_role("button", name="Keep the notes").click()
    held = page.get_by_text("Notes kept. Admin Sample")
    expect(held).to_contain_text("An invented review")

    page.get_by_role("button", name="An invented review").click()
    page.get_by_role("button", name="Let them go again").click()
    expect(page.get_by_text("Notes kept through")).to_be_visible()


def test_members_read_why_notes_are_kept_and_can_change_nothing(
    closed: Closed, link: Link, tablets: Tablets
) -> None:
    path = f"/networks/{closed.admin.network_id}/rounds/{closed.round_id}/hold"
    assert closed.admin.put(path, {"reason": "An invented review"}).status_code == 204
    tablet = tablets.another(link)
    tablet.sign_in(closed.ana)

    page = tablet.goto("/keeping")

    expect(page.get_by_text("An invented review")).to_be_visible()
    expect(page.get_by_role("button", name="Change the days")).to_have_count(0)
    expect(page.get_by_role("button", name="An invented review")).to_have_count(0)
    expect(tablet.goto("/").get_by_text("are kept through")).to_have_count(0)


def test_what_we_hold_says_which_notes_go_and_when(
    closed: Closed, link: Link, tablets: Tablets
) -> None:
    path = f"/networks/{closed.admin.network_id}/retention"
    assert closed.admin.put(path, {"days": 0}).status_code == 204
    tablet = tablets.another(link)
    tablet.sign_in(closed.ana)

    page = tablet.goto("/held")

    expect(page.get_by_text("After a round your visits and your notes are deleted")).to_be_visible()
    expect(page.get_by_text("in the night after the debrief")).to_be_visible()
    at_rest(page)
