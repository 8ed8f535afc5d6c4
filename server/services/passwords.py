"""Passwords: argon2id hashes, and the same time spent on an account that is not there.

Thirty tablets may sign in at the same minute: 19 MiB and two passes each (OWASP's figures
for argon2id), and no more than four at a time.
"""

from __future__ import annotations

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type, hash_secret_raw

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


def hash_of_code(code: str, salt: str) -> str:
    """64 hex digits for a short code, as slowly as for a password.

    Holds no place among those four: how many codes can be tried is bounded elsewhere.
    """
    made = hash_secret_raw(
        code.encode(),
        salt.encode(),
        time_cost=_hasher.time_cost,
        memory_cost=_hasher.memory_cost,
        parallelism=_hasher.parallelism,
        hash_len=32,
        type=Type.ID,
    )
    return made.hex()


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this password")
