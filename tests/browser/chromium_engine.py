"""Chromium as the other engines are driven (engines.py): one profile, keys, scripts, SIGKILL."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Playwright, sync_playwright

from tests.browser.engines import Engine
from tests.browser.tablet import ARGUMENTS, CHROMIUM, processes_of


class Chromium(Engine):
    """By Playwright, whose driver ends with each kill: one more process that knows nothing."""

    binary = CHROMIUM

    def __init__(self, profile: Path) -> None:
        super().__init__(profile)
        self.driver: Playwright | None = None
        self.context: BrowserContext | None = None

    def start(self) -> None:
        self.driver = sync_playwright().start()
        self.context = self.driver.chromium.launch_persistent_context(
            self.profile, executable_path=CHROMIUM, headless=True, args=ARGUMENTS
        )

    def goto(self, url: str) -> None:
        assert self.context
        self.context.pages[0].goto(url)

    def run(self, body: str, *args: Any) -> Any:
        assert self.context
        return self.context.pages[0].evaluate(f"async (args) => {{ {body} }}", [*args])

    def press(self, key: str) -> None:
        assert self.context
        keyboard = self.context.pages[0].keyboard
        keyboard.press("Enter") if key == "\n" else keyboard.type(key)

    def strike(self) -> None:
        for pid in processes_of(self.profile):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def kill(self) -> None:
        self.strike()
        self.close()

    def close(self) -> None:
        if self.context:
            with suppress(Exception):
                self.context.close()
        if self.driver:
            with suppress(Exception):
                self.driver.stop()
        self.context = self.driver = None
