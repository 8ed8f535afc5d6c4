"""An analyst at the screens of patterns: what is tapped, what is read, what is printed."""

from __future__ import annotations

import io
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Locator, Page, expect

from server.config import Settings
from server.services.demo.network import open_demo
from tests.api.test_agreement import DEMAND, ask_in, read_apart
from tests.api.test_patterns import Demo
from tests.browser.photograph import account_of
from tests.browser.screens import find_faults, settle, sign_in
from tests.browser.tablet import Tablets, needs_browser
from tests.make import an_app
from tests.serving import Served, serve

pytestmark = needs_browser


@dataclass
class Desk:
    """The demo network, of whose first round eight cards were read apart, and its analyst."""

    demo: Demo
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
) -> Iterator[tuple[Demo, Served]]:
    folder = tmp_path_factory.mktemp("analyst")
    shutil.copy(empty_sqlite, folder / "rounds.db")
    settings = Settings(data_dir=str(folder))
    with an_app(settings) as app:
        demo = Demo(app, open_demo(settings, lambda done, total: None))
        read_apart(demo, 0, 6, ask_in(demo, 0, DEMAND))
        with serve(settings, root=product) as served:
            yield demo, served


@pytest.fixture
def desk(read_by_all: tuple[Demo, Served], tablets: Tablets) -> Desk:
    demo, served = read_by_all
    tablet = tablets.another(served)
    page = tablet.open()
    assert tablet.context
    sign_in(tablet.context, served.url, account_of(demo.told, "analyst"))
    return Desk(demo, served, page)


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

    printed = squeezed(paper(page))

    for finding in findings:
        for card in finding["evidence"]:
            assert squeezed(card["text"]) in printed
    cut = sum(finding["is_cut"] for finding in findings)
    assert printed.count(squeezed("More evidence stands behind this sentence")) == cut > 0
    expect(page.locator(".finding-cards li").first).to_be_hidden()
