"""The table of links to a return summary: one row a link, with ids, a hash and dates alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Base, UtcDateTime

Id = String(36)


class SummaryPage(Base):
    """A link that opens a round's summary to one audience without sign-in. Ended, it is gone."""

    __tablename__ = "summary_page"
    __table_args__ = (Index("ix_summary_page_round", "network_id", "round_id"),)

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    network_id: Mapped[str] = mapped_column(Id)
    round_id: Mapped[str] = mapped_column(Id)
    audience: Mapped[str] = mapped_column(String(16))
    made_by: Mapped[str] = mapped_column(Id)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
