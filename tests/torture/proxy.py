"""Layer P's link: a proxy between devices and the real server that does to requests what
school networks do.

One request a connection. Each draws a fault from the dice: dropped before or after the
server had it, cut either way, sent twice, held back, swallowed one way, or answered by
somebody else. Knows HTTP only as far as Content-Length.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from random import Random
from typing import TypeAlias

Reader: TypeAlias = asyncio.StreamReader
Writer: TypeAlias = asyncio.StreamWriter


def _by_another(status: str, body: str = "<html>Not the server</html>", *more: str) -> bytes:
    head = [f"HTTP/1.1 {status}", "Content-Type: text/html", f"Content-Length: {len(body)}", *more]
    return ("\r\n".join([*head, "Connection: close", "", ""]) + body).encode()


ANSWERS = {
    "portal": _by_another("200 OK", "<html>Welcome to the guest Wi-Fi</html>"),
    "204": _by_another("204 No Content", ""),
    "redirect": _by_another("302 Found", "", "Location: http://portal.example/login"),
    **{
        str(status): _by_another(f"{status} Not The Server")
        for status in (401, 403, 413, 423, 429, 500, 503)
    },
}
"""What answers in the server's place, and never reaches it."""

LINKS = (
    "drop before",
    "drop after",
    "cut request",
    "cut answer",
    "twice",
    "delay",
    "slow body",
    "reorder",
    "one way",
    "stall",
)
FAULTS = (*LINKS, *ANSWERS)


class Proxy:
    """Listens on a port of its own. `share`: how many requests of a hundred meet a fault."""

    def __init__(self, upstream: int, dice: Random, share: int = 30) -> None:
        self.upstream, self.dice, self.share = upstream, dice, share
        self.port = 0
        self.counts: Counter[str] = Counter()
        self._held: asyncio.Event = asyncio.Event()
        self._open: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Listen no more, and let go of what is held."""
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    def _take(self, reader: Reader, writer: Writer) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def _serve(self, reader: Reader, writer: Writer) -> None:
        try:
            request = await read_message(reader)
            fault = self._draw()
            answer = await self._under(fault, request)
            if answer:
                writer.write(answer)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            self.counts["server away"] += 1
        finally:
            writer.close()

    def _draw(self) -> str:
        fault = self.dice.choice(FAULTS) if self.dice.randrange(100) < self.share else "ok"
        self.counts[fault] += 1
        return fault

    async def _under(self, fault: str, request: bytes) -> bytes:
        if fault in ANSWERS:
            return ANSWERS[fault]
        does: Callable[[bytes], Awaitable[bytes]] = getattr(self, "_" + fault.replace(" ", "_"))
        return await does(request)

    async def _ok(self, request: bytes, pieces: Sequence[bytes] = ()) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        try:
            for piece in pieces or (request,):
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.02 if pieces else 0)
            answer = await read_message(reader)
            self._held.set()
            return answer
        finally:
            writer.close()

    async def _drop_before(self, request: bytes) -> bytes:
        return b""

    async def _drop_after(self, request: bytes) -> bytes:
        await self._ok(request)
        return b""

    async def _cut_request(self, request: bytes) -> bytes:
        """The server sees the beginning, then the end of the connection."""
        _, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        writer.write(request[: self.dice.randrange(len(request))])
        await writer.drain()
        writer.close()
        return b""

    async def _cut_answer(self, request: bytes) -> bytes:
        answer = await self._ok(request)
        return answer[: self.dice.randrange(len(answer))]

    async def _twice(self, request: bytes) -> bytes:
        await self._ok(request)
        return await self._ok(request)

    async def _delay(self, request: bytes) -> bytes:
        await asyncio.sleep(self.dice.random() / 4)
        return await self._ok(request)

    async def _slow_body(self, request: bytes) -> bytes:
        """In eight pieces, with a pause after each."""
        size = -(-len(request) // 8)
        return await self._ok(request, [request[at:][:size] for at in range(0, len(request), size)])

    async def _reorder(self, request: bytes) -> bytes:
        """Held until another request has been answered, or a moment has passed."""
        self._held.clear()
        try:
            await asyncio.wait_for(self._held.wait(), 0.5)
        except TimeoutError:
            self.counts["reordered by time"] += 1
        return await self._ok(request)

    async def _one_way(self, request: bytes) -> bytes:
        """The server hears; the device waits until it gives up."""
        await self._ok(request)
        await asyncio.sleep(2)
        return b""

    async def _stall(self, request: bytes) -> bytes:
        await asyncio.sleep(2)
        return b""


async def read_message(reader: Reader) -> bytes:
    """Head and body of one request or answer. IncompleteReadError when it was cut."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    return head + await reader.readexactly(length)
