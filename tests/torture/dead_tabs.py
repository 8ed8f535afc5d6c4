"""A tab of a real Chromium, killed between any two of its calls to IndexedDB: the Nth, for all N.

At its Nth call the page stops for good, in the middle of whatever it does, and its process
gets SIGKILL; the browser lives on. Calls are counted from the page's first: of opening the
app, then of ending the line that the page before left, then of a line that is begun, called
saved, ended and sent. The next page that gets so far must show what was called saved, and in
the end the server holds every line once.
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
    watch(IDBObjectStore.prototype, ["get", "getAll", "count", "index", "put", "add", "delete",
        "clear", "openCursor"]);
    watch(IDBIndex.prototype, ["get", "getAll", "count", "openCursor"]);
    globalThis.dieAtCall = (number) => { left = number; };
    const seen = () => {
        const status = document.querySelector(".visit-foot .status")?.dataset.status;
        const text = document.querySelector(".note-editor")?.value;
        if (status?.startsWith("on_") && text) say("saved", text);
    };
    new MutationObserver(seen).observe(document, { subtree: true, attributes: true });
"""
TRIES = 4
"""A new page may be given a process that has died without the browser's notice."""
BURIED_WITHIN = 30


@dataclass
class TabReport:
    """How many tabs died, each at another call, and what did not hold."""

    kills: int = 0
    saved: int = 0
    broken: list[str] = field(default_factory=list)
    skipped: str = ""
    seconds: float = 0.0


@dataclass
class Line:
    """One that is typed into a tab that dies; its number comes first, so that none is another's."""

    number: int
    saved: str = ""
    """What of it was called saved, or stood there already."""

    @property
    def whole(self) -> str:
        return f"{self.number} S: six, and then more"


@dataclass
class Tab:
    """One page that is going to die: which line it called saved, and who kills it."""

    tablet: KeptTablet
    path: str
    line: Line
    dies_at: int | None = None
    died: bool = False

    def open(self) -> Page:
        """A page of its own, once the process of the one before is gone for good."""
        for _ in range(TRIES - 1):
            with suppress(Crashed):
                return self._open()
        return self._open()

    def _open(self) -> Page:
        try:
            page = self._new_page()
            page.goto(f"{self.tablet.url}{self.path}")
            expect(field_of(page)).to_be_focused()
        except Error as error:
            if self.died or "crash" not in str(error):
                raise
            raise Crashed from error
        return page

    def _new_page(self) -> Page:
        context = self.tablet.context
        assert context
        page = context.new_page()
        for old in context.pages[:-1]:
            with suppress(Error):
                old.close()
        page.on("console", self._hear)
        if self.dies_at:
            page.add_init_script(f"dieAtCall({self.dies_at})")
        return page

    def _hear(self, said: ConsoleMessage) -> None:
        if not said.text.startswith("torture "):
            return
        word, text = json.loads(said.text.removeprefix("torture "))
        if word == "saved" and self.line.whole.startswith(text):
            self.line.saved = text
        elif word == "dies":
            self.died = True
            kill_renderers(self.tablet.profile)


class Crashed(Exception):
    """The page was given a process that was dying already."""


def kill_renderers(profile: Path) -> None:
    """And wait until the browser has buried them: it gives no page to a process that is dying."""
    dying = renderers_of(profile)
    for pid in dying:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + BURIED_WITHIN
    while any(Path(f"/proc/{pid}").exists() for pid in dying):
        assert time.monotonic() < until, "a page's process outlives its death"
        time.sleep(0.005)


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
                    _Series(tablet, day, robin, report).run(range(first, 10_000, step))
                except (Error, AssertionError) as error:
                    report.broken.append(f"after {report.kills} tabs: {error!r:.400}")
    report.seconds = time.monotonic() - began
    return report


@dataclass
class _Series:
    """One tab after the other. shown: lines that stand above the field; left: the last one."""

    tablet: KeptTablet
    day: Day
    robin: Somebody
    report: TabReport
    shown: list[str] = field(default_factory=list)
    left: Line | None = None

    def run(self, calls: range) -> None:
        for number in calls:
            tab = Tab(self.tablet, self.day.visit(0), Line(number), number)
            try:
                page = tab.open()
                self._go_on(page)
                self.left = tab.line
                _write(page, tab.line.whole)
            except (Error, AssertionError):
                if not tab.died:
                    raise
            self.report.saved += bool(tab.line.saved)
            if not tab.died:
                break
            self.report.kills += 1
        self._see_in_the_end()

    def _go_on(self, page: Page) -> None:
        """What was left is there; it is ended, and typing goes on behind it."""
        kept = self._kept(page)
        if kept and field_of(page).input_value():
            page.keyboard.press("Enter")
        whole = [*self.shown, *filter(None, [kept])]
        expect(page.locator(".earlier-text")).to_have_text(whole)
        self.shown, self.left = whole, None

    def _kept(self, page: Page) -> str:
        """What is there of the line that was left: in the field, above it, or nothing."""
        earlier = page.locator(".earlier-text")
        if self.shown:
            expect(earlier.nth(len(self.shown) - 1)).to_be_attached()
        above = earlier.all_text_contents()
        assert above[: len(self.shown)] == self.shown, f"{above} after {self.shown}"
        more = above[len(self.shown) :]
        assert len(more) <= 1, f"{more} where one line was typed"
        kept = more[0] if more else field_of(page).input_value()
        left = self.left or Line(0)
        if not (kept.startswith(left.saved) and left.whole.startswith(kept)):
            what = f"typed {left.whole!r}, called saved {left.saved!r}, there {kept!r}"
            self.report.broken.append(f"call {left.number}: {what}")
        left.saved = kept
        return kept

    def _see_in_the_end(self) -> None:
        page = Tab(self.tablet, self.day.visit(0), Line(0)).open()
        self._go_on(page)
        expect_on_server(page)
        found = texts_by_classroom(self.robin)
        if found != {self.day.classrooms[0]: self.shown}:
            self.report.broken.append(f"on the server {found}, shown {self.shown}")


def _write(page: Page, line: str) -> None:
    """Begin a line, see it saved, end it, and see it sent."""
    page.keyboard.type(line[:9])
    expect(page.locator('.visit-foot .status[data-status^="on_"]')).to_be_visible()
    page.keyboard.type(line[9:])
    page.keyboard.press("Enter")
    expect_on_server(page)
