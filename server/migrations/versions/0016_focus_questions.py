"""On which focus questions there is evidence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    questions = sa.Column("questions", sa.Text(), nullable=False, server_default="")
    op.add_column("released_card", questions)
    op.create_table(
        "released_question",
        sa.Column("network_id", sa.String(36), nullable=False),
        sa.Column("round_id", sa.String(36), nullable=False),
        sa.Column("question_id", sa.String(36), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint(
            "network_id", "round_id", "question_id", name="pk_released_question"
        ),
    )
