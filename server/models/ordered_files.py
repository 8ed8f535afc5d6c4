"""Files of patterns that are made in the background: who asked for what, and how far it is.

Holds no evidence; the file itself lies in the data folder, under the row's id.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Base, UtcDateTime

Id = String(36)


class OrderedFile(Base):
    """`state` is a word of schemas.exports.FILE_STATES; `why` it was refused is
    the code of the broken rule and its details, as JSON.

    one_table: the table that the file is; None where it is all of them.
    done and of count patterns while it is made. manifest: what the register will say, as JSON.
    regular_id: the record that wants it regularly; None where it was asked for once.
    rounds: what was read for it (services/ordered_files.Rounds), as JSON; head: the network's
    number when it was read.
    """

    __tablename__ = "ordered_file"
    __table_args__ = (Index("ordered_file_by_state", "state", "asked_at"),)

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    member_id: Mapped[str] = mapped_column(Id)
    regular_id: Mapped[str | None] = mapped_column(Id)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    goes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    format: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(2))
    bom: Mapped[bool] = mapped_column(Boolean)
    one_table: Mapped[str | None] = mapped_column(String(24))
    filter: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    why: Mapped[str | None] = mapped_column(Text)
    done: Mapped[int] = mapped_column(Integer)
    of: Mapped[int] = mapped_column(Integer)
    head: Mapped[int] = mapped_column(BigInteger)
    rounds: Mapped[str] = mapped_column(Text)
    manifest: Mapped[str] = mapped_column(Text)
    fetched: Mapped[bool] = mapped_column(Boolean)
