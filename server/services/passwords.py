"""Passwords: argon2id hashes, and the same time spent on an account that is not there."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def is_password(hashed: str | None, password: str) -> bool:
    """Whether the password fits. Takes as long where there is nothing to compare with."""
    try:
        return _hasher.verify(hashed or _nobody(), password) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this password")
