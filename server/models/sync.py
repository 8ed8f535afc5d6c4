"""Tables of the sync log: a network's counter row, its changes, its merged records.

Only server/sync writes `change`, `record` and the two projections; a test looks for others.
The rules stand in docs/sync-protocol.md, 3 and 5.
"""

from __future__ import annotations

from datetime import datetime
from secrets import token_hex

from sqlalchemy import BigInteger, Boolean, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from server import clock
from server.db import Base, UtcDateTime


class Network(Base):
    """One tenant, and the counter row that orders everything its members write.

    `(head, chain)` is the last number given and its link. `epoch` is replaced by a restore.
    `durable` is the head that the newest completed backup holds. `forgotten` is the greatest
    number of a tombstone that is told no more: who read less than that must read everything.
    """

    __tablename__ = "network"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC", server_default="UTC")
    settings: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    epoch: Mapped[str] = mapped_column(String(32), default=lambda: token_hex(16))
    head: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    chain: Mapped[str] = mapped_column(String(64), default="", server_default="")
    durable: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    forgotten: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=lambda: clock.now())


class Change(Base):
    """What the server numbered, as it was sent. Append-only.

    What moves: `status` with `released_seq` when a set-aside change is released, and a
    purged `body`, which becomes empty. `verdict` is part of the chain and never moves.
    """

    __tablename__ = "change"

    network_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(36))
    device_id: Mapped[str | None] = mapped_column(String(36))
    kind: Mapped[str] = mapped_column(String(64))
    record_id: Mapped[str] = mapped_column(String(36))
    scope: Mapped[str] = mapped_column(String(64))
    body: Mapped[str | None] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    chain: Mapped[str] = mapped_column(String(64))
    verdict: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(String(16))
    field: Mapped[str | None] = mapped_column(String(64))
    released_seq: Mapped[int | None] = mapped_column(BigInteger)
    author_id: Mapped[str | None] = mapped_column(String(36))
    carried_by: Mapped[str | None] = mapped_column(String(36))
    received_at: Mapped[str] = mapped_column(String(20))
    begins: Mapped[bool] = mapped_column(Boolean, default=False, server_default=text("false"))
    """Whether it made its record. Most changes do: a note is written once. The record knows
    the number of that one, so that only the others need an index by record."""

    __table_args__ = (
        Index("change_by_id", "network_id", "id", unique=True),
        Index(
            "change_by_record",
            "network_id",
            "record_id",
            "seq",
            sqlite_where=text("NOT begins"),
            postgresql_where=text("NOT begins"),
        ),
        Index(
            "change_set_aside",
            "network_id",
            "author_id",
            sqlite_where=text("status = 'set_aside'"),
            postgresql_where=text("status = 'set_aside'"),
        ),
    )


class Record(Base):
    """A record as its applied changes make it. `state` is JSON text; null once purged."""

    __tablename__ = "record"

    network_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(64))
    scope: Mapped[str] = mapped_column(String(64))
    seq: Mapped[int] = mapped_column(BigInteger)
    schema: Mapped[int] = mapped_column(Integer)
    state: Mapped[str | None] = mapped_column(Text)
    deleted: Mapped[bool] = mapped_column(Boolean)
    began: Mapped[int | None] = mapped_column(BigInteger)
    """The number of the change that made it; none where a released change did."""

    __table_args__ = (
        Index("record_by_scope", "network_id", "scope", "seq", "id"),
        Index("record_by_kind", "network_id", "kind", "scope"),
    )


class Participation(Base):
    """Who is what in which round: the winners of one `participant` record.

    One row a record and not a member: two records may name the same member, and the
    member then holds the roles of both.
    """

    __tablename__ = "participation"

    network_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    record_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    round_id: Mapped[str] = mapped_column(String(36))
    member_id: Mapped[str] = mapped_column(String(36))
    roles: Mapped[str] = mapped_column(Text)
    """Words of RoundRole, sorted, with spaces between."""

    __table_args__ = (
        Index("participation_by_member", "network_id", "member_id"),
        Index("participation_by_round", "network_id", "round_id"),
    )


class RoundIndex(Base):
    """The rounds of a network: one row for each round that any record belongs to.

    Grants and the release of a round to its district (rule 10) read it. All but the ids is
    empty until the `round` record itself has come.
    """

    __tablename__ = "round_index"

    network_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    round_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    host_school_id: Mapped[str | None] = mapped_column(String(36))
    visits_on: Mapped[str | None] = mapped_column(String(10))
    stage: Mapped[str | None] = mapped_column(String(16))
    opened: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Words of Audience that the host opened the return summary to, with spaces between."""
    deleted: Mapped[bool] = mapped_column(Boolean, default=False, server_default=text("false"))

    __table_args__ = (Index("round_index_by_host", "network_id", "host_school_id"),)
