"""Model tablets of a full room: they listen, pull, move cards, and half of them are offline for
minutes. Takes no times: bench_room.py does.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.browser.visit_day import Day
from tests.load.bench_live import Tablet
from tests.make import Somebody
from tests.sync.talk import a_change, statuses

EVERY = (4.0, 12.0)
"""Seconds between two moves of one model tablet."""
AT_ONE_GROUP = 5.0
"""Seconds between two times that a tablet says at which group it is."""
AWAY = (120.0, 145.0)
"""Seconds that every second model tablet is offline, from its first quarter of a minute on."""
SEED = 20261128


class Model:
    """A tablet of somebody else: listens, pulls at each hint, and moves cards of its own."""

    def __init__(self, port: int, who: Somebody, day: Day, at: int, wall: Any) -> None:
        self.tablet, self.hand = Tablet(port, who, pulls=True), Tablet(port, who, pulls=False)
        self.who, self.scope, self.wall = who, f"round:{day.round_id}", wall
        self.dice = random.Random(SEED + at)
        leaves = self.dice.uniform(0, 15) if at % 2 == 0 else float("inf")
        self.leaves, self.returns = leaves, leaves + self.dice.uniform(*AWAY)
        self.waiting: list[dict[str, Any]] = []
        self.moved, self.moved_away = 0, 0
        self.refused: list[str] = []
        self.here = Tablet(port, who, pulls=False)
        self.round_id = day.round_id

    def be_at_groups(self, over: threading.Event) -> None:
        group = self.dice.choice(self.wall[0])
        while not over.wait(AT_ONE_GROUP * self.dice.uniform(0.8, 1.2)):
            if self.dice.random() < 1 / 2:
                group = self.dice.choice(self.wall[0])
            if not self.tablet.away.is_set():
                self.here.say_where(self.round_id, group)

    def live(self, over: threading.Event) -> None:
        self.tablet.start()
        began = time.monotonic()
        while not over.wait(self.dice.uniform(*EVERY)):
            self.waiting.append(self.move())
            if self.leaves <= time.monotonic() - began < self.returns:
                self.tablet.away.set()
                continue
            if self.tablet.away.is_set():
                self.come_back()
            self.send()

    def come_back(self) -> None:
        """Sends what waits, all at once, and catches up with what the others did."""
        self.moved_away += len(self.waiting)
        for each in (self.hand, self.tablet, self.here):
            each.hang_up()
        self.send()
        self.tablet.away.clear()
        self.tablet.listens.clear()
        self.tablet.start()

    def send(self) -> None:
        told = self.hand.ask("push", {"head": 0, "chain": "", "changes": self.waiting})
        self.refused += [status for status in statuses(told) if status != "applied"]
        self.moved += len(self.waiting)
        self.waiting = []

    def move(self) -> dict[str, Any]:
        groups, cards = self.wall
        order = f"a{self.dice.randrange(1000):03}V"
        position = {"group": self.dice.choice(groups), "order": order}
        where = {"kind": "card", "record": self.dice.choice(cards), "scope": self.scope}
        depth = {"position": self.dice.randrange(2, 9)}
        return a_change(self.who, set={"position": position}, depth=depth, **where)


@contextmanager
def alive(models: list[Model]) -> Iterator[None]:
    over = threading.Event()
    works = [work for each in models for work in (each.live, each.be_at_groups)]
    threads = [threading.Thread(target=work, args=(over,)) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()
