"""A debrief without a network: cards are handed over as files, and nothing is doubled later."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from server.clock import new_id
from tests.browser.debriefing import (
    close_debrief,
    go_on_to,
    move_to,
    name_group_of,
    plan_next_level,
    read_aloud,
    write_pattern,
)
from tests.browser.hands import press, press_and_say_yes, tick
from tests.browser.link import Link, a_link
from tests.browser.on_server import rows
from tests.browser.screens import find_faults
from tests.browser.tablet import ON_ITS_SIDE, Tablet, Tablets, needs_browser
from tests.browser.visit_day import Day, a_day, in_days
from tests.browser.visiting import field_of, write_lines
from tests.make import Somebody, a_member, a_network
from tests.serving import Served
from tests.sync.oracle import hash_of
from tests.sync.talk import log_of

pytestmark = needs_browser

CARDS = ('S: "Because both sides have four."', 'S: "I counted the corners."')
SECRET = "T: a line that stays a note"


@pytest.fixture
def links(served: Served) -> Iterator[list[Link]]:
    with ExitStack() as held:
        yield [held.enter_context(a_link(served.port)) for _ in range(3)]


def at_school(tablets: Tablets, link: Link, who: Somebody, day: Day) -> Tablet:
    """Signed in, with every file and the round's plan on the tablet; then the link is cut."""
    tablet = tablets.another(link, ON_ITS_SIDE)
    tablet.sign_in(who)
    tablet.wait_until_installed()
    link_to_round = tablet.page.locator(f'a[href="/rounds/{day.round_id}"]').first
    expect(link_to_round).to_be_visible()
    tablet.go_offline()
    return tablet


def post_a_card(tablet: Tablet, day: Day, at: int, text: str) -> None:
    """Two lines are written in a visit, one of them is posted."""
    page = tablet.goto(day.visit(at))
    expect(field_of(page)).to_be_focused()
    write_lines(page, text, SECRET)
    tablet.goto(f"/rounds/{day.round_id}/review")
    tick(page.get_by_role("radio", name="Choose"))
    page.locator(".choose-acts").nth(0).get_by_role("button", name="Choose").click()
    press(page, "Go on to posting")
    press(page, "Post one card")
    expect(page.get_by_text("One card was posted.")).to_be_visible()


def hand_over(tablet: Tablet, day: Day, folder: Path) -> Path:
    page = tablet.goto(f"/rounds/{day.round_id}/debrief")
    press(page, "Hand my cards over")
    expect(page.get_by_text("1 card is in the file.")).to_be_visible()
    assert find_faults(page) == []
    with page.expect_download() as saving:
        press(page, "Save the file")
    file = folder / f"{len([*folder.iterdir()])}-{saving.value.suggested_filename}"
    saving.value.save_as(file)
    return file


SYSTEMS_SHEET = """() => {
  navigator.canShare = ({ files }) => files.length === 1;
  globalThis.shared = new Promise((resolve) => {
    navigator.share = async ({ files: [file] }) =>
      resolve({ name: file.name, type: file.type, text: await file.text() });
  });
}"""
"""Headless Chromium has no sheet to share by: this one hands back what it was given."""


def share(tablet: Tablet, day: Day, folder: Path) -> Path:
    page = tablet.goto(f"/rounds/{day.round_id}/debrief")
    page.evaluate(SYSTEMS_SHEET)
    press(page, "Hand my cards over")
    press(page, "Share the file")
    shared = page.evaluate("() => globalThis.shared")
    assert shared["type"] == "text/plain"
    file = folder / f"shared-{shared['name']}"
    file.write_text(shared["text"])
    return file


def drop(page: Page, file: Path) -> None:
    """A file is dragged from a laptop's desktop onto the sheet."""
    page.locator("dialog[open] .stack").first.evaluate(
        """(sheet, [name, text]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], name, { type: "text/plain" }));
          sheet.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
        }""",
        [file.name, file.read_text()],
    )


def forged(file: Path, folder: Path) -> Path:
    """Other words under the ids of a real file, with a digest that fits."""
    held = json.loads(file.read_text())
    for change in held["changes"]:
        if change["kind"] == "card":
            change["set"]["text"] = "not hers"
    held["digest"] = hash_of(held["changes"])
    made = folder / "forged.txt"
    made.write_text(json.dumps(held))
    return made


def of_another(what: str, file: Path, folder: Path) -> Path:
    """A real file as another network's, or another round's, tablet writes it."""
    held = json.loads(file.read_text()) | {what: new_id()}
    made = folder / f"of-another-{what}.txt"
    made.write_text(json.dumps(held))
    return made


def take_in(page: Page, *files: Path) -> None:
    page.locator("dialog[open] input[type=file]").set_input_files([str(file) for file in files])


def predict_alone(lead: Page) -> None:
    go_on_to(lead, "Predict")
    lead.get_by_role("textbox", name="Your prediction", exact=True).fill("I would know why.")
    press(lead, "Write another prediction")
    press_and_say_yes(lead, "Show all together")
    tick(lead.get_by_label("I would know why."))
    press_and_say_yes(lead, "Seal until the revisit")
    expect(lead.get_by_text("Opens at your revisit")).to_be_visible()


def come_online(tablet: Tablet, day: Day) -> None:
    tablet.go_online()
    page = tablet.goto(f"/rounds/{day.round_id}/debrief")
    told = page.locator(".nav").get_by_text("Everything is on the server")
    expect(told).to_be_visible(timeout=60_000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "handed"
    made.mkdir()
    return made


def test_a_whole_debrief_on_one_tablet_from_cards_handed_over_as_files(
    app: Flask, tablets: Tablets, links: list[Link], folder: Path
):
    network = a_network()
    lead = a_member(app, network, "lead", name="Lead Sample")
    robin, ana = (a_member(app, network, name=f"{name} Sample") for name in ("Robin", "Ana"))
    day = a_day(lead, robin, ana, visits_on=in_days(0))
    robins, anas, leads = (
        at_school(tablets, link, who, day)
        for link, who in zip(links, (robin, ana, lead), strict=True)
    )
    post_a_card(robins, day, 0, CARDS[0])
    post_a_card(anas, day, 1, CARDS[1])
    files = [hand_over(robins, day, folder), share(anas, day, folder)]
    for file in files:
        assert SECRET not in file.read_text()
        assert {change["kind"] for change in json.loads(file.read_text())["changes"]} <= {
            "card",
            "card_source",
            "slot",
            "norms_agreement",
        }

    page = leads.goto(f"/rounds/{day.round_id}/debrief")
    press(page, "Begin the debrief")
    press(page, "Take in cards by file")
    expect(page.get_by_text("Team A: Cards in from 0 of 2")).to_be_visible()
    take_in(page, *files)
    expect(page.get_by_text("Team A: 1 card.")).to_have_count(2)
    expect(page.get_by_text("Team A: Cards in from 0 of 2")).to_be_visible()
    press(page, "Take the 2 files in")
    expect(page.get_by_text("Team A: 1 card is here.")).to_have_count(2)
    expect(page.get_by_text("Team A: Cards in from 2 of 2")).to_be_visible()
    take_in(page, files[0])
    expect(page.get_by_text("it was here already")).to_be_visible()
    cut = folder / "cut.txt"
    cut.write_text(files[0].read_text()[:-40])
    take_in(page, cut)
    expect(page.get_by_text("This file was cut or changed on its way.")).to_be_visible()
    take_in(page, forged(files[1], folder))
    expect(page.get_by_text("contradicts what is here already")).to_be_visible()
    for what in ("network", "round"):
        take_in(page, of_another(what, files[1], folder))
        expect(page.get_by_text(f"These cards belong to another {what}.")).to_be_visible()
    expect(page.get_by_role("button", name="Take the file in")).to_have_count(0)
    drop(page, files[1])
    expect(page.get_by_text("it was here already")).to_have_count(2)
    assert find_faults(page) == []
    page.keyboard.press("Escape")
    leads.goto(f"/rounds/{day.round_id}/debrief")  # The app is opened afresh: still there.

    go_on_to(page, "Read and agree")
    press(page, "Read for Team A here")
    read_aloud(page, 2)
    go_on_to(page, "One wall together")
    move_to(page, CARDS[0], "New group")
    name_group_of(page, CARDS[0], "Reasons are given")
    move_to(page, CARDS[1], "Reasons are given")
    write_pattern(page, "give a reason with their answer", "Reasons are given")
    predict_alone(page)
    plan_next_level(page)
    close_debrief(page)

    for tablet in (robins, leads):
        come_online(tablet, day)
    assert len(rows(lead, "card")) == len(CARDS), "the lead's tablet brought Ana's card"
    come_online(anas, day)
    page = anas.goto(f"/rounds/{day.round_id}/debrief")
    expect(page.get_by_text("This debrief is closed.")).to_be_visible(timeout=60_000)
    cards = rows(lead, "card")
    assert sorted(card["fields"]["text"][0]["value"] for card in cards) == sorted(CARDS)
    assert {card["fields"]["standing"][0]["value"] for card in cards} == {"agreed"}
    assert len({card["fields"]["position"][0]["value"]["group"] for card in cards}) == 1
    assert len(rows(lead, "card_source")) == 2
    assert rows(lead, "note") == []
    log = log_of(network)
    assert max(Counter(row.id for row in log).values()) == 1
    assert [row.carried_by for row in log if row.carried_by is not None] == []


def test_a_lead_who_hosts_takes_no_cards_in_since_the_file_says_which_classroom(
    app: Flask, tablets: Tablets, served: Served
):
    network = a_network()
    lead, other = (a_member(app, network, "lead", name=f"{name} Sample") for name in ("Io", "Kim"))
    robin = a_member(app, network, name="Robin Sample")
    day = a_day(lead, robin, host=lead, visits_on=in_days(0))

    for who, may_take_in in ((other, True), (lead, False)):
        tablet = tablets.another(served, ON_ITS_SIDE)
        tablet.sign_in(who)
        page = tablet.goto(f"/rounds/{day.round_id}/debrief")
        if may_take_in:
            press(page, "Begin the debrief")
        expect(page.get_by_role("heading", name="Reread, star and select")).to_be_visible()
        taking_in = page.get_by_role("button", name="Take in cards by file")
        expect(taking_in).to_have_count(int(may_take_in))
