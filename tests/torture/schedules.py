"""Schedules that this suite's model tablets and the app's own client both run.

A schedule is made from its seed by a generator of three lines that both languages have, and
so are the ids of its changes. Three tablets write, send and fetch through a faulty link; in
the end all that they show is hashed. `tests/vectors/schedules.json` holds the hashes, made by
the model tablets against the real app: `python -m tests.torture.schedules 2000`. The client
is held to them by tests/pwa/sync/schedules.test.ts, against a server of its own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask

from tests.sync.oracle import ELEMENT, TAG, TEXT, Fields, is_deleted, spell
from tests.sync.world import ELEMENTS, People, World
from tests.torture.stage import a_stage

VECTORS = Path(__file__).resolve().parent.parent / "vectors" / "schedules.json"
STEPS = 24
RECORDS = ("a1", "b1", "a2")
EDITS = (TEXT, TEXT, TEXT, ELEMENT, TAG, "delete")
FAULTS = ("ok", "lost request", "lost reply", "twice", "reversed")


def draws(seed: int) -> Iterator[int]:
    """mulberry32: the same numbers in both languages."""
    state = seed
    while True:
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        mixed = _multiply(state ^ (state >> 15), state | 1)
        mixed ^= (mixed + _multiply(mixed ^ (mixed >> 7), mixed | 61)) & 0xFFFFFFFF
        yield mixed ^ (mixed >> 14)


def _multiply(a: int, b: int) -> int:
    return (a * b) & 0xFFFFFFFF


class _StepIds:
    """Stands where a tablet draws its ids: what a step writes has the id of the step."""

    def __init__(self, world: Scheduled) -> None:
        self.world = world

    def getrandbits(self, _: int) -> int:
        name = f"{self.world.number}/{self.world.step}"
        return int.from_bytes(sha256(name.encode()).digest()[:16])


class Scheduled(World):
    """The three tablets of tests/sync, with values and ids that follow from the step."""

    def __init__(self, people: People, number: int) -> None:
        super().__init__(people, number)
        self.number, self.step = number, 0
        for device in self.devices:
            device.dice = _StepIds(self)

    def value_for(self, register: str, fields: Fields) -> Any:
        if register == TEXT:
            return f"words {self.step}"
        if register == ELEMENT:
            return ELEMENTS[self.step % len(ELEMENTS)]
        return super().value_for(register, fields)

    def take_step(self, numbers: Iterator[int]) -> None:
        tablet, what, record, fault = (next(numbers) for _ in range(4))
        index, name = tablet % 3, RECORDS[record % 3]
        if what % 9 < len(EDITS):
            self._edit(index, name, EDITS[what % 9])
        elif what % 9 < 8:
            self.push(index, 500, FAULTS[fault % len(FAULTS)])
        else:
            self.pull_all(self.devices[index], 50)

    def _edit(self, index: int, name: str, field: str) -> None:
        fields = self.devices[index].fields(self.records[name])
        deleted = is_deleted(fields)
        if field == ELEMENT and self._says_nothing_new(fields):
            return
        self.act(index, name, "undo" if deleted and field == "delete" else field)

    def _says_nothing_new(self, fields: Fields) -> bool:
        """A person who chooses what stands there already has said nothing: no change is made."""
        shown = {head["value"] for head in fields.get(ELEMENT, {}).values()}
        return shown == {self.value_for(ELEMENT, fields)}

    def settle(self) -> None:
        for _ in range(3):
            for index, device in enumerate(self.devices):
                self.push(index, 500)
                self.pull_all(device, 50)

    def digest(self) -> str:
        """All that the three tablets show, as sixteen digits."""
        shown = [
            [self._shown(device.fields(self.records[name])) for name in RECORDS]
            for device in self.devices
        ]
        return sha256(spell(shown).encode()).hexdigest()[:16]

    @staticmethod
    def _shown(fields: Fields) -> Any:
        if is_deleted(fields):
            return "deleted"
        return {
            f: {i: h["value"] for i, h in heads.items()} for f, heads in fields.items() if heads
        }


def digest_of(people: People, number: int) -> str:
    """Run one schedule."""
    world, numbers = Scheduled(people, number), draws(number)
    for world.step in range(1, STEPS + 1):
        world.take_step(numbers)
    world.settle()
    return world.digest()


def digests_of(app: Flask, numbers: range) -> list[str]:
    people = People(app)
    return [digest_of(people, number) for number in numbers]


def recorded() -> list[str]:
    """The digest of each schedule, by its number."""
    cases: list[str] = json.loads(VECTORS.read_text())["cases"]
    return cases


def main() -> None:
    """Record up to so many; those that are there stay."""
    about = "Digest of what three tablets show after schedule n: tests/torture/schedules.py"
    cases = recorded() if VECTORS.is_file() else []
    with a_stage() as stage:
        while len(cases) < int(sys.argv[1]):
            cases += digests_of(stage.app, range(len(cases), len(cases) + 20))
            VECTORS.write_text(json.dumps({"about": about, "cases": cases}, indent=0) + "\n")


if __name__ == "__main__":
    main()
