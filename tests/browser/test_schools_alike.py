"""Rule 16 on every screen of patterns: nothing orders, colours or compares schools.

Two rounds of two schools are read. Then each is the other school's, and every word, place and
colour of every screen is what it was; and in no list does a line look unlike its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.domain.identifiers import derived_id, revisit_id
from server.services.demo.network import open_demo
from tests.api.test_patterns import Demo
from tests.browser.alone import Alone
from tests.browser.photograph import account_of
from tests.browser.quiet import watch
from tests.browser.screens import settle, sign_in
from tests.browser.tablet import Tablet, Tablets, needs_browser
from tests.browser.test_papers import LINE
from tests.serving import Served, serve
from tests.sync.talk import a_change, push, statuses

pytestmark = needs_browser

SCREENS = (
    "/patterns",
    "/patterns/alike",
    "/patterns/time",
    "/patterns/contexts",
    "/patterns/questions",
    "/patterns/rooms",
    "/patterns/measures",
    "/patterns/files",
)
SCHOOLS = "/patterns/schools"
UNPRINTED = ("/patterns/measures", "/patterns/files")
"""Lists that lead to what is printed."""

LOOK = """(element) => {
    const is = getComputedStyle(element);
    return [is.color, is.backgroundColor, is.borderTopColor, is.borderLeftColor,
        is.opacity, is.fontWeight, is.fontSize, element.getAttribute("class") ?? "",
        element.getAttribute("style") ?? ""].join(" ");
}"""
SEEN = """(look) => {
    const words = (element) => [...element.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.textContent.trim()).join(" ");
    return [...document.querySelectorAll("main *")]
        .map((element) => [element.tagName, words(element), look(element)].join(" · "));
}"""
"""Every part of a screen in its order: its words, and all that a colour could be in."""
UNLIKE = """(look) => {
    const place = (element, item) => {
        if (element === item) return "";
        const alike = [...element.parentElement.children]
            .filter(({ tagName }) => tagName === element.tagName);
        const at = ["LI", "TR"].includes(element.tagName) ? "" : alike.indexOf(element);
        return `${place(element.parentElement, item)}/${element.tagName}${at}`;
    };
    const looks = new Map();
    for (const item of document.querySelectorAll("main :is(li, tr), main .by-context > section")) {
        const { tagName, className, ariaLabel } = item.parentElement;
        const list = `${tagName} ${className} ${ariaLabel ?? ""}`;
        for (const element of [item, ...item.querySelectorAll("*")]) {
            const isFirst = element === item && item.previousElementSibling === null;
            if (isFirst || element.closest(".mark, svg")) continue; // No line stands above it.
            const where = `${list} ${item.tagName}${place(element, item)}`;
            looks.set(where, (looks.get(where) ?? new Set()).add(look(element)));
        }
    }
    return [...looks].filter(([, each]) => each.size > 1).map(([where, each]) => [where, ...each]);
}"""
"""Lines of a list whose parts look unlike: a core element alone has a colour, and its shape."""


@dataclass
class Playing:
    """A demo network of the test's own, which it may write into, and where it is served."""

    demo: Demo
    served: Served


@pytest.fixture
def playing(alone: Alone, product: Path) -> Iterator[Playing]:
    demo = Demo(alone.app, open_demo(alone.settings, lambda done, total: None))
    with serve(alone.settings, root=product) as served:
        yield Playing(demo, served)


def analyst_at(tablets: Tablets, served: Served, told: dict[str, Any]) -> Tablet:
    tablet = tablets.another(served)
    tablet.open()
    assert tablet.context
    sign_in(tablet.context, served.url, account_of(told, "analyst"))
    return tablet


def swap_schools(demo: Demo) -> None:
    """Each of the two released rounds was hosted by the other's school."""
    rounds = [
        next(each for each in demo.records("round", at) if each.id == demo.told["rounds"][at]["id"])
        for at in (0, 1)
    ]
    hosts = [each.get("host_school") for each in rounds]
    assert len({*hosts}) == 2
    for each, host in zip(rounds, reversed(hosts), strict=True):
        demo.write("lead", each, host_school=host)
    assert demo.hosts_as_read(rounds) == [*reversed(hosts)]


def look_at(tablet: Tablet, path: str) -> Page:
    """A screen with nothing folded away."""
    page = tablet.page
    watch(page)
    tablet.goto(path)
    settle(page)
    page.evaluate("() => document.querySelectorAll('details').forEach(each => (each.open = true))")
    return page


def found_by(page: Page, script: str) -> Any:
    """What one of the scripts above finds, given how to look at a part."""
    return page.evaluate(f"() => ({script})({LOOK})")


def measures_at(tablet: Tablet) -> list[str]:
    links = look_at(tablet, "/patterns/measures").locator("main a[href^='/patterns/measures/']")
    return links.evaluate_all("links => links.map(link => link.getAttribute('href'))")


def test_which_school_hosted_which_round_changes_no_word_place_or_colour_of_any_screen(
    playing: Playing, tablets: Tablets
):
    tablet = analyst_at(tablets, playing.served, playing.demo.told)
    screens = [*SCREENS, *measures_at(tablet)]
    assert len(screens) > len(SCREENS)
    seen = {path: found_by(look_at(tablet, path), SEEN) for path in screens}
    for path in ("/patterns", "/patterns/time", "/patterns/contexts", "/patterns/rooms"):
        assert "finding-sentence" in " ".join(seen[path]), path
    assert "coefficients" in " ".join(seen["/patterns/alike"])

    swap_schools(playing.demo)

    for path in screens:
        assert found_by(look_at(tablet, path), SEEN) == seen[path], path


def test_no_line_of_a_list_looks_unlike_the_others_and_every_screen_is_printed_with_the_line(
    demo: tuple[Served, dict[str, Any]], tablets: Tablets
):
    """Rule 13 too, for whoever prints a page instead of taking a file."""
    tablet = analyst_at(tablets, *demo)
    measures = measures_at(tablet)

    for path in (*SCREENS, SCHOOLS, *measures):
        page = look_at(tablet, path)
        if path not in measures:
            assert found_by(page, UNLIKE) == [], path
        if path not in UNPRINTED:
            page.emulate_media(media="print")
            expect(page.locator(".print-sheet-foot")).to_have_text(LINE["English"])
            expect(page.locator(".print-sheet-foot")).to_be_visible()
            page.emulate_media(media="screen")


def test_two_schools_that_stand_by_name_are_read_one_at_a_time_without_a_word_of_the_other(
    playing: Playing, tablets: Tablets
):
    names = two_by_name(playing.demo)
    assert len(names) == 2
    tablet = analyst_at(tablets, playing.served, playing.demo.told)
    page = look_at(tablet, SCHOOLS)
    expect(page.locator(".then-now")).to_have_count(0)
    school = page.get_by_label("School")
    assert school.locator("option").all_inner_texts()[1:] == names

    for name, other in (names, [*reversed(names)]):
        school.select_option(label=name)
        expect(page.get_by_role("heading", name=name)).to_be_visible()
        settle(page)
        read = page.locator(".section", has=page.locator(".then-now"))
        expect(read).to_have_count(1)
        assert other not in read.inner_text()
        assert found_by(page, UNLIKE) == []
        looks = read.locator(".then-now-pair").first.evaluate(
            f"(pair) => [...pair.children].map({LOOK})"
        )
        then, now = (look.replace(" then", "").replace(" now", "") for look in looks)
        assert then == now, "neither looks better than the other"


def two_by_name(demo: Demo) -> list[str]:
    """The second round's school stands by name as well: what was agreed there, and now."""
    lead, round_id = demo.somebody("lead"), demo.told["rounds"][1]["id"]
    scope = f"round:{round_id}"
    revisit = next(each for each in demo.records("revisit", 1) if each.id == revisit_id(round_id))
    demo.write("lead", revisit, opened_at="2026-11-20T16:00:00Z")
    beside: list[Any] = [
        a_change(
            lead,
            kind="pattern_now",
            record=derived_id(pattern.id, "now"),
            scope=scope,
            set={"text": "in two rooms more"},
        )
        for pattern in demo.records("pattern", 1)
    ]
    assert {*statuses(push(lead, *beside))} == {"applied"}
    summary = demo.records("return_summary", 1)[0]
    host = demo.told["rounds"][1]["host"].partition("@")[0]
    demo.write(host, summary, **{"then_and_now/district": True})
    pairs = demo.somebody("analyst").get(f"{demo.path}/then-and-now?language=en").json["pairs"]
    return sorted({pair["school"] for pair in pairs})
