"""A tab of a real Chromium, killed between any two of its calls to IndexedDB: the Nth, for all N.

At its Nth call the page stops for good, in the middle of whatever it does, and its process
gets SIGKILL; the browser lives on. A line is begun, called saved, ended and sent while the
calls are counted: they are those of saving, freezing, sending, hearing and reading. The next
page must show what was called saved, and the server holds every line once.
"""

from __future__ import annotations

import json
import os
import signal
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Error, Page, expect

from server.config import Settings
from tests.browser.on_server import texts_by_classroom
from tests.browser.tablet import CHROMIUM, KeptTablet, a_tablet, processes_of
from tests.browser.visit_day import Day, a_day
from tests.browser.visiting import expect_on_server, field_of
from tests.make import Somebody, a_member, a_network, an_app
from tests.serving import ROOT, serve

COUNT_CALLS = """
    let left = Infinity;
    const say = (word, more) => console.info(`torture ${JSON.stringify([word, more])}`);
    const count = () => {
        left -= 1;
        if (left !== 0) return;
        say("dies", "");
        for (;;);
    };
    const watch = (owner, names) => names.forEach((name) => {
        const real = owner[name];
        owner[name] = function (...args) { count(); return real.apply(this, args); };
    });
    watch(IDBFactory.prototype, ["open"]);
    watch(IDBDatabase.prototype, ["transaction"]);
    watch(IDBObjectStore.prototype, ["get", "getAll", "count", "index", "put", "add", "delete"]);
    watch(IDBIndex.prototype, ["get", "getAll", "count"]);
    globalThis.dieAtCall = (number) => { left = number; };
    const seen = () => {
        const status = document.querySelector(".visit-foot .status")?.dataset.status;
        const text = document.querySelector(".note-editor")?.value;
        if (status?.startsWith("on_") && text) say("saved", text);
    };
    new MutationObserver(seen).observe(document, { subtree: true, attributes: true });
"""
TRIES = 4
"""A new page may be given the process that is just being killed."""
DIES_AT = "(number) => globalThis.dieAtCall(number)"


@dataclass
class TabReport:
    """How many tabs died, each at another call, and what did not hold."""

    kills: int = 0
    saved: int = 0
    broken: list[str] = field(default_factory=list)
    skipped: str = ""
    seconds: float = 0.0


@dataclass
class Tab:
    """One page that is going to die: what it said, and who kills it."""

    tablet: KeptTablet
    path: str
    saved: str = ""
    died: bool = False

    def open(self) -> Page:
        """A page of its own, once the process of the one before is gone for good."""
        for left in range(TRIES, 0, -1):
            try:
                return self._open()
            except Error as error:
                if "crash" not in str(error) or left == 1:
                    raise
        raise AssertionError("no page opens")

    def _open(self) -> Page:
        context = self.tablet.context
        assert context
        page = context.new_page()
        for old in context.pages[:-1]:
            with suppress(Error):
                old.close()
        page.on("console", self._hear)
        page.goto(f"{self.tablet.url}{self.path}")
        expect(field_of(page)).to_be_focused()
        return page

    def _hear(self, said: ConsoleMessage) -> None:
        if not said.text.startswith("torture "):
            return
        word, text = json.loads(said.text.removeprefix("torture "))
        if word == "saved":
            self.saved = text
        elif word == "dies":
            self.died = True
            for pid in renderers_of(self.tablet.profile):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


def renderers_of(profile: Path) -> list[int]:
    """The processes that run pages and workers of the browser on this profile."""
    found = []
    for pid in processes_of(profile):
        with suppress(OSError):
            words = Path(f"/proc/{pid}/cmdline").read_bytes()
            found += [pid] if b"--type=renderer" in words else []
    return found


def kill_tabs(step: int = 1, first: int = 1, root: Path = ROOT) -> TabReport:
    """A tab for each call that there is, or for every so many; each writes a line of its own."""
    report, began = TabReport(), time.monotonic()
    if CHROMIUM is None or not (root / "pwa" / "dist" / "index.html").is_file():
        report.skipped = "no Chromium found, or the app was not built (make browsers, make build)"
        return report
    with tempfile.TemporaryDirectory(prefix="rt", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        settings = Settings(data_dir=str(folder))
        with an_app(settings) as app, serve(settings, root=root) as served:
            app.logger.handlers = []
            network = a_network()
            robin = a_member(app, network)
            day = a_day(a_member(app, network, "lead", name="Lead Sample"), robin)
            with a_tablet(folder, served) as tablet:
                tablet.sign_in(robin)
                tablet.wait_until_installed()
                here = tablet.page.locator(f'a[href="/rounds/{day.round_id}"]')
                expect(here.first).to_be_visible()
                assert tablet.context
                tablet.context.add_init_script(f"(() => {{ {COUNT_CALLS} }})()")
                try:
                    _kill_at_every_call(tablet, day, robin, range(first, 10_000, step), report)
                except (Error, AssertionError) as error:
                    report.broken.append(f"after {report.kills} tabs: {error!r:.400}")
    report.seconds = time.monotonic() - began
    return report


def _kill_at_every_call(
    tablet: KeptTablet, day: Day, robin: Somebody, calls: range, report: TabReport
) -> None:
    shown: list[str] = []
    for number in calls:
        tab = Tab(tablet, day.visit(0))
        line = f"S: six, and then {number}"
        with suppress(Error, AssertionError):
            page = tab.open()
            page.evaluate(DIES_AT, number)
            _write(page, line)
        page = Tab(tablet, day.visit(0)).open()
        kept = _kept_of(page, shown, line)
        if len(kept) < len(tab.saved):
            report.broken.append(f"call {number}: called saved {tab.saved!r}, there {kept!r}")
        report.kills += tab.died
        report.saved += bool(tab.saved)
        if field_of(page).input_value():
            page.keyboard.press("Enter")
        shown += [kept] if kept else []
        expect(page.locator(".earlier-text")).to_have_text(shown)
        if not tab.died:
            break
    expect_on_server(page)
    found = texts_by_classroom(robin)
    if found != {day.classrooms[0]: shown}:
        report.broken.append(f"on the server {found}, shown {shown}")


def _write(page: Page, line: str) -> None:
    """Begin a line, see it saved, end it, and see it sent."""
    page.keyboard.type(line[:9])
    expect(page.locator('.visit-foot .status[data-status^="on_"]')).to_be_visible()
    page.keyboard.type(line[9:])
    page.keyboard.press("Enter")
    expect_on_server(page)


def _kept_of(page: Page, shown: list[str], line: str) -> str:
    """What is there of the line: in the field, above it, or nothing."""
    earlier = page.locator(".earlier-text")
    if shown:
        expect(earlier.nth(len(shown) - 1)).to_be_attached()
    above = earlier.all_text_contents()
    assert above[: len(shown)] == shown, f"{above} after {shown}"
    (kept,) = above[len(shown) :] or [field_of(page).input_value()]
    assert line.startswith(kept), f"{kept!r} where {line!r} was typed"
    return kept
