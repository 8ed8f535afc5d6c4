"""The table of what went wrong in the app on tablets: never a word that anybody wrote."""

from __future__ import annotations

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Base

Id = String(36)


class ClientError(Base):
    """One failure on one device: its name, the app's version, places in our own files."""

    __tablename__ = "client_error"
    __table_args__ = (Index("ix_client_error_device", "network_id", "device_id", "on"),)

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    device_id: Mapped[str] = mapped_column(Id)
    on: Mapped[str] = mapped_column(String(10))
    code: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(32))
    places: Mapped[str] = mapped_column(Text)
    """`file.js:line:column`, the innermost first, with spaces between."""
