"""The audit log: notes that wait, chained entries that nobody changes, and where chains end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from resume_processor.storage.sql.columns import JsonText, UtcTime

revision = "0008"
down_revision = "0007"

_REFUSAL = "entries of the audit log are neither changed nor removed"


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "audit_notes",
        sa.Column("number", number, nullable=False, autoincrement=True),
        sa.Column("tenant", sa.String(255), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body", JsonText(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_notes"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit_entries",
        sa.Column("tenant", sa.String(255), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("subject_id", sa.String(64), nullable=False),
        sa.Column("job_id", sa.String(64)),
        sa.Column("detail", JsonText(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "sequence", name="pk_audit_entries"),
    )
    op.create_index(
        "ix_audit_entries_tenant_subject_id_sequence",
        "audit_entries",
        ["tenant", "subject_id", "sequence"],
    )
    op.create_table(
        "audit_heads",
        sa.Column("tenant", sa.String(255), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("tenant", name="pk_audit_heads"),
    )
    for statement in _keep_entries(op.get_bind().dialect.name):
        op.execute(statement)


def _keep_entries(dialect: str) -> list[str]:
    """Triggers by which the database itself refuses what would change an entry."""
    if dialect == "sqlite":
        refused = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        return [
            f"CREATE TRIGGER audit_entries_no_{event} BEFORE {event} ON audit_entries {refused}"
            for event in ("update", "delete")
        ]
    function = "CREATE FUNCTION audit_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    trigger = "CREATE TRIGGER audit_entries_kept BEFORE UPDATE OR DELETE ON audit_entries"
    return [
        f"{function} $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
        f"{trigger} FOR EACH ROW EXECUTE FUNCTION audit_entries_refuse()",
    ]


def downgrade() -> None:
    op.drop_table("audit_heads")
    op.drop_table("audit_entries")
    op.drop_table("audit_notes")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_entries_refuse()")
