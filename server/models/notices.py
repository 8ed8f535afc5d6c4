"""Tables of notices: what somebody is told later, and the browsers that can be told.

A notice holds no text of anybody: a kind, what it is about, and when it is due.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Base, UtcDateTime

Id = String(36)


class PushSubscription(Base):
    """A browser that a person allowed to show notices. Gone as soon as its service says so."""

    __tablename__ = "push_subscription"
    __table_args__ = (Index("ix_push_subscription_endpoint_hash", "endpoint_hash", unique=True),)

    person_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    endpoint: Mapped[str] = mapped_column(Text)
    endpoint_hash: Mapped[str] = mapped_column(String(64))
    p256dh: Mapped[str] = mapped_column(String(128))
    auth: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Notice(Base):
    """One thing to tell one member, once. A changed date moves it and makes it due again."""

    __tablename__ = "notice"
    __table_args__ = (
        Index(
            "ix_notice_due_at",
            "due_at",
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
    )

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    subject_id: Mapped[str] = mapped_column(Id, primary_key=True)
    member_id: Mapped[str] = mapped_column(Id, primary_key=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(16))
