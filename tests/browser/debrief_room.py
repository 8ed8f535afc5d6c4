"""Who is in a debrief, and two tablets of theirs on one table."""

from __future__ import annotations

from flask import Flask

from tests.browser.link import Link
from tests.browser.tablet import ON_ITS_SIDE, Tablet, Tablets
from tests.make import Somebody, a_member, a_network
from tests.serving import Served


def people_of_a_debrief(app: Flask, leads_at: str | None = None) -> dict[str, Somebody]:
    """A lead, of this school, a visitor and a host, of a network of their own."""
    network = a_network()
    return {
        "lead": a_member(app, network, "lead", name="Lead Sample", school_id=leads_at),
        "visitor": a_member(app, network, name="Robin Sample"),
        "host": a_member(app, network, name="Host Sample"),
    }


def two_tablets(tablets: Tablets, *whose: tuple[Served | Link, Somebody]) -> tuple[Tablet, Tablet]:
    """Signed in, with every file kept; each at the server itself or at a link that can be cut."""
    made = []
    for at, somebody in whose:
        tablet = tablets.another(at, ON_ITS_SIDE)
        tablet.sign_in(somebody)
        tablet.wait_until_installed()
        made.append(tablet)
    first, second = made
    return first, second
