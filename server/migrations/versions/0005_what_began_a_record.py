"""Which change made a record, so that only the others stand in the index by record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NOT_THE_FIRST = sa.text("NOT begins")


def upgrade() -> None:
    op.add_column(
        "change",
        sa.Column("begins", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("record", sa.Column("began", sa.BigInteger(), nullable=True))
    op.execute(
        "UPDATE record SET began = (SELECT min(change.seq) FROM change WHERE "
        "change.network_id = record.network_id AND change.record_id = record.id "
        "AND change.verdict = 'applied')"
    )
    op.execute(
        "UPDATE change SET begins = true WHERE EXISTS (SELECT 1 FROM record WHERE "
        "record.network_id = change.network_id AND record.id = change.record_id "
        "AND record.began = change.seq)"
    )
    op.drop_index("change_by_record", "change")
    op.create_index(
        "change_by_record",
        "change",
        ["network_id", "record_id", "seq"],
        sqlite_where=NOT_THE_FIRST,
        postgresql_where=NOT_THE_FIRST,
    )
