"""When a round is archived: what lies far back is kept as packs on devices.

The server says it and devices follow, so that no device's clock decides anything.
"""

from __future__ import annotations

from datetime import date

ARCHIVED_AFTER_YEARS = 1


def is_archived(visits_on: str | None, today: date) -> bool:
    """Whether the day of the visits lies twelve months back, or more.

    A round closes with its day. Its stage says nothing here: a lead's word that it is ready
    stays for ever. Without a day it is still being planned. Written `2026-11-22`, days
    compare as text; a 29th of February is archived on the 1st of March.
    """
    if not visits_on:
        return False
    return f"{int(visits_on[:4]) + ARCHIVED_AFTER_YEARS:04}{visits_on[4:]}" <= today.isoformat()
