"""The wall with 600 cards in a Chromium slowed down four times: opening it, and dragging.

`python -m tests.load.bench_board`: opens the debrief from its round and afresh, then drags
cards across the wall while another member moves cards too. The page itself takes the times.
Prints a table and writes its part of docs/performance.md.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Page, TimeoutError

from server import clock
from server.config import Settings
from tests.browser.tablet import ON_ITS_SIDE, KeptTablet, a_tablet
from tests.browser.team_cards import add_team, lay_on_the_one_wall, post_agreed
from tests.browser.visit_day import Day, a_day
from tests.load.measure import ROOT
from tests.make import Somebody, a_member, a_network, an_app
from tests.serving import serve
from tests.sync.talk import a_change, push, statuses

PAGE = ROOT / "docs/performance.md"
BEGIN, END = "<!-- bench_board begins -->", "<!-- bench_board ends -->"

CARDS, GROUPS, TEAMS, LOOSE = 600, 24, 6, 120
SLOWER = 4
TIMES, MOVES = 5, 90
OTHERS_EVERY = 0.5
OPEN_BOUND_MS, FRAME_BOUND_MS = 2_000.0, 32.0
ELEMENTS = ("student", "teacher", "task", "relation")
SENTENCE = 'T: "Who can say it in other words?" S: "Both sides have to be the same." Card '

OPEN = """(path) => new Promise((done) => {
  const begin = path ? performance.now() : 0;
  const look = () => {
    if (document.querySelectorAll('.wall-card').length < %d) return requestAnimationFrame(look);
    const frame = new MessageChannel();
    frame.port1.onmessage = () => done(performance.now() - begin);
    requestAnimationFrame(() => frame.port2.postMessage(0));
  };
  if (path) document.querySelector(`a[href="${path}"]`).click();
  look();
})"""

FRAMES = """() => {
  window.frames16 = [];
  let last = performance.now();
  const next = (now) => {
    frames16.push(now - last);
    last = now;
    window.watching = requestAnimationFrame(next);
  };
  window.watching = requestAnimationFrame((now) => { last = now; next(now); frames16.length = 0; });
}"""


def fill(lead: Somebody, others: list[Somebody], day: Day) -> list[str]:
    """Six hundred agreed cards of six teams; most of them in a group of the one wall."""
    teams = [day.team, *(add_team(lead, day, f"Team {n}", lead) for n in range(2, TEAMS + 1))]
    each = CARDS // TEAMS
    ids: list[str] = []
    for number, team in enumerate(teams):
        texts = [f"{SENTENCE}{number * each + at}" for at in range(each)]
        ids += post_agreed(others[number % len(others)], day, team, texts, ELEMENTS)
    return [*lay_on_the_one_wall(lead, day, ids[LOOSE:], GROUPS), *ids]


class Others:
    """Another member moves cards between groups, twice a second, until it is told to stop."""

    def __init__(self, somebody: Somebody, day: Day, ids: list[str]) -> None:
        self.somebody, self.scope = somebody, f"round:{day.round_id}"
        self.groups, self.cards = ids[:GROUPS], ids[GROUPS + LOOSE :]
        self.stopped = threading.Event()
        self.moved = 0
        self.thread = threading.Thread(target=self.go_on)

    def go_on(self) -> None:
        while not self.stopped.wait(OTHERS_EVERY):
            card = self.cards[self.moved % len(self.cards)]
            position = {"group": self.groups[self.moved % GROUPS], "order": "V"}
            change = a_change(
                self.somebody,
                kind="card",
                record=card,
                scope=self.scope,
                set={"position": position},
                depth={"position": 2},
            )
            assert statuses(push(self.somebody, change)) == ["applied"]
            self.moved += 1

    def __enter__(self) -> Others:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.thread.join()


def slow_down(tablet: KeptTablet, rate: int) -> None:
    assert tablet.context
    session = tablet.context.new_cdp_session(tablet.page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})


def openings(tablet: KeptTablet, url: str, day: Day) -> tuple[list[float], list[float]]:
    """Milliseconds until all cards hang: from the round's page, and from nothing."""
    page, path = tablet.page, f"/rounds/{day.round_id}"
    script = OPEN % CARDS
    near, afresh = [], []
    for _ in range(TIMES):
        page.goto(f"{url}{path}")
        page.locator(f'a[href="{path}/debrief"]').first.wait_for()
        slow_down(tablet, SLOWER)
        near.append(float(page.evaluate(script, f"{path}/debrief")))
        page.goto(f"{url}{path}/debrief", wait_until="commit")
        afresh.append(float(page.evaluate(script, None)))
    return near, afresh


def take_up(page: Page, x: float, y: float) -> None:
    """Press and pull; whoever presses while the wall is still being hung presses again."""
    for last in (False, False, True):
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 12, y + 12, steps=3)
        try:
            page.locator("[data-dnd-dragging]").first.wait_for(timeout=5_000)
        except TimeoutError:
            page.mouse.up()
            if last:
                raise
        else:
            return


def drag(page: Page, place: int) -> list[float]:
    """Milliseconds of each frame while one card, taken by its words, is dragged across the wall."""
    words = page.locator(".wall-card-text").nth(place)
    words.evaluate("(each) => each.scrollIntoView({ block: 'center' })")
    box = words.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    take_up(page, x, y)
    page.evaluate(FRAMES)
    width, height = ON_ITS_SIDE
    for step in range(MOVES):
        page.mouse.move(
            260 + (x + step * 17) % (width - 560), 120 + (y + step * 11) % (height - 280)
        )
    frames = page.evaluate("() => { cancelAnimationFrame(watching); return frames16; }")
    page.mouse.up()
    return [float(each) for each in frames]


def line_of(name: str, times: list[float], bound: float, what: str) -> str:
    middle, late = statistics.median(times), statistics.quantiles(times, n=20)[18]
    judged = late if what == "p95" else max(times)
    verdict = "holds" if judged < bound else "over"
    return (
        f"| {name} | {what} < {bound:,.0f} ms | {middle:,.0f} | {judged:,.0f} "
        f"| {len(times)} | {verdict} |"
    )


def write_page(table: str) -> None:
    """Replace this benchmark's own part of the page, and nothing else."""
    page = PAGE.read_text()
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    head = (
        f"Measured on {clock.now().date().isoformat()}, Chromium, {CARDS} cards, {GROUPS} groups."
    )
    PAGE.write_text(f"{before}{BEGIN}\n\n{head}\n\n{table}\n\n{END}{after}")


def measure(folder: Path) -> tuple[list[float], list[float], list[float]]:
    settings = Settings(data_dir=str(folder / "data"))
    with an_app(settings) as app, serve(settings) as served:
        network = a_network()
        lead = a_member(app, network, "lead")
        others = [a_member(app, network) for _ in range(2)]
        day = a_day(lead, *others, visits_on="2026-11-24")
        ids = fill(lead, others, day)
        with a_tablet(folder, served) as tablet:
            tablet.size = ON_ITS_SIDE
            tablet.sign_in(lead)
            tablet.wait_until_installed()
            page = tablet.goto(f"/rounds/{day.round_id}/debrief")
            page.locator(".wall-card").nth(CARDS - 1).wait_for(state="attached", timeout=60_000)
            near, afresh = openings(tablet, served.url, day)
            with Others(others[1], day, ids) as other:
                frames = [each for place in range(TIMES) for each in drag(page, place)]
                assert other.moved > 0
    return near, afresh, frames


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        near, afresh, frames = measure(Path(name))
    lines = [
        line_of("opening, from the round's page", near, OPEN_BOUND_MS, "slowest"),
        line_of("opening, the app started afresh", afresh, OPEN_BOUND_MS, "slowest"),
        line_of("a frame while a card is dragged", frames, FRAME_BOUND_MS, "p95"),
    ]
    head = [
        "| What | Budget | Median ms | Judged ms | Times | Verdict |",
        "|---|---|---|---|---|---|",
    ]
    table = "\n".join([*head, *lines])
    sys.stdout.write(table + "\n")
    write_page(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
