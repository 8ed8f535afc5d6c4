"""The table of second screens: what shows a debrief to the room, by ids, hashes and dates alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Base, UtcDateTime

Id = String(36)


class Screen(Base):
    """A browser that waits with its code, or (`round_id` set) follows a round's debrief.

    `code` is public: it hangs on a wall. Who types it gives the screen something to show and
    learns nothing. What opens the debrief is the token in the screen's own cookie.
    """

    __tablename__ = "screen"
    __table_args__ = (Index("ix_screen_round", "network_id", "round_id"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(Id, unique=True)
    code: Mapped[str | None] = mapped_column(String(6), unique=True)
    network_id: Mapped[str | None] = mapped_column(Id)
    round_id: Mapped[str | None] = mapped_column(Id)
    shown_by: Mapped[str | None] = mapped_column(Id)
    shown_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
