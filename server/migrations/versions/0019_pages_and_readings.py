"""Next-level items in the order they are read in; and how alike rounds were read, pooled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("released_item", sa.Column("place", BYTEWISE, nullable=False, server_default=""))
    op.create_index("released_item_by_place", "released_item", ["network_id", "place"])
    op.create_table(
        "released_reading",
        sa.Column("network_id", sa.String(36), nullable=False),
        sa.Column("round_id", sa.String(36), nullable=False),
        sa.Column("question_id", sa.String(36), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("read", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "network_id", "round_id", "question_id", name="pk_released_reading"
        ),
    )
