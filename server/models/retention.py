"""The table of holds: rounds whose raw notes must stay, for a reason that members can read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Base, UtcDateTime

Id = String(36)


class Hold(Base):
    """One hold of one round, kept after it was lifted: who kept what, and why, stays known."""

    __tablename__ = "hold"
    __table_args__ = (
        Index(
            "ix_hold_standing",
            "network_id",
            "round_id",
            unique=True,
            sqlite_where=text("lifted_at IS NULL"),
            postgresql_where=text("lifted_at IS NULL"),
        ),
    )

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    round_id: Mapped[str] = mapped_column(Id)
    reason: Mapped[str] = mapped_column(Text)
    placed_by: Mapped[str] = mapped_column(Id)
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lifted_by: Mapped[str | None] = mapped_column(Id)
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
