"""A scope's ids by its index alone, what tombstones were dropped, and devices' heartbeats."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("record_by_scope", "record")
    op.create_index("record_by_scope", "record", ["network_id", "scope", "seq", "id"])
    op.add_column(
        "network", sa.Column("forgotten", sa.BigInteger(), server_default="0", nullable=False)
    )
    _heartbeat()


def _heartbeat() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("network_id", sa.String(length=36), nullable=False),
        sa.Column("member_id", sa.String(length=36), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("unsent", sa.Integer(), nullable=False),
        sa.Column("oldest_at", sa.DateTime(), nullable=True),
        sa.Column("set_aside", sa.Integer(), nullable=False),
        sa.Column("app_version", sa.String(length=32), nullable=False),
        sa.Column("persisted", sa.Boolean(), nullable=True),
        sa.Column("free_space", sa.BigInteger(), nullable=True),
        sa.Column("told_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("network_id", "member_id", "device_id", name="pk_heartbeat"),
    )
