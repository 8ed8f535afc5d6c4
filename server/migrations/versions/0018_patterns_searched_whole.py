"""What a pattern and all its cards say and are about, so that a search reads one table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ("about", "said"):
        op.add_column(
            "released_pattern", sa.Column(column, sa.Text(), nullable=False, server_default="")
        )
