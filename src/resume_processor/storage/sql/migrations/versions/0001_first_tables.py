"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from resume_processor.storage.sql.columns import JsonText, UtcTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    _batches()
    _resumes()
    _results_events_tombstones()
    _work()
    _jobs_and_scores()


def downgrade() -> None:
    for table in (
        "scores",
        "jobs",
        "work",
        "tombstones",
        "events",
        "results",
        "resumes",
        "batches",
    ):
        op.drop_table(table)


def _index(table: str, *columns: str, where: str | None = None) -> None:
    condition = None if where is None else sa.text(where)
    op.create_index(
        f"ix_{table}_{'_'.join(columns)}",
        table,
        list(columns),
        sqlite_where=condition,
        postgresql_where=condition,
    )


def _batches() -> None:
    op.create_table(
        "batches",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("tenant", sa.String(255), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("size", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_batches"),
    )
    _index("batches", "tenant", "created_at", "id")


def _resumes() -> None:
    op.create_table(
        "resumes",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("tenant", sa.String(255), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(255), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("blob_key", sa.String(255), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("priority", sa.String(16), nullable=False),
        sa.Column("job_id", sa.String(64)),
        sa.Column("external_id", sa.Text()),
        sa.Column("batch_id", sa.String(64)),
        sa.Column("finished_at", UtcTime()),
        sa.Column("failure_code", sa.String(64)),
        sa.Column("failure_message", sa.Text()),
        sa.Column("pipeline_version", sa.String(255)),
        sa.Column("idempotency_key", sa.Text()),
        sa.Column("request_digest", sa.String(64)),
        sa.Column("candidate_name", sa.Text()),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_resumes"),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name="fk_resumes_batch_id"),
    )
    _index("resumes", "tenant", "created_at", "id")
    _index("resumes", "tenant", "status", "created_at", "id")
    _index("resumes", "tenant", "sha256", "created_at", "id")
    _index("resumes", "tenant", "external_id", "created_at", "id", where="external_id IS NOT NULL")
    _index("resumes", "batch_id", "status", where="batch_id IS NOT NULL")
    _index("resumes", "batch_id", "created_at", "id", where="batch_id IS NOT NULL")
    _index("resumes", "blob_key")
    op.create_index(
        "uq_resumes_tenant_idempotency_key", "resumes", ["tenant", "idempotency_key"], unique=True
    )


def _results_events_tombstones() -> None:
    op.create_table(
        "results",
        sa.Column("resume_id", sa.String(64), nullable=False),
        sa.Column("tenant", sa.String(255), nullable=False),
        sa.Column("body", JsonText(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("resume_id", name="pk_results"),
        _of_resume("results"),
    )
    _index("results", "tenant", "resume_id")
    op.create_table(
        "events",
        sa.Column("resume_id", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(64)),
        sa.PrimaryKeyConstraint("resume_id", "revision", name="pk_events"),
        _of_resume("events"),
    )
    op.create_table(
        "tombstones",
        sa.Column("resume_id", sa.String(64), nullable=False),
        sa.Column("tenant", sa.String(255), nullable=False),
        sa.Column("deleted_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("resume_id", name="pk_tombstones"),
    )


def _of_resume(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["resume_id"], ["resumes.id"], name=f"fk_{table}_resume_id", ondelete="CASCADE"
    )


def _work() -> None:
    op.create_table(
        "work",
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject_id", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("priority", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("available_at", UtcTime(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("dispatched_at", UtcTime()),
        sa.Column("owner", sa.String(255)),
        sa.Column("lease_until", UtcTime()),
        sa.Column("last_error", sa.String(64)),
        sa.Column("progress", sa.String(64)),
        sa.Column("tenant", sa.String(255), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject_id", name="pk_work"),
    )
    _index("work", "state", "priority", "available_at", "subject_id")
    _index("work", "state", "lease_until", "subject_id")
    _index("work", "state", "kind")


def _jobs_and_scores() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("tenant", sa.String(255), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("requirements", JsonText(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
    )
    _index("jobs", "tenant", "created_at", "id")
    op.create_table(
        "scores",
        sa.Column("job_id", sa.String(64), nullable=False),
        sa.Column("resume_id", sa.String(64), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("ledger", JsonText(), nullable=False),
        sa.Column("version", sa.String(255), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", "resume_id", name="pk_scores"),
        sa.ForeignKeyConstraint(
            ["job_id"], ["jobs.id"], name="fk_scores_job_id", ondelete="CASCADE"
        ),
        _of_resume("scores"),
    )
    _index("scores", "resume_id")
    op.create_index("ix_scores_ranking", "scores", ["job_id", sa.text("total DESC"), "resume_id"])
