"""Of each round what anybody may read of its numbers, made where screens and files have it from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "released_round", sa.Column("figures", sa.Text(), nullable=False, server_default="{}")
    )
