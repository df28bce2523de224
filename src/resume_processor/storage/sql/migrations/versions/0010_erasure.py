"""Erasures that are under way, the deliveries that are about a resume, retention of a job."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from resume_processor.storage.sql.columns import JsonText, UtcTime

revision = "0010"
down_revision = "0009"

#: Deliveries rewritten between two reads.
CHUNK = 500

_UNFINISHED = sa.text("erased_at IS NULL")
_ABOUT_A_RESUME = sa.text("resume_id IS NOT NULL")
_OUT = sa.table(
    "deliveries", sa.column("id"), sa.column("payload", JsonText()), sa.column("resume_id")
)


def upgrade() -> None:
    op.add_column("tombstones", sa.Column("blob_key", sa.String(255)))
    op.add_column("tombstones", sa.Column("erased_at", UtcTime()))
    op.execute("UPDATE tombstones SET erased_at = deleted_at")
    op.create_index(
        "ix_tombstones_unfinished",
        "tombstones",
        ["deleted_at"],
        sqlite_where=_UNFINISHED,
        postgresql_where=_UNFINISHED,
    )
    op.add_column("jobs", sa.Column("retention_days", sa.Double()))
    op.add_column("deliveries", sa.Column("resume_id", sa.String(64)))
    _note_resumes()
    op.create_index(
        "ix_deliveries_resume_id",
        "deliveries",
        ["resume_id"],
        sqlite_where=_ABOUT_A_RESUME,
        postgresql_where=_ABOUT_A_RESUME,
    )


def downgrade() -> None:
    op.drop_index("ix_deliveries_resume_id", "deliveries")
    op.drop_column("deliveries", "resume_id")
    op.drop_column("jobs", "retention_days")
    op.drop_index("ix_tombstones_unfinished", "tombstones")
    op.drop_column("tombstones", "erased_at")
    op.drop_column("tombstones", "blob_key")


def _note_resumes() -> None:
    """Beside each delivery the resume that its payload names."""
    connection, after = op.get_bind(), ""
    while True:
        query = sa.select(_OUT.c.id, _OUT.c.payload).where(_OUT.c.id > after)
        chunk = connection.execute(query.order_by(_OUT.c.id).limit(CHUNK)).all()
        if not chunk:
            return
        for delivery_id, payload in chunk:
            resume_id = payload["data"].get("resume_id")
            if resume_id is not None:
                statement = sa.update(_OUT).where(_OUT.c.id == delivery_id)
                connection.execute(statement.values(resume_id=resume_id))
        after = chunk[-1][0]
