"""A network's past years on a tablet: 100,000 records of rounds of long ago, packed or single.

    python -m tests.load.bench_packs

In a real Chromium, twice over the same records: once the rounds lie a year back, so that they
come as packs, once they do not. Taken are the time from signing in until everything was read,
and the time that the app takes to open after that. Prints a table and writes its part of
docs/performance.md.
"""

from __future__ import annotations

import logging
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from server import clock
from server.config import Settings
from tests.browser.tablet import KeptTablet, a_tablet
from tests.load.bench_sync import SENTENCE
from tests.load.measure import write_part
from tests.make import Somebody, a_member, a_network, an_app
from tests.serving import Served, serve
from tests.sync.talk import a_card, a_change, a_round, push, statuses

ROUNDS, CARDS = 50, 2_000
BATCH = 500
ARRIVES_WITHIN = 240
STARTS = 5

READ = """async () => {
  const { name } = (await indexedDB.databases()).find((each) => /cache/.test(each.name)) ?? {};
  if (!name) return null;
  const done = (asked) => new Promise((resolve) => (asked.onsuccess = () => resolve(asked.result)));
  const db = await done(indexedDB.open(name));
  const store = (name) => db.transaction(name).objectStore(name);
  const [reading] = await done(store("readings").getAll());
  const isRead = reading && reading.synced !== null;
  const found = isRead && {
    single: await done(store("records").count()),
    packs: await done(store("packs").count()),
  };
  db.close();
  return found || null;
}"""


def fill(lead: Somebody, visits_on: str) -> None:
    """A network's years: rounds with their cards."""
    for _ in range(ROUNDS):
        round_id = a_round(lead, visits_on=visits_on)
        for begin in range(0, CARDS, BATCH):
            cards = [
                a_card(lead, round_id, set={"text": f"{SENTENCE}{number}", "element": "task"})
                for number in range(begin, begin + BATCH)
            ]
            assert set(statuses(push(lead, *cards))) == {"applied"}
    assert statuses(push(lead, a_change(lead))) == ["applied"]


def first_load(tablet: KeptTablet, lead: Somebody) -> tuple[float, dict[str, int]]:
    """Seconds from signing in until everything is on the tablet, and how it lies there."""
    tablet.sign_in(lead)
    begun = time.monotonic()
    while (found := tablet.page.evaluate(READ)) is None:
        assert time.monotonic() - begun < ARRIVES_WITHIN, "the records did not arrive"
        tablet.page.wait_for_timeout(100)
    return time.monotonic() - begun, found


def start(page: Page, served: Served) -> float:
    """Milliseconds from the address to the first screen."""
    begun = time.monotonic()
    page.goto(f"{served.url}/settings", wait_until="commit")
    expect(page.locator("h1")).to_be_visible(timeout=ARRIVES_WITHIN * 1_000)
    return (time.monotonic() - begun) * 1_000


def measure(visits_on: str) -> tuple[float, float, dict[str, int]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(data_dir=str(folder / "data"))
        with an_app(settings) as app:
            lead = a_member(app, a_network(), "lead")
            fill(lead, visits_on)
            with serve(settings) as served, a_tablet(folder, served) as tablet:
                took, found = first_load(tablet, lead)
                starts = [start(tablet.page, served) for _ in range(STARTS)]
    return took, statistics.median(starts), found


def main() -> int:
    logging.disable(logging.INFO)  # of the app that fills the place, in this process
    today = clock.now().date()
    lines = [
        "| Rounds | First load | Opening the app, median | Single records | Packs |",
        "|---|---|---|---|---|",
    ]
    for words, days in (("of long ago, packed", 400), ("of this year, single", 300)):
        took, opens, found = measure((today - timedelta(days=days)).isoformat())
        lies = f"{found['single']:,} | {found['packs']:,}"
        lines.append(f"| {words} | {took:.1f} s | {opens:,.0f} ms | {lies} |")
        sys.stdout.write(lines[-1] + "\n")
    head = f"In Chromium, {ROUNDS * CARDS:,} records."
    write_part("bench_packs", "\n".join([head, "", *lines]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
