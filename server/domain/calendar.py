"""Dates on a network's own calendar, as they stand in records: `2026-11-22`."""

from __future__ import annotations

from datetime import date


def day_of(text: str | None) -> date | None:
    """The date; None for no text, and for a day that no calendar has (`2026-02-31`)."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
