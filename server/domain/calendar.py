"""Dates on a network's own calendar, as they stand in records: `2026-11-22`.

What leaves a round says the quarter of the year, never the day: who knows the day knows the
school, and its host every lesson of that day (rules 15 and 16).
"""

from __future__ import annotations

from datetime import date


def day_of(text: str | None) -> date | None:
    """The date; None for no text, and for a day that no calendar has (`2026-02-31`)."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def quarter_of(day: date) -> str:
    """`2026-Q4`: three months of a calendar year. Sorts as time does."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def begin_of(quarter: str) -> date:
    """Its first day."""
    year, _, number = quarter.partition("-Q")
    return date(int(year), 3 * int(number) - 2, 1)
