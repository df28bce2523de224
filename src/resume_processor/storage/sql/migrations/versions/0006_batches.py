"""Batches come as one file that is taken apart, and are complete at one moment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from resume_processor.storage.sql.columns import UtcTime

revision = "0006"
down_revision = "0005"

_COLUMNS = (
    ("expected", sa.Integer()),
    ("blob_key", sa.String(255)),
    ("job_id", sa.String(64)),
    ("failure_code", sa.String(64)),
    ("failure_message", sa.Text()),
    ("completed_at", UtcTime()),
    ("idempotency_key", sa.Text()),
    ("request_digest", sa.String(64)),
)


def upgrade() -> None:
    priority = sa.Column("priority", sa.String(16), nullable=False, server_default="bulk")
    op.add_column("batches", priority)
    for name, kind in _COLUMNS:
        op.add_column("batches", sa.Column(name, kind))
    op.create_index(
        "uq_batches_tenant_idempotency_key", "batches", ["tenant", "idempotency_key"], unique=True
    )


def downgrade() -> None:
    op.drop_index("uq_batches_tenant_idempotency_key", "batches")
    with op.batch_alter_table("batches") as batches:
        for name in ("priority", *(name for name, _ in _COLUMNS)):
            batches.drop_column(name)
