"""Every screen of the demo network: axe finds nothing, no word runs out of the page.

Each once where it is hardest, dark and large in Spanish on a phone, and once in one of the
other sizes and looks, which alternate; `make screenshots` tries them all.
"""

from __future__ import annotations

from itertools import cycle
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.photograph import account_of, at_demo
from tests.browser.screens import LANGUAGES, View, find_faults, show, sign_in, turn
from tests.browser.shots import SHOTS
from tests.browser.tablet import Tablets, needs_browser
from tests.browser.troubles import NO_ROOM
from tests.serving import Served

pytestmark = needs_browser

ROLES = [*dict.fromkeys(shot.role for shot in SHOTS)]
HARDEST = View("phone", "dark-large", "es")
OTHERS = [
    View("phone", "light", "en"),
    View("tablet", "dark", "es"),
    View("desktop", "large", "en"),
]


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role or "nobody")
def test_axe_finds_nothing_on_any_screen(
    demo: tuple[Served, dict[str, Any]], tablets: Tablets, role: str | None
) -> None:
    served, made = demo
    faults: list[str] = []
    tablet = tablets.another(served)
    page = tablet.open()
    assert tablet.context
    if role:
        sign_in(tablet.context, served.url, account_of(made, role))
    for shot, other in zip((one for one in SHOTS if one.role == role), cycle(OTHERS)):
        here = at_demo(shot, made)
        for view in (HARDEST, other):
            if view is other and other.language == HARDEST.language:
                turn(page, view)
            else:
                show(page, served.url, here, view)
            faults += [f"{shot.name} {view}: {fault}" for fault in find_faults(page)]
    assert faults == []
    tablet.problems = [each for each in tablet.problems if each != NO_ROOM]


CUT = """places => places.filter((each) => each.scrollWidth > each.clientWidth)
    .map((each) => each.textContent)"""


def test_the_head_of_a_debrief_is_cut_nowhere_on_an_upright_tablet(
    demo: tuple[Served, dict[str, Any]], tablets: Tablets
) -> None:
    served, made = demo
    page = tablets.another(served).open()
    sign_in(page.context, served.url, account_of(made, "lead"))
    shot = next(one for one in SHOTS if one.name == "debrief-describe")
    for language in LANGUAGES:
        show(page, served.url, at_demo(shot, made), View("tablet", "light", language))
        head = page.locator(".screen-back, .phases, .phase-steps")
        expect(head).to_have_count(3)
        assert head.evaluate_all(CUT) == [], language
