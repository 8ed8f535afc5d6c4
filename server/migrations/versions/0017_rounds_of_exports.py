"""Which rounds a file read that left."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("export", sa.Column("rounds", sa.Text(), nullable=True))
