"""An analyst at the screens of patterns: what is tapped, what is read, what is printed."""

from __future__ import annotations

import io
import re
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pypdf
import pytest
from playwright.sync_api import Locator, Page, expect

from server.config import Settings
from server.db import writing
from server.messages import say
from server.services.demo.network import open_demo
from server.services.exports.content import Filter
from server.services.exports.making import Wanted
from server.services.ordered_files import order_file
from tests.api.test_agreement import DEMAND, ask_in, read_apart
from tests.api.test_five_questions import SENTENCE, Book
from tests.api.test_patterns import Demo
from tests.browser.photograph import account_of
from tests.browser.screens import find_faults, settle, sign_in
from tests.browser.tablet import Tablets, needs_browser
from tests.make import an_app
from tests.serving import Served, serve

pytestmark = needs_browser

MADE_WITHIN_MS = 60_000
"""The server's worker looks every fifteen seconds."""


@dataclass
class Desk:
    """The demo network, of whose first round eight cards were read apart, and its analyst."""

    demo: Demo
    settings: Settings
    served: Served
    page: Page

    def look(self, path: str) -> Page:
        self.page.goto(f"{self.served.url}{path}")
        settle(self.page)
        return self.page

    def narrow(self, **chosen: str) -> None:
        """Choose in the lists under *Narrow down*, by their labels."""
        narrow_down = self.page.locator("details", has_text="Narrow down")
        for label, word in chosen.items():
            if narrow_down.get_attribute("open") is None:
                narrow_down.locator("summary").click()
            self.page.get_by_label(label.replace("_", " "), exact=True).select_option(label=word)
            settle(self.page)


@pytest.fixture(scope="module")
def read_by_all(
    empty_sqlite: Path, product: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Demo, Settings, Served]]:
    folder = tmp_path_factory.mktemp("analyst")
    shutil.copy(empty_sqlite, folder / "rounds.db")
    settings = Settings(data_dir=str(folder))
    with an_app(settings) as app:
        demo = Demo(app, open_demo(settings, lambda done, total: None))
        read_apart(demo, 0, 6, ask_in(demo, 0, DEMAND))
        with serve(settings, root=product) as served:
            yield demo, settings, served


@pytest.fixture
def desk(read_by_all: tuple[Demo, Settings, Served], tablets: Tablets) -> Desk:
    demo, settings, served = read_by_all
    tablet = tablets.another(served)
    page = tablet.open()
    assert tablet.context
    sign_in(tablet.context, served.url, account_of(demo.told, "analyst"))
    return Desk(demo, settings, served, page)


def sentences(where: Page | Locator) -> list[str]:
    return where.locator(".finding-sentence").all_inner_texts()


def paper(page: Page) -> str:
    """What a browser prints, as one line."""
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf())).pages
    return " ".join(" ".join(each.extract_text() for each in sheets).split())


def squeezed(text: str) -> str:
    """Without spaces, which paper breaks lines at, and with each letter of a ligature."""
    return unicodedata.normalize("NFKC", "".join(text.split()))


def test_what_is_seen_by_program_is_narrowed_as_every_other_look_is(desk: Desk):
    page = desk.look("/patterns/contexts?about=students")
    expect(page.locator(".finding-sentence").first).to_be_visible()
    everything = sentences(page)

    desk.narrow(Grade_band="Grades 6-8", Subject="Math")

    path = f"{desk.demo.path}/contexts?language=en&about=students&grade_band=6_8&subject=math"
    answer = desk.demo.somebody("analyst").get(path).json
    told = [found["sentence"] for each in answer["contexts"] for found in each["findings"]]
    assert sentences(page) == told
    assert 0 < len(told) < len(everything)
    expect(page.get_by_label("Program context")).to_have_count(0)
    for label in ("Search", "Core element", "Focus question", "From", "Until"):
        expect(page.get_by_label(label, exact=True)).to_have_count(1)
    assert find_faults(page) == []


def test_a_look_opens_with_what_is_asked_for_and_shows_it_and_with_nothing_else(desk: Desk):
    desk.look("/patterns").get_by_role("link", name="By program context").click()
    settle(desk.page)
    expect(desk.page).to_have_url(re.compile("/patterns/contexts[?]?$"))

    desk.look("/patterns?subject=math")
    for look in ("Over time", "By program context", "From room to room"):
        desk.page.get_by_role("link", name=look, exact=True).click()
        settle(desk.page)

        chosen = desk.page.locator("details", has_text="Narrow down").get_by_role("combobox")
        said = [each.evaluate("list => list.selectedOptions[0].text") for each in chosen.all()]
        expect(desk.page.get_by_label("Subject", exact=True)).to_be_visible()
        assert sorted({*said}) == ["All", "Math"], look
        assert said.count("Math") == 1, look
        desk.page.go_back()


ASKED = "subject=math&begins_on=2026-01-01"
OF_ROOMS = f"{ASKED}&rooms=alike"
LOOKS = [
    ("time", "quarters", "Math", ASKED),
    ("contexts", "contexts", "Math", ASKED),
    ("rooms", "room_to_room", "Math", OF_ROOMS),
    ("questions", "focus_questions", "", ASKED),
    ("alike", "read_alike", "", ASKED),
    ("schools", "then_and_now", "", ""),
]
"""Each look, the table it takes along, what of a part is asked of that, and what goes back with
whoever leaves: a table of whole rounds is asked by its time alone."""


@pytest.mark.parametrize(("look", "table", "part", "kept"), LOOKS, ids=[each[0] for each in LOOKS])
def test_a_look_takes_its_own_table_along_and_keeps_the_way_back(
    desk: Desk, look: str, table: str, part: str, kept: str
):
    page = desk.look(f"/patterns/{look}?{kept or ASKED}")
    back = page.get_by_role("link", name="Patterns", exact=True).locator("visible=true").last
    export = page.get_by_role("link", name="Export", exact=True)

    gone_back = parse_qs(urlsplit(back.get_attribute("href") or "").query)
    assert gone_back == parse_qs(kept)
    export.click()
    settle(page)

    sheet = page.get_by_role("dialog")
    chosen = sheet.get_by_label("Which table").evaluate("list => list.selectedOptions[0].text")
    assert chosen == say(f"exports.sheet.{table}", "en")
    told = sheet.get_by_text("What was asked for:").inner_text()
    assert ("Math" in told) == bool(part)
    assert ("2026" in told) == (look not in ("time", "schools")), "each quarter has its own"


def test_the_list_of_files_says_of_each_what_was_asked_for(desk: Desk):
    somebody, path = desk.demo.somebody("analyst"), desk.demo.path
    somebody.get(f"{path}/export?format=csv&subject=math&grade_band=6_8")
    somebody.get(f"{path}/export?format=jsonl")

    page = desk.look("/patterns/files")
    rows = page.get_by_role("list", name="What left as a file").get_by_role("listitem")

    asked = {each.split("\n")[-1].strip() for each in rows.all_inner_texts()}
    assert {"Grades 6-8 · Math", "Everything that may be read"} <= asked
    rows.filter(has_text="Grades 6-8 · Math").first.get_by_role("button").click()
    expect(page.get_by_role("dialog").get_by_text("Grades 6-8 · Math")).to_be_visible()


def test_evidence_says_its_grade_band_subject_and_program_as_files_do(desk: Desk):
    page = desk.look("/patterns?grade_band=6_8&subject=math&context=inclusion")
    page.locator(".finding").first.get_by_text("The evidence", exact=True).click()

    about = page.locator(".finding").first.locator(".finding-card-about").all_inner_texts()

    elements = {"Teacher", "Students", "Task", "Relation"}
    said = {tuple(each.split(" · ", 1)) for each in about}
    assert {rest for _, rest in said} == {"Grades 6-8 · Math · Inclusion"}
    assert {element for element, _ in said} <= elements
    assert find_faults(page) == []


def test_a_search_shows_the_cards_it_found_and_says_which_it_does_not_look_through(desk: Desk):
    page = desk.look("/patterns")
    card = desk.demo.ask("analyst")["findings"][0]["evidence"][0]["text"]
    word = max(card.split(), key=len)
    expect(page.locator(".finding-cards li").first).to_be_hidden()
    expect(page.get_by_text("A card that no pattern holds stays in its round")).to_be_visible()

    page.get_by_label("Search").fill(word)
    page.get_by_label("Search").press("Enter")
    settle(page)

    expect(page.locator(".finding-cards li", has_text=card)).to_be_visible()
    expect(page.locator(".finding-cards li", has_text=word).first).to_be_visible()


def test_what_is_folded_on_the_screen_is_on_paper(desk: Desk):
    page = desk.look("/patterns")
    findings = desk.demo.ask("analyst")["findings"]
    expect(page.locator(".finding")).to_have_count(len(findings))

    printed = squeezed(paper(page))

    for finding in findings:
        for card in finding["evidence"]:
            assert squeezed(card["text"]) in printed
    cut = sum(finding["is_cut"] for finding in findings)
    assert printed.count(squeezed("More evidence stands behind this sentence")) == cut > 0
    expect(page.locator(".finding-cards li").first).to_be_hidden()


@pytest.mark.parametrize("look", ["contexts", "rooms"])
def test_the_first_sheet_of_what_stands_side_by_side_has_evidence_on_it(desk: Desk, look: str):
    page = desk.look(f"/patterns/{look}")
    expect(page.locator(".finding").first).to_be_visible()

    for size in ("Letter", "A4"):
        first = pypdf.PdfReader(io.BytesIO(page.pdf(format=size))).pages[0].extract_text()

        assert "The evidence" in first, size


def test_how_alike_it_was_read_is_a_look_of_its_own_that_narrowing_leads_to_and_a_link_keeps(
    desk: Desk,
):
    page = desk.look("/patterns?about=students&begins_on=2020-01-01")
    page.get_by_role("link", name="How alike did we read it?").click()
    expect(page.get_by_role("heading", name="What does the task demand")).to_be_visible()
    expect(page).to_have_url(re.compile("/patterns/alike[?].*begins_on=2020-01-01"))
    assert find_faults(page) == []

    page = desk.look("/patterns/alike?ends_on=2020-01-01")

    expect(page.get_by_text("Nothing to read here yet.")).to_be_visible()
    page.get_by_label("Until").fill("")
    expect(page.get_by_role("heading", name="What does the task demand")).to_be_visible()


def test_without_a_round_of_ones_own_rounds_says_what_there_is_and_leads_there(desk: Desk):
    page = desk.look("/rounds")

    expect(page.get_by_text("You take part in no round yourself")).to_be_visible()
    assert find_faults(page) == []
    page.get_by_role("main").get_by_role("link", name="Patterns").click()
    settle(page)

    expect(page.get_by_role("heading", name="Patterns", exact=True)).to_be_visible()


def test_then_and_now_says_how_many_rounds_have_no_part_in_it_and_names_none_of_them(desk: Desk):
    page = desk.look("/patterns/schools")

    expect(page.get_by_text("1 round that you may read has no part in this")).to_be_visible()
    for heading in ("What was agreed then", "What is said now"):
        expect(page.get_by_role("heading", name=heading).first).to_be_visible()
    assert find_faults(page) == []


def test_a_large_file_that_is_ready_is_told_under_patterns_until_it_was_taken(desk: Desk):
    demo = desk.demo
    page = desk.look("/patterns")
    expect(page.get_by_text("Your file is ready.")).to_have_count(0)
    with writing(demo.network_id) as tx:
        order_file(tx, demo.network_id, demo.member("analyst"), Wanted("csv", "en"), Filter())
    page = desk.look("/patterns/files")
    ordered = page.get_by_role("list", name="Your files").get_by_role("button")
    expect(ordered).to_contain_text("Ready", timeout=MADE_WITHIN_MS)

    page = desk.look("/patterns")
    expect(page.get_by_text("Your file is ready.")).to_be_visible()
    page.get_by_role("link", name="To your files").click()
    page.get_by_role("button", name="Patterns, CSV").first.click()
    with page.expect_download():
        page.get_by_role("button", name="Fetch the file").click()

    page = desk.look("/patterns")
    expect(page.get_by_text("Your file is ready.")).to_have_count(0)


def cards(finding: Locator) -> list[str]:
    """Its evidence, all of it: unfolded by whoever reads it, a press more where there is more."""
    if finding.locator("details").get_attribute("open") is None:
        finding.get_by_text("The evidence", exact=True).click()
    more = finding.get_by_role("button", name="All its evidence")
    if more.count():
        more.click()
        expect(more).to_have_count(0)
    return finding.locator(".finding-card-text").all_inner_texts()


def workbook(desk: Desk) -> Book:
    """The spreadsheet that the menu of files saves."""
    page = desk.look("/patterns")
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="As a spreadsheet (Excel)").click()
    return Book(saved.value.path().read_bytes())


def test_five_questions_have_one_answer_on_the_screens_and_in_the_workbook(desk: Desk):
    book = workbook(desk)
    page = desk.page

    # What do we see students doing in middle-school mathematics, and on what evidence?
    desk.narrow(About="Students", Grade_band="Grades 6-8", Subject="Math")
    rows = book.rows("Evidence", About="Students", Grade_band="Grades 6-8", Lesson_subject="Math")
    assert rows
    assert {*sentences(page)} == {row[SENTENCE] for row in rows}
    for finding in page.locator(".finding").all():
        said = finding.locator(".finding-sentence").inner_text()
        wanted = [row["Evidence"] for row in rows if row[SENTENCE] == said]
        assert sorted(cards(finding)) == sorted(wanted)

    # What changed at this school since then?
    desk.look("/patterns").get_by_role("link", name="One school, then and now").click()
    settle(page)
    pairs = book.rows("Then and now")
    assert pairs
    school = page.get_by_label("School", exact=True)
    for name in {row["School"] for row in pairs}:
        if school.count():
            school.select_option(label=name)
        for row in (row for row in pairs if row["School"] == name):
            expect(page.locator("main")).to_contain_text(row["What was agreed then"])

    # Do our observers agree on task demand?
    desk.look("/patterns").get_by_role("link", name="How alike did we read it?").click()
    demand = page.locator(".said", has=page.get_by_role("heading", name=DEMAND))
    demand.get_by_text("Statistics", exact=True).click()
    table = demand.locator("table").inner_text()
    for row in book.rows("How alike it was read", Question=DEMAND):
        if row["Value"] is not None:
            assert f"{row['Value']:.2f}" in table, row

    # What was seen when, and on what base?
    desk.look("/patterns").get_by_role("link", name="Over time", exact=True).click()
    settle(page)
    for quarter in book.rows("Quarter by quarter"):
        heading = page.get_by_role("heading", name=quarter["Quarter"], exact=True)
        then = page.locator("section.section", has=heading)
        rows = book.rows("What was found", Visited_in=quarter["Visited in"])
        assert sentences(then) == [row[SENTENCE] for row in rows]
        if rows:
            expect(then).to_contain_text(f"{quarter['Visited']} classrooms visited")

    # Who gets what kind of task, and what is done next?
    desk.look("/patterns").get_by_role("link", name="By program context").click()
    settle(page)
    rows = book.rows("By program context")
    assert {*sentences(page)} == {row[SENTENCE] for row in rows}
    desk.narrow(About="Tasks")
    of_tasks = {row[SENTENCE] for row in rows if row["About"] == "Tasks"}
    assert {*sentences(page)} == of_tasks != {row[SENTENCE] for row in rows}
    desk.look("/patterns")
    for row in book.rows("Next level of work"):
        expect(page.locator("main")).to_contain_text(row["What is done next"])
