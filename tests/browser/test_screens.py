"""Every screen of the demo network on a phone: axe finds nothing, no word runs out of the page.

Looks and languages alternate from screen to screen; `make screenshots` tries them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from server.config import Settings
from tests.browser.photograph import account_of, at_demo, make_demo
from tests.browser.screens import SHOTS, View, photograph, sign_in
from tests.browser.tablet import ARGUMENTS, CHROMIUM, needs_browser
from tests.serving import Served, serve

pytestmark = needs_browser

ROLES = [*dict.fromkeys(shot.role for shot in SHOTS)]
VIEWS = [View("phone", "light", "en"), View("phone", "dark", "es"), View("phone", "large", "es")]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, dict[str, Any]]]:
    settings = Settings(data_dir=str(tmp_path_factory.mktemp("demo")))
    made = make_demo(settings)
    with serve(settings) as served:
        yield served, made


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "nobody")
def test_axe_finds_nothing_on_any_screen(
    demo: tuple[Served, dict[str, Any]], tmp_path: Path, role: str | None
) -> None:
    served, made = demo
    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(locale="en-US", timezone_id="America/Denver")
        if role:
            sign_in(context, served.url, account_of(made, role))
        page = context.new_page()
        page.goto(served.url)
        for shot, view in zip((one for one in SHOTS if one.role == role), cycle(VIEWS)):
            found = photograph(page, served.url, at_demo(shot, made), view, tmp_path)
            faults += [f"{shot.name} {view}: {fault}" for fault in found]
        browser.close()
    assert faults == []
