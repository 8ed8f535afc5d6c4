"""Which ordered files are made regularly, and for which record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ordered_file", sa.Column("regular_id", sa.String(36), nullable=True))
