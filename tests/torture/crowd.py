"""Many writers at once, in one process: what one seed of layer S cannot show.

Threads push to one network, each in a transaction of its own as services do, while a reader
follows the numbers. Every push must be applied, and the reader must see each number once, in
order. Not repeatable to the step: threads are not drawn from a seed.
"""

from __future__ import annotations

import threading
from random import Random
from typing import Any
from uuid import UUID

from server.db import reading, writing
from server.sync.dialect import run
from server.sync.protocol import Writer
from server.sync.push import push
from tests.torture.stage import Stage, a_fresh_run, found_network, take_in

WRITERS, PUSHES = 4, 25


class Crowd:
    def __init__(self, stage: Stage, seed: int) -> None:
        self.stage, self.seed = stage, seed
        self.network = found_network("A crowded network", "e" * 32)
        self.member = take_in(self.network, "member")[1]
        self.wrong: list[str] = []
        self.seen: list[int] = []
        self.done = threading.Event()

    def run(self) -> None:
        """AssertionError unless all that was pushed is there, seen once and in order."""
        reader = threading.Thread(target=self._read)
        writers = [threading.Thread(target=self._write, args=(i,)) for i in range(WRITERS)]
        for thread in (reader, *writers):
            thread.start()
        for thread in writers:
            thread.join()
        self.done.set()
        reader.join()
        assert not self.wrong, self.wrong[0]
        assert self.seen == [*range(1, len(self.seen) + 1)], "a reader missed a number"
        assert len(self.seen) >= WRITERS * PUSHES, "a push is not in the log"

    def _write(self, number: int) -> None:
        dice = Random(self.seed * 100 + number)
        with self.stage.app.app_context():
            for count in range(PUSHES):
                try:
                    self._push_one(dice, count)
                except Exception as error:
                    self.wrong.append(f"a writer was refused: {type(error).__name__}")
                    return

    def _push_one(self, dice: Random, count: int) -> None:
        with writing(self.network) as tx:
            reply = push(tx, self.network, Writer(self.member), [self._change(dice, count)])
        if [result.status for result in reply.results] != ["applied"]:
            self.wrong.append("a push was not applied")

    def _change(self, dice: Random, count: int) -> dict[str, Any]:
        change_id, record = (str(UUID(int=dice.getrandbits(128), version=4)) for _ in range(2))
        return {
            "id": change_id,
            "n": count,
            "by": self.member,
            "kind": "note",
            "record": record,
            "scope": f"own:{self.member}",
            "schema": 1,
            "made_at": "2026-11-22T09:14:03Z",
            "set": {"text": "T: Why?"},
            "seen": {"text": []},
            "depth": {"text": 1},
        }

    def _read(self) -> None:
        query = "SELECT seq FROM change WHERE network_id = ? AND seq > ? ORDER BY seq"
        with self.stage.app.app_context():
            while True:
                last_look = self.done.is_set()
                with reading(self.network) as tx:
                    after = self.seen[-1] if self.seen else 0
                    self.seen += [row[0] for row in run(tx, query, self.network, after)]
                if last_look:
                    return


def run_crowd(stage: Stage, seed: int) -> None:
    with a_fresh_run(stage, Random(seed)):
        Crowd(stage, seed).run()
