"""Tables of people: who they are, what they belong to, how they sign in.

Secrets stand here as hashes alone. A person, their devices and sessions are keyed by the
person; a membership by the network. `membership.id` is the member id that changes name as
`by`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.db import Base, UtcDateTime

Id = String(36)
Hash = String(64)


class Person(Base):
    """Somebody who signs in. `email` is lower case; both ways of signing in are optional."""

    __tablename__ = "person"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text, unique=True)
    password_hash: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Membership(Base):
    """A person in a network. `roles` are words parted by a space."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("network_id", "person_id"),
        Index("ix_membership_person_id", "person_id"),
    )

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"))
    roles: Mapped[str] = mapped_column(Text)
    position: Mapped[str | None] = mapped_column(String(40))
    school_id: Mapped[str | None] = mapped_column(Id)
    district_id: Mapped[str | None] = mapped_column(Id)
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Device(Base):
    """A tablet, phone or browser that a person signed in on. The device makes its id."""

    __tablename__ = "device"

    person_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"), primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Session(Base):
    """A sign-in. `network_id` narrows one that a network's lead made to that network."""

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_person_id", "person_id"),)

    token_hash: Mapped[str] = mapped_column(Hash, primary_key=True)
    id: Mapped[str] = mapped_column(Id, unique=True)
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"))
    device_id: Mapped[str | None] = mapped_column(Id)
    network_id: Mapped[str | None] = mapped_column(Id)
    may_set_password: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Invitation(Base):
    """A place kept for somebody, or (`person_id` set) a way back in for a member."""

    __tablename__ = "invitation"

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str | None] = mapped_column(Id, ForeignKey("person.id"))
    name: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    roles: Mapped[str] = mapped_column(Text)
    position: Mapped[str | None] = mapped_column(String(40))
    school_id: Mapped[str | None] = mapped_column(Id)
    district_id: Mapped[str | None] = mapped_column(Id)
    invited_by: Mapped[str | None] = mapped_column(Id)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    spent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class InvitationLink(Base):
    """One token of an invitation. A fresh one does not end those already printed."""

    __tablename__ = "invitation_link"
    __table_args__ = (Index("ix_invitation_link_invitation", "network_id", "invitation_id"),)

    token_hash: Mapped[str] = mapped_column(Hash, primary_key=True)
    network_id: Mapped[str] = mapped_column(Id)
    invitation_id: Mapped[str] = mapped_column(Id)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SignInCode(Base):
    """Six digits: the first three choose the row, the last three must fit.

    So a wrong guess is counted against the code it aimed at.
    """

    __tablename__ = "sign_in_code"
    __table_args__ = (Index("ix_sign_in_code_invitation", "network_id", "invitation_id"),)

    first_digits: Mapped[str] = mapped_column(String(3), primary_key=True)
    code_hash: Mapped[str] = mapped_column(Hash)
    network_id: Mapped[str] = mapped_column(Id)
    invitation_id: Mapped[str] = mapped_column(Id)
    tries_left: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Attempt(Base):
    """A wrong sign-in or code, counted against an account, a device or an address."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_subject_at", "subject", "at"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    subject: Mapped[str] = mapped_column(Hash)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Audit(Base):
    """Who did what to whom, when. Append-only; each row's hash covers the one before.

    covers: of a file that left, the hash of its manifest in the register; empty for all else,
    and for files of before this was kept.
    """

    __tablename__ = "audit"

    network_id: Mapped[str] = mapped_column(Id, primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[str | None] = mapped_column(Id)
    action: Mapped[str] = mapped_column(String(64))
    subject_id: Mapped[str | None] = mapped_column(Id)
    covers: Mapped[str | None] = mapped_column(Hash)
    hash: Mapped[str] = mapped_column(Hash)
