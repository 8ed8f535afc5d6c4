"""Second screens that show a debrief to the room."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "screen",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("code", sa.String(6), nullable=True),
        sa.Column("network_id", sa.String(36), nullable=True),
        sa.Column("round_id", sa.String(36), nullable=True),
        sa.Column("shown_by", sa.String(36), nullable=True),
        sa.Column("shown_since", sa.DateTime(), nullable=True),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_screen"),
        sa.UniqueConstraint("id", name="uq_screen_id"),
        sa.UniqueConstraint("code", name="uq_screen_code"),
    )
    op.create_index("ix_screen_round", "screen", ["network_id", "round_id"])
