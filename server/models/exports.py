"""The register of exports: what left, when, for whom. Append-only; holds no evidence."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Base, UtcDateTime


class Export(Base):
    """The manifest of one export. `member_id` is empty where an operator made it.

    `filter` and `counts` are JSON text; `sha256` is of the file as it left. `rounds`: ids of the
    rounds that it read, as JSON; empty where it was of none, as a measure is, and of files of
    before this was kept.
    """

    __tablename__ = "export"
    __table_args__ = (Index("ix_export_made_at", "network_id", "made_at"),)

    network_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    member_id: Mapped[str | None] = mapped_column(String(36))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    format: Mapped[str] = mapped_column(String(8))
    filter: Mapped[str] = mapped_column(Text)
    counts: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    rounds: Mapped[str | None] = mapped_column(Text)
