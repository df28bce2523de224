"""What people decided about candidates."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from resume_processor.storage.sql.columns import UtcTime

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("tenant", sa.String(255), nullable=False),
        sa.Column("job_id", sa.String(64), nullable=False),
        sa.Column("resume_id", sa.String(64), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        sa.ForeignKeyConstraint(
            ["job_id"], ["jobs.id"], name="fk_decisions_job_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["resume_id"], ["resumes.id"], name="fk_decisions_resume_id", ondelete="CASCADE"
        ),
    )
    for columns in (
        ["job_id", "resume_id"],
        ["job_id", "created_at", "id"],
        ["resume_id", "created_at", "id"],
    ):
        op.create_index(f"ix_decisions_{'_'.join(columns)}", "decisions", columns)


def downgrade() -> None:
    op.drop_table("decisions")
