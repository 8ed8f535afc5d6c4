"""The service worker as a state machine: whole versions only, one at a time, for weeks offline.

Servers are ended for real here, and a newer version is a second copy of the product.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.alone import Alone
from tests.browser.behind_the_page import tell_worker
from tests.browser.on_server import texts_by_classroom
from tests.browser.product import DIST, copy_newer, is_whole, short_hash
from tests.browser.tablet import KeptTablet, Tablets, needs_browser
from tests.browser.visit_day import Day, a_day
from tests.browser.visiting import expect_on_server, field_of, write_lines
from tests.make import Somebody, a_member, a_network
from tests.serving import Served, a_free_port, serve

pytestmark = needs_browser

STARTS = 20
WHO = "GET /api/v1/me HTTP/1.1"
"""What a worker asks first when it sends behind the page."""
ASKS_WITHIN = 20
COMES = 5_000
"""Milliseconds within which a new version is there: a third of what an old one may wait."""
FILES = "rounds-files-"


@dataclass
class Round:
    lead: Somebody
    robin: Somebody
    day: Day


def a_round_for(alone: Alone) -> Round:
    network = a_network()
    lead = a_member(alone.app, network, "lead", name="Lead Sample")
    robin = a_member(alone.app, network)
    return Round(lead, robin, a_day(lead, robin))


def installed(tablets: Tablets, served: Served, given: Round) -> KeptTablet:
    tablet = tablets.kept(served)
    tablet.sign_in(given.robin)
    tablet.wait_until_installed()
    here = tablet.page.locator(f'a[href="/rounds/{given.day.round_id}"]')
    expect(here.first).to_be_visible()
    return tablet


def test_it_opens_cold_with_the_server_stopped_twenty_times_of_twenty(
    alone: Alone, product: Path, tablets: Tablets
) -> None:
    given = a_round_for(alone)
    with serve(alone.settings, root=product) as served:
        tablet = installed(tablets, served, given)
        tablet.close()
    assert served.process.poll() is not None

    for _ in range(STARTS):
        page = tablet.open(given.day.visit(0))
        expect(field_of(page)).to_be_focused()
        tablet.kill()


def corrupt(dist: Path) -> None:
    """One byte of one script is another than was built."""
    script = max((dist / "assets").glob("*.js"), key=lambda path: path.stat().st_size)
    script.write_bytes(script.read_bytes()[:-1] + b" ")


def remove(dist: Path) -> None:
    """A file of the list is not there."""
    next((dist / "assets").glob("visit-*.js")).unlink()


def mix(dist: Path) -> None:
    """The list is of another version than the worker."""
    listed = json.loads((dist / "precache.json").read_text())
    (dist / "precache.json").write_text(json.dumps(listed[1:]))


@pytest.mark.parametrize("spoil", [corrupt, remove, mix])
def test_a_version_that_is_not_whole_leaves_the_old_one_running(
    alone: Alone, product: Path, tablets: Tablets, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    given = a_round_for(alone)
    port = a_free_port()
    newer = copy_newer(tmp_path / "newer", product)
    spoil(newer / DIST)
    with ExitStack() as first:
        served = first.enter_context(serve(alone.settings, root=product, port=port))
        tablet = installed(tablets, served, given)
        first.close()
        with serve(alone.settings, root=newer, port=port):
            assert update(tablet.page) == "refused"
            page = tablet.goto(given.day.visit(0))
            write_lines(page, "S: six")
            expect_on_server(page)
        page = tablet.goto("/")  # With no server at all.

        expect(page.get_by_role("heading", level=1, name="Today")).to_be_visible()
        assert versions_on(page) == [version_in(product)]


UPDATE = """async () => {
    const known = await navigator.serviceWorker.ready;
    try {
        await known.update();
    } catch {
        return "refused";
    }
    const worker = known.installing ?? known.waiting;
    if (!worker) return "nothing new";
    while (worker.state === "installing") {
        await new Promise((done) => worker.addEventListener("statechange", done, { once: true }));
    }
    return worker.state === "installed" ? "waits" : "refused";
}"""


def update(page: Page) -> str:
    """Look for a new version, and what became of it."""
    return str(page.evaluate(UPDATE))


def versions_on(page: Page) -> list[str]:
    """The versions whose files are kept: of the worker in charge, then of one that waits."""
    names = page.evaluate("() => caches.keys()")
    return [name.removeprefix(FILES) for name in names if name.startswith(FILES)]


def version_in(root: Path) -> str:
    return short_hash((root / DIST / "precache.json").read_bytes())


def older_and_newer(product: Path, folder: Path) -> tuple[Path, Path]:
    """Two versions of which each lacks a screen's file that the other has."""
    newer = copy_newer(folder / "newer", product)
    dist = newer / DIST
    before = version_in(newer)
    screen = next((dist / "assets").glob("debrief-*.js"))
    renamed = screen.rename(screen.with_name("debrief-newer000.js"))
    for path in [dist / "precache.json", *(dist / "assets").glob("*.js")]:
        path.write_text(path.read_text().replace(screen.name, renamed.name))
    urls = [url for url, _ in json.loads((dist / "precache.json").read_text())]
    kept = [[url, short_hash((dist / url[1:]).read_bytes())] for url in urls]
    (dist / "precache.json").write_text(json.dumps(kept, separators=(",", ":")))
    worker = dist / "sw.js"
    worker.write_text(worker.read_text().replace(before, version_in(newer)))
    assert is_whole(dist)
    return product, newer


@pytest.mark.parametrize("client", ["before", "after"])
def test_a_tablet_of_one_version_works_with_a_server_of_the_other(
    alone: Alone, product: Path, tablets: Tablets, tmp_path: Path, client: str
) -> None:
    given = a_round_for(alone)
    port = a_free_port()
    versions = older_and_newer(product, tmp_path)
    of_tablet, of_server = versions if client == "before" else versions[::-1]
    with ExitStack() as first:
        served = first.enter_context(serve(alone.settings, root=of_tablet, port=port))
        tablet = installed(tablets, served, given)
        first.close()
        with serve(alone.settings, root=of_server, port=port):
            assert update(tablet.page) == "waits"
            page = tablet.goto(given.day.visit(0))
            write_lines(page, "T: why six?", "S: because both sides have six")
            expect_on_server(page)
            page = tablet.goto(f"/rounds/{given.day.round_id}/debrief")
            expect(page.get_by_role("heading", level=1, name="Debrief")).to_be_visible()

            assert versions_on(page)[0] == version_in(of_tablet), "the one in charge"
            (texts,) = texts_by_classroom(given.robin).values()
            assert texts == ["T: why six?", "S: because both sides have six"]


class SilentServer:
    """Takes every call at a port, and answers none: a network that leads nowhere."""

    def __init__(self, port: int) -> None:
        self._listener = socket.create_server(("127.0.0.1", port))
        self._calls: list[socket.socket] = []
        self.asked: list[str] = []
        threading.Thread(target=self._hear, daemon=True).start()

    def _hear(self) -> None:
        with suppress(OSError):
            while True:
                call, _ = self._listener.accept()
                self._calls.append(call)
                threading.Thread(target=self._read, args=(call,), daemon=True).start()

    def _read(self, call: socket.socket) -> None:
        with suppress(OSError):
            while said := call.recv(65536):
                self.asked.append(said.split(b"\r\n")[0].decode())

    def close(self) -> None:
        for each in (self._listener, *self._calls):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


def test_what_the_old_version_sends_behind_the_page_does_not_hold_up_the_new_one(
    alone: Alone, product: Path, tablets: Tablets, tmp_path: Path
) -> None:
    given = a_round_for(alone)
    port = a_free_port()
    newer = copy_newer(tmp_path / "newer", product)
    with serve(alone.settings, root=product, port=port) as served:
        tablet = installed(tablets, served, given)
    with serve(alone.settings, root=newer, port=port):
        assert update(tablet.page) == "waits"
    with closing(SilentServer(port)) as silent:
        page = tablet.goto("/")
        now = page.get_by_role("button", name="Update now")
        expect(now).to_be_visible()
        asked_before = silent.asked.count(WHO)
        tell_worker(tablet, "dispatchSyncEvent", tag="send", lastChance=False)
        until = time.monotonic() + ASKS_WITHIN
        while silent.asked.count(WHO) == asked_before:
            assert time.monotonic() < until, "the worker sends nothing behind the page"
            page.evaluate("() => null")
        now.click()

        expect(page.locator('meta[name="build"]')).to_have_attribute("content", "2", timeout=COMES)
