"""Tables of the imported directory of districts and schools: looked up, never evidence.

The same for every network of the server. A network's own schools are records.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.dialects.postgresql import VARCHAR
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Base

# Byte order, so that the words with one beginning stand together in the index.
Word = String(64).with_variant(VARCHAR(64, collation="C"), "postgresql")


class DirectoryEntry(Base):
    """A district or a school, as a state or the federal list publishes it.

    `id` is state and codes, `co/0880` or `co/0880/0187`: names repeat, and leading zeros
    are part of a code. `name` is empty where only a list of ids has come so far.
    """

    __tablename__ = "directory_entry"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(8))
    district_id: Mapped[str | None] = mapped_column(String(64))
    name: Mapped[str | None] = mapped_column(Text)
    nces_id: Mapped[str | None] = mapped_column(String(16))
    charter: Mapped[bool | None]
    source: Mapped[str] = mapped_column(Text)


class DirectoryWord(Base):
    """One word by which an entry is found: of its name, its district's name, or an id."""

    __tablename__ = "directory_word"
    __table_args__ = (Index("ix_directory_word_entry_id", "entry_id"),)

    word: Mapped[str] = mapped_column(Word, primary_key=True)
    entry_id: Mapped[str] = mapped_column(
        String(64), ForeignKey("directory_entry.id"), primary_key=True
    )
