"""Two looks at patterns over rounds: by focus question, and from room to room."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from server import clock
from server.services.writing_records import send
from server.sync.compose import compose
from tests.browser.alone import Alone
from tests.browser.hands import press
from tests.browser.screens import find_faults
from tests.browser.tablet import Tablet, Tablets, needs_browser
from tests.make import a_member
from tests.serving import serve
from tests.sync.test_narrowing import Story

pytestmark = needs_browser

SEEN, UNSEEN = "Who says why?", "Who decides what comes next?"
ALIKE, DIFFERENT = "Much the same from room to room", "Different from room to room"
OFTEN = "In many of the classrooms, students explain their way"
LINE = "Not for use in the evaluation of any educator."
SELDOM = "In few of the classrooms, students wait to be told"


@dataclass
class Read:
    """What an analyst's tablet shows of two rounds, one of the spring and one of the autumn."""

    story: Story
    tablet: Tablet

    @property
    def spring(self) -> str:
        return self.story.rounds[1]

    def look(self, path: str) -> Page:
        return self.tablet.goto(path)


@pytest.fixture
def read(alone: Alone, product: Path, tablets: Tablets) -> Iterator[Read]:
    """In both rounds SEEN was asked, and in the autumn a card bears on it; in the spring UNSEEN
    was asked too. What was agreed in the autumn was in many rooms, in the spring in few."""
    story = Story(7)
    autumn, spring = story.rounds
    ids = story.ids[spring]
    story.write("round", spring, spring, visits_on="2026-05-12")
    story.write("focus_question", spring, ids["focus_question"][1], text=UNSEEN)
    said = {"statement": "wait to be told", "quantifier": "few", "element": "student"}
    story.write("pattern", spring, ids["pattern"][0], **said)
    held = story.ids[autumn]
    story.write("pattern", autumn, held["pattern"][0], element="task")
    asked = {f"focus_questions/{held['focus_question'][0]}": True}
    story.write("card", autumn, held["card"][0], text="S: “because it is half”", **asked)
    analyst = a_member(alone.app, story.network, "analyst", name="Analyst Sample")
    with serve(alone.settings, root=product) as served:
        tablet = tablets.another(served)
        tablet.sign_in(analyst)
        yield Read(story, tablet)
        tablet.close()


def part(page: Page, title: str) -> Locator:
    heading = page.get_by_role("heading", name=title, exact=True)
    return page.locator("section.section", has=heading)


def sentences(where: Page | Locator) -> list[str]:
    expect(where.locator(".finding-sentence").first).to_be_visible()
    return where.locator(".finding-sentence").all_inner_texts()


def words_on_paper(page: Page) -> str:
    """What would be printed. Every look prints, and nothing on paper can be pressed."""
    page.emulate_media(media="print")
    try:
        assert page.locator("main .button:visible, main select:visible").count() == 0
        return page.locator("main").inner_text()
    finally:
        page.emulate_media(media="screen")


def test_a_question_stands_under_what_there_is_of_it_and_leads_to_its_evidence(read: Read):
    page = read.look("/patterns/questions")

    expect(part(page, "There is evidence on").get_by_role("listitem")).to_have_text([SEEN])
    expect(part(page, "Nobody has evidence yet on").get_by_role("listitem")).to_have_text([UNSEEN])
    expect(page.get_by_role("link", name=UNSEEN)).to_have_count(0)
    lines = page.locator("main .list").all_inner_texts()
    assert not re.search(r"\d", " ".join(lines)), "no question stands by how much was seen"
    assert find_faults(page) == []

    page.get_by_role("link", name=SEEN).click()

    expect(page.get_by_label("Focus question")).to_have_value(re.compile("^q[0-9a-f]{16}$"))
    assert sentences(page) == [OFTEN]
    page.get_by_text("The evidence", exact=True).click()
    expect(page.locator(".finding-card-text")).to_have_text(["S: “because it is half”"])


def test_of_some_months_alone_a_question_has_the_evidence_of_those_months(read: Read):
    page = read.look("/patterns/questions?ends_on=2026-06-30")

    unseen = part(page, "Nobody has evidence yet on").get_by_role("listitem")
    expect(unseen).to_have_text([UNSEEN, SEEN])
    expect(page.get_by_role("heading", name="There is evidence on")).to_have_count(0)
    page.get_by_label("Until").fill("")
    expect(part(page, "There is evidence on").get_by_role("listitem")).to_have_text([SEEN])


def test_a_question_of_a_round_that_was_closed_or_that_may_name_somebody_is_not_there(read: Read):
    autumn = read.story.rounds[0]
    named = read.story.ids[autumn]["focus_question"][1]
    read.story.write("focus_question", autumn, named, text="What does Ms. Sample ask?")
    read.story.open(read.spring, to=False)

    page = read.look("/patterns/questions")

    expect(part(page, "There is evidence on").get_by_role("listitem")).to_have_text([SEEN])
    expect(page.locator("main")).not_to_contain_text("Sample ask")
    expect(page.locator("main")).not_to_contain_text(UNSEEN)
    expect(page.locator("main")).to_contain_text("Not yet released by its host: 1 round")


def test_what_was_much_the_same_stands_apart_from_what_differed_and_no_room_is_named(read: Read):
    page = read.look("/patterns/rooms")

    assert sentences(part(page, ALIKE)) == [OFTEN]
    assert sentences(part(page, DIFFERENT)) == [SELDOM]
    expect(part(page, ALIKE).get_by_role("heading", name="Task", exact=True)).to_be_visible()
    expect(part(page, DIFFERENT).get_by_role("heading", name="Students")).to_be_visible()
    told = page.locator(".by-context").inner_text()
    dates = r"(October to December|April to June) 2026"
    assert not re.search(r"\d|%", re.sub(dates, "", told)), "no room, and no figure of any"
    assert find_faults(page) == []


def test_from_room_to_room_of_one_element_is_a_link_that_opens_again(read: Read):
    page = read.look("/patterns/rooms")
    page.get_by_text("Narrow down").click()
    page.get_by_label("Core element").select_option("student")
    expect(page.get_by_role("heading", name=ALIKE)).to_have_count(0)
    assert sentences(part(page, DIFFERENT)) == [SELDOM]
    save_view(page, "Students, room by room")

    address = page.url
    page = read.look("/patterns")
    page.get_by_role("link", name="Students, room by room").click()

    expect(page.get_by_role("heading", name=DIFFERENT)).to_be_visible()
    assert page.url == address
    assert sentences(page) == [SELDOM]


def test_a_measure_is_saved_under_its_own_name_and_found_among_the_views(read: Read):
    measure, point = clock.new_id(), clock.new_id()
    scope = f"network:{read.story.network}"
    counted = {"title": "Visits of families", "numbers": "count", "base": "students", "form": "run"}
    lead = read.story.lead
    made = [compose("measure", measure, scope, counted, by=lead)]
    on = {"measure": measure, "measured_on": "2026-10-06", "value": "24"}
    made.append(compose("measure_point", point, scope, on, by=lead))
    assert {each.status for each in send(read.story.network, lead, made)} == {"applied"}
    page = read.look(f"/patterns/measures/{measure}")
    expect(page.get_by_role("heading", name="Visits of families")).to_be_visible()
    press(page, "Save this view")
    expect(page.locator("dialog[open]").get_by_label("Its name")).to_have_value(
        "Visits of families"
    )
    press(page.locator("dialog[open]"), "Save this view")

    page = read.look("/patterns")
    page.get_by_role("link", name="Visits of families").click()

    expect(page.get_by_role("heading", name="All numbers")).to_be_visible()
    assert page.url.endswith(f"/patterns/measures/{measure}")
    assert LINE in words_on_paper(page)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/patterns?element=student", "What was asked for: Students"),
        ("/patterns/time?about=students&words=told", "Students · words “told”"),
        ("/patterns/questions?ends_on=2026-06-30", "Until"),
        ("/patterns/rooms?element=student", "What was asked for: Students"),
    ],
)
def test_a_look_on_paper_says_what_was_asked_and_carries_the_line(
    read: Read, path: str, asked: str
):
    page = read.look(path)
    expect(page.locator(".print-sheet").first).to_be_visible()
    expect(page.locator("main")).to_contain_text("Base:")

    paper = words_on_paper(page)

    assert asked in paper
    assert LINE in paper


def save_view(page: Page, name: str) -> None:
    press(page, "Save this view")
    sheet = page.locator("dialog[open]")
    sheet.get_by_label("Its name").fill(name)
    press(sheet, "Save this view")
    expect(page.get_by_role("button", name=name)).to_be_visible()
