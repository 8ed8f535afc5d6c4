"""Then and now, and measures, as tables that views for BI tools read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "released_round", sa.Column("by_name", sa.Text(), nullable=False, server_default="")
    )
    op.create_table(
        "released_now",
        sa.Column("network_id", sa.String(36), nullable=False),
        sa.Column("pattern_id", sa.String(36), nullable=False),
        sa.Column("round_id", sa.String(36), nullable=False),
        sa.Column("second_round", sa.String(36)),
        sa.Column("second_pattern", sa.String(36)),
        sa.Column("met_in", sa.String(32)),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("network_id", "pattern_id", name="pk_released_now"),
    )
    op.create_index("released_now_by_round", "released_now", ["network_id", "round_id"])
    op.create_table(
        "released_school",
        sa.Column("network_id", sa.String(36), nullable=False),
        sa.Column("school_id", sa.String(36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("network_id", "school_id", name="pk_released_school"),
    )
    op.create_table(
        "released_measure",
        sa.Column("network_id", sa.String(36), nullable=False),
        sa.Column("measure_id", sa.String(36), nullable=False),
        sa.Column("lasting_id", sa.String(36), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("title", "about", "unit")),
        sa.Column("numbers", sa.String(32), nullable=False),
        sa.Column("base", sa.String(32)),
        sa.Column("form", sa.String(32), nullable=False),
        sa.Column("aim", sa.Double()),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("held_back", sa.Integer(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("network_id", "measure_id", name="pk_released_measure"),
    )
    figures = ("value", "out_of", "drawn", "centre", "lower", "upper", "aim")
    op.create_table(
        "released_measure_day",
        sa.Column("network_id", sa.String(36), nullable=False),
        sa.Column("measure_id", sa.String(36), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("lasting_id", sa.String(36), nullable=False),
        *(sa.Column(name, sa.Double()) for name in figures),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("signal", "note", "held_back")),
        sa.PrimaryKeyConstraint("network_id", "measure_id", "day", name="pk_released_measure_day"),
    )
