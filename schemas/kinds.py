"""All kinds of record, entered in `base.KINDS` by importing them here."""

from schemas import (
    agreement,
    debriefs,
    evidence,
    improvement,
    measures,
    networks,
    patterns,
    rounds,
    runbooks,
)
from schemas.base import KINDS

__all__ = [
    "KINDS",
    "agreement",
    "debriefs",
    "evidence",
    "improvement",
    "measures",
    "networks",
    "patterns",
    "rounds",
    "runbooks",
]
