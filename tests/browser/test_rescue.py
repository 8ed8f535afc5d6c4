"""The rescue page: everything that was typed, saved with no server and with a broken app."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Download, Page, expect

from tests.browser.hands import press
from tests.browser.on_server import rows, texts_by_classroom
from tests.browser.screens import LANGUAGES, find_faults
from tests.browser.tablet import Tablet, Tablets, needs_browser
from tests.browser.visiting import Visitor, expect_on_server, write_lines
from tests.make import PASSWORD, Somebody, a_member
from tests.serving import Served

pytestmark = needs_browser

HARD_LINES = (
    'T: "Who can say it in other words?"',
    "S: <b>bold</b> & 3 < 4 &amp; so on",
    "¿Por qué? — seis, “porque sí” 😀",
    "  two spaces before, a tab\tin the middle",
    '</script><script>alert("x")</script>',
)


def write_and_leave(visitor: Visitor, *lines: str) -> Page:
    page = visitor.visit()
    write_lines(page, *lines)
    return page


def save(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as coming:
        press(page, button)
    return keep(coming.value, folder)


def keep(download: Download, folder: Path) -> Path:
    path = folder / download.suggested_filename
    download.save_as(path)
    return path


def rescued(path: Path) -> Any:
    return json.loads(path.read_bytes().decode("utf-8"))


def texts_in(file: Any) -> list[str]:
    """Texts in the order of writing."""
    changes = sorted((each["change"] for each in file["changes"]), key=lambda each: each["n"])
    return [each["set"]["text"] for each in changes if "text" in each["set"]]


BREAK_THE_BUNDLE = """async (how) => {
    for (const name of await caches.keys()) {
        if (!name.startsWith("rounds-files-")) continue;
        const files = await caches.open(name);
        for (const request of await files.keys()) {
            if (!/assets\\/index-[^/]*\\.js$/.test(request.url)) continue;
            if (how === "gone") await files.delete(request);
            else {
                const headers = { "Content-Type": "text/javascript" };
                await files.put(request, new Response(how, { headers }));
            }
        }
    }
}"""


def break_the_bundle(page: Page, how: str) -> None:
    """Among the files that the worker keeps. The page's own memory must not help out."""
    page.evaluate(BREAK_THE_BUNDLE, how)
    tools = page.context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.setCacheDisabled", {"cacheDisabled": True})


BROKEN = {
    "throws at once": "throw new Error('broken on purpose')",
    "is cut in half": "const app = {",
    "never draws": "setInterval(() => undefined, 1000)",
    "is not there": "gone",
}


@pytest.mark.parametrize("how", BROKEN)
def test_every_word_is_saved_offline_with_the_apps_bundle_broken(
    visitor: Visitor, tmp_path: Path, how: str
) -> None:
    tablet = visitor.tablet
    tablet.go_offline()
    page = write_and_leave(visitor, *HARD_LINES)
    break_the_bundle(page, BROKEN[how])

    page = tablet.goto("/")
    page.get_by_role("link", name="Save a copy of what you wrote").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What you wrote here")
    file = rescued(save(page, "Save the file", tmp_path))
    readable = save(page, "Save a page to read", tmp_path)

    assert texts_in(file) == list(HARD_LINES)
    assert file["memberships"][0]["member"] == visitor.robin.member_id
    assert {each["change"]["by"] for each in file["changes"]} == {visitor.robin.member_id}
    assert words_on(page, readable) == list(HARD_LINES)
    tablet.problems.clear()


def words_on(page: Page, path: Path) -> list[str]:
    """What somebody reads who opens the saved page, in a browser."""
    other = page.context.browser.new_page()  # type: ignore[union-attr]
    other.goto(path.as_uri())
    found = other.locator(".words").evaluate_all("all => all.map((each) => each.textContent)")
    assert other.locator("script").count() == 0
    other.close()
    return [str(text) for text in found]


def test_a_person_finds_it_from_not_sent_yet(visitor: Visitor, tmp_path: Path) -> None:
    write_and_leave(visitor, "S: six")

    page = visitor.tablet.goto("/not-sent")
    page.get_by_role("link", name="Everything I wrote that is still here").click()
    file = rescued(save(page, "Save the file", tmp_path))

    assert texts_in(file) == ["S: six"]


def test_what_is_on_the_server_and_still_here_is_in_it_and_told_apart(
    visitor: Visitor, tmp_path: Path
) -> None:
    page = write_and_leave(visitor, "S: six")
    expect_on_server(page)
    visitor.tablet.go_offline()
    write_lines(page, "T: why six?")

    page = visitor.tablet.goto("/rescue.html")
    file = rescued(save(page, "Save the file", tmp_path))

    states = {
        each["change"]["set"]["text"]: each["state"]
        for each in file["changes"]
        if "text" in each["change"]["set"]
    }
    assert states == {"S: six": "applied", "T: why six?": "waiting"}
    expect(page.get_by_text("On the server; a copy is still here")).to_be_visible()


def test_a_lead_takes_in_what_a_tablet_saved_and_reads_no_word_of_it(
    visitor: Visitor, tablets: Tablets, served: Served, tmp_path: Path
) -> None:
    visitor.tablet.go_offline()
    write_and_leave(visitor, *HARD_LINES)
    page = visitor.tablet.goto("/rescue.html")
    copy = save(page, "Save the file", tmp_path)
    count = len(rescued(copy)["changes"])
    of_lead = tablets.another(served)
    of_lead.sign_in(visitor.lead)

    page = of_lead.goto("/members")
    chosen = page.get_by_label("Choose the saved copy")
    for taken, known in ((count, 0), (0, count)):
        chosen.set_input_files(copy)
        told = page.get_by_text(f"{taken} lines taken in; {known} were here already.")
        expect(told).to_be_visible()

    (texts,) = texts_by_classroom(visitor.robin).values()
    assert texts == list(HARD_LINES)
    assert rows(visitor.lead, "note") == []
    expect(page.get_by_text("Who can say it")).to_have_count(0)
    assert find_faults(page) == []


def test_another_account_is_a_number_and_not_a_word(visitor: Visitor, app: Flask) -> None:
    tablet = visitor.tablet
    tablet.go_offline()
    page = write_and_leave(visitor, "S: Robin's own words")
    sign_out(tablet)
    tablet.go_online()
    sign_in_here(page, a_member(app, visitor.robin.network_id, name="Alex Example"))

    page = tablet.goto("/rescue.html")

    expect(page.get_by_text("changes of other accounts wait here too")).to_be_visible()
    expect(page.get_by_text("Robin's own words")).to_have_count(0)
    expect(page.get_by_role("button", name="Save the file")).to_have_count(0)


def test_after_signing_out_the_words_are_behind_a_door(visitor: Visitor, tmp_path: Path) -> None:
    tablet = visitor.tablet
    tablet.go_offline()
    write_and_leave(visitor, "S: six")
    sign_out(tablet)

    page = tablet.goto("/rescue.html")
    expect(page.get_by_text("signed out on this tablet")).to_be_visible()
    expect(page.get_by_role("button", name="Save the file")).to_have_count(0)
    press(page, "I am Robin Sample")

    assert texts_in(rescued(save(page, "Save the file", tmp_path))) == ["S: six"]


def sign_out(tablet: Tablet) -> None:
    page = tablet.goto("/settings")
    press(page, "Sign out")
    page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(page.locator("input[type=email]")).to_be_visible()


def sign_in_here(page: Page, somebody: Somebody) -> None:
    page.locator("input[type=email]").fill(somebody.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("[type=submit]").click()
    expect(page.locator("nav")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_has_no_faults_in_either_language_light_or_dark(
    visitor: Visitor, language: str, theme: str
) -> None:
    page = write_and_leave(visitor, "S: six")
    page.evaluate(
        "(kept) => Object.entries(kept).forEach(([key, said]) => localStorage.setItem(key, said))",
        {"rounds.language": language, "rounds.theme": theme},
    )

    page = visitor.tablet.goto("/rescue.html")
    page.locator("details summary").click()

    expect(page.get_by_text("S: six")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert find_faults(page) == []


def test_the_apps_files_are_fetched_again_only_from_our_own_server(visitor: Visitor) -> None:
    tablet = visitor.tablet
    tablet.go_offline()
    page = write_and_leave(visitor, "S: six")
    break_the_bundle(page, BROKEN["throws at once"])
    page = tablet.goto("/rescue.html")
    press(page, "Fetch the app again")
    expect(page.get_by_text("The server cannot be reached.")).to_be_visible()

    tablet.go_online()
    press(page, "Fetch the app again")

    expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()
    page = visitor.visit()
    expect(page.locator(".earlier-text")).to_have_text(["S: six"])
    tablet.problems.clear()
