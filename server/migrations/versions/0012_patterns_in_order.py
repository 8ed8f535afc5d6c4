"""Patterns in the order that they are read in, and what a round's evidence is about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column(
        "released_pattern", sa.Column("place", BYTEWISE, nullable=False, server_default="")
    )
    op.add_column(
        "released_round", sa.Column("elements", sa.Text(), nullable=False, server_default="")
    )
    op.create_index("released_pattern_by_place", "released_pattern", ["network_id", "place"])
