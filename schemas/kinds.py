"""All kinds of record, entered in `base.KINDS` by importing them here."""

from schemas import (
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
    "debriefs",
    "evidence",
    "improvement",
    "measures",
    "networks",
    "patterns",
    "rounds",
    "runbooks",
]
