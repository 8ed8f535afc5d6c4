"""A lead takes a list of schools in, and people of a file are invited: seen first, then done."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Page, expect

from tests.api.test_file_imports import FRAMEWORK
from tests.browser.link import Link
from tests.browser.reaching import LIST, PEOPLE_LIST
from tests.browser.screens import find_faults
from tests.browser.tablet import Tablets, needs_browser
from tests.make import a_member, a_network
from tests.sync.talk import a_round
from tests.unit.test_case_files import a_framework, an_item

pytestmark = needs_browser


def choose(page: Page, name: str, content: str) -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    page.locator("input[type=file]").set_input_files([file])


def test_a_list_is_seen_before_it_is_taken_in_and_ticked_people_are_invited(
    app: Flask, link: Link, tablets: Tablets
) -> None:
    lead = a_member(app, a_network(), "lead", name="Lead Sample")
    tablet = tablets.another(link)
    tablet.sign_in(lead)
    page = tablet.goto("/places")
    page.get_by_role("link", name="Take in schools, people").click()

    choose(page, "notes.csv", "this,is\nno,list\n")
    expect(page.get_by_role("alert")).to_be_visible()
    choose(page, "schools.csv", LIST)
    seen = page.get_by_role("region", name="What will happen")
    expect(seen.get_by_text("Dune Sample School")).to_be_visible()
    expect(seen.get_by_role("status")).to_contain_text("3 new")
    assert find_faults(page) == []
    page.locator(".screen-action .button").click()
    expect(page.get_by_role("heading", level=1, name="Taken in")).to_be_visible()

    page.goto(f"{tablet.url}/places/import")
    choose(page, "people.csv", PEOPLE_LIST)
    expect(page.get_by_role("checkbox", name="Avery Invented")).to_be_checked()
    page.get_by_role("checkbox", name="Sol Sample").uncheck()
    assert find_faults(page) == []
    page.locator(".screen-action .button").click()
    expect(page.get_by_text("Avery Invented").first).to_be_visible()
    expect(page.get_by_text("Sol Sample")).to_have_count(0)
    assert find_faults(page) == []
    page.goto(f"{tablet.url}/places")
    expect(page.get_by_text("Invented Primary").first).to_be_visible()

    choose_a_question_of_a_framework(page, tablet.url, a_round(lead, lead))


def choose_a_question_of_a_framework(page: Page, url: str, round_id: str) -> None:
    page.goto(f"{url}/places/import")
    choose(page, "wrong.json", a_framework(an_item("a", ""), an_item("a")).decode())
    expect(page.get_by_role("alert")).to_contain_text("2 things")
    expect(page.get_by_text("Item 2:")).to_be_visible()
    choose(page, "framework.json", FRAMEWORK.decode())
    for part in ("Our questions", "Mathematics"):
        page.get_by_role("checkbox", name=part).check()
    assert find_faults(page) == []
    page.locator(".screen-action .button").click()
    expect(page.get_by_role("heading", level=1, name="Taken in")).to_be_visible()

    page.goto(f"{url}/rounds/{round_id}/plan/questions")
    page.get_by_role("button", name="Choose from a list").click()
    page.get_by_role("checkbox", name="Who does the thinking?").check()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Question 1").first.click()
    page.get_by_role("button", name="Standards").click()
    page.get_by_role("checkbox", name="Students explain.").check()
    assert find_faults(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_text("M.1", exact=True)).to_be_visible()
