"""What people say about values that were read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from resume_processor.storage.sql.columns import JsonText, UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("resume_id", sa.String(64), nullable=False),
        sa.Column("pointer", sa.String(500), nullable=False),
        sa.Column("tenant", sa.String(255), nullable=False),
        sa.Column("said", JsonText(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("resume_id", "pointer", name="pk_corrections"),
        sa.ForeignKeyConstraint(
            ["resume_id"], ["resumes.id"], name="fk_corrections_resume_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_corrections_tenant_resume_id", "corrections", ["tenant", "resume_id"])


def downgrade() -> None:
    op.drop_table("corrections")
