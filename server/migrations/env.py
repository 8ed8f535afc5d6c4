"""What Alembic runs: our metadata against the connection that server.schema hands over."""

from __future__ import annotations

from alembic import context

from server.db import Base
from server.models import import_all

import_all()

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
