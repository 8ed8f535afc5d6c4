"""The key with which this server signs web push: made at first start, kept in DATA_DIR."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from py_vapid import Vapid02

from server.config import Settings
from server.services import web_push


@cache
def _key(folder: str) -> Vapid02:
    Path(folder).mkdir(parents=True, exist_ok=True)
    return web_push.vapid_key(Path(folder))


def key(settings: Settings) -> Vapid02:
    return _key(settings.data_dir)


def public_key(settings: Settings) -> str | None:
    """The public half, for `pushManager.subscribe` and for `Me`."""
    return web_push.public_key(key(settings))
