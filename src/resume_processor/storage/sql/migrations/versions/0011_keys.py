"""API keys, the sign-ins of browsers, and whose resume a task is about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from resume_processor.resume.record import task_id_for
from resume_processor.storage.sql.columns import UtcTime

revision = "0011"
down_revision = "0010"

#: Resumes that are given their task's id between two reads.
CHUNK = 1000

_RESUMES = sa.table("resumes", sa.column("id"), sa.column("task_id"))


def upgrade() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("tenant", sa.String(255), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("prefix", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("scopes", sa.String(255), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("last_used_at", UtcTime()),
        sa.Column("revoked_at", UtcTime()),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
    )
    op.create_index("uq_api_keys_digest", "api_keys", ["digest"], unique=True)
    op.create_index("ix_api_keys_tenant_created_at_id", "api_keys", ["tenant", "created_at", "id"])
    op.create_table(
        "sign_ins",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("tenant", sa.String(255), nullable=False),
        sa.Column("scopes", sa.String(255), nullable=False),
        sa.Column("key_id", sa.String(64)),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("once", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_sign_ins"),
        sa.ForeignKeyConstraint(
            ["key_id"], ["api_keys.id"], name="fk_sign_ins_key_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_sign_ins_expires_at", "sign_ins", ["expires_at"])
    op.create_index("ix_sign_ins_key_id", "sign_ins", ["key_id"])

    op.add_column("resumes", sa.Column("task_id", sa.String(36)))
    op.create_index("ix_resumes_task_id", "resumes", ["task_id"])
    _name_tasks()


def _name_tasks() -> None:
    """A task's id follows from its resume's, but only this way round."""
    connection, after = op.get_bind(), ""
    query = sa.select(_RESUMES.c.id).order_by(_RESUMES.c.id).limit(CHUNK)
    name = sa.update(_RESUMES).where(_RESUMES.c.id == sa.bindparam("its"))
    name = name.values(task_id=sa.bindparam("task"))
    while ids := connection.execute(query.where(_RESUMES.c.id > after)).scalars().all():
        connection.execute(name, [{"its": one, "task": task_id_for(one)} for one in ids])
        after = ids[-1]


def downgrade() -> None:
    op.drop_index("ix_resumes_task_id", "resumes")
    op.drop_column("resumes", "task_id")
    op.drop_table("sign_ins")
    op.drop_table("api_keys")
