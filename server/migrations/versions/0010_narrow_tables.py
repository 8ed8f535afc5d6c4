"""Narrow tables for patterns over rounds: made from the log, and made anew at any time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "narrowed_until",
        sa.Column("network_id", sa.String(36), nullable=False),
        sa.Column("head", sa.BigInteger(), nullable=False),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("network_id", name="pk_narrowed_until"),
    )
    _narrow(
        "released_round",
        None,
        sa.Column("visited", sa.Text(), nullable=False),
        sa.Column("held_back", sa.Integer(), nullable=False),
    )
    _narrow(
        "released_card",
        "card_id",
        sa.Column("element", sa.String(32), nullable=True),
        sa.Column("grade_band", sa.String(32), nullable=True),
        sa.Column("subject", sa.String(32), nullable=True),
        sa.Column("contexts", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    _narrow(
        "released_pattern",
        "pattern_id",
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("quantifier", sa.String(32), nullable=False),
        sa.Column("element", sa.String(32), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
    )
    _narrow(
        "released_evidence",
        "pattern_id",
        sa.Column("card_id", sa.String(36), nullable=False),
        more="card_id",
    )
    _narrow("released_item", "item_id", sa.Column("content", sa.Text(), nullable=False))


def _narrow(
    name: str, key: str | None, *columns: sa.Column[object], more: str | None = None
) -> None:
    """A table by network and key, and what is found by round."""
    keys = ["network_id", *([key] if key else ["round_id"]), *([more] if more else [])]
    op.create_table(
        name,
        sa.Column("network_id", sa.String(36), nullable=False),
        *([sa.Column(key, sa.String(36), nullable=False)] if key else []),
        sa.Column("round_id", sa.String(36), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint(*keys, name=f"pk_{name}"),
    )
    if key:
        op.create_index(f"{name}_by_round", name, ["network_id", "round_id"])
