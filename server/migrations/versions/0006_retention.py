"""Holds: rounds whose raw notes stay, for a reason that members can read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STANDING = sa.text("lifted_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "hold",
        sa.Column("network_id", sa.String(36), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("round_id", sa.String(36), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("placed_by", sa.String(36), nullable=False),
        sa.Column("placed_at", sa.DateTime(), nullable=False),
        sa.Column("lifted_by", sa.String(36), nullable=True),
        sa.Column("lifted_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("network_id", "id", name="pk_hold"),
    )
    op.create_index(
        "ix_hold_standing",
        "hold",
        ["network_id", "round_id"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
