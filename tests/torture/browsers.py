"""Layer B: real browsers, killed again and again while somebody types real notes into them.

Each is driven on one profile of its own: signed in and installed once, then killed at seeded
moments, with the server stopped or killed mid-way between a save and its acknowledgement,
and opened again with no server at all. What the page had called saved must stand there, as it
was typed (P1, I5, I6). In the end a server comes back, and holds every line once.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import select

from server.config import Settings
from server.db import reading
from server.models.sync import Change
from tests.browser.chromium_engine import Chromium
from tests.browser.engines import Engine, Firefox, WebKit
from tests.browser.first_steps import install, wait_for
from tests.browser.on_server import texts_by_classroom
from tests.browser.visit_day import Day, a_day
from tests.make import Somebody, a_member, a_network, an_app
from tests.serving import ROOT, a_free_port, serve
from tests.torture.stage import real_notes
from tests.torture.typist import (
    TAKE_THE_PEN,
    Page,
    Typing,
    keys_behind,
    one_line,
    type_until_killed,
)

ENGINES: dict[str, type[Chromium] | type[Firefox] | type[WebKit]] = {
    "Chromium": Chromium,
    "Firefox": Firefox,
    "WebKit": WebKit,
}
APPEARS_WITHIN = 60
LONGEST_LIFE = 7.0
"""Seconds between two deaths, at most: some lines are begun, some are ended."""
LINE = range(8, 30)
"""Characters: a line is ended every few seconds, and what is ended is sent."""
TELL_THAT_ONLINE = "dispatchEvent(new Event('online'));"
ONLINE_SHARE = 0.75
"""How often a server answers while the browser dies: saves, requests and acks are cut."""


@dataclass
class BrowserReport:
    """What one engine came to."""

    engine: str
    kills: int = 0
    keys: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    skipped: str = ""
    seconds: float = 0.0


@dataclass
class Battle:
    """One browser, its server that comes and goes, and the lines that are typed."""

    engine: Engine
    settings: Settings
    root: Path
    robin: Somebody
    day: Day
    port: int
    lines: list[str]

    @property
    def visit(self) -> str:
        return f"http://localhost:{self.port}{self.day.visit(0)}"

    @contextmanager
    def server(self) -> Iterator[None]:
        with serve(self.settings, root=self.root, port=self.port):
            yield

    def arrived(self) -> int:
        """How many of Robin's changes the server's log holds."""
        mine = (
            Change.network_id == self.robin.network_id,
            Change.author_id == self.robin.member_id,
        )
        with reading(self.robin.network_id) as tx:
            return len([*tx.execute(select(Change.id).where(*mine))])

    def open_visit(self) -> None:
        self.engine.start()
        self.engine.goto(self.visit)
        wait_for(self.engine, ".note-editor")

    def wait_for_keys(self, owed: int) -> int:
        """Until so many keys are shown; AssertionError for fewer, or for other ones."""
        until = time.monotonic() + APPEARS_WITHIN
        while True:
            shown = Page.of(self.engine).lines
            count = keys_behind(shown, self.lines)
            if count is not None and count >= owed:
                return count
            assert time.monotonic() < until, f"{owed} keys were owed, {count} there: {shown}"
            time.sleep(0.05)

    def wait_until_sent(self) -> None:
        until = time.monotonic() + APPEARS_WITHIN
        while Page.of(self.engine).status != "on_server":
            assert time.monotonic() < until, "nothing says that it is on the server"
            time.sleep(0.1)


def run_browser(kills: int, seed: int, name: str, root: Path = ROOT) -> BrowserReport:
    """So many deaths of one engine; the report says what was broken, if anything was."""
    kind, report = ENGINES[name], BrowserReport(name)
    if kind.binary is None or not (root / "pwa" / "dist" / "index.html").is_file():
        report.skipped = f"no {name} found, or the app was not built (make browsers, make build)"
        return report
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="rb", ignore_cleanup_errors=True) as folder:
        engine = kind(Path(folder) / "profile")
        try:
            _fight(engine, Path(folder), kills, Random(f"{seed} {name}"), report, root)
        except Exception as error:
            report.broken.append(f"{name}, seed {seed}, after {report.kills} kills: {error!r:.400}")
        finally:
            engine.kill()
    report.seconds = time.monotonic() - began
    return report


def _fight(
    engine: Engine, folder: Path, kills: int, dice: Random, report: BrowserReport, root: Path
) -> None:
    (folder / "data").mkdir()
    settings = Settings(data_dir=str(folder / "data"))
    with an_app(settings) as app:
        app.logger.handlers = []
        network = a_network()
        robin = a_member(app, network)
        day = a_day(a_member(app, network, "lead", name="Lead Sample"), robin)
        battle = Battle(engine, settings, root, robin, day, a_free_port(), _lines(dice))
        with battle.server():
            install(engine, f"http://localhost:{battle.port}", robin, day.round_id)
            engine.close()
        count = 0
        battle.open_visit()
        for _ in range(kills):
            typing = _live_and_die(battle, dice, count, report)
            battle.open_visit()
            count = battle.wait_for_keys(typing.owed())
            report.seen["keys called saved"] += typing.saved - typing.begun
            report.seen["keys after the last word"] += max(0, count - typing.saved)
        _send_all(battle, count)
        report.keys = count


def _lines(dice: Random) -> list[str]:
    """Real notes, each of a length that a hand types in a few seconds, none of them twice."""
    found = dict.fromkeys(one_line(note) for note in real_notes())
    lines = [line for line in found if len(line) in LINE and line.isprintable()]
    return dice.sample(lines, len(lines))


def _live_and_die(battle: Battle, dice: Random, begun: int, report: BrowserReport) -> Typing:
    """Type and die; now and then with a server that hears of it."""
    life = 0.3 + dice.random() * LONGEST_LIFE
    before = battle.arrived()
    with ExitStack() as stack:
        if dice.random() < ONLINE_SHARE:
            stack.enter_context(battle.server())
            battle.engine.run(TELL_THAT_ONLINE)
        typing = type_until_killed(battle.engine, battle.lines, begun, life, dice)
    arrived = battle.arrived() - before
    report.seen["changes sent on the way"] += arrived
    report.seen["killed while sending"] += arrived > 0
    report.kills += 1
    return typing


def _send_all(battle: Battle, count: int) -> None:
    """The server is back: every line is on it once, as it stands on the page."""
    with battle.server():
        battle.engine.goto(battle.visit)
        wait_for(battle.engine, ".note-editor")
        battle.wait_for_keys(count)
        battle.engine.run(TAKE_THE_PEN)
        battle.engine.press("\n")
        battle.wait_until_sent()
        shown = [*Page.of(battle.engine).lines]
        assert keys_behind(shown, battle.lines) == count, "the page shows something else"
        found = texts_by_classroom(battle.robin)
        assert found == {battle.day.classrooms[0]: shown}, f"the server holds {found}"
