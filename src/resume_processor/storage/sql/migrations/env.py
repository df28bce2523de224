"""Run by Alembic, on the connection that ``migrate`` hands over inside its transaction."""

from __future__ import annotations

from alembic import context

from resume_processor.storage.sql.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    compare_type=True,
    # SQLite changes a table by making it anew
    render_as_batch=True,
    # the transaction is the caller's, who holds the lock
    transactional_ddl=False,
)
context.run_migrations()
