"""Passwords: argon2id hashes, and the same time spent on an account that is not there.

Thirty tablets may sign in at the same minute: 19 MiB and two passes each (OWASP's figures
for argon2id), and no more than four at a time.
"""

from __future__ import annotations

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_at_once = threading.BoundedSemaphore(4)


def hash_password(password: str) -> str:
    with _at_once:
        return _hasher.hash(password)


def is_password(hashed: str | None, password: str) -> bool:
    """Whether the password fits. Takes as long where there is nothing to compare with."""
    against = hashed or _nobody()
    try:
        with _at_once:
            return _hasher.verify(against, password) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this password")
