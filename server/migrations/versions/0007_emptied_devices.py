"""What a device says of a loss: when its storage was emptied, and how much was only there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("heartbeat", sa.Column("emptied_at", sa.DateTime(), nullable=True))
    op.add_column("heartbeat", sa.Column("last_whole_at", sa.DateTime(), nullable=True))
    op.add_column("heartbeat", sa.Column("lost", sa.Integer(), nullable=True))
