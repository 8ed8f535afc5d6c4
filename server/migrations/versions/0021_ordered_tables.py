"""A large file may be one table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ordered_file", sa.Column("one_table", sa.String(24), nullable=True))
