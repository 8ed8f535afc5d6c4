"""In a real browser: a person saves what the server holds of them, to read and as data."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.link import Link
from tests.browser.screens import find_faults
from tests.browser.tablet import Tablets, needs_browser
from tests.make import a_member, a_network
from tests.sync.talk import a_change, push

pytestmark = needs_browser

WORDS = "S: “How many snowballs in all?”"


def saved(page: Page, button: str, folder: Path) -> str:
    with page.expect_download() as file:
        page.get_by_role("button", name=button).click()
    target = folder / file.value.suggested_filename
    file.value.save_as(target)
    return target.read_text()


def test_what_is_held_of_a_person_is_saved_by_them_to_read_and_as_data(
    app: Flask, link: Link, tablets: Tablets, tmp_path: Path
) -> None:
    ana = a_member(app, a_network(), name="Ana Sample")
    push(ana, a_change(ana, set={"text": WORDS}))
    tablet = tablets.another(link)
    tablet.sign_in(ana)
    page = tablet.goto("/held")

    to_read = saved(page, "Save a page to read", tmp_path)
    data = json.loads(saved(page, "Save all of it as data (JSON)", tmp_path))

    assert WORDS in to_read
    assert data["networks"][0]["records"][0]["fields"]["text"] == WORDS
    assert find_faults(page) == []
    expect(page.get_by_role("heading", name="What we hold")).to_be_visible()
    page.goto((tmp_path / "rounds-own-data.html").as_uri())
    expect(page.get_by_text(WORDS)).to_be_visible()
    assert find_faults(page) == []


def test_without_a_connection_it_says_so(app: Flask, link: Link, tablets: Tablets) -> None:
    ana = a_member(app, a_network())
    tablet = tablets.another(link)
    tablet.sign_in(ana)
    tablet.wait_until_installed()
    page = tablet.goto("/held")
    expect(page.get_by_role("button", name="Save a page to read")).to_be_visible()

    tablet.go_offline()
    page = tablet.goto("/held")

    expect(page.get_by_text("This needs a connection.")).to_be_visible()
