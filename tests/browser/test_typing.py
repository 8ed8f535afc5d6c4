"""No words are lost by leaving: whatever field they are in, and however one leaves it."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.hands import press
from tests.browser.on_server import wait_for_text
from tests.browser.sentence_fields import FIELDS, MINE, PREDICTION, Field, add_words, fill
from tests.browser.tablet import KeptTablet, Tablets, needs_browser
from tests.browser.troubles import FILL, MAKE_ROOM
from tests.browser.visit_day import a_day
from tests.make import Somebody, a_member, a_network
from tests.serving import Served
from tests.sync.talk import a_change, push

pytestmark = needs_browser

PHASES = ("analyze", "predict", "next_level")
PROMISED_MS = 500
"""After the last key, and what was typed is on disk."""

Rounds = dict[str, str]


@pytest.fixture
def lead(app: Flask) -> Somebody:
    return a_member(app, a_network(), "lead", name="Lead Sample")


@pytest.fixture
def rounds(app: Flask, lead: Somebody) -> Rounds:
    """A round whose debrief has come to each phase, by that phase."""
    visitor = a_member(app, lead.network_id, name="Robin Sample")
    school = {"name": "Sample School"}
    push(lead, a_change(lead, kind="school", scope=f"network:{lead.network_id}", set=school))
    found = {}
    for phase in PHASES:
        day = a_day(lead, lead, visitor)
        fill(lead, day, phase)
        found[phase] = day.round_id
    return found


@pytest.fixture
def tablet(tablets: Tablets, served: Served, lead: Somebody) -> KeptTablet:
    tablet = tablets.kept(served)
    tablet.sign_in(lead)
    tablet.wait_until_installed()
    return tablet


def leave_by_a_link(page: Page) -> None:
    page.evaluate("() => document.querySelector('nav a[href=\"/\"]').click()")
    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()


WAYS = {"by a link": leave_by_a_link, "by reloading": lambda page: page.reload()}


@pytest.mark.parametrize("way", WAYS)
def test_words_typed_into_any_field_are_there_after_leaving_at_once(
    tablet: KeptTablet, rounds: Rounds, way: str
) -> None:
    page = tablet.page
    for name, field in FIELDS.items():
        there = field.open(page, tablet.url, rounds[field.phase])
        before = there.input_value()
        add_words(page, there, f"Words for {name}")
        WAYS[way](page)

        again = field.open(page, tablet.url, rounds[field.phase])
        expect(again).to_have_value(f"{before}Words for {name}")


@pytest.mark.parametrize("way", WAYS)
def test_a_prediction_that_is_left_half_typed_is_gone_on_with(
    tablet: KeptTablet, rounds: Rounds, way: str, lead: Somebody
) -> None:
    page = tablet.page
    add_words(page, PREDICTION.open(page, tablet.url, rounds["predict"]), "I would know")
    WAYS[way](page)

    half = MINE.open(page, tablet.url, rounds["predict"])
    expect(half).to_have_value("I would know")
    add_words(page, half, " the steps")
    half.blur()

    expect(page.get_by_label("Your prediction", exact=True)).to_have_value("")
    expect(page.locator(".nav-foot")).to_contain_text("on the server")
    wait_for_text(lead, "prediction", "I would know the steps")


def test_words_in_every_field_are_there_after_a_kill_half_a_second_after_the_last_key(
    tablet: KeptTablet, rounds: Rounds
) -> None:
    """All fields at once, each in a window of its own, which takes one kill."""
    assert tablet.context
    windows: dict[str, tuple[Field, str]] = {}
    for name, field in {**FIELDS, "a prediction": PREDICTION}.items():
        page = tablet.context.new_page()
        there = field.open(page, tablet.url, rounds[field.phase])
        windows[name] = (field, there.input_value())
        add_words(page, there, f"Words for {name}")
    page.wait_for_timeout(PROMISED_MS)
    tablet.kill()

    page = tablet.open()
    for name, (field, before) in windows.items():
        shown = MINE if field is PREDICTION else field
        again = shown.open(page, tablet.url, rounds[field.phase])
        expect(again).to_have_value(f"{before}Words for {name}")


def test_a_form_that_was_sent_or_given_up_begins_empty(tablet: KeptTablet) -> None:
    page = tablet.page
    field = FIELDS["a round to plan"]
    for button in ("Cancel", "Begin the plan"):
        add_words(page, field.open(page, tablet.url, ""), "November")
        page.locator("dialog[open]").get_by_role("button", name=button).click()
        expect(page.locator("dialog[open]")).to_have_count(0)

        expect(field.open(page, tablet.url, "")).to_have_value("")


MORE_THAN_IS_SENT = "A line that goes on. " * 3_500


@pytest.mark.parametrize("way", WAYS)
def test_a_text_too_long_to_be_sent_is_there_whole_until_it_is_shortened(
    tablet: KeptTablet, rounds: Rounds, way: str, lead: Somebody
) -> None:
    page = tablet.page
    for written, again in ((PREDICTION, MINE), (FIELDS["a pattern"], FIELDS["a pattern"])):
        there = written.open(page, tablet.url, rounds[written.phase])
        there.fill(MORE_THAN_IS_SENT)
        expect(page.get_by_text("This text is too long").first).to_be_visible()
        WAYS[way](page)

        whole = again.open(page, tablet.url, rounds[again.phase])
        expect(whole).to_have_value(MORE_THAN_IS_SENT)
        whole.fill("Short")
        whole.blur()
        expect(page.get_by_text("This text is too long")).to_have_count(0)
        WAYS[way](page)

        expect(again.open(page, tablet.url, rounds[again.phase])).to_have_value("Short")
    expect(page.locator(".nav-foot")).to_contain_text("on the server")
    wait_for_text(lead, "prediction", "Short")


def test_a_prediction_that_is_added_on_a_full_disk_stays_and_is_sent_once_there_is_room(
    tablet: KeptTablet, rounds: Rounds, lead: Somebody
) -> None:
    page = tablet.page
    field = PREDICTION.open(page, tablet.url, rounds["predict"])
    page.evaluate(FILL)
    add_words(page, field, "I would know the steps")
    # The notice pushes the page down: whoever presses meanwhile misses the button.
    expect(page.get_by_text("is not saved on this tablet yet")).to_be_visible()
    press(page, "Write another prediction")

    expect(field).to_have_value("")
    expect(MINE.find(page)).to_have_value("I would know the steps")
    expect(page.locator(".nav-foot")).to_have_text("Not saved yet")
    page.evaluate(MAKE_ROOM)
    wait_for_text(lead, "prediction", "I would know the steps")
    assert tablet.problems == []
