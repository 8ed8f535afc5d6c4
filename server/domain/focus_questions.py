"""When focus questions of several rounds are one question (docs/adr/0046)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

from server.domain.folding import fold
from server.domain.identifiers import derived_id

DIGITS = 16


def lasting_question_id(round_id: str, id_: str, standards: Iterable[str], text: str) -> str:
    """By where it was taken from in a framework, else by its words.

    A question that a plan chose from a framework has an id made of the plan's and of that
    item's, and keeps it when it is worded anew.
    """
    chosen = (each for each in standards if derived_id(round_id, each) == id_)
    same = next(chosen, None) or f"words\n{_words(text)}"
    return f"q{sha256(same.encode()).hexdigest()[:DIGITS]}"


def _words(text: str) -> str:
    """Without case, accents, stops and how it is spaced."""
    return " ".join(re.findall(r"\w+", fold(text)))
