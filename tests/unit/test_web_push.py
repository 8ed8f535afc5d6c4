"""Web push against a push service of our own on loopback, which decrypts what it gets."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.services import web_push
from server.services.web_push import (
    Delivery,
    Subscription,
    deliver,
    may_ask,
    public_key,
    vapid_key,
)
from tests.push_service import SILENT, Browser, a_browser_with_push


@pytest.fixture
def browser() -> Iterator[Browser]:
    with a_browser_with_push() as browser:
        yield browser


def send(browser: Browser, folder: Path, path: str = "/ok") -> Delivery:
    return deliver(
        Subscription(browser.endpoint(path), browser.p256dh, browser.auth),
        json.dumps({"title": "notice.debrief_opens"}),
        key=vapid_key(folder),
        contact="mailto:it@example.org",
        topic="debrief",
        admitted={"127.0.0.1"},
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


def test_a_service_that_takes_the_message_and_says_nothing_holds_nobody_up(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert web_push.SECONDS <= 10
    monkeypatch.setattr(web_push, "SECONDS", 0.2)

    assert send(browser, tmp_path, SILENT) == Delivery.LATER
    assert browser.asked == [SILENT]


def test_keys_that_no_browser_makes_end_the_subscription(browser: Browser, tmp_path: Path):
    broken = Subscription(browser.endpoint(), "AAAA", "AAAA")

    delivery = deliver(
        broken,
        "{}",
        key=vapid_key(tmp_path),
        contact="mailto:it@example.org",
        topic="debrief",
        admitted={"127.0.0.1"},
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
