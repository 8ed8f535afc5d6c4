"""Places: in which order what rounds released is read, and where a page begins.

A place names no round, school or day of a visit, and sorts byte by byte, on every database as
in Python.
"""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode

from server.errors import RuleBroken

TEXT_SIGNS = 64
"""By how many signs of its text something has its place."""
BETWEEN = "\x1f"
PARTS = 4


def place_of(first: str, second: str, text: str, id_: str) -> str:
    """Sorts by two words, then by the text. Each has a place of its own."""
    return BETWEEN.join((first, second, text[:TEXT_SIGNS], id_))


def spell_place(place: str) -> str:
    """For an answer, which calls it `more`."""
    return urlsafe_b64encode(place.encode()).decode().rstrip("=")


def read_place(after: str) -> str:
    """RuleBroken where no answer can have named it; PostgreSQL has no text with a NUL."""
    try:
        place = urlsafe_b64decode(after + "=" * (-len(after) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise RuleBroken("request.invalid", field="after") from error
    if "\0" in place or place.count(BETWEEN) < PARTS - 1:
        raise RuleBroken("request.invalid", field="after")
    return place
