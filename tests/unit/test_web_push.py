"""Web push against a push service of our own on loopback, which decrypts what it gets."""

import base64
import http.server
import json
import os
import stat
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import http_ece
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from server.services.web_push import (
    Delivery,
    Subscription,
    deliver,
    may_ask,
    public_key,
    vapid_key,
)


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Browser:
    """A browser's half of a subscription, and what it received."""

    port: int = 0
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = field(default_factory=lambda: os.urandom(16))
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def subscription(self, path: str = "/ok") -> Subscription:
        raw = self.private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return Subscription(
            f"http://127.0.0.1:{self.port}{path}", base64url(raw), base64url(self.auth)
        )


ANSWERS = {"/gone": 410, "/unknown": 404, "/busy": 429, "/moved": 302}


@pytest.fixture
def browser() -> Iterator[Browser]:
    listening = Browser()

    class PushService(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_POST(self) -> None:
            listening.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = ANSWERS.get(self.path, 201)
            if status == 201:
                text = http_ece.decrypt(
                    body, private_key=listening.private, auth_secret=listening.auth
                )
                named = {name.lower(): value for name, value in self.headers.items()}
                listening.received.append((named, text))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", f"http://127.0.0.1:{listening.port}/internal")
            self.send_header("Content-Length", "0")
            self.end_headers()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), PushService)
    listening.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield listening
    server.shutdown()
    thread.join()
    server.server_close()


def send(browser: Browser, folder: Path, path: str = "/ok") -> Delivery:
    return deliver(
        browser.subscription(path),
        json.dumps({"title": "notice.debrief_opens"}),
        key=vapid_key(folder),
        contact="mailto:it@example.org",
        topic="debrief",
        loopback=True,
    )


def test_a_browser_can_decrypt_what_it_is_sent(browser: Browser, tmp_path: Path):
    assert send(browser, tmp_path) == Delivery.SENT

    headers, text = browser.received[0]
    assert json.loads(text) == {"title": "notice.debrief_opens"}
    assert headers["authorization"].startswith("vapid t=")
    assert headers["topic"] == "debrief"


@pytest.mark.parametrize(
    ("path", "delivery"),
    [("/gone", Delivery.GONE), ("/unknown", Delivery.GONE), ("/busy", Delivery.LATER)],
)
def test_what_the_service_says_decides_what_happens_next(
    browser: Browser, tmp_path: Path, path: str, delivery: Delivery
):
    assert send(browser, tmp_path, path) == delivery


def test_a_redirect_is_never_followed(browser: Browser, tmp_path: Path):
    assert send(browser, tmp_path, "/moved") == Delivery.LATER
    assert browser.asked == ["/moved"]


def test_keys_that_no_browser_makes_end_the_subscription(browser: Browser, tmp_path: Path):
    broken = Subscription(f"http://127.0.0.1:{browser.port}/ok", "AAAA", "AAAA")

    delivery = deliver(
        broken,
        "{}",
        key=vapid_key(tmp_path),
        contact="mailto:it@example.org",
        topic="debrief",
        loopback=True,
    )

    assert delivery == Delivery.GONE


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com.example.org/x",
        "https://example.org/fcm.googleapis.com",
        "https://user@fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://[broken/x",
        "file:///etc/passwd",
        "",
    ],
)
def test_an_endpoint_that_is_no_push_service_is_never_asked(endpoint: str):
    assert not may_ask(endpoint)


@pytest.mark.parametrize(
    "endpoint", ["https://fcm.googleapis.com/fcm/send/x", "https://web.push.apple.com/x"]
)
def test_the_browsers_own_services_are_asked(endpoint: str):
    assert may_ask(endpoint)


def test_the_servers_key_is_made_once_and_is_its_owners_alone(tmp_path: Path):
    first = public_key(vapid_key(tmp_path))

    assert public_key(vapid_key(tmp_path)) == first
    assert len(first) == 87
    assert stat.S_IMODE((tmp_path / "vapid.pem").stat().st_mode) == 0o600
