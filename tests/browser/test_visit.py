"""The screen of a visit in a real browser: room to write, one tap away, nothing lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.on_server import texts_by_classroom
from tests.browser.tablet import needs_browser
from tests.browser.visit_day import in_days, moment_of
from tests.browser.visiting import (
    Visitor,
    expect_on_server,
    field_of,
    write_lines,
)

pytestmark = needs_browser


@pytest.mark.parametrize("size", [(360, 740), (360, 400), (820, 1180), (1180, 820), (1180, 420)])
def test_the_field_has_its_room_and_the_clock_and_elements_stay_in_sight(
    visitor: Visitor, size: tuple[int, int]
) -> None:
    page = visitor.tablet.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visitor.visit()
    write_lines(page, *[f"line {n}" for n in range(12)])

    free = page.locator(".visit-panes").bounding_box()
    field = field_of(page).bounding_box()
    assert free
    assert field
    assert field["height"] >= 0.59 * free["height"]
    assert free["height"] >= 0.55 * size[1]
    for part in (".visit-clock", ".elements", ".visit-foot", ".visit-title h1"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    chips = page.locator(".element-chip").evaluate_all(
        "chips => chips.map(each => each.getBoundingClientRect().height)"
    )
    assert all(height >= 44 for height in chips)


SHAPES = """() => [...document.querySelectorAll('.element-chip .mark')].map((mark) => {
  const { clipPath, borderRadius, backgroundColor } = getComputedStyle(mark, '::before');
  return [`${clipPath} ${borderRadius}`, backgroundColor];
})"""


def test_each_core_element_has_a_shape_of_its_own_also_where_the_system_chooses_the_colours(
    visitor: Visitor,
) -> None:
    page = visitor.visit()
    in_colours = page.evaluate(SHAPES)
    page.emulate_media(forced_colors="active")
    in_two_colours = page.evaluate(SHAPES)

    assert len({shape for shape, _ in in_colours}) == len(in_colours) == 4
    assert len({colour for _, colour in in_colours}) == 4
    assert [shape for shape, _ in in_two_colours] == [shape for shape, _ in in_colours]
    assert len({colour for _, colour in in_two_colours}) == 1
    page.emulate_media(forced_colors="none")


def test_the_next_classroom_is_one_tap_away_and_the_tap_can_be_undone(visitor: Visitor) -> None:
    page = visitor.visit()
    write_lines(page, "in the first room")

    page.get_by_role("button", name="Next: V2").click()
    expect(page.locator(".visit-title h1")).to_have_text("V2")
    expect(page.locator(".earlier-text")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()

    expect(page.locator(".visit-title h1")).to_have_text("V1")
    expect(page.locator(".earlier-text")).to_have_text(["in the first room"])


def test_not_today_offers_a_spare_number_and_can_be_undone(visitor: Visitor) -> None:
    page = visitor.visit(1)

    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name="Not today").click()
    page.get_by_role("button", name="Visit V5 instead").click()

    expect(page.locator(".visit-title h1")).to_have_text("V5")
    page.locator(".toast", has_text="V2 is left out").get_by_role("button", name="Undo").click()
    expect(page.locator(".visit-title h1")).to_have_text("V2")
    expect(page.get_by_role("button", name="Next: V3")).to_be_visible()


def test_when_the_next_slot_has_begun_the_line_goes_along_or_stays(visitor: Visitor) -> None:
    page = visitor.tablet.page
    page.clock.set_fixed_time(moment_of(in_days(2), "09:31"))  # V2 began at 9:30.
    visitor.visit()
    write_lines(page, "still in V1")
    page.keyboard.type("already in V2")

    expect(page.get_by_text("Are you in V2 now?")).to_be_visible()
    page.get_by_role("button", name="Yes, from this note").click()

    expect(page.locator(".visit-title h1")).to_have_text("V2")
    expect(field_of(page)).to_have_value("already in V2")
    expect(field_of(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect_on_server(page)
    first, second = visitor.day.classrooms[:2]
    assert texts_by_classroom(visitor.robin) == {first: ["still in V1"], second: ["already in V2"]}


def test_an_earlier_note_can_be_amended_deleted_and_brought_back(visitor: Visitor) -> None:
    page = visitor.visit()
    write_lines(page, "one", "two")
    page.keyboard.type("thr")

    page.locator(".earlier-note").first.click()
    expect(field_of(page)).to_have_value("one")
    expect(field_of(page)).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" and a half")
    page.keyboard.press("Enter")
    expect(field_of(page)).to_have_value("thr")
    page.locator(".earlier-note", has_text="two").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(".earlier-text")).to_have_text(["one and a half"])
    page.get_by_role("button", name="Undo").click()

    expect(page.locator(".earlier-text")).to_have_text(["one and a half", "two"])


def test_in_quiet_mode_no_question_is_asked(visitor: Visitor) -> None:
    page = visitor.visit()
    write_lines(page, "students were engaged")
    expect(page.locator(".nudge")).to_be_visible()

    page.get_by_role("button", name="Quiet").click()

    expect(page.locator(".nudge")).to_have_count(0)
    expect(page.locator(".visit[data-quiet]")).to_be_visible()
