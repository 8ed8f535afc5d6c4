"""A crowd of devices that come back at once: kept connections, requests made beforehand.

The load is to cost the machine as little as may be, since it shares one core with the server
that it measures: bytes go out on every connection, then the answers are read one by one.
"""

from __future__ import annotations

import gzip
import socket
from collections.abc import Sequence
from typing import Any

import orjson

Json = dict[str, Any]
_LENGTH = b"content-length:"


class Crowd:
    """One connection a device, each signed in by its own token."""

    def __init__(self, port: int, tokens: Sequence[str]) -> None:
        self._port = port
        self._tokens = tokens
        self._sockets = [self._connect() for _ in tokens]

    def _connect(self) -> socket.socket:
        link = socket.create_connection(("127.0.0.1", self._port), timeout=120)
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return link

    def request(self, device: int, path: str, body: Json) -> bytes:
        """The bytes of one request of one device."""
        spelled = orjson.dumps(body)
        head = (
            f"POST {path} HTTP/1.1\r\nHost: localhost:{self._port}\r\n"
            f"Cookie: rounds_session={self._tokens[device]}\r\n"
            "Content-Type: application/json\r\nAccept-Encoding: gzip\r\n"
            f"Content-Length: {len(spelled)}\r\n\r\n"
        )
        return head.encode() + spelled

    def send(self, requests: Sequence[bytes]) -> list[tuple[int, bytes]]:
        """Every device sends its request at once: status and body of each answer, in order."""
        for link, data in zip(self._sockets, requests, strict=False):
            link.sendall(data)
        return [_answer(link) for link in self._sockets[: len(requests)]]

    def send_one(self, device: int, data: bytes) -> bytes:
        """The body of one device's answer."""
        status, body = self.ask(device, data)
        assert status == 200, (status, body[:300])
        return body

    def ask(self, device: int, data: bytes) -> tuple[int, bytes]:
        """Status and body of one device's answer."""
        link = self._sockets[device]
        link.sendall(data)
        return _answer(link)

    def close(self) -> None:
        for link in self._sockets:
            link.close()


def _answer(link: socket.socket) -> tuple[int, bytes]:
    """Status and body; a compressed body stays so, as on a device's own network thread."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _some(link)
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.lower().partition(_LENGTH)[2].split(b"\r\n")[0])
    parts = [body]
    missing = length - len(body)
    while missing > 0:
        parts.append(_some(link))
        missing -= len(parts[-1])
    return int(head.split(b" ", 2)[1]), b"".join(parts)


def _some(link: socket.socket) -> bytes:
    data = link.recv(1 << 18)
    if not data:
        raise AssertionError("the server closed a connection")
    return data


def parsed(body: bytes) -> Json:
    """An answer's JSON, compressed or not."""
    plain = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
    found: Json = orjson.loads(plain)
    return found
