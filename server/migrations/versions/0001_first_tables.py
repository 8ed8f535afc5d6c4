"""The first tables: people, the sync log, the directory, exports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _person()
    _membership()
    _device()
    _session()
    _invitation()
    _invitation_link()
    _sign_in_code()
    _attempt()
    _audit()
    _network()
    _change()
    _record()
    _participation()
    _round_index()
    _directory_entry()
    _directory_word()
    _export()


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("email", name="uq_person_email"),
    )


def _membership() -> None:
    op.create_table(
        "membership",
        sa.Column("network_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("position", sa.String(length=40), nullable=True),
        sa.Column("school_id", sa.String(length=36), nullable=True),
        sa.Column("district_id", sa.String(length=36), nullable=True),
        sa.Column("joined_at", sa.DateTime(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_membership_person_id"),
        sa.PrimaryKeyConstraint("network_id", "id", name="pk_membership"),
        sa.UniqueConstraint("network_id", "person_id", name="uq_membership_network_id_person_id"),
    )
    op.create_index("ix_membership_person_id", "membership", ["person_id"], unique=False)


def _device() -> None:
    op.create_table(
        "device",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_device_person_id"),
        sa.PrimaryKeyConstraint("person_id", "id", name="pk_device"),
    )


def _session() -> None:
    op.create_table(
        "session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=True),
        sa.Column("network_id", sa.String(length=36), nullable=True),
        sa.Column("may_set_password", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_session_person_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_session"),
        sa.UniqueConstraint("id", name="uq_session_id"),
    )
    op.create_index("ix_session_person_id", "session", ["person_id"], unique=False)


def _invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("network_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("position", sa.String(length=40), nullable=True),
        sa.Column("school_id", sa.String(length=36), nullable=True),
        sa.Column("district_id", sa.String(length=36), nullable=True),
        sa.Column("invited_by", sa.String(length=36), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("spent_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_invitation_person_id"),
        sa.PrimaryKeyConstraint("network_id", "id", name="pk_invitation"),
    )


def _invitation_link() -> None:
    op.create_table(
        "invitation_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("network_id", sa.String(length=36), nullable=False),
        sa.Column("invitation_id", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_invitation_link"),
    )
    op.create_index(
        "ix_invitation_link_invitation",
        "invitation_link",
        ["network_id", "invitation_id"],
        unique=False,
    )


def _sign_in_code() -> None:
    op.create_table(
        "sign_in_code",
        sa.Column("first_digits", sa.String(length=3), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("network_id", sa.String(length=36), nullable=False),
        sa.Column("invitation_id", sa.String(length=36), nullable=False),
        sa.Column("tries_left", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("first_digits", name="pk_sign_in_code"),
    )
    op.create_index(
        "ix_sign_in_code_invitation", "sign_in_code", ["network_id", "invitation_id"], unique=False
    )


def _attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
    )
    op.create_index("ix_attempt_subject_at", "attempt", ["subject", "at"], unique=False)


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("network_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.String(length=36), nullable=True),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("network_id", "seq", name="pk_audit"),
    )


def _network() -> None:
    op.create_table(
        "network",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), server_default="UTC", nullable=False),
        sa.Column("settings", sa.Text(), server_default="{}", nullable=False),
        sa.Column("epoch", sa.String(length=32), nullable=False),
        sa.Column("head", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("chain", sa.String(length=64), server_default="", nullable=False),
        sa.Column("durable", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_network"),
    )


def _change() -> None:
    op.create_table(
        "change",
        sa.Column("network_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("record_id", sa.String(length=36), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=True),
        sa.Column("field", sa.String(length=64), nullable=True),
        sa.Column("released_seq", sa.BigInteger(), nullable=True),
        sa.Column("author_id", sa.String(length=36), nullable=True),
        sa.Column("carried_by", sa.String(length=36), nullable=True),
        sa.Column("received_at", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("network_id", "seq", name="pk_change"),
    )
    op.create_index("change_by_id", "change", ["network_id", "id"], unique=True)
    op.create_index("change_by_record", "change", ["network_id", "record_id", "seq"], unique=False)
    op.create_index(
        "change_set_aside",
        "change",
        ["network_id", "author_id"],
        unique=False,
        sqlite_where=sa.text("status = 'set_aside'"),
        postgresql_where=sa.text("status = 'set_aside'"),
    )


def _record() -> None:
    op.create_table(
        "record",
        sa.Column("network_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("network_id", "id", name="pk_record"),
    )
    op.create_index("record_by_kind", "record", ["network_id", "kind", "scope"], unique=False)
    op.create_index("record_by_scope", "record", ["network_id", "scope", "seq"], unique=False)


def _participation() -> None:
    op.create_table(
        "participation",
        sa.Column("network_id", sa.String(length=36), nullable=False),
        sa.Column("record_id", sa.String(length=36), nullable=False),
        sa.Column("round_id", sa.String(length=36), nullable=False),
        sa.Column("member_id", sa.String(length=36), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("network_id", "record_id", name="pk_participation"),
    )
    op.create_index(
        "participation_by_member", "participation", ["network_id", "member_id"], unique=False
    )
    op.create_index(
        "participation_by_round", "participation", ["network_id", "round_id"], unique=False
    )


def _round_index() -> None:
    op.create_table(
        "round_index",
        sa.Column("network_id", sa.String(length=36), nullable=False),
        sa.Column("round_id", sa.String(length=36), nullable=False),
        sa.Column("host_school_id", sa.String(length=36), nullable=True),
        sa.Column("visits_on", sa.String(length=10), nullable=True),
        sa.Column("stage", sa.String(length=16), nullable=True),
        sa.Column("opened", sa.Text(), server_default="", nullable=False),
        sa.Column("deleted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("network_id", "round_id", name="pk_round_index"),
    )
    op.create_index(
        "round_index_by_host", "round_index", ["network_id", "host_school_id"], unique=False
    )


def _directory_entry() -> None:
    op.create_table(
        "directory_entry",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("district_id", sa.String(length=64), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("nces_id", sa.String(length=16), nullable=True),
        sa.Column("charter", sa.Boolean(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_directory_entry"),
    )


def _directory_word() -> None:
    op.create_table(
        "directory_word",
        sa.Column(
            "word",
            sa.String(length=64).with_variant(sa.VARCHAR(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["directory_entry.id"], name="fk_directory_word_entry_id"
        ),
        sa.PrimaryKeyConstraint("word", "entry_id", name="pk_directory_word"),
    )
    op.create_index("ix_directory_word_entry_id", "directory_word", ["entry_id"], unique=False)


def _export() -> None:
    op.create_table(
        "export",
        sa.Column("network_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("member_id", sa.String(length=36), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("format", sa.String(length=8), nullable=False),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("network_id", "id", name="pk_export"),
    )
    op.create_index("ix_export_made_at", "export", ["network_id", "made_at"], unique=False)
