"""A visitor's tablet: a real Chromium with a profile on disk, that a test can kill.

A kill is SIGKILL of the browser and of every process it started: nothing is flushed, nothing
says goodbye. The profile stays, and the next start finds what had reached the disk.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright

from tests.make import PASSWORD, Somebody

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
BUILT = Path(__file__).parents[2] / "pwa" / "dist" / "index.html"
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
]

needs_browser = pytest.mark.skipif(
    CHROMIUM is None or not BUILT.is_file(),
    reason="skipped: no Chromium found, or the app was not built (make browsers, make build)",
)


@dataclass
class Tablet:
    """One profile of one person. `page` is the open app."""

    playwright: Playwright
    profile: Path
    url: str
    size: tuple[int, int] = (820, 1180)
    context: BrowserContext | None = None
    problems: list[str] = field(default_factory=list)

    def open(self, path: str = "/", *, offline: bool = False) -> Page:
        """Start the browser on the profile, and open a page of the app."""
        width, height = self.size
        self.context = self.playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=CHROMIUM,
            headless=True,
            args=ARGUMENTS,
            viewport={"width": width, "height": height},
            permissions=["notifications", "background-sync"],
            locale="en-US",
            timezone_id="America/Denver",
        )
        self.context.set_offline(offline)
        self.context.on("page", self._listen)
        page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self._listen(page)
        page.goto(f"{self.url}{path}")
        return page

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.problems.append(str(error)))

    @property
    def page(self) -> Page:
        assert self.context is not None
        return self.context.pages[0]

    def sign_in(self, somebody: Somebody) -> None:
        page = self.open("/sign-in")
        page.locator("input[type=email]").fill(somebody.email)
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("[type=submit]").click()
        expect(page.locator("nav")).to_be_visible()

    def wait_until_installed(self) -> None:
        """The service worker keeps every file: from here on no server is needed."""
        self.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")

    def kill(self) -> None:
        """SIGKILL of the browser and its children."""
        for pid in _processes_of(self.profile):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._forget()

    def close(self) -> None:
        self._forget()

    def _forget(self) -> None:
        if self.context is not None:
            with suppress(Exception):
                self.context.close()
        self.context = None


def _processes_of(profile: Path) -> list[int]:
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


@contextmanager
def a_tablet(folder: Path, url: str, **options: object) -> Iterator[Tablet]:
    with sync_playwright() as playwright:
        tablet = Tablet(playwright, folder / "profile", url, **options)  # type: ignore[arg-type]
        try:
            yield tablet
        finally:
            tablet.kill()
