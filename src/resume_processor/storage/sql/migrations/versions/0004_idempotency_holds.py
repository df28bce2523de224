"""Which requests under an idempotency key are being worked on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from resume_processor.storage.sql.columns import UtcTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "idempotency_holds",
        sa.Column("tenant", sa.String(255), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "key", name="pk_idempotency_holds"),
    )
    op.create_index("ix_idempotency_holds_until", "idempotency_holds", ["until"])


def downgrade() -> None:
    op.drop_table("idempotency_holds")
