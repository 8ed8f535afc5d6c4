"""Texts as they are searched for: lower case, without accents."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """`Ángulo` and `angulo` are one word to whoever looks for it."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parted if not unicodedata.combining(sign))
