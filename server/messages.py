"""The one catalogue of words, read by the server: schemas/messages/<language>/*.json.

For errors, exports and messages to devices; screens bring their own copy of the same files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "es")
FOLDER = Path(__file__).resolve().parent.parent / "schemas" / "messages"


@cache
def catalogue(language: str) -> Mapping[str, str | dict[str, str]]:
    """Every key of a language, over all features."""
    words: dict[str, str | dict[str, str]] = {}
    for path in sorted((FOLDER / language).glob("*.json")):
        words.update(json.loads(path.read_text(encoding="utf-8")))
    return words


def say(key: str, language: str, **values: str | int | None) -> str:
    """The words of a key, filled in; English where a language has none; else the key."""
    words = catalogue(language).get(key) or catalogue("en").get(key) or key
    if isinstance(words, dict):
        words = words["one"] if values.get("count") == 1 else words["other"]
    for name, value in values.items():
        words = words.replace("{" + name + "}", str(value))
    return words


def say_error(code: str, language: str, **details: str | int | None) -> str:
    """What is wrong, in words; of several files packed together, in which one."""
    words, file = say(f"error.{code}", language, **details), details.get("file")
    return say("imports.in_file", language, file=file, fault=words) if file else words
