"""Running totals, the workers that are there, when an attempt began, who asked for the work."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from resume_processor.storage.sql.columns import UtcTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("work", sa.Column("claimed_at", UtcTime()))
    op.add_column("work", sa.Column("trace", sa.String(64)))
    op.create_table(
        "totals",
        sa.Column("family", sa.String(32), nullable=False),
        sa.Column("of", sa.String(32), nullable=False),
        sa.Column("label", sa.String(64), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("family", "of", "label", "slot", name="pk_totals"),
    )
    op.create_table(
        "workers",
        sa.Column("instance", sa.String(255), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("memory_bytes", sa.BigInteger()),
        sa.Column("seen_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("instance", name="pk_workers"),
    )


def downgrade() -> None:
    op.drop_table("workers")
    op.drop_table("totals")
    op.drop_column("work", "trace")
    op.drop_column("work", "claimed_at")
