"""The public half of the key with which this server signs web push, for `Me`."""

from __future__ import annotations

from server.config import Settings


def public_key(settings: Settings) -> str | None:
    """The key for `pushManager.subscribe`; None while the server sends no push."""
    return None
