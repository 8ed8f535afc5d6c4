"""One encrypted push message to one browser, and what the push service said.

The endpoint of a subscription is chosen by the device, so it is not trusted: only the
services that browsers really use are asked, over TLS, at public addresses, without following
redirects, within ten seconds. Must not know what a message says or who gets it.
"""

from __future__ import annotations

import base64
import ipaddress
import os
import socket
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives import serialization
from py_vapid import Vapid02
from pywebpush import WebPushException, webpush

from server.config import LOOPBACK

SERVICES = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
"""Hosts of the browsers' push services; a subdomain of one counts as it."""

SECONDS = 10
A_DAY = 24 * 60 * 60


class Delivery(StrEnum):
    SENT = "sent"
    GONE = "gone"
    """The browser has given the subscription up: forget it."""
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a browser's `pushManager.subscribe` gives: an https address and two keys."""

    endpoint: str
    p256dh: str
    auth: str


def may_ask(endpoint: str, admitted: Collection[str] = ()) -> bool:
    """Whether the endpoint is a known service, or a host that the operator admits beside them.

    Plain http is for this machine alone, and only where it was admitted.
    """
    try:
        address = urlsplit(endpoint)
        host, port = address.hostname or "", address.port
    except ValueError:
        return False
    if host in LOOPBACK:
        return host in admitted
    known = any(host == each or host.endswith("." + each) for each in (*SERVICES, *admitted))
    return address.scheme == "https" and known and port in {None, 443} and not address.username


def _is_public(host: str) -> bool:
    found = socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return all(ipaddress.ip_address(entry[4][0]).is_global for entry in found)


class _NoRedirects(requests.Session):
    """A session that sends a request where it was told to, and nowhere else."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        kwargs["allow_redirects"] = False
        return super().request(*args, **kwargs)


def vapid_key(folder: Path) -> Vapid02:
    """The server's own key, made at first start and kept readable by its owner alone."""
    path = folder / "vapid.pem"
    if not path.exists():
        key = Vapid02()
        key.generate_keys()
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.private_pem())
    return Vapid02.from_file(str(path))


def public_key(key: Vapid02) -> str:
    """The key as browsers want it in `applicationServerKey`: base64url, no padding."""
    raw = key.public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def deliver(
    subscription: Subscription,
    message: str,
    *,
    key: Vapid02,
    contact: str,
    topic: str,
    admitted: Collection[str] = (),
) -> Delivery:
    """Send one message. Whatever goes wrong is a `Delivery`, never an exception.

    `contact` is a mailto: or https: address of whoever runs the server (RFC 8292). A later
    message of the same `topic` replaces one that has not arrived yet (RFC 8030, 5.4).
    """
    host = urlsplit(subscription.endpoint).hostname or ""
    if not may_ask(subscription.endpoint, admitted):
        return Delivery.GONE
    try:
        if host not in LOOPBACK and not _is_public(host):
            return Delivery.LATER
        with _NoRedirects() as session:
            webpush(
                {
                    "endpoint": subscription.endpoint,
                    "keys": {"p256dh": subscription.p256dh, "auth": subscription.auth},
                },
                message,
                vapid_private_key=key,
                vapid_claims={"sub": contact},
                timeout=SECONDS,
                ttl=A_DAY,
                headers=_headers(topic),
                requests_session=session,
            )
    except WebPushException as refusal:
        # No status: the keys are such that nothing can ever be encrypted for them.
        return Delivery.GONE if refusal.status_code in {None, 404, 410} else Delivery.LATER
    except (requests.RequestException, OSError):
        return Delivery.LATER
    except ValueError:
        return Delivery.GONE
    return Delivery.SENT


def _headers(topic: str) -> Mapping[str, str | int | float]:
    return {"Urgency": "normal", "Topic": topic[:32]}
