"""Links that open a round's return summary to an audience without sign-in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "summary_page",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("network_id", sa.String(36), nullable=False),
        sa.Column("round_id", sa.String(36), nullable=False),
        sa.Column("audience", sa.String(16), nullable=False),
        sa.Column("made_by", sa.String(36), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_summary_page"),
    )
    op.create_index("ix_summary_page_round", "summary_page", ["network_id", "round_id"])
