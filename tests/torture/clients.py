"""Layer P's devices: many at once, over real sockets, that push until everything is acked.

Each keeps a queue and offers its head again until the server's own answer acknowledges it
with the right hash. Written after docs/sync-protocol.md; imports none of the code under test.
"""

from __future__ import annotations

import asyncio
import json
import uuid
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

import orjson

from tests.sync.oracle import hash_of
from tests.torture.proxy import read_message
from tests.torture.stage import words_for

GIVES_UP_AFTER = 1.0
BATCH = 50


@dataclass
class Ack:
    network: str
    seq: int
    sha256: str


@dataclass
class Client:
    """One device of one member, with so many notes to send."""

    network: str
    member: str
    cookie: str
    dice: Random
    notes: int
    acks: dict[str, Ack] = field(default_factory=dict)
    heard: Counter[str] = field(default_factory=Counter)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def write_all(self) -> None:
        """Every note of the day: one in five is the next version of the one before."""
        for count in range(self.notes):
            before = self.waiting[-1] if self.waiting and count % 5 == 4 else None
            self.waiting.append(self._note(count, before))

    def _note(self, count: int, before: dict[str, Any] | None) -> dict[str, Any]:
        return {
            "id": self._id(),
            "n": count + 1,
            "by": self.member,
            "kind": "note",
            "record": before["record"] if before else self._id(),
            "scope": f"own:{self.member}",
            "schema": 1,
            "made_at": "2026-11-22T09:14:03Z",
            "set": {"text": words_for(self.dice.randrange(4_000))},
            "seen": {"text": [before["id"]] if before else []},
            "depth": {"text": before["depth"]["text"] + 1 if before else 1},
        }

    def _id(self) -> str:
        return str(uuid.UUID(int=self.dice.getrandbits(128), version=4))

    async def send_all(self, port: int) -> None:
        """Push batches until nothing waits."""
        while self.waiting:
            batch = self.waiting[:BATCH]
            body = {"network": self.network, "head": 0, "chain": "", "changes": batch}
            told = await self._post(port, orjson.dumps(body))
            if told is None:
                await asyncio.sleep(self.dice.random() / 3)
            else:
                self._hear(batch, told)

    async def _post(self, port: int, body: bytes) -> dict[str, Any] | None:
        """The server's own whole answer with status 200; None for anything else."""
        try:
            answer = await asyncio.wait_for(self._exchange(port, body), GIVES_UP_AFTER)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            self.heard["nothing"] += 1
            return None
        head, _, said = answer.partition(b"\r\n\r\n")
        status = head.split(b" ", 2)[1].decode()
        ours = b"sync-server: 1" in head.lower()
        self.heard[f"{status} ours" if ours else f"{status} another's"] += 1
        return json.loads(said) if ours and status == "200" else None

    async def _exchange(self, port: int, body: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            head = (
                "POST /api/v1/push HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                f"Content-Type: application/json\r\nCookie: {self.cookie}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            writer.write(head.encode() + body)
            await writer.drain()
            return await read_message(reader)
        finally:
            writer.close()

    def _hear(self, batch: list[dict[str, Any]], told: dict[str, Any]) -> None:
        for change, result in zip(batch, told["results"], strict=True):
            fits = result["id"] == change["id"] and result["sha256"] == hash_of(change)
            if result["status"] != "applied" or not fits:
                self.wrong.append(f"{result['status']} {result.get('reason')}")
            self.acks[change["id"]] = Ack(self.network, result["seq"], result["sha256"])
        self.waiting = self.waiting[len(batch) :]
