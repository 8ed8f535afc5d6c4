"""One spelling for one value: canonical JSON, its hash, and the chain of hashes.

UTF-8, no spaces, keys in order, strings escaped as `JSON.stringify` does, arrays as sent,
text never normalised (docs/sync-protocol.md, 3). Keys are ASCII, so that the order of keys
is the same in Python and JavaScript, which sort U+FFFF and an emoji differently.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import orjson


def canonical(value: Any) -> bytes:
    """The one spelling. TypeError (orjson.JSONEncodeError) for what has none."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def digest(spelled: bytes) -> str:
    """Lower-case hex SHA-256."""
    return sha256(spelled).hexdigest()


def link(previous: str, change_id: str, change_sha256: str, verdict: str) -> str:
    """The next link of a network's chain; the first hangs on an empty string."""
    return sha256(f"{previous}\n{change_id}\n{change_sha256}\n{verdict}".encode()).hexdigest()
