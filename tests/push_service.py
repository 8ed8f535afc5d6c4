"""A push service of our own on loopback, which decrypts what a browser would receive."""

from __future__ import annotations

import base64
import http.server
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

ANSWERS = {"/gone": 410, "/unknown": 404, "/busy": 429, "/moved": 302}
"""What the service says to a path; 201 to any other, and nothing to SILENT."""
SILENT = "/silent"


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Browser:
    """A browser's half of a subscription, and what it received."""

    port: int = 0
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    secret: bytes = field(default_factory=lambda: os.urandom(16))
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)

    @property
    def p256dh(self) -> str:
        point = serialization.PublicFormat.UncompressedPoint
        public = self.private.public_key()
        return base64url(public.public_bytes(serialization.Encoding.X962, point))

    @property
    def auth(self) -> str:
        return base64url(self.secret)

    def endpoint(self, path: str = "/ok") -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def a_browser_with_push() -> Iterator[Browser]:
    """A browser whose push service listens until the block ends."""
    browser = Browser()

    class PushService(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_POST(self) -> None:
            browser.asked.append(self.path)
            if self.path == SILENT:
                browser.ending.wait()
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = ANSWERS.get(self.path, 201)
            if status == 201:
                named = {name.lower(): value for name, value in self.headers.items()}
                text = http_ece.decrypt(
                    body, private_key=browser.private, auth_secret=browser.secret
                )
                browser.received.append((named, text))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", browser.endpoint("/internal"))
            self.send_header("Content-Length", "0")
            self.end_headers()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), PushService)
    browser.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield browser
    finally:
        browser.ending.set()
        server.shutdown()
        thread.join()
        server.server_close()
