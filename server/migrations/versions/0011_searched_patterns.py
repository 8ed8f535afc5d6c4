"""Patterns and cards as they are searched for, and the problem that a pattern answers to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, column in (
        ("released_card", "folded"),
        ("released_pattern", "folded"),
        ("released_pattern", "problem"),
    ):
        op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=""))
