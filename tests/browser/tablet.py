"""A person's tablet: a real Chromium that a test opens, takes offline, closes and kills.

A `Tablet` is a window with storage of its own in the one browser of the run, Chromium's
lighter shell where there is one: quick to open, and nothing of it outlives its end. A
`KeptTablet` is a whole Chromium of its own with a profile on disk: for tests that kill it,
close it or start it cold. A kill is SIGKILL of the browser and of every process it started:
nothing is flushed, nothing says goodbye. The profile stays, and the next start finds what had
reached the disk.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests import chromium
from tests.browser.link import Link
from tests.make import PASSWORD, Somebody
from tests.serving import Served

CHROMIUM = chromium.find()
SHELL = chromium.find_shell()
BUILT = Path(__file__).parents[2] / "pwa" / "dist" / "index.html"
SWITCHED_OFF = (
    # The address bar's suggestions: two pages more for every page of ours, a quarter of its work.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    # What Playwright switches off itself: of two such lists a browser reads the last alone.
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-domain-reliability",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    f"--disable-features={','.join(SWITCHED_OFF)}",
]

UPRIGHT, ON_ITS_SIDE = (820, 1180), (1180, 820)

APPEARS_WITHIN = 30_000
"""Milliseconds that a busy machine may take. What is there at once waits for nothing."""
expect.set_options(timeout=APPEARS_WITHIN)

needs_browser = pytest.mark.skipif(
    CHROMIUM is None or not BUILT.is_file(),
    reason="skipped: no Chromium found, or the app was not built (make browsers, make build)",
)


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=SHELL, args=ARGUMENTS)


@dataclass
class Tablet:
    """One person's app. `page` is what it shows; `link` is what a test cuts, if it is behind one.

    problems: every error that no code of the app caught.
    """

    browser: Browser
    at: Served | Link
    size: tuple[int, int] = UPRIGHT
    context: BrowserContext | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.at.url

    @property
    def page(self) -> Page:
        assert self.context is not None
        return self.context.pages[0]

    def open(self, path: str = "/", *, offline: bool = False) -> Page:
        """Start the app afresh, at a path."""
        self.context = self.start()
        self.context.set_offline(offline)
        self.context.on("page", self._listen)
        page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self._listen(page)
        page.goto(f"{self.url}{path}")
        return page

    def start(self) -> BrowserContext:
        return self.browser.new_context(**self.habits())

    def habits(self) -> dict[str, Any]:
        width, height = self.size
        return {
            "viewport": {"width": width, "height": height},
            "permissions": ["notifications", "background-sync", "screen-wake-lock"],
            "locale": "en-US",
            "timezone_id": "America/Denver",
        }

    def goto(self, path: str) -> Page:
        self.page.goto(f"{self.url}{path}")
        return self.page

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.problems.append(str(error)))

    def sign_in(self, somebody: Somebody) -> None:
        page = self.open("/sign-in")
        page.locator("input[type=email]").fill(somebody.email)
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("[type=submit]").click()
        expect(page.locator("nav")).to_be_visible()

    def wait_until_installed(self) -> None:
        """The service worker keeps every file: from here on no server is needed."""
        self.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")

    def go_offline(self) -> None:
        """Cut the link, for service workers and all; and let the browser know."""
        assert isinstance(self.at, Link)
        self.at.cut()
        if self.context:
            self.context.set_offline(True)

    def go_online(self) -> None:
        """Restore the link; the browser tells the app, as a tablet's system does."""
        assert isinstance(self.at, Link)
        assert self.context
        self.at.restore()
        self.context.set_offline(False)
        self.page.evaluate("() => dispatchEvent(new Event('online'))")

    def close(self) -> None:
        if self.context is not None:
            with suppress(Exception):
                self.context.close()
        self.context = None

    def end(self) -> None:
        """The test is over."""
        self.close()


@dataclass
class KeptTablet(Tablet):
    """A tablet whose storage is a profile on disk, and which can be killed."""

    profile: Path = field(kw_only=True)
    desktop: str | None = None
    """The bus of the desktop that shows its notices (tests/browser/desktop.py)."""

    def start(self) -> BrowserContext:
        around = {"DBUS_SESSION_BUS_ADDRESS": self.desktop} if self.desktop else {}
        return self.browser.browser_type.launch_persistent_context(
            self.profile,
            executable_path=CHROMIUM,
            headless=True,
            args=ARGUMENTS,
            env={**os.environ, **around},
            **self.habits(),
        )

    def kill(self) -> None:
        """SIGKILL of the browser and its children."""
        for pid in processes_of(self.profile):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.close()

    def end(self) -> None:
        self.kill()


def processes_of(profile: Path) -> list[int]:
    """The browser on this profile, and whatever it started, the browser first."""
    parents: dict[int, int] = {}
    browsers: list[int] = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with suppress(OSError):
            words = (entry / "cmdline").read_bytes().split(b"\0")
            status = (entry / "stat").read_text().rpartition(")")[2].split()
            parents[int(entry.name)] = int(status[1])
            if f"--user-data-dir={profile}".encode() in words:
                browsers.append(int(entry.name))
    found = [pid for pid in browsers if parents.get(pid) not in browsers]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


@dataclass
class Tablets:
    """The tablets of one test. Each has storage of its own, and none outlives the test."""

    browser: Browser
    folder: Path
    made: list[Tablet] = field(default_factory=list)

    def another(self, at: Served | Link, size: tuple[int, int] = UPRIGHT) -> Tablet:
        tablet = Tablet(self.browser, at, size)
        self.made.append(tablet)
        return tablet

    def kept(self, at: Served | Link, size: tuple[int, int] = UPRIGHT) -> KeptTablet:
        """One with a profile on disk."""
        profile = self.folder / f"profile-{len(self.made)}"
        tablet = KeptTablet(self.browser, at, size, profile=profile)
        self.made.append(tablet)
        return tablet

    def end(self) -> list[str]:
        """What went wrong on any of them."""
        for tablet in self.made:
            tablet.end()
        return [problem for tablet in self.made for problem in tablet.problems]


@contextmanager
def a_tablet(folder: Path, at: Served | Link) -> Iterator[KeptTablet]:
    """A single one with a profile on disk, for a program that is no test: those share a driver."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        tablets = Tablets(browser, folder)
        try:
            yield tablets.kept(at)
        finally:
            tablets.end()
            browser.close()
