"""A visitor's tablet under load: 5,000 notes on the device, then a key, then a save.

    python -m tests.load.bench_browser

Times are taken in a real Chromium by the page itself: of each key from its event to the frame
that shows it, and of each strict transaction on the outbox from its begin to `complete`.
Prints a table and writes its part of docs/performance.md.
"""

from __future__ import annotations

import logging
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, expect

from server import clock
from server.config import Settings
from tests.browser.tablet import a_tablet
from tests.browser.visit_day import Day, a_day, in_days
from tests.load.bench_sync import SENTENCE
from tests.load.measure import write_part
from tests.make import Somebody, a_member, a_network, an_app
from tests.serving import serve
from tests.sync.talk import a_change, push, statuses

NOTES = 5_000
BATCH = 500
ARRIVES_WITHIN = 120
LINES = 12
KEY_DELAY_MS = 100
SAVE_BOUND_MS, KEY_BOUND_MS = 100.0, 16.0

WATCH = """
window.measured = { saves: [], keys: [] };
const begin = IDBDatabase.prototype.transaction;
IDBDatabase.prototype.transaction = function (stores, mode, options) {
  const tx = begin.call(this, stores, mode, options);
  if (mode === "readwrite" && this.name.startsWith("rounds-outbox")) {
    const at = performance.now();
    tx.addEventListener("complete", () => measured.saves.push(performance.now() - at));
  }
  return tx;
};
addEventListener("keydown", (event) => {
  const frame = new MessageChannel();
  frame.port1.onmessage = () => measured.keys.push(performance.now() - event.timeStamp);
  requestAnimationFrame(() => frame.port2.postMessage(0));
}, true);
"""


def fill(robin: Somebody, day: Day) -> None:
    """Notes of one author in one classroom, as if a school year lay on the tablet."""
    observation = clock.new_id()
    place = {"round": day.round_id, "observation": observation, "classroom": day.classrooms[3]}
    for begin in range(0, NOTES, BATCH):
        changes = [
            a_change(
                robin, set={"text": f"{SENTENCE}{number}", "minute": 1, "order": number} | place
            )
            for number in range(begin, begin + BATCH)
        ]
        assert set(statuses(push(robin, *changes))) == {"applied"}


HELD = """async () => {
  const { name } = (await indexedDB.databases()).find((each) => /cache/.test(each.name));
  const db = await new Promise((done) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => done(asked.result);
  });
  const counted = await new Promise((done) => {
    const asked = db.transaction("records").objectStore("records").count();
    asked.onsuccess = () => done(asked.result);
  });
  db.close();
  return counted;
}"""


def wait_until_all_are_here(page: Page) -> None:
    """Nothing is asked of the person: the app reads on by itself, page by page."""
    until = time.monotonic() + ARRIVES_WITHIN
    while page.evaluate(HELD) < NOTES:
        assert time.monotonic() < until, "the notes did not arrive"
        page.wait_for_timeout(200)


def measure(page: Page) -> dict[str, list[float]]:
    field = page.locator(".note-editor")
    expect(field).to_be_focused()
    page.evaluate("() => { measured.saves.length = 0; measured.keys.length = 0; }")
    for _ in range(LINES):
        page.keyboard.type("T: what do you notice about these two?", delay=KEY_DELAY_MS)
        page.keyboard.press("Enter")
    expect(page.locator(".visit-foot .status")).to_be_visible()
    found: dict[str, list[float]] = page.evaluate("() => measured")
    return found


def line_of(name: str, times: list[float], bound: float) -> str:
    middle, late = statistics.median(times), statistics.quantiles(times, n=20)[18]
    verdict = "holds" if late <= bound else "over"
    return (
        f"| {name} | p95 <= {bound:.0f} ms | {middle:.1f} | {late:.1f} | {len(times)} | {verdict} |"
    )


def main() -> int:
    logging.disable(logging.INFO)  # of the app that fills the place, in this process
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(data_dir=str(folder / "data"))
        with an_app(settings) as app, serve(settings) as served:
            network = a_network()
            lead, robin = a_member(app, network, "lead"), a_member(app, network)
            day = a_day(lead, robin, visits_on=in_days(0))
            fill(robin, day)
            with a_tablet(folder, served) as tablet:
                tablet.sign_in(robin)
                wait_until_all_are_here(tablet.page)
                assert tablet.context
                tablet.context.add_init_script(WATCH)
                tablet.page.goto(f"{served.url}{day.visit(0)}")
                found = measure(tablet.page)
    table = "\n".join(
        [
            "| What | Budget | Median ms | p95 ms | Times | Verdict |",
            "|---|---|---|---|---|---|",
            line_of("a save, from its begin to `complete`", found["saves"], SAVE_BOUND_MS),
            line_of("a key, to the frame that shows it", found["keys"], KEY_BOUND_MS),
        ]
    )
    sys.stdout.write(table + "\n")
    write_part("bench_browser", f"In Chromium, with {NOTES:,} notes on the device.\n\n{table}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
