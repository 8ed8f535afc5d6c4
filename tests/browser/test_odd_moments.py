"""What happens to browsers and to people's rights in the middle of a visit, in a real browser.

Each time the same is asked: the words stay on the tablet under a true word, and once it is
over everything is on the server, once.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from playwright.sync_api import CDPSession, Page, expect
from sqlalchemy import delete, update

from server import clock
from server.db import writing
from server.models.accounts import Membership, Session
from tests.browser.link import Link
from tests.browser.on_server import texts_by_classroom
from tests.browser.tablet import needs_browser
from tests.browser.troubles import FILL, MAKE_ROOM
from tests.browser.visiting import Visitor, expect_on_server, field_of, status_of, write_lines
from tests.make import PASSWORD
from tests.serving import Served

pytestmark = needs_browser


class Portal(BaseHTTPRequestHandler):
    """A Wi-Fi's sign-in page in place of every answer, with status 200."""

    hits: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.hits.append(self.path)
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b"<html><h1>Welcome to the Wi-Fi</h1></html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def a_portal() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    Portal.hits.clear()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def on_server(visitor: Visitor) -> list[str]:
    return texts_by_classroom(visitor.robin).get(visitor.day.classrooms[0], [])


def expect_on_tablet(page: Page) -> None:
    expect(status_of(page)).to_have_attribute("data-status", "on_tablet")


def tools_of(page: Page) -> CDPSession:
    return page.context.new_cdp_session(page)


def test_a_portals_200_is_no_acknowledgement(visitor: Visitor, link: Link, served: Served) -> None:
    page = visitor.visit()
    with a_portal() as portal:
        link.lead_to(portal)
        with page.expect_response("**/api/v1/push", timeout=60_000):  # It tries again more seldom.
            write_lines(page, "S: six", "T: why six?")
            visitor.tablet.go_online()  # As the system says when it has joined that Wi-Fi.

        assert "/api/v1/push" in Portal.hits
        expect_on_tablet(page)
        page.reload()
        expect(page.locator(".earlier-text")).to_have_text(["S: six", "T: why six?"])
        link.lead_to(served.port)

    visitor.tablet.go_online()
    expect_on_server(page)
    assert on_server(visitor) == ["S: six", "T: why six?"]


def test_two_tabs_and_a_worker_send_every_line_once(visitor: Visitor) -> None:
    first = visitor.visit()
    second = first.context.new_page()
    second.goto(f"{visitor.tablet.url}{visitor.day.visit(0)}")
    expect(field_of(second)).to_be_focused()
    lines = [f"line {number}" for number in range(8)]

    for at, line in enumerate(lines):
        page = (first, second)[at % 2]
        page.bring_to_front()
        field_of(page).focus()
        page.keyboard.type(line)
        page.keyboard.press("Enter")

    for page in (first, second):
        expect(page.locator(".earlier-text")).to_have_count(len(lines))
        expect_on_server(page)
    assert sorted(on_server(visitor)) == lines
    second.close()


CLOSE_CONNECTIONS = """() => {
    const opened = globalThis.openedDatabases;
    opened.forEach((db) => db.close());
    return opened.length;
}"""
KEEP_CONNECTIONS = """
    globalThis.openedDatabases = [];
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...args) {
        const asked = open.apply(this, args);
        asked.addEventListener("success", () => globalThis.openedDatabases.push(asked.result));
        return asked;
    };
"""


def test_a_connection_that_the_browser_closed_is_opened_again_with_the_text(
    visitor: Visitor,
) -> None:
    visitor.tablet.page.add_init_script(f"(() => {{ {KEEP_CONNECTIONS} }})()")
    page = visitor.visit()
    write_lines(page, "S: six")
    page.keyboard.type("T: whe")
    assert page.evaluate(CLOSE_CONNECTIONS) >= 2  # As an iPad does in the background.

    page.keyboard.type("re does it come from?")
    expect(status_of(page)).to_have_attribute("data-status", "on_tablet")
    page.reload()
    expect(field_of(page)).to_have_value("T: where does it come from?")
    page.keyboard.press("Enter")

    expect_on_server(page)
    assert on_server(visitor) == ["S: six", "T: where does it come from?"]


def test_a_full_disk_is_told_and_what_was_typed_goes_there_once_there_is_room(
    visitor: Visitor,
) -> None:
    """The developer tools' own quota is told to pages, and does not hold for IndexedDB."""
    page = visitor.visit()
    write_lines(page, "S: six")
    page.evaluate(FILL)

    page.keyboard.type("T: why six?")
    expect(status_of(page)).to_have_text("Not saved yet")
    expect(field_of(page)).to_have_value("T: why six?")
    page.evaluate(MAKE_ROOM)

    expect(status_of(page)).to_have_attribute("data-status", re.compile("on_"))
    page.keyboard.press("Enter")
    expect_on_server(page)
    assert on_server(visitor) == ["S: six", "T: why six?"]
    visitor.tablet.problems.clear()  # Other writes met the full disk too.


def test_storage_that_was_wiped_is_told_and_the_visit_goes_on(visitor: Visitor) -> None:
    page, origin = visitor.visit(), visitor.tablet.url
    write_lines(page, "S: six")
    expect_on_server(page)
    visitor.tablet.go_offline()
    write_lines(page, "T: why six?")
    wipe = {"origin": origin, "storageTypes": "indexeddb"}
    tools_of(page).send("Storage.clearDataForOrigin", wipe)

    write_lines(page, "goes on after it")
    visitor.tablet.go_online()
    page = visitor.tablet.goto("/sign-in")  # Who was signed in lay there too.
    page.locator("input[type=email]").fill(visitor.robin.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("[type=submit]").click()

    expect(page.get_by_text("storage was emptied")).to_be_visible()
    page = visitor.visit()
    expect(page.locator(".earlier-text").first).to_have_text("S: six")
    expect_on_server(page)
    assert {"S: six", "goes on after it"} <= {*on_server(visitor)}
    visitor.tablet.problems.clear()  # Transactions died with the storage.


def test_a_session_that_ends_in_the_middle_of_a_visit_stops_nobody(visitor: Visitor) -> None:
    page = visitor.visit()
    write_lines(page, "S: six")
    expect_on_server(page)
    robin = visitor.robin
    on_tablet = (Session.person_id == robin.person_id, Session.device_id != robin.device["id"])
    with writing() as tx:
        tx.execute(delete(Session).where(*on_tablet))

    field = page.locator(".note-editor")
    before = field.bounding_box()
    write_lines(page, "T: why six?")
    told = page.get_by_role("link", name="Signed out · words stay here")
    expect(told).to_be_visible()
    told.click(trial=True)  # Nothing lies over it.
    expect(field).to_be_focused()
    assert field.bounding_box() == before
    told.click()
    expect(page.get_by_text("You are signed out. You can keep writing")).to_be_visible()
    page.get_by_role("link", name="Sign in again").click()
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("[type=submit]").click()
    expect(page.locator("input[type=password]")).to_have_count(0)
    page = visitor.visit()

    expect_on_server(page)
    assert on_server(visitor) == ["S: six", "T: why six?"]


@pytest.mark.parametrize("back", [True, False], ids=["and comes back", "for good"])
def test_somebody_who_is_removed_in_the_middle_of_a_visit_keeps_their_words(
    visitor: Visitor, back: bool
) -> None:
    page = visitor.visit()
    write_lines(page, "S: six")
    expect_on_server(page)
    set_removed(visitor, True)

    with page.expect_response("**/api/v1/push", timeout=60_000):
        write_lines(page, "T: why six?")
    expect(page.locator(".earlier-text")).to_have_text(["S: six", "T: why six?"])
    write_lines(page, "S: two rows of three")
    expect(page.locator(".earlier-text")).to_have_text(
        ["S: six", "T: why six?", "S: two rows of three"]
    )
    page = visitor.tablet.goto("/rescue.html")
    expect(page.get_by_text("T: why six?")).to_be_attached()
    if back:
        set_removed(visitor, False)
        page = visitor.tablet.goto("/not-sent")
        refused = page.get_by_role("listitem").filter(has_text="T: why six?")
        refused.get_by_role("button", name="Try again").click()
        expect(refused).to_have_count(0)
        page = visitor.visit()
        expect_on_server(page)
        assert on_server(visitor) == ["S: six", "T: why six?", "S: two rows of three"]


def set_removed(visitor: Visitor, gone: bool) -> None:
    with writing(visitor.robin.network_id) as tx:
        mine = Membership.id == visitor.robin.member_id
        tx.execute(update(Membership).where(mine).values(removed_at=clock.now() if gone else None))
