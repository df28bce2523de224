"""What was looked at in the last hours, so that the audit log tells of it once an hour."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from resume_processor.storage.sql.columns import UtcTime

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "audit_viewings",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("hour", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_audit_viewings"),
    )
    op.create_index("ix_audit_viewings_hour", "audit_viewings", ["hour"])


def downgrade() -> None:
    op.drop_table("audit_viewings")
