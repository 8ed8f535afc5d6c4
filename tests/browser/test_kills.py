"""Layer B of the torture suite, shortly: browsers and tabs die while somebody types.

How often is enough stands in tests/torture/tiers.py; Chromium's own kills are in
test_survival.py.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.browser.tablet import needs_browser
from tests.torture.browsers import run_browser
from tests.torture.dead_tabs import kill_tabs
from tests.torture.typist import Typing, keys_behind


@pytest.mark.parametrize("engine", ["Firefox", "WebKit"])
def test_what_was_called_saved_survives_the_death_of_the_browser(
    product: Path, engine: str
) -> None:
    report = run_browser(2, 1, engine, product)

    if report.skipped:
        pytest.skip(f"skipped: {report.skipped}")
    assert report.broken == []
    assert report.kills == 2
    assert report.keys > 0


@needs_browser
def test_what_was_called_saved_survives_the_death_of_a_tab_between_two_calls_to_its_disk(
    product: Path,
) -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:  # A driver of its own.
        report = apart.submit(kill_tabs, step=25, first=9, root=product).result()

    assert report.broken == []
    assert report.kills >= 2


def test_words_that_are_lost_mixed_or_doubled_are_noticed() -> None:
    wanted = ["T: why six?", "S: both sides"]

    assert keys_behind([], wanted) == 0
    assert keys_behind(["T: wh"], wanted) == 5
    assert keys_behind(["T: why six?", "S"], wanted) == 13
    for shown in (["T: wy"], ["T: why", "S: both"], [*wanted, "S: both sides"], wanted[::-1]):
        assert keys_behind(shown, wanted) is None


def test_what_is_older_than_the_promise_is_owed_though_nothing_was_said() -> None:
    typing = Typing(begun=0, pressed=[(10.0, 1), (12.0, 2), (13.9, 3)], saved=1, killed_at=14.0)

    assert typing.owed() == 2
