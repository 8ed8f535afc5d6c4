"""What each device last said of itself: how much waits on it, never what.

One row a member and device, the newest alone: how much somebody writes is not recorded.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Base, UtcDateTime

Id = String(36)


class Heartbeat(Base):
    """`persisted` and `free_space` (bytes) are unknown where the browser does not say."""

    __tablename__ = "heartbeat"

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    member_id: Mapped[str] = mapped_column(Id, primary_key=True)
    device_id: Mapped[str] = mapped_column(Id, primary_key=True)
    unsent: Mapped[int]
    oldest_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    set_aside: Mapped[int]
    app_version: Mapped[str] = mapped_column(String(32))
    persisted: Mapped[bool | None]
    free_space: Mapped[int | None] = mapped_column(BigInteger)
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    emptied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_whole_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lost: Mapped[int | None]
    """Of the last time that its storage was emptied: when, and how much was only there."""
