"""A model tablet on a bad link: tests/sync's Device, with answers that may be anybody's.

What it adds to docs/sync-protocol.md, 6: answers that are not the server's, a session that
ends, a second account on the same tablet, poison that stays and is shown, status words, and
snapshots. Imports none of the code under test. Each method that a planted bug changes is
small on purpose: planted.py replaces it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import orjson

from tests.sync.devices import Device
from tests.sync.oracle import Json
from tests.torture.faults import FAULTS, Fault, ok
from tests.torture.wire import Answer, Wire

Watch = Callable[["TorturedDevice", str, Json, Json], None]
"""Called with each exchange that the server answered by 200, heard by the device or not."""


class TorturedDevice(Device):
    def __init__(self, wire: Wire, watch: Watch, network: str, member: str, dice: Random) -> None:
        super().__init__(None, network, member, dice)  # type: ignore[arg-type]
        self.wire, self.watch = wire, watch
        self.cookie = ""
        self.fault, self.partition = "ok", ""
        self.tablet_id, self.signed_out = "", False
        self.held: dict[str, Json] = {}
        self.handed: dict[str, Json] = {}
        self.brought: set[str] = set()
        self.last_body = b""

    # ---- asking ----

    def post(self, path: str, body: Json) -> Json:
        """One exchange under the fault that is set, which holds for this one alone."""
        self.last_body = raw = _spelled(body)
        told: list[Json] = []

        def ask(cut_at: int | None = None) -> Answer:
            answer = self.wire.ask("POST", path, self.cookie, raw, cut_at)
            if answer.status == 200:
                told.append(answer.read())
                self.watch(self, path, body, told[-1])
            return answer

        fault: Fault = FAULTS.get(self.fault, ok)
        self.seen[f"fault {self.fault}"] += self.fault in FAULTS
        self.fault = "ok"
        answer = fault(ask, raw, self.dice)
        if len(told) > 1 and path == "push":
            assert told[0]["results"] == told[1]["results"], "a repeat was answered otherwise"
        return {"code": 0} if answer is None else answer.read()

    # ---- hearing ----

    def believe(self, number: int, reply: Json) -> bool:
        """Only the server's own answer to the newest request counts."""
        if number == self.requests and reply["code"] == 401:
            self.signed_out = True
        if reply["code"] not in (200, 409, 410):
            self.seen["kept"] += 1
            return False
        return super().believe(number, reply)

    def hear_push(self, number: int, reply: Json) -> None:
        """As any device; but what is called invalid stays on the tablet, and is shown."""
        if reply["code"] == 200 and number == self.requests:
            for result in reply["results"]:
                if result["status"] == "invalid":
                    self.hold(result["id"])
            told = [each for each in reply["results"] if each["status"] != "invalid"]
            reply = {**reply, "results": told}
        super().hear_push(number, reply)

    def hold(self, change_id: str | None) -> None:
        """Set poison apart, so that it stops nothing; honest work never is called invalid."""
        for entry in self.outbox:
            if entry["change"]["id"] == change_id:
                assert entry.get("poison"), "an honest device was called invalid"
                self.outbox.remove(entry)
                self.held[entry["change"]["id"]] = entry["change"]
                return

    def hear_pull(self, number: int, reply: Json) -> None:
        """As any device; what was brought for others is let go of once everything was read."""
        super().hear_pull(number, reply)
        if reply["code"] == 200 and self.synced == reply.get("head") and not reply.get("more"):
            self.let_go()

    # ---- cards by file (docs/sync-protocol.md, 9) ----

    def overlay(self, record: str) -> Iterator[Json]:
        """What was handed over is seen like what is one's own."""
        yield from super().overlay(record)
        yield from (each for each in self.handed.values() if each["record"] == record)

    def hand_over_cards(self, scopes: list[str]) -> list[Json]:
        """The file: what waits of one's cards and where they are from, frozen from now on."""
        given = []
        for entry in self.outbox:
            change = entry["change"]
            is_card = change["kind"] in ("card", "card_source") and change["scope"] in scopes
            if is_card and not entry.get("poison"):
                entry["frozen"] = True
                given.append(change)
        return given

    def take_in(self, changes: list[Json]) -> None:
        self.handed |= {change["id"]: change for change in changes}

    def let_go(self) -> None:
        """Of what the server has, and this tablet has read since."""
        for change_id in self.brought:
            self.handed.pop(change_id, None)
        self.brought.clear()

    def bring(self) -> None:
        """Give the server what was taken in, each as its author's; the answer tells counts."""
        told = [
            {"network": self.network, "state": "waiting", "change": c} for c in self.handed.values()
        ]
        if not told:
            return
        file = {"format": "rounds-rescue", "version": 1, "app": "0.1.0", "changes": told}
        file |= {"made_at": self.made_at, "person": self.tablet_id}
        answer = self.post(f"networks/{self.network}/carry", file)
        if answer["code"] == 401:
            self.signed_out = True
        if answer["code"] == 200:
            self.brought |= self.handed.keys()

    # ---- accounts ----

    def sign_in(self, cookie: str) -> None:
        self.cookie, self.signed_out = cookie, False

    def sign_out(self) -> None:
        """Sign-out deletes nothing: what waits stays under this account."""
        self.cookie, self.signed_out = "", True

    def hand_over(self, other: TorturedDevice) -> None:
        """Another account takes the tablet: it gets nothing of this one."""

    # ---- what the screen says ----

    def word_of(self, change_id: str) -> str:
        """`on the server` only with an acknowledgement in hand, else where it is."""
        if change_id in self.acked:
            return {"applied": "on the server"}.get(self.acked[change_id]["status"], "not accepted")
        if change_id in self.held:
            return "not sent"
        if any(entry["change"]["id"] == change_id for entry in self.outbox):
            return "on this tablet"
        return ""


def _spelled(body: Json) -> bytes:
    """JSON as a browser sends it; poison with a lone surrogate by escapes, as browsers do."""
    try:
        return orjson.dumps(body)
    except TypeError:
        return json.dumps(body).encode()


def spoiled(change: Json, poison: str) -> Json:
    """The change, made unacceptable in one way."""
    made: dict[str, Callable[[], Any]] = {
        "nul": lambda: {**change, "set": {"text": "T:\x00"}},
        "surrogate": lambda: {**change, "set": {"text": "T: \ud800"}},
        "float": lambda: {**change, "set": {"minute": 1.5}},
        "too large": lambda: {**change, "set": {"text": "x" * 70_000}},
        "foreign author": lambda: {**change, "by": "00000000-0000-4000-8000-000000000001"},
        "no such field": lambda: {**change, "set": {"mood": "x"}},
        "no such word": lambda: {**change, "set": {"element": "weather"}},
        "newer app": lambda: {**change, "schema": 2},
    }
    bad: Json = made[poison]()
    names = bad["set"]
    return {**bad, "seen": dict.fromkeys(names, []), "depth": dict.fromkeys(names, 1)}


POISONS = {
    "nul": "invalid",
    "surrogate": "invalid",
    "float": "invalid",
    "too large": "invalid",
    "foreign author": "invalid",
    "no such field": "set_aside",
    "no such word": "set_aside",
    "newer app": "set_aside",
}
"""What makes a change unacceptable, and what the server must call it."""
